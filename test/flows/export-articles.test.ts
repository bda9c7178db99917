/** The articles of a list as a file: what stands here, in the language of whoever asks, and read back by the import as it was. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from '../../src/core/bulk/file/look.ts'
import { rowsOf } from '../../src/core/bulk/file/rows-of.ts'
import { ORIGIN, type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())

const fetched = async (query = '', headers: Record<string, string> = { cookie: me.cookie, origin: ORIGIN, host: 'localhost:80' }) => {
  const { statusCode, headers: answered, rawPayload } = await web.app.inject({ method: 'GET', url: `/v1/articles/export${query}`, headers })
  expect(statusCode, String(rawPayload)).toBe(200)
  return { headers: answered, bytes: rawPayload }
}

test('stock per store, boxes per webshop, numbers as text and no formulas; the filter of the list', async () => {
  const { id: shop } = await me.does('connections.make', { body: { code: 'toy', name: 'Leksaksbutiken' } })
  const { id: odd } = await me.does('articles.make', { body: { number: '007', name: '=1+1', priceMinor: 129950, barcodes: [{ code: '036000291452' }, { code: '7350053850019' }] } })
  await me.does('articles.make', { body: { number: '+46', name: 'Tjänst', stockTracked: false } })
  const document = (ref: string, quantity: number) => ({ body: { ref, locationId: me.locationId, lines: [{ articleNumber: '007', quantity }] } })
  await me.does('goods-receipts.register', document('I-1', 1))
  await me.does('sales.register', document('K-1', 4))
  await me.does('connections.box', { params: { connectionId: shop }, body: { articleIds: [odd], boxed: true } })
  const store = (await me.does('locations.list')).items[0]?.name ?? ''

  const all = await fetched()
  expect(all.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(all.headers['content-disposition']).toMatch(/^attachment; filename="artiklar-\d{4}-\d\d-\d\d\.csv"$/)
  expect(all.bytes.toString().split('\r\n')).toEqual([
    `\ufeffArtikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Streckkod;Streckkod 2;Lagervara;Används ej;Lagersaldo: ${store};Webshop: Leksaksbutiken`,
    `"=""+46""";Tjänst;;25;;;Nej;Nej;;Nej`,
    `"=""007""";'=1+1;1299,50;25;"=""036000291452""";"=""7350053850019""";Ja;Nej;-3;Ja`,
    '',
  ])
  expect((await fetched('?q=Tj')).bytes.toString().trimEnd().split('\r\n')).toHaveLength(2)
  expect((await fetched('?number=007')).bytes.toString()).toContain("'=1+1")
  expect((await fetched('?stock=negative')).bytes.toString()).not.toContain('+46')
  expect((await fetched('?archived=true')).bytes.toString().trimEnd().split('\r\n')).toHaveLength(1)
})

test('whoever asks in English gets commas, and in Norwegian Norwegian headings', async () => {
  const { key } = await me.key(['articles:read'])
  const first = async (language: string) => (await fetched('?number=007', { authorization: `Bearer ${key}`, 'accept-language': language })).bytes.toString().split('\r\n')[0]
  expect(await first('en')).toMatch(/^\ufeffArticle number,Name,Price \(incl\. VAT\),VAT,Barcode,/)
  expect(await first('nb')).toMatch(/^\ufeffVarenummer;Navn;Utsalgspris \(inkl\. mva\);Mva;Strekkode;/)
  expect(await first('da')).toMatch(/^\ufeffVarenummer;Navn;Salgspris \(inkl\. moms\);Moms;Stregkode;/)
})

test('more than a part of them: every article once, and the import would change nothing', async () => {
  const mine = await web.owner()
  const form = (n: number) => ({ number: String(n).padStart(5, '0'), name: `Artikel ${n}`, priceMinor: n })
  for (const part of [0, 1]) await mine.does('articles.make-many', { body: { articles: [...Array(600).keys()].map((n) => form(part * 600 + n)) } })
  const { bytes } = await fetched('', { cookie: mine.cookie, origin: ORIGIN, host: 'localhost:80' })
  const rows = [...rowsOf(bytes, look(bytes, []), { vatRates: [{ class: 'standard', rateBp: 2500 }] })]
  expect(rows.map((row) => row.wanted)).toEqual([...Array(1200).keys()].map((n) => ({ ...form(n), vatClasses: ['standard'], stockTracked: true, archived: false })))
})

test('a filter that asks two things at once is refused, and nothing is sent', async () => {
  expect((await me.call('articles.export', { query: { number: 'a', barcode: 'b' } })).body).toMatchObject({ code: 'bad-input', facts: { reason: 'choose-one' } })
  expect((await me.call('articles.export', { query: { state: 'in-sync' } })).body).toMatchObject({ code: 'bad-input', field: 'connectionId' })
})
