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
