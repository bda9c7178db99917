/** What a view hears of can be narrowed and widened, and who has been away too long is told to begin anew. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { purge } from '../../src/sync/chores.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

type Item = Answer<'views.changes'>['items'][number]
const DAY = 86_400_000

let web: Web
let owner: Owner
let warehouse = 0
let made = 0
beforeAll(async () => {
  web = await openWeb()
})
beforeEach(async () => {
  owner = await web.owner('Ull & Lin')
  warehouse = (await owner.does('locations.make', { body: { name: 'Lagret' } })).id
})
afterAll(() => web.close())

interface Reader extends Someone {
  params: { viewId: number }
  /** Reads and acknowledges until nothing is left. */
  drain(): Promise<Item[]>
}
async function view(body: object = {}): Promise<Reader> {
  const { id, key } = await owner.does('views.make', { body: { name: 'Lagersystemet', byNumber: true, joinsProducts: true, ...body } })
  const someone = web.withKey(key)
  const params = { viewId: id }
  return {
    ...someone,
    params,
    async drain() {
      const all: Item[] = []
      for (;;) {
        const page = await someone.does('views.changes', { params, query: { limit: 500 } })
        if (page.items.length === 0) return all
        all.push(...page.items)
        await someone.does('views.ack', { params, body: { cursor: page.nextCursor } })
      }
    },
  }
}
const article = () => owner.does('articles.make', { body: { number: `W-${++made}`, name: 'Vara', priceMinor: 100 } })
const receive = (articleId: number, locationId: number, quantity = 1, who: Someone = owner) =>
  who.does('goods-receipts.register', { body: { ref: `r${++made}`, locationId, lines: [{ articleId, quantity }] } })
const change = (v: Reader, body: object) => owner.does('views.change', { params: v.params, body })
const said = (items: Item[]) => items.map((item) => `${item.op} ${item.entity} ${item.id} ${item.locationId ?? ''}`.trim()).sort()

test('V9: a view of one place hears of stock there alone, and of prices that differ there; so does a resend, and what is new', async () => {
  const a = await article()
  await receive(a.id, warehouse, 2)
  await owner.does('articles.price', { params: { articleId: a.id }, body: { locationId: owner.locationId, priceMinor: 90 } })
  const v = await view({ locations: [warehouse], joinsProducts: null })
  await receive(a.id, owner.locationId, 5)
  expect(await v.does('views.resend-size', { params: v.params, body: {} })).toMatchObject({ items: 4 })
  await v.does('views.resend', { params: v.params, body: {} })
  const items = await v.drain()
  expect(items.filter((item) => item.entity === 'stock')).toMatchObject([{ locationId: warehouse, data: { onHand: 2 } }])
  expect(items.find((item) => item.entity === 'price')?.data).toMatchObject({ atLocations: {} })
  await v.does('views.changes', { params: v.params })
  expect(await v.does('views.show', { params: v.params })).toMatchObject({ locations: [warehouse], run: { state: 'done', queued: 4, acked: 4 } })
  await receive(a.id, owner.locationId)
  const b = await article()
  await receive(b.id, owner.locationId)
  await receive(b.id, warehouse)
  expect(said(await v.drain()).filter((each) => each.includes('stock'))).toEqual([`upsert stock ${b.id} ${warehouse}`])
  await v.does('views.resend', { params: v.params, body: { mode: 'verify' } })
  expect(await v.drain()).toEqual([])
})

test('V9: narrowed, what leaves is said as unlink once; widened again it comes as it is now, with higher versions', async () => {
  const v = await view()
  const [a, b] = [await article(), await article()]
  for (const { id } of [a, b]) for (const place of [owner.locationId, warehouse]) await receive(id, place, 3)
  await owner.does('articles.price', { params: { articleId: a.id }, body: { locationId: owner.locationId, priceMinor: 90 } })
  const before = new Map((await v.drain()).map((item) => [`${item.entity} ${item.id} ${item.locationId}`, item.version]))
  await change(v, { locations: [warehouse] })
  const left = await v.drain()
  expect(said(left)).toEqual([`unlink stock ${a.id} ${owner.locationId}`, `unlink stock ${b.id} ${owner.locationId}`, `upsert price ${a.id}`].sort())
  expect(left.find((item) => item.entity === 'price')?.data).toMatchObject({ atLocations: {} })
  await receive(a.id, owner.locationId, 4)
  await owner.does('articles.change', { params: { articleId: b.id }, body: { archived: true } })
  await v.drain()
  await v.does('views.resend', { params: v.params, body: {} })
  expect(said(await v.drain()).filter((each) => each.startsWith('upsert stock'))).toEqual([`upsert stock ${a.id} ${warehouse}`])
  await change(v, { locations: null })
  const back = await v.drain()
  expect(said(back)).toEqual([`upsert price ${a.id}`, `upsert stock ${a.id} ${owner.locationId}`].sort())
  expect(back.find((item) => item.entity === 'stock')?.data).toMatchObject({ onHand: 7 })
  for (const item of back) expect(item.version).toBeGreaterThan(before.get(`${item.entity} ${item.id} ${item.locationId}`) ?? 0)
  // What was archived meanwhile comes back with its article, at both places.
  await owner.does('articles.change', { params: { articleId: b.id }, body: { archived: false } })
  expect(said(await v.drain()).filter((each) => each.includes('stock'))).toHaveLength(2)
})

test('V9: narrowed and widened before the reader has read is as if nothing had been, with its number as it is now', async () => {
  const v = await view()
  const a = await article()
  await receive(a.id, owner.locationId, 3)
  await v.drain()
  await change(v, { locations: [warehouse] })
  await receive(a.id, owner.locationId, 1)
  await change(v, { locations: [owner.locationId] })
  expect((await v.drain()).filter((item) => item.entity === 'stock')).toMatchObject([{ op: 'upsert', data: { onHand: 4 } }])
  expect(await owner.call('views.change', { params: v.params, body: { locations: [999_999] } })).toMatchObject({ status: 404 })
})

test('V8: a tombstone is kept until it is acknowledged; after 180 days reading is 410 until all is sent again, and nothing is lost then either', async () => {
  const v = await view()
  const [a, b] = [await article(), await article()]
  await receive(a.id, owner.locationId, 3)
  await v.drain()
  const till = await owner.key()
  await till.does('articles.change', { params: { articleId: b.id }, body: { archived: true } })
  const read = () => v.call('views.changes', { params: v.params })
  await web.clock.advance(179 * DAY)
  await purge(web.deps, owner.companyId)
  expect((await read()).status).toBe(200)
  await web.clock.advance(2 * DAY)
  await purge(web.deps, owner.companyId)
  expect(await read()).toMatchObject({ status: 410, body: { code: 'resync-required', facts: { days: 180 } } })
  // Some products again isn't all.
  await v.does('views.resend', { params: v.params, body: { products: [a.productId] } })
  expect((await read()).status).toBe(410)
  expect(await v.does('views.resend', { params: v.params, body: {} })).toMatchObject({ repeated: false })
  await purge(web.deps, owner.companyId)
  const items = await v.drain()
  expect(items.filter((item) => item.id === b.id && item.entity === 'article')).toMatchObject([{ op: 'delete' }])
  expect(items.filter((item) => item.entity === 'stock')).toMatchObject([{ data: { onHand: 3 } }])
})
