/** Customers out of Shopify: everybody once, then whoever changed; what a hook says of one; and what the privacy topics ask. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import type { Page, Remote, RemoteCustomer, RemoteEvent } from '../../src/connectors/contract.ts'
import { settings } from '../../src/connectors/shopify/settings.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'

const GUIDE_RIGHTS = ['read_inventory', 'write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders']
const HOOKS = 'http://127.0.0.1:9/hooks/abc'
let clock: FakeClock
let sim: ShopifySim
let remote: Remote
function opened(customers: 'yes' | 'no'): Remote {
  const kept = new Map<string, string>()
  const http = openHttp({ allowLoopback: true })
  return shopify.open(settings.parse({ shop: sim.address, accessToken: sim.credentials.token, clientSecret: sim.credentials.clientSecret, customers }), {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock,
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  })
}
beforeEach(async () => {
  clock = fakeClock()
  sim = await startShopify({ clock, scopes: [...GUIDE_RIGHTS, 'read_customers'] })
  remote = opened('yes')
})
afterEach(() => sim.close())

const shown = (events: RemoteEvent[]): RemoteCustomer[] => events.map((event) => (event.kind === 'customer' ? event.customer : expect.fail(event.kind)))
const names = (events: RemoteEvent[]) => shown(events).map((each) => each.name)
/** To the end of the walk. */
async function walk(cursor: string | null): Promise<Page> {
  const events: RemoteEvent[] = []
  for (let at = cursor; ; ) {
    const page = await remote.pull('customers', { cursor: at }, 'backfill')
    events.push(...page.events)
    if (!page.more) return { ...page, events }
    at = page.cursor
  }
}
const told = (topic: string, body: unknown, customers: 'yes' | 'no' = 'yes') =>
  shopify.translateHook(
    { topic, headers: {}, body: Buffer.from(JSON.stringify(body)), receivedAt: '2026-11-02T08:00:00.000Z' },
    settings.parse({ shop: 'butik', accessToken: 'shpat_0', customers }),
  )

test('everybody is read once by id, then whoever changed, newest first; two changes in one second hide nothing', async () => {
  const people = Array.from({ length: 230 }, (_, n) => sim.shop.addCustomer({ firstName: 'Kund', lastName: String(n) }))
  clock.advance(3_600_000)
  const all = await walk(null)
  expect(names(all.events)).toEqual(people.map((_, n) => `Kund ${n}`))
  clock.advance(3_600_000)
  expect((await walk(all.cursor)).events).toEqual([])
  const changed = ['7', '8', '9'].map((n) => sim.shop.changeCustomer({ customer: people[Number(n)]?.id ?? '', email: `k${n}@example.com` }))
  clock.advance(700)
  const first = await walk(all.cursor)
  expect(names(first.events)).toEqual(['Kund 9', 'Kund 8', 'Kund 7'])
  expect(shown(first.events)[2]).toEqual({
    customerRef: changed[0]?.gid,
    name: 'Kund 7',
    email: 'k7@example.com',
    phone: null,
    createdAt: '2026-11-02T08:00:00.000Z',
    updatedAt: '2026-11-02T10:00:00.000Z',
  })
  // Within the second that was read already.
  sim.shop.changeCustomer({ customer: 'k8@example.com', phone: '+4670' })
  clock.advance(900_000)
  const again = await walk(first.cursor)
  expect(shown(again.events).find((each) => each.email === 'k8@example.com')?.phone).toBe('+4670')
  clock.advance(900_000)
  expect((await walk(again.cursor)).events).toEqual([])
})
test('a walk taken up at any cursor loses nobody, and an index that lags loses none either', async () => {
  sim.switch({ searchLagMs: 15_000, customersUpdated: 'instant' })
  for (let n = 0; n < 210; n += 1) sim.shop.addCustomer({ phone: `+46${n}` })
  clock.advance(16_000)
  const first = await remote.pull('customers', { cursor: null }, 'backfill')
  sim.shop.addCustomer({ phone: '+460000' })
  const later = await walk(first.cursor)
  clock.advance(900_000)
  const seen = [...first.events, ...later.events, ...(await walk(later.cursor)).events]
  expect(new Set(shown(seen).map((each) => each.phone)).size).toBe(211)
})
test('personal fields that are withheld were not said; one who lacks an e-mail has none', async () => {
  const siv = sim.shop.addCustomer({ firstName: 'Siv', email: 'siv@example.com' })
  expect(shown((await walk(null)).events)).toMatchObject([{ name: 'Siv', email: 'siv@example.com', phone: null }])
  sim.switch({ personalData: 'redacted' })
  expect(shown((await walk(null)).events)).toEqual([{ customerRef: siv.gid, createdAt: expect.any(String), updatedAt: expect.any(String) }])
})
test('by key: who isn’t shown is gone', async () => {
  const siv = sim.shop.addCustomer({ firstName: 'Siv' })
  const gone = 'gid://shopify/Customer/1'
  const { events } = await remote.pull('customers', { keys: [siv.gid, gone, 'nonsense'] })
  expect(events).toMatchObject([
    { kind: 'customer', customer: { customerRef: siv.gid, name: 'Siv' } },
    { kind: 'customer-gone', customerRef: gone },
  ])
})
test('the right is asked for, and its hooks with it, only where customers are wanted; an approval that is missing is told by asking', async () => {
  const features = async (of: Remote) => (await of.check()).rights.filter(({ feature }) => feature.startsWith('customer')).map(({ scope, granted }) => [scope, granted])
  const topics = () =>
    sim
      .state()
      .subscriptions.filter(({ topic }) => topic.startsWith('CUSTOMERS_'))
      .map(({ topic }) => topic)
  expect(await features(opened('no'))).toEqual([])
  expect(await features(remote)).toEqual([
    ['read_customers', true],
    ['protected customer data', true],
  ])
  await remote.subscribe(HOOKS)
  expect(topics()).toEqual(['CUSTOMERS_CREATE', 'CUSTOMERS_UPDATE', 'CUSTOMERS_DELETE'])
  await opened('no').subscribe(HOOKS)
  expect(topics()).toEqual([])
  sim.switch({ personalData: 'not-approved' })
  expect(await features(remote)).toEqual([
    ['read_customers', true],
    ['protected customer data', false],
  ])
  sim.setScopes(GUIDE_RIGHTS)
  expect(await features(remote)).toEqual([['read_customers', false]])
  expect((await remote.subscribe(HOOKS)).topics.filter(({ topic }) => topic.startsWith('CUSTOMERS_'))).toMatchObject(
    Array(3).fill({ state: 'not-granted', said: 'read_customers' }),
  )
})
test('S9: a payload says what an answer says; without its times it is looked at, and nothing is heard where customers aren’t wanted', async () => {
  const body = {
    id: 7,
    admin_graphql_api_id: 'gid://shopify/Customer/7',
    first_name: ' Siv ',
    last_name: '',
    email: 'siv@example.com',
    phone: null,
    created_at: '2026-11-02T09:00:00+01:00',
    updated_at: '2026-11-02T09:00:05+01:00',
  }
  const customer = {
    customerRef: 'gid://shopify/Customer/7',
    name: 'Siv',
    email: 'siv@example.com',
    phone: null,
    createdAt: '2026-11-02T08:00:00.000Z',
    updatedAt: '2026-11-02T08:00:05.000Z',
  }
  expect(told('customers/update', body)).toEqual([{ kind: 'customer', customer }])
  const { phone: _, email: __, ...half } = body
  expect(told('customers/create', half)).toEqual([
    { kind: 'customer', customer: { customerRef: customer.customerRef, name: 'Siv', createdAt: customer.createdAt, updatedAt: customer.updatedAt } },
  ])
  expect(told('customers/update', { id: '9007199254740993' })).toEqual([{ kind: 'look', feed: 'customers', key: 'gid://shopify/Customer/9007199254740993' }])
  expect(told('customers/delete', { id: 7 })).toEqual([{ kind: 'customer-gone', customerRef: 'gid://shopify/Customer/7', at: '2026-11-02T08:00:00.000Z' }])
  expect(told('customers/update', body, 'no')).toEqual([])
})
test('the three privacy topics are heard whether customers are read or not', () => {
  const whose = { shop_id: 1, shop_domain: 'butik.myshopify.com', customer: { id: 191167, email: 'john@example.com', phone: '555-625-1199' } }
  const person = { customerRef: 'gid://shopify/Customer/191167', email: 'john@example.com' }
  expect(told('customers/data_request', { ...whose, orders_requested: [299938], data_request: { id: 9999 } }, 'no')).toEqual([
    { kind: 'privacy', request: { ask: 'data', requestRef: '9999', ...person, orderRefs: ['gid://shopify/Order/299938'] } },
  ])
  expect(told('customers/redact', { ...whose, orders_to_redact: [299938, 280263] }, 'no')).toEqual([
    { kind: 'privacy', request: { ask: 'erase', requestRef: null, ...person, orderRefs: ['gid://shopify/Order/299938', 'gid://shopify/Order/280263'] } },
  ])
  expect(told('customers/redact', { customer: { email: 'john@example.com' } })).toMatchObject([{ request: { customerRef: null, email: 'john@example.com', orderRefs: [] } }])
  expect(told('shop/redact', { shop_id: 1 }, 'no')).toEqual([{ kind: 'privacy', request: { ask: 'erase-all' } }])
})
