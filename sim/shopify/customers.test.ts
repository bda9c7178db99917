import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, listener, stillTime, subscribe } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

let sim: ShopifySim
let ear: Awaited<ReturnType<typeof listener>>
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime(), scopes: ['read_customers', 'read_orders'] })
  ear = await listener()
  sim.shop.addItems([{ sku: 'A', levels: { Odenplan: 10 } }])
})
afterEach(async () => {
  await sim.close()
  await ear.close()
})
const LIST = `query L($query: String, $sortKey: CustomerSortKeys, $reverse: Boolean) { customers(first: 100, query: $query, sortKey: $sortKey, reverse: $reverse) {
  nodes { id firstName lastName displayName createdAt updatedAt defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } } pageInfo { hasNextPage endCursor } } }`
interface Listed {
  nodes: { id: string; displayName: string; firstName: string | null; updatedAt: string; defaultEmailAddress: { emailAddress: string } | null }[]
}
const list = async (variables: Record<string, unknown> = {}) => {
  const answer = await ask(sim, LIST, variables)
  return {
    ...answer,
    names: (answer.data?.customers as unknown as Listed | null)?.nodes.map((each) => each.displayName),
    nodes: (answer.data?.customers as unknown as Listed)?.nodes,
  }
}
const told = async () => {
  await sim.hooks.quiet()
  return ear.heard.splice(0).map((each) => [each.topic, JSON.parse(each.body)])
}

test('customers are listed by id or by change, cut by id, with times to the second; a hundred cost 29 points', async () => {
  const siv = sim.shop.addCustomer({ firstName: 'Siv', lastName: 'Ek', email: 'siv@example.com' })
  sim.advance(2_000)
  sim.shop.addCustomer({ phone: '+4670111' })
  sim.advance(1_000)
  expect((await list()).names).toEqual(['Siv Ek', '+4670111'])
  expect((await list({ sortKey: 'UPDATED_AT', reverse: true })).names).toEqual(['+4670111', 'Siv Ek'])
  sim.shop.changeCustomer({ customer: siv.id, lastName: 'Alm' })
  const { nodes, names, cost } = await list({ sortKey: 'UPDATED_AT', reverse: true })
  expect(names).toEqual(['Siv Alm', '+4670111'])
  expect(nodes[0]).toMatchObject({ createdAt: '2026-11-02T08:00:00Z', updatedAt: '2026-11-02T08:00:03Z', defaultPhoneNumber: null })
  expect(cost.requestedQueryCost).toBe(29)
  expect((await list({ query: `id:>${siv.id}` })).names).toEqual(['+4670111'])
})
test('updated_at cuts to the day or to the second, by switch', async () => {
  sim.shop.addCustomer({ email: 'siv@example.com' })
  const later = { query: "updated_at:>='2026-11-02T12:00:00Z'" }
  expect((await list(later)).names).toHaveLength(1)
  sim.switch({ customersUpdated: 'instant' })
  expect((await list(later)).names).toHaveLength(0)
})
test('personal fields withheld are null, a right that is missing or an approval that is denies all', async () => {
  sim.shop.addCustomer({ firstName: 'Siv', email: 'siv@example.com' })
  sim.switch({ personalData: 'redacted' })
  expect((await list()).nodes).toMatchObject([{ displayName: '', firstName: null, defaultEmailAddress: null }])
  sim.switch({ personalData: 'not-approved' })
  expect((await list()).errors[0]).toMatchObject({ message: expect.stringContaining('not approved to access the Customer object'), extensions: { code: 'ACCESS_DENIED' } })
  sim.setScopes(['read_orders'])
  expect((await list()).errors[0]?.message).toContain('`read_customers`')
  expect((await subscribe(sim, 'CUSTOMERS_UPDATE', ear.uri)).userErrors[0]?.message).toContain('do not have permission')
})
test('hooks: made, changed by an order, deleted with nothing but the id; who has ordered can’t be deleted', async () => {
  for (const topic of ['CUSTOMERS_CREATE', 'CUSTOMERS_UPDATE', 'CUSTOMERS_DELETE']) await subscribe(sim, topic, ear.uri)
  const bo = sim.shop.addCustomer({ firstName: 'Bo', email: 'bo@example.com' })
  expect(() => sim.shop.addCustomer({ email: 'BO@example.com' })).toThrow('already been taken')
  expect(() => sim.shop.addCustomer({})).toThrow('must be present')
  expect(await told()).toMatchObject([['customers/create', { admin_graphql_api_id: bo.gid, first_name: 'Bo', last_name: null, updated_at: '2026-11-02T09:00:00+01:00' }]])
  sim.shop.deleteCustomer({ customer: bo.id })
  expect(await told()).toEqual([['customers/delete', { id: Number(bo.id), admin_graphql_api_id: bo.gid }]])
  for (let n = 0; n < 2; n += 1) sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 1 }] })
  expect((await told()).map(([topic]) => topic)).toEqual(['customers/create', 'customers/update'])
  expect(() => sim.shop.deleteCustomer({ customer: 'alva.lind@example.com' })).toThrow('associated orders')
})
test('privacy: the app’s own address is told, and keeps being told; shop/redact comes two days after the app was taken out', async () => {
  const order = sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 1 }] })
  sim.shop.requestData({ customer: 'alva.lind@example.com' })
  expect(await told()).toEqual([])
  sim.privacyAt(ear.uri)
  ear.answers(500)
  const alva = sim.shop.requestData({ customer: 'alva.lind@example.com' })
  const whose = { shop_id: 84512907433, shop_domain: sim.domain, customer: { id: Number(alva.id), email: alva.email, phone: alva.phone } }
  expect(await told()).toEqual([['customers/data_request', { ...whose, orders_requested: [Number(order.id)], data_request: { id: expect.any(Number) } }]])
  ear.answers(200)
  sim.advance(60_000)
  expect((await told()).map(([topic]) => topic)).toEqual(['customers/data_request'])
  sim.shop.forgetCustomer({ customer: alva.id })
  expect(await told()).toEqual([['customers/redact', { ...whose, orders_to_redact: [Number(order.id)] }]])
  expect((await list()).nodes).toMatchObject([{ displayName: '', defaultEmailAddress: null }])
  sim.uninstall()
  expect(await told()).toEqual([])
  sim.advance(48 * 3_600_000)
  expect(await told()).toEqual([['shop/redact', { shop_id: 84512907433, shop_domain: sim.domain }]])
})
