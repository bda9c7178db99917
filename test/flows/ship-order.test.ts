/** An order that ships from here: stock follows at once, its shop is told where the connection says so, and the same pieces never leave twice (R45, R46). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ToyStand, toyStand } from './toy-stand.ts'

const [CUP, PLATE] = ['0101', '0102']
let s: ToyStand
let lookedUp = 0

beforeAll(async () => {
  s = await toyStand([CUP, PLATE], { rule: 'placed' })
  await tell('yes')
})
afterAll(async () => {
  await s.close()
})

const tell = async (fulfilled: 'yes' | 'no') => {
  await s.owner.does('connections.settings', { params: s.at, body: { settings: { fulfilled } } })
  await s.owner.does('connections.check', { params: s.at, body: {} })
}
/** The shop's orders are read, and all that is due is done. */
async function settle(): Promise<void> {
  s.web.clock.advance(61_000)
  await s.settle()
}
async function ordered(quantity: number, number = CUP) {
  const there = s.sim.sell(number, quantity)
  await settle()
  const found = (await s.owner.does('orders.list', { query: { orderRef: there.ref } })).items[0]
  return { there, params: { orderId: found?.id ?? 0 } }
}
type Params = { orderId: number }
const page = (params: Params) => s.owner.does('orders.show', { params })
const ship = (params: Params, quantity?: number, ref = `S-${++lookedUp}`) =>
  s.owner.call('orders.ship', {
    params,
    body: { ref, locationId: s.owner.locationId, ...(quantity === undefined ? {} : { lines: [{ lineRef: '', quantity }] }) },
  })
const shipLine = async (params: Params, quantity: number, ref = `S-${++lookedUp}`) => {
  const lineRef = (await page(params)).lines[0]?.lineRef ?? ''
  return await s.owner.call('orders.ship', { params, body: { ref, locationId: s.owner.locationId, lines: [{ lineRef, quantity }] } })
}
const level = async (number = CUP) => {
  const { items } = await s.owner.does('levels.list', { query: { articleId: s.ids[number] ?? 0 } })
  return { onHand: items[0]?.onHand, reserved: items[0]?.reserved }
}
const shippedThere = (ref: string) => s.sim.state.orders.get(ref)?.shipments.map((each) => each.lines.map((line) => line.quantity))

test('R45: what ships from here leaves the shelf at once, the shop is told within five seconds, and its own word of it counts nothing', async () => {
  const before = await level()
  const { there, params } = await ordered(2)
  expect(await level()).toEqual({ onHand: before.onHand, reserved: (before.reserved ?? 0) + 2 })
  expect(await ship(params)).toMatchObject({ status: 201, body: { repeated: false, lines: [{ quantity: 2 }] } })
  expect(await level()).toEqual({ onHand: (before.onHand ?? 0) - 2, reserved: before.reserved })
  expect(await page(params)).toMatchObject({ state: 'shipped', open: 0, shipped: 2, toldShop: { state: 'waiting' }, shipments: [{ mayTakeBack: true }] })
  const began = s.web.clock.now().getTime()
  while ((await s.connection.step()).did);
  expect(s.web.clock.now().getTime() - began).toBeLessThan(5_000)
  expect(shippedThere(there.ref)).toEqual([[2]])
  await settle()
  expect(await level()).toEqual({ onHand: (before.onHand ?? 0) - 2, reserved: before.reserved })
  const after = await page(params)
  expect(after).toMatchObject({ state: 'shipped', shipped: 2, toldShop: { state: 'told', code: null }, shipments: [{ mayTakeBack: false }] })
  expect(after.movements.filter((movement) => movement.kind === 'web-ship').map((movement) => movement.onHand)).toEqual([-2])
})

test('R46: a shop that is set not to be told is left alone, and what shipped meanwhile goes only when a person asks', async () => {
  await tell('no')
  const { there, params } = await ordered(3)
  expect((await shipLine(params, 2)).status).toBe(201)
  await settle()
  expect(shippedThere(there.ref)).toEqual([])
  expect((await page(params)).toldShop).toMatchObject({ state: 'off', at: null })
  expect((await s.owner.call('orders.hand-over', { params, body: { connectionId: s.at.connectionId } })).status).toBe(409)
  await tell('yes')
  await settle()
  expect(shippedThere(there.ref)).toEqual([])
  await s.owner.does('orders.hand-over', { params, body: { connectionId: s.at.connectionId } })
  await settle()
  expect([shippedThere(there.ref), (await page(params)).toldShop.state]).toEqual([[[2]], 'told'])
})

test('R45: shipped in parts under names of the sender’s own; a name sent twice is one, more than is open is refused, and what the shop has not heard of is taken back', async () => {
  await tell('no')
  const before = await level(PLATE)
  const { params } = await ordered(5, PLATE)
  const first = await shipLine(params, 2, 'first')
  expect(await shipLine(params, 2, 'first')).toMatchObject({ status: 200, body: { repeated: true, shipmentId: (first.body as { shipmentId: number }).shipmentId } })
  expect(await shipLine(params, 3, 'first')).toMatchObject({ status: 409, body: { code: 'key-reused' } })
  expect(await shipLine(params, 4)).toMatchObject({ status: 409, body: { code: 'more-than-open', facts: { open: 3 } } })
  expect(await level(PLATE)).toEqual({ onHand: (before.onHand ?? 0) - 2, reserved: (before.reserved ?? 0) + 3 })
  const { shipments } = await page(params)
  const unship = () => s.owner.call('orders.unship', { params, body: { shipmentId: shipments[0]?.shipmentId ?? 0 } })
  expect(await unship()).toMatchObject({ status: 200, body: { shipments: [] } })
  expect((await unship()).status).toBe(200)
  expect(await level(PLATE)).toEqual({ onHand: before.onHand, reserved: (before.reserved ?? 0) + 5 })
  expect((await ship(params)).status).toBe(201)
  expect(await ship(params)).toMatchObject({ status: 409, body: { code: 'nothing-open' } })
  await tell('yes')
})

test('R45: cancelled in the shop after it left, without being put back, it is no loss; and the shop’s no is said, listed and counted', async () => {
  await tell('yes')
  const before = await level()
  const { there, params } = await ordered(2)
  s.sim.cancel(there, { restock: false })
  expect((await ship(params)).status).toBe(201)
  await settle()
  await settle()
  expect(await level()).toEqual({ onHand: (before.onHand ?? 0) - 2, reserved: before.reserved })
  const after = await page(params)
  expect(after.losses.filter((loss) => loss.quantity > 0)).toEqual([])
  expect(after).toMatchObject({ shipped: 2, toldShop: { state: 'refused', code: 'order-cancelled' }, shipments: [{ mayTakeBack: true }] })
  expect((await s.owner.does('orders.refused', { params: s.at })).items).toMatchObject([{ orderId: params.orderId, code: 'order-cancelled' }])
})

test('R45: called back in the shop after it heard of it, the pieces are on the shelf and open again', async () => {
  const before = await level()
  const { there, params } = await ordered(1)
  expect((await ship(params)).status).toBe(201)
  await settle()
  expect(await s.owner.call('orders.unship', { params, body: { shipmentId: (await page(params)).shipments[0]?.shipmentId ?? 0 } })).toMatchObject({
    status: 409,
    body: { code: 'shipped-in-shop' },
  })
  s.sim.unship(there)
  await settle()
  expect(await level()).toEqual({ onHand: before.onHand, reserved: (before.reserved ?? 0) + 1 })
  expect(shippedThere(there.ref)).toEqual([])
})
