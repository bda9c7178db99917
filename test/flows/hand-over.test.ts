/** Orders of a webshop become drafts in the ERP, once each, and follow the order until they are booked (R42-R44). */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type EconomicSim, startEconomic } from '../../sim/economic/economic.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { economic } from '../../src/connectors/economic/economic.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const [CUP, PLATE] = ['0571527051', '0571527052']
let s: ToyStand
let erp: EconomicSim
let ledger: Connection
let at: { connectionId: number }

beforeAll(async () => {
  s = await toyStand([CUP, PLATE], {}, { economic: economic as Connector<unknown> })
  erp = await startEconomic({ clock: s.web.clock })
  erp.office.addProducts([{ productNumber: CUP, inStock: 90 }])
  erp.office.addCustomer({ name: 'Webbutiken', customerNumber: 1000 })
  const { id } = await s.owner.does('connections.make', { body: { code: 'economic', name: 'Regnskabet' } })
  at = { connectionId: id }
  const { appSecret, grant } = erp.credentials
  await s.owner.does('connections.settings', {
    params: at,
    body: { settings: { appSecretToken: appSecret, agreementGrantToken: grant, address: erp.address, orders: 'draft-invoice', customerNumber: '1000' } },
  })
  const { health } = await s.owner.does('connections.check', { params: at, body: {} })
  await s.owner.does('connections.places', { params: at, body: { places: [{ locationId: s.owner.locationId, placeRef: health?.places[0]?.ref ?? '' }] } })
  s.web.clock.advance(1_000)
  await s.owner.does('connections.activate', { params: at, body: {} })
  ledger = openConnection(s.web.deps, s.owner.companyId, id)
  await settle()
})
afterAll(async () => {
  await ledger.letGo()
  await erp.close()
  await s.close()
})

/** A minute passes: the shop's orders are read, and the accounts are read and handed what waits. */
async function settle(): Promise<void> {
  s.web.clock.advance(61_000)
  await s.settle()
  await applyWaiting(s.web.deps, s.owner.companyId, at.connectionId)
  for (let n = 0; n < 50 && (await ledger.step()).did; n++);
}
/** A draft by its number: what it is for, and pieces by product. */
const drafts = () =>
  Object.fromEntries(
    erp.state().documents['draft-invoice'].map((each) => [each.number, [each.other, ...each.lines.map(({ productNumber, quantity }) => `${quantity} ${productNumber}`)]]),
  )
const writes = () => Object.entries(erp.state().hits).filter(([name]) => /^(POST|PUT|DELETE) /.test(name))

test('R42 R44: an order becomes one draft under its name, a changed one the same draft, a cancelled one none', async () => {
  const order = s.sim.sell(CUP, 2)
  await settle()
  expect(drafts()).toEqual({ 31: [order.name, `2 ${CUP}`] })
  const before = writes()
  await settle()
  expect(writes()).toEqual(before)
  s.sim.edit(order, CUP, 1)
  await settle()
  expect(drafts()).toEqual({ 31: [order.name, `1 ${CUP}`] })
  s.sim.cancel(order)
  await settle()
  expect(drafts()).toEqual({})
})

test('R43: a draft whose answer was lost, however, is asked for again and is still one', async () => {
  const kinds = ['reset-after', 'reset-before', 'half-body', 'status'] as const
  for (const kind of kinds) {
    const order = s.sim.sell(CUP, 1)
    erp.fault({ arm: { kind, on: 'POST invoices/drafts', ...(kind === 'status' ? { status: 500, after: true } : {}) } })
    await settle()
    await settle()
    expect(
      Object.values(drafts()).filter(([name]) => name === order.name),
      kind,
    ).toEqual([[order.name, `1 ${CUP}`]])
  }
  expect(kinds.filter((kind) => erp.state().hits[`fault:${kind}`] !== 1)).toEqual([])
})

/** What the order's page says of it. */
async function handed(name: string) {
  const { items } = await s.owner.does('orders.list', { query: { q: name } })
  const order = await s.owner.does('orders.show', { params: { orderId: items[0]?.id ?? 0 } })
  const said = order.handedOver[0]
  return { orderId: order.id, state: said?.state, number: said?.number, code: said?.code, said: said?.said, changedSince: said?.changedSince }
}
const press = async (orderId: number) => s.owner.does('orders.hand-over', { params: { orderId }, body: at })

test('R43 R44: an order with an article e-conomic doesn’t have is refused with the reason, listed, and goes at a press once it is there', async () => {
  const order = s.sim.sell(PLATE, 1)
  await settle()
  const { orderId, ...page } = await handed(order.name)
  expect(page).toMatchObject({ state: 'refused', code: 'product-missing' })
  const { items } = await s.owner.does('orders.refused', { params: at })
  expect(items).toMatchObject([{ orderId, name: order.name, shop: 'Webben', code: 'product-missing' }])
  erp.office.addProducts([{ productNumber: PLATE, inStock: 9 }])
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'refused' })
  expect(await s.owner.does('orders.send-refused', { params: at, body: {} })).toEqual({ orders: 1 })
  expect(await handed(order.name)).toMatchObject({ state: 'waiting' })
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'sent', code: null })
  expect((await s.owner.does('orders.refused', { params: at })).items).toEqual([])
})

test('R44: what is booked is never written, and the page says when the order changed since', async () => {
  const order = s.sim.sell(CUP, 3, { paid: false })
  await settle()
  const { number } = await handed(order.name)
  const booked = erp.office.book({ draft: Number(number) })
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'booked', number: String(booked.number), changedSince: false })
  s.sim.pay(order)
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'booked', changedSince: false })
  s.sim.edit(order, CUP, 2)
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'booked', number: String(booked.number), changedSince: true })
  expect(erp.state().documents.booked.map((each) => each.lines[0]?.quantity)).toEqual([3])
  expect(Object.values(drafts()).filter(([name]) => name === order.name)).toEqual([])
})

test('R44: a draft that somebody deleted there isn’t made again by itself, and becomes a new one at a press', async () => {
  const order = s.sim.sell(CUP, 1)
  await settle()
  const { orderId, number } = await handed(order.name)
  expect(await handed(order.name)).toMatchObject({ state: 'sent' })
  erp.office.discard({ draft: Number(number) })
  s.web.clock.advance(3_600_000)
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'gone' })
  s.sim.edit(order, CUP, 2)
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'gone' })
  expect(Object.values(drafts()).filter(([name]) => name === order.name)).toEqual([])
  await press(orderId)
  await settle()
  expect(await handed(order.name)).toMatchObject({ state: 'sent' })
  expect(Object.values(drafts()).filter(([name]) => name === order.name)).toEqual([[order.name, `2 ${CUP}`]])
})

test('R43: a worker that is killed while e-conomic answers has sent it all the same, and the next one makes no second', async () => {
  const order = s.sim.sell(CUP, 1)
  s.web.clock.advance(61_000)
  await s.settle()
  erp.fault({ arm: { kind: 'hold', on: 'POST invoices/drafts' } })
  s.web.clock.advance(61_000)
  const killed = (async () => {
    for (let n = 0; n < 50 && (await ledger.step()).did; n++);
  })()
  await vi.waitUntil(() => erp.state().requestsHeld > 0)
  ledger.die()
  erp.release()
  await killed
  s.web.clock.advance(30_000)
  await ledger.letGo()
  ledger = openConnection(s.web.deps, s.owner.companyId, at.connectionId)
  await settle()
  expect(Object.values(drafts()).filter(([name]) => name === order.name)).toEqual([[order.name, `1 ${CUP}`]])
  expect(await handed(order.name)).toMatchObject({ state: 'sent' })
})

test('R44: booked by itself only where a person asked for it; one order is one invoice though the answer was lost', async () => {
  const settings = (book: string) => s.owner.does('connections.settings', { params: at, body: { settings: { book } } })
  await settings('yes')
  const order = s.sim.sell(CUP, 1, { country: 'NO' })
  erp.fault({ arm: { kind: 'reset-after', on: 'POST invoices/booked' } })
  await settle()
  await settle()
  const booked = erp.state().documents.booked.filter((each) => each.other === order.name)
  // Outside the EU: net alone, the price less the article's own rate.
  expect(booked).toMatchObject([{ net: booked[0]?.gross, lines: [{ quantity: 1 }] }])
  expect(Object.values(drafts()).filter(([name]) => name === order.name)).toEqual([])
  expect(await handed(order.name)).toMatchObject({ state: 'booked' })
  await settings('no')
})

test('R44: none while orders aren’t taken; from then on those that are placed, and an earlier one at a press', async () => {
  const settings = (orders: string) => s.owner.does('connections.settings', { params: at, body: { settings: { orders } } })
  await settings('none')
  const earlier = s.sim.sell(CUP, 1)
  await settle()
  await settings('draft-invoice')
  const later = s.sim.sell(CUP, 1)
  await settle()
  const names = () => Object.values(drafts()).map(([name]) => name)
  expect(names()).toContain(later.name)
  expect(names()).not.toContain(earlier.name)
  const { orderId, state } = await handed(earlier.name)
  expect(state).toBe('none')
  await press(orderId)
  await settle()
  expect(names()).toContain(earlier.name)
  expect(await s.owner.call('orders.hand-over', { params: { orderId }, body: { connectionId: s.at.connectionId } })).toMatchObject({ status: 409 })
})

test('no call to all drafts at once was ever made', () => {
  expect(erp.log.filter((line) => line.method === 'DELETE' && !/\/\d+$/.test(line.path))).toEqual([])
})
