/** Shopify's hooks: a signature over the raw body, and what each topic says. Only an order's payload is a fact; every other topic is a place to look. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Connector, RemoteEvent, StoredHook } from '../contract.ts'
import { customerEvents, privacyEvent } from './customers-payload.ts'
import { gid, type Kind } from './ids.ts'
import { seenInPayload } from './orders-payload.ts'
import { remoteOrder } from './remote-order.ts'
import type { ShopifySettings } from './settings.ts'

export const verifyHook: Connector<ShopifySettings>['verifyHook'] = (hook, settings) => {
  const header = (name: string) => hook.headers[name] ?? hook.headers[Object.keys(hook.headers).find((key) => key.toLowerCase() === name) ?? ''] ?? ''
  if (!isSigned(hook.body, header('x-shopify-hmac-sha256'), settings.hookSecrets)) return { kind: 'forged', why: 'signature-wrong' }
  const topic = header('x-shopify-topic').toLowerCase()
  const event = header('x-shopify-event-id') || header('x-shopify-webhook-id')
  if (topic === '' || event === '') return { kind: 'forged', why: 'headers-missing' }
  // One app may be in several shops, all signing with its one secret.
  if (!settings.isSimulator && header('x-shopify-shop-domain').toLowerCase() !== settings.shop) return { kind: 'forged', why: 'other-shop' }
  // A retry repeats body and event. One event may touch many things, so the event alone would throw news away.
  const deliveryKey = `${topic} ${event} ${createHash('sha256').update(hook.body).digest('base64url').slice(0, 22)}`
  return { kind: 'verified', deliveryKey, topic, version: header('x-shopify-api-version') || null }
}

/** Every secret is tried, and each comparison takes the same time however much of it agrees. Texts are compared: decoding base64 forgives too much. */
export function isSigned(body: Uint8Array, signature: string, secrets: string[]): boolean {
  const given = Buffer.from(signature)
  let good = false
  for (const secret of secrets) {
    const ours = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'))
    if (given.length === ours.length && timingSafeEqual(given, ours)) good = true
  }
  return good
}

/** Throws on a body that isn't what its topic promises: the inbox lists it for a person. */
export function translateHook(hook: StoredHook, settings: ShopifySettings): RemoteEvent[] {
  const [noun, verb] = hook.topic.toLowerCase().split('/')
  const body = () => parseJson(Buffer.from(hook.body).toString('utf8'))
  switch (noun) {
    case 'orders':
      if (verb === 'delete') return [{ kind: 'order-gone', orderRef: refOf('Order', thing.parse(body())), at: triggeredAt(hook), showsSince: null }]
      return orderEvents(verb ?? '', body())
    case 'refunds':
    case 'fulfillments':
      return [lookAtOrder(z.object({ order_id: id }).parse(body()).order_id)]
    case 'fulfillment_orders':
      return routeEvents(body())
    case 'inventory_levels':
      return [levelEvent(levelShape.parse(body()), settings)]
    case 'inventory_items':
      return [itemEvent(verb ?? '', refOf('InventoryItem', thing.parse(body())))]
    case 'customers':
      if (verb === 'data_request' || verb === 'redact') return [privacyEvent(verb, body())]
      return settings.customers ? customerEvents(verb ?? '', body(), triggeredAt(hook)) : []
    case 'shop':
      return verb === 'redact' ? [{ kind: 'privacy', request: { ask: 'erase-all' } }] : []
    case 'locations':
      return [{ kind: 'check' }]
    case 'app':
      return [verb === 'uninstalled' ? { kind: 'check', said: 'uninstalled' } : { kind: 'check' }]
    default:
      return []
  }
}

const id = z.union([z.number(), z.string()])
const thing = z.object({ id, admin_graphql_api_id: z.string().nullish() })
const refOf = (kind: Kind, named: z.infer<typeof thing>): string => named.admin_graphql_api_id ?? (String(named.id).startsWith('gid://') ? String(named.id) : gid(kind, named.id))
const levelShape = z.object({ inventory_item_id: id, location_id: id, available: z.number().int().nullish() })
/** The payload says what can be sold; where the shelf is told it says nothing we could compare. */
const levelEvent = (level: z.infer<typeof levelShape>, { quantityName }: ShopifySettings): RemoteEvent => ({
  kind: 'look',
  feed: 'stock',
  key: gid('InventoryItem', level.inventory_item_id),
  ...(quantityName === 'available' && typeof level.available === 'number' ? { shows: { placeRef: gid('Location', level.location_id), value: level.available } } : {}),
})
/** When it happened, where the delivery says it; a retry comes much later. */
function triggeredAt({ headers, receivedAt }: StoredHook): string {
  const at = Date.parse(headers['x-shopify-triggered-at'] ?? '')
  return Number.isNaN(at) ? receivedAt : new Date(at).toISOString()
}
const lookAtOrder = (order: string | number): RemoteEvent => ({ kind: 'look', feed: 'orders', key: gid('Order', order) })

function orderEvents(verb: string, body: unknown): RemoteEvent[] {
  if (verb === 'edited') return [lookAtOrder(z.object({ order_edit: z.object({ order_id: id }) }).parse(body).order_edit.order_id)]
  const order = seenInPayload(body)
  // A payload with fields missing is read again whole.
  return order === null ? [{ kind: 'look', feed: 'orders', key: refOf('Order', thing.parse(body)) }] : [{ kind: 'order-snapshot', order: remoteOrder(order, null) }]
}

const itemEvent = (verb: string, itemRef: string): RemoteEvent => (verb === 'delete' ? { kind: 'listing-gone', itemRef } : { kind: 'look', feed: 'articles', key: itemRef })

/** Routing hooks name fulfilment orders under several words, sometimes with their order. Whatever they name is looked at. */
function routeEvents(body: unknown): RemoteEvent[] {
  const found = new Map<string, RemoteEvent>()
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 4) return
    const named = z.object({ id: z.string().optional(), order_id: id.optional() }).safeParse(value).data
    const route = named?.id?.startsWith('gid://shopify/FulfillmentOrder/') ? named.id : null
    const key = named?.order_id !== undefined ? refOf('Order', { id: named.order_id }) : route
    if (key !== null) found.set(key, { kind: 'look', feed: 'orders', key })
    for (const inner of Object.values(value)) visit(inner, depth + 1)
  }
  visit(body, 0)
  return [...found.values()]
}
