import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, listener, set, stillTime, subscribe } from './asking.ts'
import { type Delivery, hookHeaders } from './delivery.ts'
import { payloadText } from './ids.ts'
import { type ShopifySim, startShopify } from './shopify.ts'

let sim: ShopifySim
let ear: Awaited<ReturnType<typeof listener>>
beforeEach(async () => {
  sim = await startShopify({ clock: stillTime(), hookBudgetMs: 200 })
  ear = await listener()
  sim.shop.addItems([{ sku: 'A', levels: { Odenplan: 10 } }])
})
afterEach(async () => {
  await sim.close()
  await ear.close()
})
const topics = () => ear.heard.map((heard) => heard.topic)
const signature = (secret: string, body: string) => createHmac('sha256', secret).update(body).digest('base64')
const buy = () => sim.shop.placeOrder({ lines: [{ sku: 'A', quantity: 1 }] })

describe('what is sent', () => {
  test('headers, the signature over the raw bytes, a REST-shaped order without fulfilment orders', async () => {
    await subscribe(sim, 'ORDERS_CREATE', ear.uri, { name: 'orders' })
    const order = buy()
    await sim.hooks.quiet()
    const headers = ear.heard[0]?.headers ?? {}
    const body = ear.heard[0]?.body ?? ''
    expect(headers).toMatchObject({
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': sim.domain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-name': 'orders',
      'x-shopify-triggered-at': '2026-11-02T08:00:00.000000000Z',
    })
    expect(headers['x-shopify-hmac-sha256']).toBe(signature(sim.credentials.hookSecret, body))
    expect(JSON.parse(body)).toMatchObject({
      admin_graphql_api_id: order.gid,
      name: order.name,
      updated_at: '2026-11-02T09:00:00+01:00',
      location_id: null,
      line_items: [{ sku: 'A', quantity: 1, current_quantity: 1, fulfillable_quantity: 1 }],
      refunds: [],
      fulfillments: [],
    })
    expect(JSON.parse(body)).not.toHaveProperty('fulfillment_orders')
  })
  test('the emitter’s way of signing gives the published vectors', () => {
    const vectors = [
      ['test_secret_key', '{"foo": "bar"}', 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g='],
      ['secret', 'foo=anything', 'yCGX/RrK4fcuNtr3ztk5tQGsOBjcAzHpGLdMUrbV8yI='],
      ['old_secret', 'foo=anything', 'XqRcjrSv57VACn6apEO9znyu/wkN1VC7QxdSPwK3Hzs='],
      ['hush', '"my secret message"', 'hMTq0K2x7oyOjoBwGYeTj5oxfnaVYXzbanUG9aajpKI='],
      ['0'.repeat(32), '', 'vhwRQys0GZozEzsl9+bjquUnCkjSE7r1YPgl9S0CY1E='],
    ]
    const delivery = { webhookId: 'w', eventId: 'e', topic: 'orders/create', triggeredAt: 0, subscription: { name: null } } as Delivery
    for (const [secret = '', body = '', expected] of vectors)
      expect(hookHeaders(delivery, body, { secret, version: '2026-10', domain: 'x' })['x-shopify-hmac-sha256']).toBe(expected)
  })
  test('ids beyond 2^53 stay whole numerals', async () => {
    expect(payloadText({ id: '\u00019007199254740995', name: '#1' })).toBe('{"id":9007199254740995,"name":"#1"}')
    sim.switch({ hugeIds: true })
    await subscribe(sim, 'ORDERS_CREATE', ear.uri)
    const order = buy()
    await sim.hooks.quiet()
    expect(BigInt(order.id)).toBeGreaterThan(2n ** 53n)
    expect(ear.heard[0]?.body).toContain(`"id":${order.id},"admin_graphql_api_id":"${order.gid}"`)
  })
  test('one action, one event id; cancel sends its refund; an edit no fulfilment-order hook', async () => {
    for (const topic of [
      'ORDERS_CREATE',
      'ORDERS_UPDATED',
      'ORDERS_CANCELLED',
      'ORDERS_EDITED',
      'REFUNDS_CREATE',
      'FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE',
      'FULFILLMENT_ORDERS_MOVED',
      'INVENTORY_LEVELS_UPDATE',
    ])
      await subscribe(sim, topic, ear.uri)
    const first = buy()
    await sim.hooks.quiet()
    expect(topics()).toEqual(['inventory_levels/update', 'orders/create', 'fulfillment_orders/order_routing_complete'])
    expect(ear.heard[0]?.headers['x-shopify-event-id']).toBe(ear.heard[1]?.headers['x-shopify-event-id'])
    ear.heard.length = 0
    sim.shop.edit({ order: first.name, lines: [{ sku: 'A', quantity: 2 }] })
    await sim.hooks.quiet()
    expect(topics()).toEqual(['inventory_levels/update', 'orders/edited', 'orders/updated'])
    ear.heard.length = 0
    sim.shop.cancel({ order: first.name, restock: true })
    await sim.hooks.quiet()
    expect(topics()).toEqual(['inventory_levels/update', 'orders/cancelled', 'refunds/create', 'orders/updated'])
    expect(JSON.parse(ear.heard[2]?.body ?? '')).toMatchObject({ restock: true, refund_line_items: [{ quantity: 2, restock_type: 'cancel', line_item: { sku: 'A' } }] })
  })
  test('levels: quick changes melt together and show what is then; our own write echoes; untracked is null', async () => {
    await subscribe(sim, 'INVENTORY_LEVELS_UPDATE', ear.uri)
    buy()
    buy()
    await sim.hooks.quiet()
    expect(ear.heard.map((heard) => JSON.parse(heard.body).available)).toEqual([8])
    expect(sim.hits()['hook-merged']).toBe(1)
    await set(sim, [{ sku: 'A', quantity: 3 }])
    await sim.hooks.quiet()
    sim.shop.setTracked({ sku: 'A', tracked: false })
    sim.shop.handEdit({ sku: 'A', at: 'Odenplan', available: 4 })
    await sim.hooks.quiet()
    expect(ear.heard.map((heard) => JSON.parse(heard.body).available)).toEqual([8, 3, null])
  })
  test('personal data redacted: every such field is null', async () => {
    sim.switch({ personalData: 'redacted' })
    await subscribe(sim, 'ORDERS_CREATE', ear.uri)
    buy()
    await sim.hooks.quiet()
    expect(JSON.parse(ear.heard[0]?.body ?? '')).toMatchObject({ email: null, phone: null, customer: null, shipping_address: null, billing_address: null })
  })
})

describe('when it isn’t received', () => {
  test('eight retries with the first body and event id, to the first address; then the subscription is gone', async () => {
    const made = await subscribe(sim, 'ORDERS_CREATE', ear.uri)
    ear.answers(500)
    buy()
    await sim.hooks.quiet()
    const other = await listener()
    await ask(sim, 'mutation M($id: ID!, $sub: WebhookSubscriptionInput!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: $sub) { userErrors { message } } }', {
      id: made.webhookSubscription?.id,
      sub: { uri: other.uri },
    })
    for (let turn = 0; turn < 8; turn += 1) {
      sim.advance(102 * 60_000)
      await sim.hooks.quiet()
    }
    expect(ear.heard).toHaveLength(9)
    expect(other.heard).toHaveLength(0)
    for (const name of ['x-shopify-event-id', 'x-shopify-webhook-id'] as const) expect(new Set(ear.heard.map((heard) => heard.headers[name])).size).toBe(1)
    expect(new Set(ear.heard.map((heard) => heard.body)).size).toBe(1)
    expect(sim.state().subscriptions).toEqual([])
    await other.close()
  })
  test('nobody answers within the budget; a retry may carry a new webhook id', async () => {
    await subscribe(sim, 'ORDERS_CREATE', ear.uri)
    sim.switch({ hookIdOnRetry: 'new' })
    ear.answers('silence')
    buy()
    await sim.hooks.quiet()
    ear.answers(200)
    sim.advance(60_000)
    await sim.hooks.quiet()
    expect(new Set(ear.heard.map((heard) => heard.headers['x-shopify-webhook-id'])).size).toBe(2)
    expect(new Set(ear.heard.map((heard) => heard.headers['x-shopify-event-id'])).size).toBe(1)
  })
  test('dropped, doubled, out of order, held and lost', async () => {
    await subscribe(sim, 'ORDERS_CREATE', ear.uri)
    sim.hooks.lossy({ drop: 1 })
    buy()
    await sim.hooks.quiet()
    expect(ear.heard).toHaveLength(0)
    sim.hooks.lossy({ duplicate: 1 })
    buy()
    await sim.hooks.quiet()
    expect(ear.heard).toHaveLength(2)
    ear.heard.length = 0
    sim.hooks.lossy({ reorder: 2 })
    const names = [buy().name, buy().name]
    await sim.hooks.quiet()
    expect(ear.heard.map((heard) => JSON.parse(heard.body).name)).toEqual(names.reverse())
    ear.heard.length = 0
    sim.hooks.hold()
    const held = [buy().name, buy().name, buy().name]
    const ids = sim.hooks.waiting().map((delivery) => delivery.id)
    sim.hooks.lose(ids[0] ?? 0)
    expect(await sim.hooks.send(ids[2] ?? 0)).toBe(200)
    await sim.hooks.release()
    expect(ear.heard.map((heard) => JSON.parse(heard.body).name)).toEqual([held[2], held[1]])
  })
  test('secret rotation: the old one signs on for a while', async () => {
    await subscribe(sim, 'ORDERS_CREATE', ear.uri)
    sim.hooks.rotateSecret('shpss_next', 3_600_000)
    buy()
    await sim.hooks.quiet()
    sim.advance(3_600_000)
    buy()
    await sim.hooks.quiet()
    const signed = ear.heard.map(({ headers, body }) =>
      [sim.credentials.hookSecret, 'shpss_next'].findIndex((secret) => headers['x-shopify-hmac-sha256'] === signature(secret, body)),
    )
    expect(signed).toEqual([0, 1])
  })
})

describe('subscriptions, in recorded words', () => {
  test('refusals', async () => {
    const field = ['webhookSubscription', 'callbackUrl']
    expect((await subscribe(sim, 'ORDERS_CREATE', '')).userErrors).toEqual([{ field, message: "Address can't be blank" }])
    expect((await subscribe(sim, 'ORDERS_CREATE', 'http://shop.example.com/hooks')).userErrors).toEqual([{ field, message: 'Address protocol http:// is not supported' }])
    await subscribe(sim, 'ORDERS_CREATE', ear.uri, { name: 'one' })
    expect((await subscribe(sim, 'ORDERS_CREATE', ear.uri)).userErrors).toEqual([{ field, message: 'Address for this topic has already been taken' }])
    expect((await subscribe(sim, 'ORDERS_UPDATED', ear.uri, { name: 'one' })).userErrors).toMatchObject([{ message: 'Name already exists, no duplicate allowed' }])
    const gone = await ask(sim, 'mutation { webhookSubscriptionDelete(id: "gid://shopify/WebhookSubscription/1") { deletedWebhookSubscriptionId userErrors { field message } } }')
    expect(gone.data?.webhookSubscriptionDelete).toEqual({ deletedWebhookSubscriptionId: null, userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }] })
  })
  test('a topic whose right isn’t granted', async () => {
    expect((await subscribe(sim, 'PRODUCTS_UPDATE', ear.uri)).userErrors[0]?.message).toBe('You do not have permission to create or update webhooks with products_update topic')
    expect((await subscribe(sim, 'FULFILLMENTS_CREATE', ear.uri)).userErrors).toHaveLength(1)
    for (const topic of ['INVENTORY_ITEMS_UPDATE', 'FULFILLMENT_ORDERS_MOVED', 'REFUNDS_CREATE', 'APP_UNINSTALLED'])
      expect((await subscribe(sim, topic, ear.uri)).userErrors).toEqual([])
  })
  test('listed with the version they were asked with; hooks may carry the app’s own by switch', async () => {
    await ask(
      sim,
      'mutation S($sub: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: $sub) { userErrors { message } } }',
      { sub: { uri: ear.uri } },
      { version: '2026-04' },
    )
    const listed = await ask(sim, '{ webhookSubscriptions(first: 10) { nodes { topic uri format apiVersion { handle } } } }')
    expect(listed.data?.webhookSubscriptions).toEqual({ nodes: [{ topic: 'ORDERS_CREATE', uri: ear.uri, format: 'JSON', apiVersion: { handle: '2026-04' } }] })
    buy()
    await sim.hooks.quiet()
    sim.switch({ hookVersion: 'app' })
    buy()
    await sim.hooks.quiet()
    expect(ear.heard.map((heard) => heard.headers['x-shopify-api-version'])).toEqual(['2026-04', '2026-10'])
  })
  test('uninstalling tells, then everything is refused', async () => {
    await subscribe(sim, 'APP_UNINSTALLED', ear.uri)
    sim.uninstall(403)
    await sim.hooks.quiet()
    expect(topics()).toEqual(['app/uninstalled'])
    expect(sim.state().subscriptions).toEqual([])
    expect((await ask(sim, '{ shop { name } }')).status).toBe(403)
  })
})
