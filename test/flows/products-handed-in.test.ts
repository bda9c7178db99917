/** Products handed in through a view with their articles, by the sender's own id: made once, changed where they differ, nothing echoed (rules 15, 17, 18). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

let web: Web
let owner: Owner
let reader: Someone
let params: { viewId: number }
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
  const made = await owner.does('views.make', { body: { name: 'Affärssystemet', writes: ['articles:write'] } })
  reader = web.withKey(made.key)
  params = { viewId: made.id }
})
afterAll(() => web.close())
beforeEach(async () => void (await readAll()))

async function readAll() {
  const page = await reader.does('views.changes', { params, query: { limit: '500' } })
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
  return page.items
}
const put = (externalId: string, body: object, headers: Record<string, string> = {}) => reader.call('views.put-product', { params: { ...params, externalId }, body, headers })
const jumper = (prefix: string, more: object = {}) => ({
  name: 'Tröja Tjörn',
  options: [{ name: 'Storlek', values: ['S', 'M'] }],
  articles: ['S', 'M'].map((size) => ({
    externalId: `${prefix}-${size}`,
    number: `${prefix}-${size}`,
    optionValues: { Storlek: size },
    priceMinor: 149_500,
    vatClass: 'standard',
  })),
  ...more,
})

test('V15, V17: ten at once make one product; nothing is echoed, and what is changed here flows back under the sender’s own ids', async () => {
  const body = jumper('T', {
    articles: jumper('T').articles.map((line, n) => ({ ...line, barcodes: n === 0 ? [{ code: '7350053850019' }] : [], prices: [{ locationId: owner.locationId, priceMinor: 1 }] })),
  })
  const answers = await Promise.all(Array.from({ length: 10 }, () => put('P-1', body)))
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200))
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(answers.filter((answer) => answer.body.changed)).toHaveLength(1)
  expect(answers[0]?.body).toMatchObject({
    corrected: false,
    articles: [
      { number: 'T-S', externalId: 'T-S' },
      { number: 'T-M', externalId: 'T-M' },
    ],
    leftAlone: [],
  })
  expect(await readAll()).toEqual([])
  const [small] = (await owner.does('articles.list', { query: { barcode: '7350053850019' } })).items
  expect(small).toMatchObject({ number: 'T-S', name: 'Tröja Tjörn, S', priceMinor: 149_500, prices: [{ locationId: owner.locationId, priceMinor: 1 }] })
  await owner.does('articles.change', { params: { articleId: small?.id ?? 0 }, body: { priceMinor: 99_000 } })
  await owner.does('goods-receipts.register', { body: { ref: 'r', locationId: owner.locationId, lines: [{ articleId: small?.id, quantity: 5 }] } })
  expect((await readAll()).map((item) => `${item.entity} ${item.id}`)).toEqual([`stock ${small?.id}`, `price ${small?.id}`])
  await owner.does('articles.change', { params: { articleId: small?.id ?? 0 }, body: { name: 'Tröja, liten' } })
  expect(await readAll()).toMatchObject([{ entity: 'article', link: { externalId: 'T-S' }, data: { name: 'Tröja, liten' } }])
})

test('V18: If-Match changes what was read and nothing else; any change of the product or its articles makes another version', async () => {
  const first = await put('P-2', jumper('U'))
  expect(first.headers.etag).toBe(`"${first.body.version}"`)
  expect(await put('P-2', jumper('U'), { 'if-match': String(first.headers.etag) })).toMatchObject({ status: 200, body: { changed: false, version: first.body.version } })
  await owner.does('articles.change', { params: { articleId: first.body.articles[0]?.id ?? 0 }, body: { priceMinor: 5 } })
  expect(await put('P-2', jumper('U'), { 'if-match': String(first.headers.etag) })).toMatchObject({ status: 412, body: { code: 'version-changed', field: null } })
  expect(await put('P-none', jumper('W'), { 'if-match': '"x"' })).toMatchObject({ status: 412 })
})

test('articles that aren’t named are left alone unless they are said to go; a number moves with its external id', async () => {
  await put('P-3', jumper('A'))
  const [s, m] = jumper('A').articles
  const fewer = await put('P-3', jumper('A', { name: 'Nytt namn', articles: [{ ...s, number: 'A-SMALL' }] }))
  expect(fewer.body).toMatchObject({ changed: true, corrected: false, articles: [{ number: 'A-SMALL' }], leftAlone: ['A-M'] })
  expect((await owner.does('articles.list', { query: { number: 'A-S' } })).items).toMatchObject([{ number: 'A-SMALL', moved: true }])
  expect(await readAll()).toEqual([])
  const archived = await put('P-3', jumper('A', { missing: 'archive', articles: [{ ...s, number: 'A-SMALL' }] }))
  expect(archived.body.leftAlone).toEqual([])
  expect((await readAll()).map((item) => `${item.op} ${item.entity}`).sort()).toEqual(['delete article', 'delete price'])
  // It is archived here, and nobody says that it isn't: that is told.
  expect(await put('P-3', jumper('A', { articles: [{ ...s, number: 'A-SMALL' }, m] }))).toMatchObject({ status: 200, body: { corrected: true } })
  expect(await readAll()).toMatchObject([{ op: 'delete', entity: 'article', corrected: true, link: { externalId: 'A-M' } }])
  expect(await put('P-3', jumper('A', { articles: [{ ...m, archived: false }] }))).toMatchObject({ status: 200, body: { corrected: false, leftAlone: ['A-SMALL'] } })
})

test('numbers, barcodes and variants stay unique: refused with the line to blame, and nothing is left behind', async () => {
  await owner.does('articles.make', { body: { number: 'TAKEN', name: 'Annan', barcodes: [{ code: '4006381333931' }] } })
  await put('P-4', jumper('B'))
  await readAll()
  const [s, m] = jumper('B').articles
  const refused = async (articles: object[], code: string, field: string) => {
    const answer = await put('P-4', jumper('B', { name: 'Blir inte så', articles }))
    expect(answer.body, code).toMatchObject({ code, field })
  }
  await refused([s as object, { ...m, number: 'TAKEN' }], 'number-taken', 'articles.1.number')
  await refused(
    [
      { ...s, number: 'B-M', externalId: undefined },
      { ...m, externalId: 'B-S', number: 'B-M2' },
    ],
    'variant-wrong',
    'articles.0.optionValues',
  )
  await refused([s as object, { ...m, barcodes: [{ code: '4006381333931' }] }], 'barcode-taken', 'articles.1.barcodes.0.code')
  await refused([s as object, { ...m, barcodes: [{ code: '123' }] }], 'barcode-invalid', 'articles.1.barcodes.0.code')
  await refused([s as object, s as object], 'external-id-taken', 'articles')
  await refused([{ number: 'B-X', optionValues: { Storlek: 'XL' } }], 'variant-wrong', 'articles.0.optionValues')
  await refused([{ ...s, prices: [{ locationId: 999_999, priceMinor: 1 }] }], 'unknown-location', 'locationId')
  expect(await put('P-5', jumper('C', { articles: [{ ...s, number: 'C-S' }] }))).toMatchObject({ status: 409, body: { code: 'external-id-taken', field: 'articles.0.externalId' } })
  expect(await readAll()).toEqual([])
  // A barcode may move from one of its articles to the next.
  await put('P-4', jumper('B', { articles: [{ ...s, barcodes: [{ code: '7310865004703' }] }, m] }))
  expect(
    await put(
      'P-4',
      jumper('B', {
        articles: [
          { ...s, barcodes: [] },
          { ...m, barcodes: [{ code: '7310865004703' }] },
        ],
      }),
    ),
  ).toMatchObject({ status: 200, body: { corrected: false } })
  expect(await put('P-4', jumper('B', { options: [{ name: 'Storlek', values: ['S'] }], articles: [s as object] }))).toMatchObject({
    body: { code: 'variant-wrong', field: 'options' },
  })
})

test('a reader that has linked a product hands in under its own id what was made here; one that left the view comes back', async () => {
  const mine = await owner.does('products.make', { body: { name: 'Mössa', variants: [{ number: 'M-1', priceMinor: 100 }] } })
  await owner.does('views.link', { params, body: { products: [mine.id] } })
  const page = await reader.does('views.changes', { params })
  const item = page.items.find((each) => each.entity === 'product')
  const result = { entity: 'product', id: mine.id, version: item?.version, status: 'applied', externalId: 'P-6' }
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor, results: [result] } })
  await readAll()
  expect(await put('P-6', { name: 'Mössa, grå', articles: [{ number: 'M-1' }] })).toMatchObject({ status: 200, body: { id: mine.id, changed: true, corrected: false } })
  expect(await readAll()).toEqual([])
  await owner.does('views.unlink', { params, body: { products: [mine.id] } })
  await readAll()
  await put('P-6', { name: 'Mössa, blå', articles: [{ number: 'M-1' }] })
  await readAll()
  await owner.does('articles.change', { params: { articleId: mine.articles[0]?.id ?? 0 }, body: { priceMinor: 200 } })
  expect((await readAll()).map((each) => each.entity)).toEqual(['price'])
})

test('an order line that waited for the number posts when the product is handed in; a key without the right is refused', async () => {
  const made = await owner.does('views.make', { body: { name: 'Kassan', writes: ['orders:write'] } })
  const other = web.withKey(made.key)
  const lines = [{ line: '1', articleNumber: 'N-1', quantity: 2 }]
  await other.does('views.put-order', { params: { viewId: made.id, externalId: 'E-1' }, body: { placedAt: '2026-11-02T07:00:00Z', locationId: owner.locationId, lines } })
  const body = { name: 'Väntad', articles: [{ number: 'N-1' }] }
  expect((await other.call('views.put-product', { params: { viewId: made.id, externalId: 'P-9' }, body })).status).toBe(403)
  await put('P-9', body)
  await owner.does('goods-receipts.register', { body: { ref: 'n', locationId: owner.locationId, lines: [{ articleNumber: 'N-1', quantity: 5 }] } })
  expect((await owner.does('levels.list', { query: { number: 'N-1' } })).items).toMatchObject([{ reserved: 2 }])
})
