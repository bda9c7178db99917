/** An app ships by fulfillmentCreate: what it may name, what it is refused, and what follows in the shop. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, listener, subscribe } from './asking.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

const RIGHTS = ['read_inventory', 'read_orders', 'read_locations', 'read_fulfillments', 'write_merchant_managed_fulfillment_orders']
const SHIP = `mutation Ship($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) {
  fulfillment { id status totalQuantity location { id } trackingInfo { company number url } fulfillmentLineItems(first: 10) { nodes { quantity lineItem { sku } } } }
  userErrors { field message } } }`
const READ = `query Read($id: ID!) { order(id: $id) { displayFulfillmentStatus closed fulfillments { id } fulfillmentOrders(first: 10) {
  nodes { id status assignedLocation { name } lineItems(first: 10) { nodes { id sku totalQuantity remainingQuantity } } } } } }`

let sim: ShopifySim
beforeEach(async () => {
  sim = await startShopify({ scopes: RIGHTS })
  sim.shop.addItems([
    { sku: 'A', levels: { Odenplan: 10, Göteborg: 4 } },
    { sku: 'B', levels: { Odenplan: 10, Göteborg: 4 } },
  ])
})
afterEach(() => sim.close())

interface Waiting {
  id: string
  status: string
  assignedLocation: { name: string }
  lineItems: { nodes: { id: string; sku: string; totalQuantity: number; remainingQuantity: number }[] }
}
async function read(id: string) {
  const { data } = await ask(sim, READ, { id })
  return data?.order as unknown as { displayFulfillmentStatus: string; closed: boolean; fulfillments: unknown[]; fulfillmentOrders: { nodes: Waiting[] } }
}
const waiting = async (id: string) => (await read(id)).fulfillmentOrders.nodes
async function ship(groups: unknown[], more: Record<string, unknown> = {}) {
  const answer = await ask(sim, SHIP, { fulfillment: { lineItemsByFulfillmentOrder: groups, ...more } })
  return { answer, ...(answer.data?.fulfillmentCreate as unknown as { fulfillment: Record<string, unknown> | null; userErrors: { field: string[]; message: string }[] }) }
}
const buy = (...lines: { sku: string; quantity: number; at?: string }[]) => sim.shop.placeOrder({ lines: lines.map((line) => ({ at: 'Odenplan', ...line })) })
const numbers = (sku: string, at = 'Odenplan') => {
  const level = sim.shop.level({ sku, at })
  return [level?.available, level?.committed, level?.onHand]
}

test('lines left out are everything; the order is fulfilled and closed, and the shelf gives the goods away', async () => {
  const order = buy({ sku: 'A', quantity: 3 }, { sku: 'B', quantity: 1 })
  const [only] = await waiting(order.gid)
  const shipped = await ship([{ fulfillmentOrderId: only?.id }], { trackingInfo: { company: 'PostNord SE', number: '00370', url: 'https://spor.example/00370' } })
  expect(shipped.userErrors).toEqual([])
  expect(shipped.fulfillment).toMatchObject({
    status: 'SUCCESS',
    totalQuantity: 4,
    trackingInfo: [{ company: 'PostNord SE', number: '00370', url: 'https://spor.example/00370' }],
    fulfillmentLineItems: {
      nodes: [
        { quantity: 3, lineItem: { sku: 'A' } },
        { quantity: 1, lineItem: { sku: 'B' } },
      ],
    },
  })
  expect([numbers('A'), numbers('B')]).toEqual([
    [7, 0, 7],
    [9, 0, 9],
  ])
  expect(await read(order.gid)).toMatchObject({ displayFulfillmentStatus: 'FULFILLED', closed: true, fulfillmentOrders: { nodes: [{ status: 'CLOSED' }] } })
  expect(sim.shop.order({ order: order.name }).shipments).toEqual([
    {
      place: 'Odenplan',
      notified: false,
      lines: [
        { sku: 'A', quantity: 3 },
        { sku: 'B', quantity: 1 },
      ],
    },
  ])
})
test('some lines, some pieces: the rest waits; there is no key, so the same request again ships again', async () => {
  const order = buy({ sku: 'A', quantity: 3 })
  const [only] = await waiting(order.gid)
  const one = [{ fulfillmentOrderId: only?.id, fulfillmentOrderLineItems: [{ id: only?.lineItems.nodes[0]?.id, quantity: 1 }] }]
  expect((await ship(one, { notifyCustomer: true })).userErrors).toEqual([])
  expect(await read(order.gid)).toMatchObject({ displayFulfillmentStatus: 'PARTIALLY_FULFILLED', closed: false })
  expect((await ship(one)).userErrors).toEqual([])
  expect((await waiting(order.gid))[0]?.lineItems.nodes).toMatchObject([{ totalQuantity: 3, remainingQuantity: 1 }])
  expect(numbers('A')).toEqual([7, 1, 8])
  expect(sim.shop.order({ order: order.name }).shipments.map((each) => each.notified)).toEqual([true, false])
})
test('what is refused is refused whole, in recorded words', async () => {
  const order = buy({ sku: 'A', quantity: 2 }, { sku: 'B', quantity: 1 })
  const [only] = await waiting(order.gid)
  const [a, b] = only?.lineItems.nodes ?? []
  const lines = (...wanted: unknown[]) => [{ fulfillmentOrderId: only?.id, fulfillmentOrderLineItems: wanted }]
  const said = async (groups: unknown[]) => (await ship(groups)).userErrors
  const field = ['fulfillment']
  const wrong = [{ field, message: 'Invalid fulfillment order line item quantity requested.' }]
  expect(await said(lines({ id: b?.id, quantity: 1 }, { id: a?.id, quantity: 3 }))).toEqual(wrong)
  expect(await said(lines({ id: a?.id, quantity: 2 }, { id: a?.id, quantity: 1 }))).toEqual(wrong)
  expect(await said(lines({ id: 'gid://shopify/FulfillmentOrderLineItem/1', quantity: 1 }))).toEqual(wrong)
  expect(await said(lines({ id: a?.id, quantity: 0 }))).toEqual([
    { field: ['fulfillment', 'lineItemsByFulfillmentOrder', '0', 'fulfillmentOrderLineItems', '0', 'quantity'], message: 'Quantity must be greater than 0' },
  ])
  expect(await said([{ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/999999999' }])).toEqual([{ field, message: 'Fulfillment order does not exist.' }])
  expect(numbers('B')).toEqual([9, 1, 10])
  sim.shop.hold({ order: order.name })
  expect(await said([{ fulfillmentOrderId: only?.id }])).toEqual([{ field, message: `Fulfillment order ${only?.id.split('/').at(-1)} has an unfulfillable status= on_hold.` }])
  sim.shop.releaseHold({ order: order.name })
  sim.shop.fulfil({ order: order.name })
  expect(await said([{ fulfillmentOrderId: only?.id }])).toEqual([{ field, message: `Fulfillment order ${only?.id.split('/').at(-1)} has an unfulfillable status= closed.` }])
  expect((await ship([{ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/0' }])).answer.errors).toMatchObject([
    { message: 'invalid id', extensions: { code: 'RESOURCE_NOT_FOUND' } },
  ])
})
test('one order, one place', async () => {
  const order = buy({ sku: 'A', quantity: 1 }, { sku: 'B', quantity: 1, at: 'Göteborg' })
  const [here, there] = await waiting(order.gid)
  expect((await ship([{ fulfillmentOrderId: here?.id }, { fulfillmentOrderId: there?.id }])).userErrors).toHaveLength(1)
  const [other] = await waiting(buy({ sku: 'A', quantity: 1 }).gid)
  expect((await ship([{ fulfillmentOrderId: here?.id }, { fulfillmentOrderId: other?.id }])).userErrors).toHaveLength(1)
  expect(sim.shop.order({ order: order.name }).shipments).toEqual([])
  expect((await ship([{ fulfillmentOrderId: here?.id }])).userErrors).toEqual([])
  expect((await ship([{ fulfillmentOrderId: there?.id }])).userErrors).toEqual([])
  expect(await read(order.gid)).toMatchObject({ displayFulfillmentStatus: 'FULFILLED' })
})
test('not before it is routed, and not without the right', async () => {
  sim.switch({ routingMs: 60_000 })
  const order = buy({ sku: 'A', quantity: 1 })
  expect(await waiting(order.gid)).toEqual([])
  sim.advance(60_000)
  const [only] = await waiting(order.gid)
  sim.setScopes(['read_orders', 'read_merchant_managed_fulfillment_orders'])
  const denied = await ship([{ fulfillmentOrderId: only?.id }])
  expect(denied.answer.errors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' }, message: expect.stringContaining('write_merchant_managed_fulfillment_orders') }])
  expect(sim.shop.order({ order: order.name }).shipments).toEqual([])
})
test('the hooks of a shipment an app makes are those of one a person makes', async () => {
  const ears = await listener()
  for (const topic of ['ORDERS_UPDATED', 'ORDERS_FULFILLED', 'FULFILLMENTS_CREATE', 'INVENTORY_LEVELS_UPDATE']) await subscribe(sim, topic, ears.uri)
  const heard = async (work: () => unknown) => {
    const before = ears.heard.length
    await work()
    await sim.hooks.quiet()
    return ears.heard.slice(before).map((each) => each.topic)
  }
  const [mine, theirs] = [buy({ sku: 'A', quantity: 1 }), buy({ sku: 'A', quantity: 1 })]
  await sim.hooks.quiet()
  const [only] = await waiting(mine.gid)
  const byApp = await heard(() => ship([{ fulfillmentOrderId: only?.id }]))
  expect(byApp).toEqual(['inventory_levels/update', 'orders/updated', 'fulfillments/create', 'orders/fulfilled'])
  expect(await heard(() => sim.shop.fulfil({ order: theirs.name }))).toEqual(byApp)
  await ears.close()
})
