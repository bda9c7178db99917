/** Bulk changes when things go wrong: thousands of rows with faults, two processes, two people, a stop in the middle, rights that are missing, files that are none. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BulkStand, bulkStand } from './bulk-stand.ts'

let b: BulkStand
beforeAll(async () => {
  b = await bulkStand()
})
afterAll(() => b.close())

const HEADINGS = 'Artikelnummer;Benämning;Pris'
const fileOf = (rows: string[]) => [HEADINGS, ...rows].join('\r\n')
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => String(from + n).padStart(5, '0'))
const parts = async (most: number) => {
  for (let n = 0; n < most; n++) await b.step()
}

test('B2: of 5,000 rows in Windows-1252 the hundred that are wrong are named, and the rest are shown', async () => {
  const rows = numbers(5_000, 50_000).map((number, n) => (n % 50 === 7 ? `${number};Blåbärssås ${n};19,999` : `${number};Blåbärssås ${n};19,90`))
  const { id, readAs } = await b.file(Buffer.from(fileOf(rows), 'latin1'))
  expect(readAs).toMatchObject({ encoding: 'windows-1252', separator: ';', decimal: ',' })
  expect(await b.judged(id)).toMatchObject({ state: 'ready', counts: { rows: 5_000, make: 4_900, fault: 100 }, faults: [{ code: 'price-decimals', n: 100 }] })
  expect((await b.rows(id, { verdict: 'fault', limit: '1' }))[0]).toMatchObject({ n: 9, faults: [{ column: 2, value: '19,999' }], cells: ['50007', 'Blåbärssås 7', '19,999'] })
  await b.owner.does('bulk.cancel', { params: { bulkId: id }, body: {} })
  expect(await b.owner.call('bulk.start', { params: { bulkId: id }, body: {} })).toMatchObject({ status: 409, body: { code: 'run-over' } })
}, 240_000)

test('B4: stopped in the middle it goes on where it was, and two processes at it do no row twice', async () => {
  const { id } = await b.file(fileOf(numbers(80).map((number) => `${number};Vara;10,00`)))
  await b.judged(id)
  await b.owner.does('bulk.start', { params: { bulkId: id }, body: {} })
  await parts(1)
  expect(await b.owner.does('bulk.show', { params: { bulkId: id } })).toMatchObject({ state: 'working', counts: { done: 25 }, progress: { done: 25, of: 80 } })
  await Promise.all([b.work(), b.work()])
  expect(await b.owner.does('bulk.show', { params: { bulkId: id } })).toMatchObject({ state: 'done', counts: { done: 80, failed: 0 } })
  const { n } = await b.web.data.owner.one<{ n: number }>({ text: 'select count(*)::integer as n from price_change where company_id = $1', values: [b.owner.companyId] })
  expect(n).toBe(80)
})

test('B4: cancelled in the middle, what is done stays and can be undone, what is not stays undone', async () => {
  const before = await b.state()
  const { id } = await b.owner.does('bulk.edit', { body: { filter: { q: '000' }, change: { priceMinor: 500, archived: true } } })
  await b.judged(id)
  await b.owner.does('bulk.start', { params: { bulkId: id }, body: {} })
  await parts(2)
  expect(await b.owner.does('bulk.cancel', { params: { bulkId: id }, body: {} })).toMatchObject({ state: 'cancelled', counts: { done: 50, kept: 30 }, canUndo: true })
  await b.work()
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: id }, body: {} })
  expect(await b.done(undo.id)).toMatchObject({ state: 'done', counts: { rows: 50, done: 50 } })
  expect(await b.state()).toEqual(before)
})

test('B3: two people at once: whoever comes second is told which rows somebody changed meanwhile, and the rest go in', async () => {
  const first = await b.file(`${HEADINGS}\n00001;Annas;11,00\n`)
  const second = await b.file(`${HEADINGS};EAN\n00001;Bertils;10,00;\n00002;Bertils;12,00;\n00003;Bertils;;7350053850019\n00004;Bertils;;\n`)
  const key = await b.owner.key()
  await b.work()
  await b.owner.does('bulk.start', { params: { bulkId: first.id }, body: {} })
  await key.does('bulk.start', { params: { bulkId: second.id }, body: {} })
  await b.owner.does('articles.add-barcode', { params: { articleId: await b.idOf('00009') }, body: { code: '7350053850019' } })
  expect(await b.judged(second.id)).toMatchObject({ state: 'done', counts: { done: 2, failed: 2 }, confirmedBy: { kind: 'key' } })
  expect((await b.rows(second.id)).map(({ number, state, code }) => [number, state, code])).toEqual([
    ['00001', 'failed', 'changed-meanwhile'],
    ['00002', 'done', null],
    ['00003', 'failed', 'barcode-taken'],
    ['00004', 'done', null],
  ])
  expect(await b.state()).toMatchObject({ '00001': { name: 'Annas', priceMinor: 1_100 }, '00003': { name: 'Vara', barcodes: [] } })
})

test('a key without the right is refused: to begin, and to count with a file', async () => {
  const reader = await b.owner.key(['articles:read'])
  const file = { query: { name: 'varor.csv' }, body: Buffer.from(`${HEADINGS};Lagersaldo\n00001;Annas;;5\n`), headers: { 'content-type': 'text/csv' } }
  expect(await reader.call('bulk.file', file)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const writer = await b.owner.key(['articles:read', 'articles:write'])
  const { id } = await writer.does('bulk.file', file)
  await b.work()
  expect(await writer.call('bulk.start', { params: { bulkId: id }, body: {} })).toMatchObject({ status: 403, body: { code: 'not-allowed', facts: { scope: 'stock:write' } } })
})

test('a file too large, or that is none, is refused with what to do; nothing is kept of it', async () => {
  const send = (bytes: Buffer) => b.owner.call('bulk.file', { query: { name: 'x' }, body: bytes, headers: { 'content-type': 'application/octet-stream' } })
  const kept = async () => (await b.owner.does('bulk.list')).items.length
  const before = await kept()
  expect(await send(Buffer.alloc(21 * 1024 * 1024, 65))).toMatchObject({ status: 413, body: { code: 'too-large' } })
  expect((await send(Buffer.from('PK\u0003\u0004xl/workbook.xml'))).body).toMatchObject({ code: expect.stringMatching(/^file-/) })
  expect((await send(Buffer.from(''))).body).toMatchObject({ code: expect.stringMatching(/^file-/) })
  expect(await kept()).toBe(before)
})

test('what a person said of the columns is kept for the next file with the same headings', async () => {
  const strange = 'Nr hos oss;Vad;Kostar\n00001;Annas;12,00\n'
  const { id, readAs } = await b.file(strange)
  expect(readAs?.columns).toEqual([null, null, null])
  await b.owner.does('bulk.columns', { params: { bulkId: id }, body: { columns: ['number', 'name', 'price'] } })
  expect(await b.done(id)).toMatchObject({ counts: { rows: 1, done: 1 } })
  expect((await b.file(strange)).readAs?.columns).toEqual(['number', 'name', 'price'])
})

test('variants of one product, as Shopify writes them, become one product; one more joins it later', async () => {
  const head = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price'
  const first = await b.file(`${head}\ntroja,Tröja,Storlek,S,T-S,199.00\ntroja,,,M,T-M,199.00\n`)
  expect(await b.done(first.id)).toMatchObject({ counts: { make: 2, done: 2 } })
  const next = await b.file(`${head}\ntroja,Tröja,Storlek,S,T-S,199.00\ntroja,,,L,T-L,219.00\n`)
  expect(await b.done(next.id)).toMatchObject({ counts: { make: 1, same: 1, done: 1 } })
  const { 'T-S': small, 'T-M': medium, 'T-L': large } = await b.state()
  expect(medium?.productId).toBe(small?.productId)
  expect(large).toMatchObject({ productId: small?.productId, name: 'Tröja, L', optionValues: { Storlek: 'L' }, priceMinor: 21_900 })
})
