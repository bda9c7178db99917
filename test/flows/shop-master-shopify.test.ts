/** Shopify as master of a store's stock: its number of what is free, and of what is on the shelf, by hook and by sweep; nothing of stock is written there (R47, R48). */
import { afterEach, expect, test } from 'vitest'
import { MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

const PLACE = 'Odenplan'
let s: ShopStand
afterEach(() => s.close())

const [SOLD, COUNTED, HANDED] = [skuOf(0), skuOf(1), skuOf(2)]
const level = async (number: string) => {
  const cell = (await s.owner.does('levels.list', { query: { number } })).items[0]
  return [cell?.onHand, cell?.reserved]
}
/** What wrote a number, or put an article on a shelf of the shop. */
const writes = () => s.sim.calls().filter((call) => call.fields.some((field) => /^inventory(Set|Adjust|Activate|Bulk)/.test(field))).length

async function turned(settings: Record<string, string> = {}): Promise<void> {
  s = await shopStand(3)
  const params = { connectionId: s.connectionId }
  await s.owner.does('connections.settings', { params, body: { settings } })
  await s.pass(2 * MINUTE_MS)
  const { places } = await s.owner.does('connections.show', { params })
  await s.owner.does('connections.places', { params, body: { places: places.map(({ locationId, placeRef }) => ({ locationId, placeRef, direction: 'in' })) } })
  await s.pass(MINUTE_MS)
}

test('R47 R48: what is free there is what is free here, its orders off once, and a change by hook or by its list', async () => {
  await turned()
  const before = writes()
  const order = s.order(SOLD, 2)
  await s.pass(MINUTE_MS)
  expect([await level(SOLD), s.sim.available(SOLD, PLACE)]).toEqual([[20, 2], 18])
  s.sim.shop.fulfil({ order })
  await s.pass(MINUTE_MS)
  expect([await level(SOLD), s.sim.available(SOLD, PLACE)]).toEqual([[18, 0], 18])
  s.sim.hooks.lossy({ drop: 0 })
  s.sim.shop.handEdit({ sku: COUNTED, at: PLACE, available: 14 })
  await s.pass(MINUTE_MS)
  expect(await level(COUNTED)).toEqual([14, 0])
  await s.sell(HANDED, 1)
  s.loseHooks(true)
  s.sim.shop.handEdit({ sku: HANDED, at: PLACE, available: 25 })
  await s.pass(7 * 60 * MINUTE_MS)
  expect(await level(HANDED)).toEqual([24, 0])
  expect(writes()).toBe(before)
})
