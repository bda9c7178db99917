/** Orders of a webshop become drafts in the ERP, once each, and follow the order until they are booked (R42-R44). */
import { afterAll, beforeAll, expect, test } from 'vitest'
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

async function settle(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    s.web.clock.advance(61_000)
    await s.settle()
    await applyWaiting(s.web.deps, s.owner.companyId, at.connectionId)
    for (let n = 0; n < 50 && (await ledger.step()).did; n++);
  }
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

test.each(['reset-after', 'reset-before', 'silence-after', 'half-body', 'status'] as const)(
  'R43: a draft whose answer was lost (%s) is asked for again and is still one',
  async (kind) => {
    const order = s.sim.sell(CUP, 1)
    erp.fault({ arm: { kind, on: 'POST /invoices/drafts', ...(kind === 'status' ? { status: 500, after: true } : {}) } })
    await settle()
    await settle()
    expect(Object.values(drafts()).filter(([name]) => name === order.name)).toEqual([[order.name, `1 ${CUP}`]])
  },
)
