/** "Fulfilled?": an order that ships from here is fulfilled in Shopify within five seconds, once, whatever happens on the way (R45, R46). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GUIDE_SCOPES } from '../../sim/shopify/access.ts'
import { MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

let s: ShopStand
let refs = 0
const params = () => ({ connectionId: s.connectionId })
const RIGHT = 'write_merchant_managed_fulfillment_orders'

beforeAll(async () => {
  s = await shopStand(3, { scopes: [...GUIDE_SCOPES, RIGHT] })
  await tell('yes')
})
afterAll(async () => {
  await s.close()
})

async function tell(fulfilled: 'yes' | 'no'): Promise<void> {
  await s.owner.does('connections.settings', { params: params(), body: { settings: { fulfilled } } })
  await s.owner.does('connections.check', { params: params(), body: {} })
}
/** An order of the shop's, taken in here. */
async function ordered(n: number, quantity: number) {
  const gid = s.order(skuOf(n), quantity)
  await s.pass(MINUTE_MS)
  const found = (await s.owner.does('orders.list', { query: { orderRef: gid } })).items[0]
  return { gid, orderId: found?.id ?? 0 }
}
const page = (orderId: number) => s.owner.does('orders.show', { params: { orderId } })
async function ship(orderId: number, quantity?: number) {
  const { lines } = await page(orderId)
  const { places } = await s.page()
  const body = { ref: `S-${++refs}`, locationId: places[0]?.locationId ?? 0, ...(quantity === undefined ? {} : { lines: [{ lineRef: lines[0]?.lineRef ?? '', quantity }] }) }
  return await s.owner.does('orders.ship', { params: { orderId }, body })
}
/** Pieces of each fulfilment there. */
const fulfilments = (gid: string) => s.sim.shop.order({ order: gid }).shipments.map((each) => each.lines.map((line) => line.quantity))
const calls = () => s.sim.calls().filter((call) => call.operation === 'Fulfil').length
const faulty = () => s.sim.calls().filter((call) => call.operation === 'Fulfil' && call.outcome.startsWith('fault')).length

test('R46: the order is fulfilled in Shopify within five seconds, nobody is written to, and stock agrees', async () => {
  const { gid, orderId } = await ordered(0, 2)
  await ship(orderId)
  await s.pass(5_000)
  expect(fulfilments(gid)).toEqual([[2]])
  await s.pass(MINUTE_MS)
  expect(await page(orderId)).toMatchObject({ state: 'shipped', toldShop: { state: 'told' } })
  await s.agrees()
})

test('R46: set to No, no fulfilment is ever sent, however the order ships from here', async () => {
  await tell('no')
  const before = calls()
  const { gid, orderId } = await ordered(1, 1)
  await ship(orderId)
  await s.pass(10 * MINUTE_MS)
  expect([fulfilments(gid), calls() - before, (await page(orderId)).toldShop.state]).toEqual([[], 0, 'off'])
  await tell('yes')
  await s.pass(MINUTE_MS)
  expect(fulfilments(gid)).toEqual([])
  await s.owner.does('orders.hand-over', { params: { orderId }, body: params() })
  await s.pass(MINUTE_MS)
  expect(fulfilments(gid)).toEqual([[1]])
  await s.agrees()
})

test('R46: shipped in parts, each part is one fulfilment; what somebody ships there meanwhile is not shipped again', async () => {
  const { gid, orderId } = await ordered(0, 5)
  await ship(orderId, 2)
  await s.pass(MINUTE_MS)
  await ship(orderId, 1)
  await s.pass(MINUTE_MS)
  expect(fulfilments(gid)).toEqual([[2], [1]])
  // The same parcel, marked there a moment before we tell of it.
  await ship(orderId, 1)
  s.sim.shop.fulfil({ order: gid, lines: [{ sku: skuOf(0), quantity: 1 }] })
  await s.pass(MINUTE_MS)
  expect(fulfilments(gid)).toEqual([[2], [1], [1]])
  expect(await page(orderId)).toMatchObject({ state: 'open', open: 1, shipped: 4 })
  await s.agrees()
})

test.each([
  ['answered nothing, and did it', { kind: 'hangup', when: 'after' }],
  ['answered nothing, and did not', { kind: 'hangup', when: 'before' }],
  ['answered with a fault of its gateway, and did it', { kind: 'status', status: 502, when: 'after' }],
] as const)('R46: Shopify %s: in the end there is one fulfilment', async (_, fault) => {
  const { gid, orderId } = await ordered(2, 1)
  const before = faulty()
  s.sim.fault({ arm: { ...fault, field: 'fulfillmentCreate' } })
  await ship(orderId)
  await s.pass(5 * MINUTE_MS)
  expect(faulty()).toBe(before + 1)
  expect([fulfilments(gid), (await page(orderId)).toldShop.state]).toEqual([[[1]], 'told'])
  await s.agrees()
})

test('R46: a worker that dies between its send and the answer leaves one fulfilment', async () => {
  const { gid, orderId } = await ordered(1, 2)
  await ship(orderId)
  s.sim.fault({ arm: { kind: 'hangup', when: 'after', field: 'fulfillmentCreate' } })
  for (let n = 0; n < 50 && fulfilments(gid).length === 0; n++) await s.step()
  s.restart()
  await s.pass(5 * MINUTE_MS)
  expect([fulfilments(gid), (await page(orderId)).toldShop.state]).toEqual([[[2]], 'told'])
  await s.agrees()
})

test('R46: on hold, or without the right, it is said why, and only this waits', async () => {
  const held = await ordered(0, 1)
  s.sim.shop.hold({ order: held.gid })
  await ship(held.orderId)
  await s.pass(MINUTE_MS)
  expect((await page(held.orderId)).toldShop).toMatchObject({ state: 'refused', code: 'order-on-hold' })
  expect((await s.owner.does('orders.refused', { params: params() })).items.map((row) => row.code)).toEqual(['order-on-hold'])
  s.sim.shop.releaseHold({ order: held.gid })
  await s.owner.does('orders.send-refused', { params: params(), body: {} })
  await s.pass(MINUTE_MS)
  expect(fulfilments(held.gid)).toEqual([[1]])

  s.sim.setScopes(GUIDE_SCOPES)
  await s.owner.does('connections.check', { params: params(), body: {} })
  const { gid, orderId } = await ordered(1, 1)
  await ship(orderId)
  await s.sell(skuOf(2))
  await s.pass(MINUTE_MS)
  expect([fulfilments(gid), (await s.page()).stopped, (await page(orderId)).toldShop.state]).toEqual([[], [{ what: 'order-status', scope: RIGHT }], 'waiting'])
  s.sim.setScopes([...GUIDE_SCOPES, RIGHT])
  await s.owner.does('connections.check', { params: params(), body: {} })
  await s.pass(MINUTE_MS)
  expect(fulfilments(gid)).toEqual([[1]])
  await s.agrees()
})
