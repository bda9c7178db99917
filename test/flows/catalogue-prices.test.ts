/** What a shop is told of prices: a chosen location's and no others, what it cost before an offer, and ours put back where they always go along. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'

let s: CatalogueStand
let outlet: number
const article = (n: number) => s.product.articles[n]?.id ?? 0
const priced = (number: string) => [s.face(number)?.price, s.face(number)?.before]
const setInShop = (number: string, price: number) => {
  const item = [...s.sim.state.items.values()].find((each) => each.number === number)
  const face = s.sim.state.faces.get(item?.ref ?? '')
  if (item !== undefined && face !== undefined) s.sim.state.faces.set(item.ref, { ...face, price })
}

beforeAll(async () => {
  s = await catalogueStand()
  outlet = (await s.owner.does('locations.make', { body: { name: 'Outlet' } })).id
  await s.set({ products: true })
  await s.tell()
})
afterAll(() => s.close())

test('while an offer holds the shop has what it costs and what it costs else; when it ends, what it costs alone', async () => {
  const now = s.web.clock.now()
  const validTo = new Date(now.getTime() + 3_600_000)
  await s.owner.does('offers.make', { body: { lines: [{ articleId: article(0), priceMinor: 39900 }], validFrom: now.toISOString(), validTo: validTo.toISOString() } })
  await s.settled()
  expect(priced('0201')).toEqual([39900, 59900])
  expect(priced('0202')).toEqual([59900, null])
  s.web.clock.advance(3_600_001)
  await s.tick('offers')
  expect(priced('0201')).toEqual([59900, null])
})

test('of a chosen location only what was set there goes: an article without is told without a price, a new one isn’t made before it has one', async () => {
  await s.owner.does('articles.price', { params: { articleId: article(1) }, body: { locationId: outlet, priceMinor: 29900 } })
  await s.set({ priceLocationId: outlet })
  await s.settled()
  expect([priced('0201'), priced('0202')]).toEqual([
    [59900, null],
    [29900, null],
  ])
  expect(await s.rejected()).toContainEqual(expect.objectContaining({ entity: 'price', title: '0201', code: 'price-missing' }))
  const { id } = await s.owner.does('articles.make', { body: { number: '0301', name: 'Vante', priceMinor: 19900 } })
  await s.settled()
  expect(s.face('0301')).toBeUndefined()
  expect((await s.rejected()).filter((row) => row.title === '0301').map((row) => [row.entity, row.code])).toEqual([
    ['article', 'price-missing'],
    ['price', 'price-missing'],
  ])
  expect((await s.told({ outcome: 'refused' }))[0]).toMatchObject({ product: 'Vante', code: 'price-missing', runId: null })
  await s.owner.does('articles.price', { params: { articleId: id }, body: { locationId: outlet, priceMinor: 14900 } })
  await s.settled()
  expect(priced('0301')).toEqual([14900, null])
  expect((await s.rejected()).filter((row) => row.title === '0301')).toEqual([])
  await s.set({ priceLocationId: null })
  await s.settled()
  expect(priced('0202')).toEqual([59900, null])
})

test('Ja: a price somebody changed in the shop survives a name, a run of the clock and another; Nei: the next run puts ours back, and writes nothing where it stands', async () => {
  setInShop('0201', 100)
  await s.owner.does('products.change', { params: { productId: s.product.id }, body: { name: 'Tröja A' } })
  await s.settled()
  await s.tell()
  expect(s.face('0201')?.price).toBe(100)
  await s.set({ priceWhenChanged: false })
  await s.settled()
  expect(s.face('0201')?.price).toBe(59900)
  setInShop('0201', 200)
  await s.tell()
  expect(s.face('0201')?.price).toBe(59900)
  const before = s.changes()
  await s.tell()
  expect(s.changes()).toEqual(before)
  expect((await s.shown()).run).toMatchObject({ state: 'done', products: { made: 0, changed: 0, unchanged: 3, refused: 0 } })
  await s.set({ priceWhenChanged: true })
})

test('the supplier is the product’s own or the store, and where it is shown is what was chosen; what is changed goes by itself', async () => {
  expect([s.there('Tröja A')?.vendor, s.there('Tröja A')?.channels]).toEqual(['Tjörn', null])
  await s.set({ vendorFrom: 'location', channels: ['web'] })
  await s.settled()
  expect([s.there('Tröja A')?.vendor, s.there('Tröja A')?.channels]).toEqual([expect.stringMatching(/^Testgränd Handel AB/), ['web']])
  await s.set({ priceLocationId: outlet })
  await s.settled()
  expect(s.there('Tröja A')?.vendor).toBe('Outlet')
  await s.set({ channels: ['nowhere'] })
  await s.settled()
  expect(await s.rejected()).toContainEqual(expect.objectContaining({ entity: 'product', title: 'Tröja A', code: 'no-such-channel' }))
})
