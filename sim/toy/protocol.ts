/** The toy shop's HTTP protocol (docs/connectors/toy.md): who is let in, the routes over the shop's truth, and how it says no. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import type { Fault, FaultDesk, Purpose } from './faults.ts'
import type { HookDesk, Subscription } from './hooks.ts'
import { TOPIC_RIGHT, TOPICS } from './messages.ts'
import { productRoute } from './products.ts'
import { shipOrder } from './shipping.ts'
import { CHANNELS, hit, isOpen, nextRef, type OrderVersion, type Shop, type ToyOrder } from './shop.ts'
import type { Storefront } from './storefront.ts'
import { itemText, orderText } from './texts.ts'
import type { WriteDesk } from './writes.ts'

type Answer = Exclude<SimAnswer, string>
/** Which right each purpose needs. */
const RIGHT: Record<Purpose, string> = {
  shop: '',
  items: 'items:read',
  match: 'items:read',
  products: 'items:read',
  orders: 'orders:read',
  ship: 'orders:ship',
  write: 'stock:write',
  subscriptions: '',
}
export const RIGHTS = ['items:read', 'orders:read', 'orders:ship', 'stock:write', 'hooks:orders', 'hooks:items', 'hooks:stock']

export function purposeOf(request: SimRequest): Purpose | null {
  const { path } = request
  if (path === '/shop') return 'shop'
  if (path === '/items' || path === '/items/read') return 'items'
  if (path === '/items/find') return 'match'
  if (path === '/orders' || path === '/orders/read') return 'orders'
  if (path === '/orders/ship') return 'ship'
  if (path === '/products' || path.startsWith('/products/')) return 'products'
  if (path === '/stock') return 'write'
  return path === '/subscriptions' || path.startsWith('/subscriptions/') ? 'subscriptions' : null
}

/** What a call must carry to be let in. */
export const isLetIn = (shop: Shop, request: SimRequest): boolean => request.headers.authorization === `Bearer ${shop.options.token}`
export const turnedAway: Answer = json(401, { error: 'token-wrong' })
export const noSuchRoute: Answer = json(404, { error: 'no-such-route' })
export const brokeAfterwards: Answer = json(500, { error: 'broke-afterwards' })

/** How the shop says each thing that can go wrong before it has done anything. */
export function failing(fault: Fault): SimAnswer {
  switch (fault.kind) {
    case 'busy':
      return json(429, { error: 'busy' }, fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter ?? 2) })
    case 'denied':
      return turnedAway
    case 'frozen':
      return json(423, { error: 'shop-frozen' })
    case 'error-before':
      return json(500, { error: 'broke' })
    case 'strange':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>We will be back soon</body></html>' }
    default:
      return 'hangup'
  }
}

export interface Counter {
  shop: Shop
  faults: FaultDesk
  hooks: HookDesk
  writes: WriteDesk
  front: Storefront
}

export function answer({ shop, faults, hooks, writes, front }: Counter, request: SimRequest, purpose: Purpose): Answer {
  const right = RIGHT[purpose]
  if (right !== '' && !shop.options.rights.includes(right)) return json(403, { error: 'right-missing', right })
  switch (purpose) {
    case 'shop':
      return json(200, { ref: 'toy-1', name: 'Toy shop', currency: 'SEK', version: '1', places: shop.places, channels: CHANNELS, rights: shop.options.rights })
    case 'items':
      return request.path === '/items/read' ? itemsByRef(shop, request) : itemPage(shop, request)
    case 'match':
      return findNumbers(shop, request)
    case 'orders':
      return request.path === '/orders/read' ? ordersByRef(shop, faults, request) : orderPage(shop, faults, request)
    case 'ship':
      return shipOrder(shop, front, request)
    case 'products':
      return productRoute(shop, hooks, request)
    case 'write':
      return writes.write(request)
    case 'subscriptions':
      return subscriptions(shop, hooks, request)
  }
}

const texts = (request: SimRequest, field: string): string[] => {
  const list = (request.body as Record<string, unknown> | undefined)?.[field]
  return Array.isArray(list) ? list.map(String) : []
}
function itemPage(shop: Shop, request: SimRequest): Answer {
  const after = Number(request.query.get('after') ?? -1)
  const limit = Math.min(Number(request.query.get('limit') ?? shop.options.pageSize), shop.options.pageSize)
  const rest = [...shop.items.values()].filter((item) => item.at > after)
  const page = rest.slice(0, limit)
  return json(200, { asOf: shop.clock.now().toISOString(), items: page.map(itemText), next: rest.length > limit ? String(page.at(-1)?.at) : null })
}
const itemsByRef = (shop: Shop, request: SimRequest): Answer =>
  json(200, {
    asOf: shop.clock.now().toISOString(),
    items: texts(request, 'refs')
      .flatMap((ref) => shop.items.get(ref) ?? [])
      .map(itemText),
    next: null,
  })

function findNumbers(shop: Shop, request: SimRequest): Answer {
  const byNumber = new Map<string, string[]>()
  for (const item of shop.items.values()) if (item.number !== null && item.number !== '') byNumber.set(item.number, [...(byNumber.get(item.number) ?? []), item.ref])
  return json(200, { found: texts(request, 'numbers').map((number) => ({ number, items: byNumber.get(number) ?? [] })) })
}

/** What the feed has of an order now: its newest version that has become visible. */
function indexed(shop: Shop, order: ToyOrder): OrderVersion | null {
  const now = shop.clock.now().getTime()
  const shown = order.versions.findLast((v) => v.visibleAt <= now) ?? null
  if (shown?.stamp !== order.stamp) hit(shop, shown === null ? 'feed.hidden' : 'feed.behind')
  return shown
}
/** `since` is inclusive and compares with the change as the feed has it; `open` adds every open order; `after` = the last stamp seen while paging. */
function orderPage(shop: Shop, faults: FaultDesk, request: SimRequest): Answer {
  const asOf = shop.clock.now().toISOString()
  if (faults.standing('no-orders')) return json(200, { asOf, orders: [], next: null })
  const since = request.query.get('since') ?? ''
  const after = request.query.get('after') ?? ''
  const open = request.query.get('open') === 'true'
  const limit = Math.min(Number(request.query.get('limit') ?? shop.options.pageSize), shop.options.pageSize)
  const listed: OrderVersion[] = []
  for (const order of shop.orders.values()) {
    // Every stamp of an order is at or before its newest, so this needs no look at the index.
    if (order.stamp <= after || (order.stamp < since && !(open && isOpen(order)))) continue
    const shown = indexed(shop, order)
    if (shown !== null && shown.stamp > after && (shown.stamp >= since || (open && isOpen(order)))) listed.push(shown)
  }
  listed.sort((a, b) => (a.stamp < b.stamp ? -1 : 1))
  const page = listed.slice(0, limit)
  return json(200, { asOf, orders: page.map((o) => orderText(o.was)), next: listed.length > limit ? page.at(-1)?.stamp : null })
}
/** By ref an order is as it is now, whatever the feed has. */
function ordersByRef(shop: Shop, faults: FaultDesk, request: SimRequest): Answer {
  const asOf = shop.clock.now().toISOString()
  if (faults.standing('no-orders')) return json(200, { asOf, orders: [], next: null })
  return json(200, {
    asOf,
    orders: texts(request, 'refs')
      .flatMap((ref) => shop.orders.get(ref) ?? [])
      .map(orderText),
    next: null,
  })
}

function subscriptions(shop: Shop, hooks: HookDesk, request: SimRequest): Answer {
  const all = hooks.subscriptions
  if (request.method === 'GET') return json(200, { subscriptions: [...all.values()] })
  if (request.method === 'DELETE')
    return all.delete(decodeURIComponent(request.path.slice('/subscriptions/'.length))) ? json(200, {}) : json(404, { error: 'no-such-subscription' })
  const { topic, url } = (request.body ?? {}) as { topic?: string; url?: string }
  if (topic === undefined || !(TOPICS as readonly string[]).includes(topic) || url === undefined || !/^https?:\/\//.test(url)) return json(400, { error: 'subscription-wrong' })
  const right = TOPIC_RIGHT[topic] ?? ''
  if (right !== '' && !shop.options.rights.includes(right)) return json(403, { error: 'right-missing', right })
  if (shop.options.topicsMissing.includes(topic)) return json(404, { error: 'no-such-topic' })
  const made: Subscription = { ref: nextRef(shop), topic, url, owner: 'you' }
  all.set(made.ref, made)
  return json(201, made)
}
