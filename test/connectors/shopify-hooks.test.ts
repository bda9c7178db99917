/** Shopify's hooks by themselves: signatures that others made, ids no number can hold, and what each topic asks us to look at. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { HookRequest } from '../../src/connectors/contract.ts'
import { isSigned, translateHook, verifyHook } from '../../src/connectors/shopify/hooks.ts'
import { settings } from '../../src/connectors/shopify/settings.ts'

/** Public test vectors; where each comes from is its name. */
const VECTORS = [
  ['Shopify/shopify-app-js, shopify-api webhooks validate.test.ts', 'test_secret_key', '{"foo": "bar"}', 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g='],
  ['Shopify/shopify_app, webhook_verification_test.rb', 'secret', 'foo=anything', 'yCGX/RrK4fcuNtr3ztk5tQGsOBjcAzHpGLdMUrbV8yI='],
  ['Shopify/shopify_app, the secret before rotation', 'old_secret', 'foo=anything', 'XqRcjrSv57VACn6apEO9znyu/wkN1VC7QxdSPwK3Hzs='],
  ['bold-commerce/go-shopify, oauth_test.go', 'hush', '"my secret message"', 'hMTq0K2x7oyOjoBwGYeTj5oxfnaVYXzbanUG9aajpKI='],
  ['gnikyt/laravel-shopify, WebhookControllerTest.php, empty body', '00000000000000000000000000000000', '', 'vhwRQys0GZozEzsl9+bjquUnCkjSE7r1YPgl9S0CY1E='],
] as const

describe('S8: signatures', () => {
  test.each(VECTORS)('S8: %s', (_source, secret, body, signature) => {
    expect(isSigned(Buffer.from(body), signature, [secret])).toBe(true)
    expect(isSigned(Buffer.from(body), signature, ['another', secret])).toBe(true)
    expect(isSigned(Buffer.from(body), signature, ['another'])).toBe(false)
    expect(isSigned(Buffer.from(`${body} `), signature, [secret])).toBe(false)
    for (const wrong of ['', signature.slice(0, -1), `${signature}AA`, `${signature}=`, ` ${signature}`, signature.toLowerCase()])
      expect(isSigned(Buffer.from(body), wrong, [secret])).toBe(false)
  })
  test('S8: without a secret nothing is genuine', () => {
    expect(isSigned(Buffer.from(''), createHmac('sha256', '').update('').digest('base64'), [])).toBe(false)
  })
})

const mine = settings.parse({ shop: 'min-butik', clientId: 'a'.repeat(32), clientSecret: 'shpss_now', previousSecret: 'shpss_before' })
function hook(topic: string, body: unknown, more: { secret?: string; headers?: Record<string, string> } = {}): HookRequest {
  const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const headers = {
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': createHmac('sha256', more.secret ?? 'shpss_now')
      .update(raw)
      .digest('base64'),
    'x-shopify-shop-domain': 'min-butik.myshopify.com',
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': 'w-1',
    'x-shopify-event-id': 'e-1',
    ...more.headers,
  }
  return { address: '', tail: null, headers, query: new URLSearchParams(), body: raw }
}
const told = (topic: string, body: unknown) =>
  translateHook({ topic, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), receivedAt: '2026-11-02T08:00:00.000Z' }, mine)

describe('verifyHook', () => {
  test('the secret of now and the one before it both count', () => {
    expect(verifyHook(hook('orders/create', {}), mine)).toMatchObject({ kind: 'verified', topic: 'orders/create', version: '2026-10' })
    expect(verifyHook(hook('orders/create', {}, { secret: 'shpss_before' }), mine)).toMatchObject({ kind: 'verified' })
    expect(verifyHook(hook('orders/create', {}, { secret: 'shpss_other' }), mine)).toMatchObject({ kind: 'forged' })
  })
  test('S8: signed by our app but sent by another shop is turned away', () => {
    expect(verifyHook(hook('orders/create', {}, { headers: { 'x-shopify-shop-domain': 'other.myshopify.com' } }), mine)).toEqual({ kind: 'forged', why: 'other-shop' })
  })
  test('L3: a retry has the same key, also under another delivery id; another body or topic has another', () => {
    const key = (request: HookRequest) => {
      const verdict = verifyHook(request, mine)
      return verdict.kind === 'verified' ? verdict.deliveryKey : expect.fail(verdict.why)
    }
    const first = key(hook('orders/updated', { id: 1 }))
    expect(key(hook('orders/updated', { id: 1 }))).toBe(first)
    expect(key(hook('orders/updated', { id: 1 }, { headers: { 'x-shopify-webhook-id': 'w-2' } }))).toBe(first)
    expect(key(hook('orders/updated', { id: 2 }))).not.toBe(first)
    expect(key(hook('orders/create', { id: 1 }))).not.toBe(first)
  })
})

describe('translateHook', () => {
  test('L8: an id beyond 2^53 keeps its digits', () => {
    expect(told('inventory_levels/update', '{"inventory_item_id":9007199254740993884,"location_id":1,"available":3}')).toEqual([
      { kind: 'look', feed: 'stock', key: 'gid://shopify/InventoryItem/9007199254740993884', shows: { placeRef: 'gid://shopify/Location/1', value: 3 } },
    ])
    expect(told('refunds/create', '{"id":1,"order_id":90071992547409931}')).toEqual([{ kind: 'look', feed: 'orders', key: 'gid://shopify/Order/90071992547409931' }])
  })
  test('every topic we subscribe to says where to look', () => {
    const order = { kind: 'look', feed: 'orders', key: 'gid://shopify/Order/7' }
    expect(told('orders/edited', { order_edit: { id: 1, order_id: 7 } })).toEqual([order])
    expect(told('orders/delete', { id: 7 })).toEqual([{ kind: 'order-gone', orderRef: 'gid://shopify/Order/7', at: '2026-11-02T08:00:00.000Z', showsSince: null }])
    expect(told('orders/updated', { id: 7, admin_graphql_api_id: 'gid://shopify/Order/7' })).toEqual([order])
    expect(told('fulfillments/create', { id: 3, order_id: 7 })).toEqual([order])
    expect(told('fulfillment_orders/order_routing_complete', { fulfillment_order: { id: 'gid://shopify/FulfillmentOrder/5', status: 'open' } })).toEqual([
      { kind: 'look', feed: 'orders', key: 'gid://shopify/FulfillmentOrder/5' },
    ])
    expect(
      told('fulfillment_orders/moved', {
        original_fulfillment_order: { id: 'gid://shopify/FulfillmentOrder/5' },
        moved_fulfillment_order: { id: 'gid://shopify/FulfillmentOrder/6', order_id: 7 },
      }),
    ).toEqual([{ kind: 'look', feed: 'orders', key: 'gid://shopify/FulfillmentOrder/5' }, order])
    expect(told('inventory_items/update', { id: 4, sku: 'A' })).toEqual([{ kind: 'look', feed: 'articles', key: 'gid://shopify/InventoryItem/4' }])
    expect(told('inventory_items/delete', { id: 4 })).toEqual([{ kind: 'listing-gone', itemRef: 'gid://shopify/InventoryItem/4' }])
    expect(told('app/uninstalled', { id: 1 })).toEqual([{ kind: 'check', said: 'uninstalled' }])
    expect(told('locations/deactivate', { id: 1 })).toEqual([{ kind: 'check' }])
    expect(told('products/update', { id: 1 })).toEqual([])
  })
  test('a body that is not what its topic promises is for a person to see', () => {
    expect(() => told('orders/create', 'not json')).toThrow()
    expect(() => told('refunds/create', {})).toThrow()
  })
})
