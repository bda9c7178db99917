/** Customers out of a Shopify shop: taken in by hook and by sweep, never merged by guess, and what they ask through the shop is done. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { GUIDE_SCOPES } from '../../sim/shopify/access.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { HOUR_MS, MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'
import type { Someone } from './web.ts'

let stand: ShopStand
let owner: Someone
let reader: Someone
let params: { viewId: number }
beforeAll(async () => {
  stand = await shopStand(1, { scopes: [...GUIDE_SCOPES, 'read_customers'] })
  owner = stand.owner
  const made = await owner.does('views.make', { body: { name: 'Affärssystemet', entities: ['order', 'customer'] } })
  reader = stand.web.withKey(made.key)
  params = { viewId: made.id }
})
afterAll(() => stand.close())
beforeEach(() => stand.loseHooks(false))

/** So much later, with all that is due then. */
async function later(ms: number) {
  stand.web.clock.advance(ms)
  await stand.pass(6_000)
}
const connection = () => ({ connectionId: stand.connectionId })
async function want(customers: 'yes' | 'no') {
  await owner.does('connections.settings', { params: connection(), body: { settings: { customers } } })
  await owner.does('connections.check', { params: connection(), body: {} })
}
const found = async (query: Record<string, string>) => (await owner.does('customers.list', { query })).items
const one = async (query: Record<string, string>) => must((await found(query))[0], JSON.stringify(query))
const asked = async (query: Record<string, string> = {}) => (await owner.does('privacy-requests.list', { query })).items
async function heard(): Promise<string[]> {
  const page = await reader.does('views.changes', { params, query: { limit: '500' } })
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
  // An order waits until its customer is there.
  return page.items.length === 0 ? [] : [...page.items.map((item) => `${item.op} ${item.entity} ${item.id}`), ...(await heard())]
}
/** Shopify's own settings of the app name our address for what customers ask. */
const toOurAddress = async () => stand.sim.privacyAt((await stand.page()).hookUrl)
const buy = (email: string, firstName = 'Köpare') =>
  stand.sim.shop.placeOrder({ lines: [{ sku: skuOf(0), quantity: 1 }], buyer: { firstName, lastName: 'Ek', email, phone: '+46700000001' }, oversell: true })

test('S13: nobody is read until it is asked for; then everybody is, whom orders told of before among them, with Shopify’s times to the second', async () => {
  const order = buy('order@example.com')
  stand.sim.shop.addCustomer({ firstName: 'Siv', lastName: 'Alm', email: 'siv@example.com' })
  await later(16 * MINUTE_MS)
  expect((await found({})).map((each) => each.email)).toEqual(['order@example.com'])
  expect(stand.sim.calls().filter(({ fields }) => fields.includes('customers'))).toEqual([])
  const before = await one({ email: 'order@example.com' })
  await want('yes')
  await later(MINUTE_MS)
  const siv = await one({ email: 'siv@example.com' })
  const view = stand.sim.shop.customer({ customer: 'siv@example.com' })
  const second = (text: string) => `${text.slice(0, 19)}.000Z`
  expect(siv).toMatchObject({ name: 'Siv Alm', phone: null, source: { ref: view.gid, createdAt: second(view.createdAt), updatedAt: second(view.updatedAt), goneAt: null } })
  // The order's customer is the same person: it came from the same shop.
  expect(await one({ email: 'order@example.com' })).toMatchObject({
    id: before.id,
    name: 'Köpare Ek',
    source: { ref: stand.sim.shop.customer({ customer: 'order@example.com' }).gid },
    orders: 1,
  })
  expect((await owner.does('orders.list', { query: { q: order.name } })).items).toMatchObject([{ customerId: before.id }])
  expect((await stand.page()).health?.rights.find(({ feature }) => feature === 'customers')).toMatchObject({ scope: 'read_customers', granted: true })
})

test('S13: a change is heard at once, by the next sweep where the hook was lost, and only in what Shopify says otherwise than before', async () => {
  const siv = await one({ email: 'siv@example.com' })
  await heard()
  stand.sim.shop.changeCustomer({ customer: 'siv@example.com', phone: '+4670111' })
  await stand.pass(1_000)
  expect(await one({ email: 'siv@example.com' })).toMatchObject({ id: siv.id, phone: '+4670111', name: 'Siv Alm' })
  expect(await heard()).toEqual([`upsert customer ${siv.id}`])
  // A person here knows better; what Shopify says again doesn't undo it, and nobody hears of that.
  await owner.does('customers.change', { params: { customerId: siv.id }, body: { name: 'Siv Almén' } })
  await heard()
  buy('siv@example.com', 'Siv')
  await stand.pass(1_000)
  expect(await one({ email: 'siv@example.com' })).toMatchObject({ id: siv.id, name: 'Siv Almén', orders: 1 })
  expect((await heard()).filter((each) => each.includes('customer'))).toEqual([])
  stand.loseHooks(true)
  stand.sim.shop.changeCustomer({ customer: 'siv@example.com', lastName: 'Berg', phone: null })
  await later(16 * MINUTE_MS)
  expect(await one({ email: 'siv@example.com' })).toMatchObject({ name: 'Siv Berg', phone: null })
})

test('S13: one e-mail from two sources is two customers; withheld fields change nothing; who is deleted in the shop stays, and is said to be', async () => {
  await owner.does('customers.make', { body: { name: 'I butiken', email: 'twice@example.com' } })
  const theirs = stand.sim.shop.addCustomer({ firstName: 'I webben', email: 'Twice@example.com' })
  await stand.pass(1_000)
  expect((await found({ email: 'twice@example.com' })).map((each) => [each.name, each.source?.ref ?? null])).toEqual([
    ['I webben', theirs.gid],
    ['I butiken', null],
  ])
  stand.sim.switch({ personalData: 'redacted' })
  stand.sim.shop.changeCustomer({ customer: theirs.id })
  await stand.pass(1_000)
  stand.sim.switch({ personalData: 'full' })
  expect(await one({ externalId: theirs.gid })).toMatchObject({ name: 'I webben', email: 'Twice@example.com' })
  stand.sim.shop.deleteCustomer({ customer: theirs.id })
  await stand.pass(1_000)
  expect(await one({ externalId: theirs.gid })).toMatchObject({ name: 'I webben', source: { goneAt: expect.any(String) }, erasedAt: null })
})

test('S7: without the approval for customers’ data customers stand still, and orders and stock go on', async () => {
  stand.sim.switch({ personalData: 'not-approved' })
  stand.loseHooks(true)
  await later(16 * MINUTE_MS)
  const page = await stand.page()
  expect([page.state, page.stopped]).toEqual(['active', [{ what: 'customers', scope: 'protected customer data' }]])
  const { name } = buy('later@example.com')
  await later(2 * MINUTE_MS)
  expect((await owner.does('orders.list', { query: { q: name } })).items).toHaveLength(1)
  stand.sim.switch({ personalData: 'full' })
  await stand.hourly()
  await later(16 * MINUTE_MS)
  await later(2 * MINUTE_MS)
  expect((await stand.page()).stopped).toEqual([])
  expect(await one({ email: 'later@example.com' })).toMatchObject({ source: { ref: stand.sim.shop.customer({ customer: 'later@example.com' }).gid } })
})

test('S14: who wants to see what is kept of them is listed for a person, with a month to do it; nobody known is said to be so', async () => {
  await toOurAddress()
  stand.sim.shop.requestData({ customer: 'siv@example.com' })
  await stand.pass(1_000)
  const siv = await one({ email: 'siv@example.com' })
  const [request] = await asked({ open: 'true' })
  expect(request).toMatchObject({
    ask: 'data',
    customer: { id: siv.id, name: 'Siv Berg' },
    customerRef: stand.sim.shop.customer({ customer: 'siv@example.com' }).gid,
    doneAt: null,
  })
  const { askedAt, dueAt, id } = must(request, 'the request')
  expect(Date.parse(dueAt) - Date.parse(askedAt)).toBe(30 * 24 * HOUR_MS)
  expect(await owner.does('customers.export', { params: { customerId: siv.id } })).toMatchObject({
    customer: { email: 'siv@example.com', source: { name: 'Webben' } },
    orders: [{}],
  })
  expect(await owner.does('privacy-requests.done', { params: { requestId: id }, body: {} })).toMatchObject({ doneAt: expect.any(String) })
  expect(await asked({ open: 'true' })).toEqual([])
  await want('no')
  await stand.pass(1_000)
  stand.sim.shop.addCustomer({ email: 'unknown@example.com' })
  stand.sim.shop.requestData({ customer: 'unknown@example.com' })
  await stand.pass(1_000)
  expect((await asked())[0]).toMatchObject({ ask: 'data', customer: null, doneAt: expect.any(String) })
  expect(await tablesSaying(/unknown@example/)).toEqual([])
  await want('yes')
  await stand.pass(1_000)
})

test('S14: who wants to be forgotten is, at once and everywhere; the same person elsewhere is a person’s to decide', async () => {
  const kept = await owner.does('customers.make', { body: { name: 'Sigrid i butiken', email: 'sigrid.hemlig@example.com' } })
  stand.sim.shop.addCustomer({ firstName: 'Sigrid', lastName: 'Hemlig', email: 'sigrid.hemlig@example.com', phone: '+46709999999' })
  await stand.pass(1_000)
  const order = stand.sim.shop.placeOrder({
    lines: [{ sku: skuOf(0), quantity: 1 }],
    buyer: { firstName: 'Sigrid', lastName: 'Hemlig', email: 'sigrid.hemlig@example.com', phone: '+46709999999' },
    oversell: true,
  })
  await stand.pass(1_000)
  const ref = stand.sim.shop.customer({ customer: 'sigrid.hemlig@example.com' }).gid
  const theirs = await one({ externalId: ref })
  expect(theirs).toMatchObject({ name: 'Sigrid Hemlig', orders: 1 })
  await heard()
  stand.sim.shop.forgetCustomer({ customer: 'sigrid.hemlig@example.com' })
  await stand.pass(1_000)
  expect(await owner.does('customers.show', { params: { customerId: theirs.id } })).toMatchObject({ name: null, email: null, phone: null, erasedAt: expect.any(String) })
  expect((await owner.does('orders.list', { query: { q: order.name } })).items).toMatchObject([{ customer: null }])
  const told = await heard()
  expect(told[0]).toBe(`delete customer ${theirs.id}`)
  expect(told).toHaveLength(2)
  expect(await asked({ open: 'true' })).toMatchObject([{ ask: 'erase', customer: { id: kept.id } }])
  expect((await asked({ open: 'false' }))[0]).toMatchObject({ ask: 'erase', customer: { id: theirs.id }, forgotten: 1, customerRef: ref })
  // What Shopify says of them afterwards brings nothing back.
  stand.sim.shop.changeCustomer({ customer: theirs.source?.ref ?? '', firstName: 'Sigrid' })
  await later(16 * MINUTE_MS)
  expect((await owner.does('customers.show', { params: { customerId: theirs.id } })).name).toBeNull()
  stand.sim.shop.changeCustomer({ customer: theirs.source?.ref ?? '', firstName: null })
  await owner.does('customers.erase', { params: { customerId: kept.id }, body: {} })
  expect(await asked({ open: 'true' })).toEqual([])
  await later(16 * MINUTE_MS)
  expect(await tablesSaying(/hemlig|709999999/i)).toEqual([])
})

test('S14: a shop that has put us out has everybody forgotten it told of, two days later; customers made here stay', async () => {
  const mine = await owner.does('customers.make', { body: { name: 'Egen kund', email: 'egen@example.com' } })
  stand.sim.uninstall()
  await stand.pass(1_000)
  expect((await stand.page()).state).toBe('paused')
  stand.sim.advance(48 * HOUR_MS)
  await stand.pass(1_000)
  expect((await asked({ open: 'false' }))[0]).toMatchObject({ ask: 'erase-all', forgotten: expect.any(Number) })
  expect((await found({})).map((each) => each.id)).toContain(mine.id)
  expect((await found({})).filter((each) => each.source !== null)).toEqual([])
  expect(await tablesSaying(/siv@example|order@example|later@example/i)).toEqual([])
})

/** The tables that say such a thing anywhere; bytes as text too. */
async function tablesSaying(said: RegExp): Promise<string[]> {
  const { owner: database } = stand.web.data
  const tables = await database.rows<{ name: string }>(sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`)
  const bodies = await database.rows<{ body: Buffer }>(sql`select body from inbox`)
  const texts = await Promise.all(
    tables.map(async ({ name }) => ({
      name,
      ...(await database.one<{ text: string }>({ text: `select coalesce(string_agg(t::text, ' '), '') as text from "${name}" t`, values: [] })),
    })),
  )
  return [...texts, { name: 'inbox, bodies', text: bodies.map((row) => row.body.toString('utf8')).join(' ') }].filter(({ text }) => said.test(text)).map(({ name }) => name)
}
