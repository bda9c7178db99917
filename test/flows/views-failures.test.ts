/** What goes wrong between a view and its reader, and what must not come of it: nothing skipped, nothing backwards, nobody starved. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '../../src/kit/assert.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

type Page = Answer<'views.changes'>
type Item = Page['items'][number]
const DAY = 86_400_000

let web: Web
let owner: Owner
let made = 0
beforeAll(async () => {
  web = await openWeb()
})
beforeEach(async () => {
  owner = await web.owner('Ull & Lin')
})
afterAll(() => web.close())

interface Reader extends Someone {
  params: { viewId: number }
  read(query?: object): Promise<Page>
  ack(cursor: string, results?: object[]): Promise<Answer<'views.ack'>>
}
async function view(body: object = {}): Promise<Reader> {
  const { id, key } = await owner.does('views.make', { body: { name: 'Affärssystemet', byNumber: true, joinsProducts: true, ...body } })
  const someone = web.withKey(key)
  const params = { viewId: id }
  return {
    ...someone,
    params,
    read: (query = {}) => someone.does('views.changes', { params, query: { limit: 500, ...query } }),
    ack: (cursor, results = []) => someone.does('views.ack', { params, body: { cursor, results } }),
  }
}
/** Reads and acknowledges until nothing is left; every item in the order it came. */
async function drain(v: Reader, limit = 500): Promise<Item[]> {
  const all: Item[] = []
  for (;;) {
    const page = await v.read({ limit })
    if (page.items.length === 0) return all
    all.push(...page.items)
    await v.ack(page.nextCursor)
  }
}
const article = (number = `F-${++made}`) => owner.does('articles.make', { body: { number, name: `Vara ${number}`, priceMinor: 100 } })
const receive = (articleId: number, quantity = 1, who: Someone = owner) =>
  who.does('goods-receipts.register', { body: { ref: `r${++made}`, locationId: owner.locationId, lines: [{ articleId, quantity }] } })
/** As many products of one article each as are wanted, straight into the tables. */
async function plant(count: number): Promise<void> {
  const values = [owner.companyId, count, web.clock.now()]
  await web.data.owner.run({
    text: "insert into product (company_id, name, created_at) select $1::bigint, 'Vara ' || n, $3::timestamptz from generate_series(1, $2::int) n",
    values,
  })
  const text = `insert into article (company_id, product_id, number, name, price_minor, created_at, changed_at)
    select company_id, id, 'P-' || id, name, 100, created_at, created_at from product p where company_id = $1 and not exists (select from article a where a.company_id = p.company_id and a.product_id = p.id)`
  await web.data.owner.run({ text, values: [owner.companyId] })
  await web.data.owner.run({ text: 'analyze', values: [] })
}
const nameOf = (item: Item) => `${item.entity} ${item.id} ${item.locationId}`

test('V2: an acknowledgement that was lost is said again, with no harm to what changed since', async () => {
  const v = await view()
  const a = await article()
  await receive(a.id)
  const page = await v.read()
  await v.ack(page.nextCursor)
  await receive(a.id, 4)
  // The answer never came: the reader says it again, and again.
  expect(await v.ack(page.nextCursor)).toEqual({ acked: 0, results: [] })
  expect(await drain(v)).toMatchObject([{ entity: 'stock', data: { onHand: 5 } }])
  expect(await v.ack(page.nextCursor)).toEqual({ acked: 0, results: [] })
})

test('V3: what is under a rejected product waits for it, level by level, whatever had been served before', async () => {
  const v = await view({ byNumber: false, entities: ['product', 'article', 'price'] })
  await article()
  const page = await v.read({ limit: 1 })
  const product = must(page.items[0], 'the product')
  await v.ack(page.nextCursor, [{ entity: 'product', id: product.id, version: product.version, status: 'rejected', error: 'no' }])
  for (let n = 0; n < 3; n++) expect((await v.read({ after: page.nextCursor })).items).toEqual([])
  await owner.does('views.retry', { params: v.params, body: {} })
  expect((await drain(v)).map((item) => item.entity)).toEqual(['product', 'article', 'price'])
})

test('V7: two readers on one view see the same items; the slower one’s acknowledgement takes nothing from the other, and the view says that they are two', async () => {
  const v = await view()
  const a = await article()
  const [one, two] = [await v.read(), await v.read()]
  expect(two.items).toEqual(one.items)
  await v.ack(one.nextCursor)
  await receive(a.id)
  const next = await v.read({ after: one.nextCursor })
  expect(next.items).toMatchObject([{ entity: 'stock' }])
  await v.ack(two.nextCursor)
  expect((await v.read()).items).toEqual(next.items)
  const shown = () => owner.does('views.show', { params: v.params })
  expect(await shown()).toMatchObject({ readers: 1 })
  await web.clock.advance(2_000)
  await v.call('views.changes', { params: v.params, headers: { 'x-forwarded-for': '192.0.2.7' } })
  expect(await shown()).toMatchObject({ readers: 2 })
  await web.clock.advance(3_600_000)
  await v.read()
  expect(await shown()).toMatchObject({ readers: 1 })
})

test('V12: a backlog neither stops what is live nor starves: stock first, a fifth of each page for the backlog, nothing skipped', async () => {
  const v = await view({ joinsProducts: null, byNumber: false })
  await plant(40)
  const articles = (await owner.does('articles.list', { query: { limit: 200 } })).items
  await v.does('views.resend', { params: v.params, body: {} })
  const first = await v.read({ limit: 100 })
  await v.ack(first.nextCursor)
  const seen = new Map(first.items.map((item) => [nameOf(item), item.version]))
  let backfilled = 0
  let after: string | undefined
  for (let round = 0; round < 12; round++) {
    await owner.does('goods-receipts.register', {
      body: { ref: `live${round}`, locationId: owner.locationId, lines: articles.slice(0, 12).map(({ id }) => ({ articleId: id, quantity: 1 })) },
    })
    const page = await v.read({ limit: 10, ...(after === undefined ? {} : { after }) })
    after = page.nextCursor
    const stock = page.items.findLastIndex((item) => item.entity === 'stock')
    const others = page.items.findIndex((item) => item.entity !== 'stock')
    expect(others === -1 || others > stock, 'live stock comes first').toBe(true)
    const slow = page.items.filter((item) => item.entity !== 'stock').length
    backfilled += slow
    for (const item of page.items) {
      expect(item.version).toBeGreaterThan(seen.get(nameOf(item)) ?? 0)
      seen.set(nameOf(item), item.version)
    }
    await v.ack(page.nextCursor)
  }
  expect(backfilled).toBeGreaterThanOrEqual(20)
  for (const item of await drain(v)) seen.set(nameOf(item), item.version)
  expect([...seen.keys()].filter((name) => name.startsWith('price'))).toHaveLength(40)
  expect([...seen.keys()].filter((name) => name.startsWith('stock'))).toHaveLength(12)
})

test('V8: deleted and brought back under its number: a tombstone, then the same id with a higher version; no second one gets the number', async () => {
  const v = await view()
  const { id } = await article('SAMMA')
  await drain(v)
  const archive = (archived: boolean) => owner.does('articles.change', { params: { articleId: id }, body: { archived } })
  await archive(true)
  const gone = must(
    (await drain(v)).find((item) => item.entity === 'article'),
    'the tombstone',
  )
  expect(gone).toMatchObject({ id, op: 'delete', data: null })
  expect((await owner.call('articles.make', { body: { number: 'SAMMA', name: 'Ny' } })).status).toBe(409)
  await archive(false)
  const back = must(
    (await drain(v)).find((item) => item.entity === 'article'),
    'the article',
  )
  expect(back).toMatchObject({ id, op: 'upsert', data: { number: 'SAMMA' } })
  expect(back.version).toBeGreaterThan(gone.version)
})

test('V9: narrowed and widened again: unlinked things are said to leave, are quiet meanwhile, and come back as they are now with higher versions', async () => {
  const v = await view({ joinsProducts: false })
  const [a, b] = [await article(), await article()]
  await v.does('views.resend', { params: v.params, body: { products: [a.productId, b.productId] } })
  const before = new Map((await drain(v)).map((item) => [nameOf(item), item.version]))
  await v.does('views.unlink', { params: v.params, body: { products: [b.productId] } })
  const left = await drain(v)
  expect(new Set(left.map((item) => item.op))).toEqual(new Set(['unlink']))
  expect(left).toHaveLength(3)
  await receive(b.id, 7)
  await owner.does('articles.change', { params: { articleId: b.id }, body: { name: 'Ändrad' } })
  expect(await drain(v)).toEqual([])
  await v.does('views.resend', { params: v.params, body: { products: [b.productId] } })
  const back = await drain(v)
  expect(back.map((item) => item.entity)).toEqual(['product', 'article', 'price', 'stock'])
  expect(back[1]).toMatchObject({ op: 'upsert', data: { name: 'Ändrad' } })
  for (const item of back) expect(item.version).toBeGreaterThan(before.get(nameOf(item)) ?? 0)
})

test('V6: one poisoned item in a page of 500 holds nobody up', async () => {
  const v = await view({ joinsProducts: null })
  await plant(170)
  await v.does('views.resend', { params: v.params, body: {} })
  const page = await v.read()
  expect(page.items).toHaveLength(500)
  const poison = must(
    page.items.find((item) => item.entity === 'article'),
    'an article',
  )
  const { entity, id, locationId, version } = poison
  expect(await v.ack(page.nextCursor, [{ entity, id, locationId, version, status: 'rejected', error: 'okänd momssats' }])).toMatchObject({ acked: 499, results: ['taken'] })
  expect(await drain(v)).toHaveLength(10)
  expect((await owner.does('views.rejected', { params: v.params })).items).toMatchObject([{ id, error: 'okänd momssats' }])
})

test('the clock set back an hour: order, versions and acknowledgements don’t come from it', async () => {
  const v = await view()
  const a = await article()
  await receive(a.id)
  const page = await v.read()
  await web.clock.advance(-3_600_000)
  await receive(a.id, 2)
  await v.ack(page.nextCursor)
  const next = await v.read({ after: page.nextCursor })
  expect(next.items).toMatchObject([{ entity: 'stock', data: { onHand: 3 } }])
  expect(next.items[0]?.version).toBeGreaterThan(
    must(
      page.items.find((item) => item.entity === 'stock'),
      'the stock',
    ).version,
  )
  await v.ack(next.nextCursor)
  expect(await owner.does('views.show', { params: v.params })).toMatchObject({ lag: { live: 0, seconds: null } })
  await web.clock.advance(3_600_000)
  expect((await v.read()).items).toEqual([])
})

test('V4, V8: a reader away for sixty days finds each thing once, as it is now, and what was archived as a tombstone', async () => {
  const v = await view()
  const [a, b] = [await article(), await article()]
  await drain(v)
  const till = await owner.key()
  for (let day = 0; day < 60; day++) {
    await web.clock.advance(DAY)
    if (day % 10 === 0) await receive(a.id, 1, till)
  }
  await till.does('articles.change', { params: { articleId: b.id }, body: { archived: true } })
  const items = await drain(v)
  expect(items.filter((item) => item.entity === 'stock')).toMatchObject([{ id: a.id, data: { onHand: 6 } }])
  expect(items.filter((item) => item.id === b.id && item.entity === 'article')).toMatchObject([{ op: 'delete', data: null }])
})

test('V10: a great resend pressed three times, and between pages, is one: each thing comes once and what is live comes at once', async () => {
  const v = await view({ joinsProducts: null })
  await plant(210)
  const press = () => v.does('views.resend', { params: v.params, body: {} })
  const runs = await Promise.all([press(), press(), press()])
  expect(new Set(runs.map((run) => run.id)).size).toBe(1)
  expect(runs.filter((run) => !run.repeated)).toHaveLength(1)
  const seen: Item[] = []
  const take = async () => {
    const page = await v.read()
    await v.ack(page.nextCursor)
    return page.items
  }
  seen.push(...(await take()))
  expect(await press()).toMatchObject({ id: runs[0]?.id, repeated: true })
  const first = must(
    seen.find((item) => item.entity === 'article'),
    'an article',
  )
  await receive(first.id)
  const [live, ...rest] = await take()
  expect(live).toMatchObject({ entity: 'stock', id: first.id })
  seen.push(...rest)
  for (let page = await take(); page.length > 0; page = await take()) seen.push(...page)
  expect(seen).toHaveLength(630)
  expect(new Set(seen.map(nameOf)).size).toBe(630)
  await v.read()
  expect(await v.does('views.run', { params: { ...v.params, runId: must(runs[0], 'the run').id } })).toMatchObject({ state: 'done', acked: 630 })
})

test('R34: over a new epoch versions rise all the same, and an answer about the old one is refused', async () => {
  const v = await view()
  const a = await article()
  await receive(a.id)
  const before = await v.read()
  await web.data.owner.run({ text: 'update listener set epoch = epoch + 1 where id = $1', values: [v.params.viewId] })
  const results = before.items.map(({ entity, id, locationId, version }) => ({ entity, id, locationId, version, status: 'applied' }))
  expect((await v.does('views.ack', { params: v.params, body: { results } })).results).toEqual(results.map(() => 'other-epoch'))
  const after = await v.read()
  expect(after.items.map(nameOf)).toEqual(before.items.map(nameOf))
  for (const [n, item] of after.items.entries()) expect(item.version).toBeGreaterThan(must(before.items[n], 'the same').version)
})

test('limits: pages, waits and bodies too large are refused by field; another view’s run isn’t there', async () => {
  const v = await view()
  const other = await view()
  const ask = (query: object) => v.call('views.changes', { params: v.params, query: query as Record<string, string> })
  for (const limit of ['0', '501', '-1', 'x']) expect(await ask({ limit })).toMatchObject({ status: 400, body: { code: 'bad-input', field: 'limit' } })
  for (const wait of ['31', '-1', '1.5']) expect(await ask({ wait })).toMatchObject({ status: 400, body: { code: 'bad-input', field: 'wait' } })
  expect(await ask({ entity: 'stock,horse' })).toMatchObject({ status: 400, body: { field: expect.stringMatching(/^entity/) } })
  const result = { entity: 'stock', id: 1, version: 1, status: 'applied' }
  const say = (results: object[]) => v.call('views.ack', { params: v.params, body: { results } })
  expect(await say(Array(501).fill(result))).toMatchObject({ status: 400, body: { field: 'results' } })
  expect(await say([{ ...result, error: 'x'.repeat(3 * 1024 * 1024) }])).toMatchObject({ status: 413, body: { code: 'too-large' } })
  await article()
  const run = await other.does('views.resend', { params: other.params, body: {} })
  expect(await v.call('views.run', { params: { ...v.params, runId: run.id } })).toMatchObject({ status: 404 })
  expect(await v.call('views.ack', { params: v.params, body: { cursor: (await other.read()).nextCursor } })).toMatchObject({ status: 409, body: { code: 'cursor-wrong' } })
})

test('V11: verify sends what was never acknowledged or lies rejected and nothing else; from_now sends nothing, and what changes then comes', async () => {
  const v = await view({ joinsProducts: null })
  const [a, b] = [await article(), await article()]
  await v.does('views.resend', { params: v.params, body: { products: [a.productId] } })
  const page = await v.read()
  const { entity, id, locationId, version } = must(
    page.items.find((item) => item.entity === 'price'),
    'the price',
  )
  await v.ack(page.nextCursor, [{ entity, id, locationId, version, status: 'rejected', error: 'okänd valuta' }])
  await v.read()
  await v.does('views.resend', { params: v.params, body: { mode: 'verify' } })
  expect((await drain(v)).map(nameOf).sort()).toEqual([`price ${a.id} null`, `product ${b.productId} null`, `article ${b.id} null`, `price ${b.id} null`].sort())
  const late = await view({ joinsProducts: null })
  expect(await late.does('views.resend', { params: late.params, body: { mode: 'from_now' } })).toMatchObject({ state: 'done' })
  expect(await drain(late)).toEqual([])
  await receive(a.id)
  expect((await drain(late)).map(nameOf)).toEqual([`stock ${a.id} ${owner.locationId}`])
})

test('V14: what nobody has counted is null and never zero; numbers and codes are text to the letter', async () => {
  const v = await view()
  const a = await owner.does('articles.make', { body: { number: '007', name: 'Utan pris', barcodes: [{ code: '7350053850019' }] } })
  await owner.does('sales.register', { body: { ref: `s${++made}`, locationId: owner.locationId, lines: [{ articleId: a.id, quantity: 1 }] } })
  const data = Object.fromEntries((await drain(v)).map((item) => [item.entity, item.data]))
  expect(data.stock).toMatchObject({ number: '007', onHand: null, available: null, reserved: 0 })
  expect(data.price).toMatchObject({ priceMinor: null })
  expect(data.article).toMatchObject({ number: '007', barcodes: [{ code: '7350053850019' }] })
})
