/** Files as they come: far too large, another kind than they are named, other letters, none of a table, everything twice. A plain answer each, and nothing is kept of what isn't taken. */
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BulkStand, bulkStand } from './bulk-stand.ts'
import { ORIGIN } from './web.ts'

let b: BulkStand
let port: number
beforeAll(async () => {
  b = await bulkStand()
  await b.web.app.listen({ port: 0, host: '127.0.0.1' })
  port = (b.web.app.server.address() as AddressInfo).port
})
afterAll(() => b.close())

const MB = 1024 * 1024
const sent = async (content: Buffer | string, name = 'varor.csv') => {
  const { status, body } = await b.owner.call('bulk.file', { query: { name }, body: Buffer.from(content), headers: { 'content-type': 'application/octet-stream' } })
  return { status, body: body as { code?: string; title?: string; id?: number } }
}
const kept = async () => (await b.owner.does('bulk.list')).items.length

/** Over the wire, as a browser sends it: to the end, piece by piece, without ever holding it; then something else on the same line. Returns all that was answered. */
async function stream(megabytes: number, announced: boolean): Promise<string> {
  const line = connect(port, '127.0.0.1')
  const answers = collected(line)
  const who = `host: localhost:80\r\norigin: ${ORIGIN}\r\ncookie: ${b.owner.cookie}\r\n`
  const length = announced ? `content-length: ${megabytes * MB}` : 'transfer-encoding: chunked'
  line.write(`POST /v1/bulk-changes/file?name=stor.csv HTTP/1.1\r\n${who}content-type: text/csv\r\n${length}\r\n\r\n`)
  const piece = Buffer.alloc(MB, 'a;b\n')
  for (let n = 0; n < megabytes; n++) {
    if (!announced) line.write(`${MB.toString(16)}\r\n`)
    if (!line.write(piece)) await once(line, 'drain')
    if (!announced) line.write('\r\n')
  }
  if (!announced) line.write('0\r\n\r\n')
  line.end(`GET /healthz HTTP/1.1\r\n${who}connection: close\r\n\r\n`)
  return answers
}
async function collected(line: Socket): Promise<string> {
  let all = ''
  for await (const part of line.setEncoding('utf8')) all += part
  return all
}

test.each([true, false])('200 MB are refused in plain words, are never held, and the line stays up (length announced: %s)', async (announced) => {
  const before = await kept()
  const held = process.memoryUsage().rss
  const [refused, ...next] = (await stream(200, announced)).split(/(?=HTTP\/1\.1 )/)
  // Whoever sends more than is taken hears why; a line that is cut says nothing.
  expect(refused).toContain('413 Payload Too Large')
  expect(refused).toContain('Det som skickades är för stort. Högst 20 MB tas emot.')
  expect(next).toEqual([expect.stringContaining('200 OK')])
  expect(process.memoryUsage().rss - held).toBeLessThan(120 * MB)
  expect(await kept()).toBe(before)
})

test('what isn’t a file of articles is told what it is, whatever it is called, and nothing is kept of it', async () => {
  const before = await kept()
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const files: [string, Buffer, string][] = [
    ['priser.xlsx', latin('PK\x03\x04\x14\0\x06\0[Content_Types].xml'), 'file-workbook'],
    ['priser.csv', latin('PK\x03\x04\x14\0\x06\0[Content_Types].xml'), 'file-workbook'],
    ['gammal.xls', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), 'file-workbook'],
    ['rapport.xls', Buffer.from('<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<table><tr><td>1</td></tr></table>'), 'file-workbook'],
    ['tabell.xml', Buffer.from('\ufeff<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'), 'file-workbook'],
    ['faktura.pdf', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), 'file-not-text'],
    ['bilder.zip', latin('PK\x03\x04\x14\0\0\0bilder/1.jpg'), 'file-not-text'],
    ['bild.jpg', latin('\xff\xd8\xff\xe0\0\x10JFIF'), 'file-not-text'],
    ['varor.csv', Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 197) % 256)), 'file-not-text'],
    ['tom.csv', Buffer.alloc(0), 'file-empty'],
    ['rubriker.csv', Buffer.from('Artikelnummer;Namn;Pris\r\n'), 'file-no-rows'],
    ['bred.csv', Buffer.from(`${'a;'.repeat(600)}\n${'1;'.repeat(600)}\n`), 'file-too-wide'],
  ]
  for (const [name, bytes, code] of files) expect({ name, code: (await sent(bytes, name)).body.code }).toEqual({ name, code })
  const { body } = await sent(files[0]?.[1] ?? '')
  expect(body.title).toContain('CSV UTF-8')
  expect(await kept()).toBe(before)
})

test('Excel’s Unicode text is read, with its mark and without, whichever end comes first; so are the ends of lines of an old Mac', async () => {
  const text = 'Artikelnummer\tBenämning\tPris\r\n0001\tBlåbärssås\t19,90\r\n'
  const wide = (marked: string) => Buffer.from(`${marked}${text}`, 'utf16le')
  for (const bytes of [wide('\ufeff'), wide(''), wide('\ufeff').swap16(), wide('').swap16(), Buffer.from(text.replaceAll('\r\n', '\r'))]) {
    const { id } = await b.file(bytes)
    expect(await b.judged(id)).toMatchObject({ state: 'ready', counts: { rows: 1, make: 1 }, readAs: { separator: '\t', decimal: ',' } })
    expect((await b.rows(id))[0]).toMatchObject({ number: '0001', name: 'Blåbärssås', after: { priceMinor: 1_990 } })
  }
})

test('three hundred columns are shown, and what was said of them is remembered', async () => {
  const strange = Array.from({ length: 300 }, (_, n) => `Uppgift ${n} ${(n * 7919).toString(36)} hos grossisten`)
  const file = `${strange.join(';')}\n${strange.map((_, n) => (n === 7 ? '0007' : n === 9 ? 'Sked' : n)).join(';')}\n`
  const { id } = await b.file(file)
  const columns = strange.map((_, n) => (n === 7 ? 'number' : n === 9 ? 'name' : null))
  await b.owner.does('bulk.columns', { params: { bulkId: id }, body: { columns } })
  expect(await b.done(id)).toMatchObject({ state: 'done', counts: { done: 1 } })
  expect((await b.file(file)).readAs?.columns).toEqual(columns)
})

test('a cell of 1 MB, a quote that is never closed, and what is there twice: each a fault of its own row, and the rest go in', async () => {
  const rows = [`9001;${'x'.repeat(MB)};1,00`, '9002;"Aldrig stängd;2,00', '9003;Gaffel;3,00', '', '9003;Gaffel igen;3,00', '9004;Kniv;4,00']
  const { id, readAs } = await b.file(`Artikelnummer;Benämning;Pris;EAN\n${rows.join('\n')};7350053850019\n9005;Fat;5,00;07350053850019\n`)
  expect(JSON.stringify(readAs).length).toBeLessThan(10_000)
  expect(await b.done(id)).toMatchObject({ state: 'done', counts: { done: 2, fault: 4 } })
  expect((await b.rows(id)).map(({ n, state, faults }) => [n, state, faults.map(({ code, row }) => [code, row])])).toEqual([
    [2, 'waiting', [['too-long', null]]],
    [3, 'waiting', [['quote-wrong', null]]],
    [4, 'done', []],
    [6, 'waiting', [['number-twice', 4]]],
    [7, 'done', []],
    [8, 'waiting', [['barcode-twice', 7]]],
  ])
})
