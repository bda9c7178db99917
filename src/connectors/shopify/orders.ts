/** Orders out of Shopify: a sweep over what changed, cheap heads first, then only those orders whole, twenty at a time. */
import { parseMinor } from '../../kit/money.ts'
import { type Page, type Priority, RemoteError, type RemoteEvent, type Tools } from '../contract.ts'
import type { ShopifyOrder } from './answers.ts'
import type { Client } from './client.ts'
import { WHOAMI } from './documents.ts'
import { isGid } from './ids.ts'
import { MORE_LINES, MORE_REFUNDED, MORE_ROUTED, MORE_ROUTES, MORE_SHIPPED, ORDER_HEADS, ORDERS, ORDERS_OF_ROUTES } from './order-documents.ts'
import { cursorOf, nextSweep, queryOf, sweepFrom, toRead } from './order-sweep.ts'
import { askFrom, askInParts, rest } from './paging.ts'
import { remoteOrder } from './remote-order.ts'
import { customerOf, hasLeft, instant, isPaid, numberOf, restockOf, type SeenOrder } from './seen-order.ts'

const ORDERS_PER_QUESTION = 20
/** Without read_all_orders Shopify shows 60 days; a day is left for clocks. */
const SHOWN_MS = 59 * 24 * 3_600_000

export async function pullOrders(client: Client, tools: Tools, from: { cursor: string | null; since?: string }, onlyPlaceRef: string | null, priority: Priority): Promise<Page> {
  const sweep = sweepFrom(from, tools.clock.now())
  const { nodes: heads, pageInfo } = (await askFrom(sweep.after, (after) => client.ask(ORDER_HEADS, { query: queryOf(sweep), after }, priority))).orders
  const began = tools.clock.now()
  const events = await readOrders(client, toRead(sweep, heads), onlyPlaceRef, priority)
  const next = nextSweep(sweep, heads, pageInfo, began)
  return { events, cursor: cursorOf(next.sweep), more: next.more }
}

/** By key: an order, or a fulfilment order whose order is wanted. A fulfilment order that is gone gives nothing. */
export async function pullOrdersByKey(client: Client, tools: Tools, keys: string[], onlyPlaceRef: string | null, priority: Priority): Promise<Page> {
  const routes = keys.filter((key) => isGid('FulfillmentOrder', key))
  const named =
    routes.length === 0 ? [] : (await client.ask(ORDERS_OF_ROUTES, { ids: routes }, priority)).nodes.flatMap((node) => (node?.orderId === undefined ? [] : [node.orderId]))
  const refs = [...new Set([...keys.filter((key) => isGid('Order', key)), ...named])]
  const events = await readOrders(client, refs, onlyPlaceRef, priority)
  const shown = new Set(events.flatMap((event) => (event.kind === 'order-snapshot' ? [event.order.orderRef] : [])))
  const gone = refs.filter((ref) => !shown.has(ref))
  if (gone.length > 0) await refuseUnlessShown(client, priority)
  const at = tools.clock.now()
  const showsSince = new Date(at.getTime() - SHOWN_MS).toISOString()
  return { events: [...events, ...gone.map((orderRef) => ({ kind: 'order-gone' as const, orderRef, at: at.toISOString(), showsSince }))], cursor: '', more: false }
}

/** Without the right to read orders none is shown, which says nothing of any. */
async function refuseUnlessShown(client: Client, priority: Priority): Promise<void> {
  const { currentAppInstallation: installation } = await client.ask(WHOAMI, {}, priority)
  if (installation.accessScopes.some(({ handle }) => handle === 'read_orders' || handle === 'write_orders')) return
  throw new RemoteError('denied', 'scope-missing', 'orders may not be read', { executed: 'no', facts: { scope: 'read_orders' } })
}

async function readOrders(client: Client, refs: string[], onlyPlaceRef: string | null, priority: Priority): Promise<RemoteEvent[]> {
  const nodes = await askInParts(refs, ORDERS_PER_QUESTION, async (ids) => (await client.ask(ORDERS, { ids }, priority)).nodes)
  const events: RemoteEvent[] = []
  for (const node of nodes) {
    if (node === null || !('lineItems' in node)) continue
    events.push({ kind: 'order-snapshot', order: remoteOrder(seenInAnswer(await whole(client, node, priority)), onlyPlaceRef) })
  }
  return events
}

/** One order, whole. Null = it isn't shown. */
export async function readOrder(client: Client, ref: string, priority: Priority): Promise<ShopifyOrder | null> {
  const [node] = (await client.ask(ORDERS, { ids: [ref] }, priority)).nodes
  return node && 'lineItems' in node ? await whole(client, node, priority) : null
}

/** Very long orders are cut at 250 of each kind; the rest is fetched list by list. */
async function whole(client: Client, order: ShopifyOrder, priority: Priority): Promise<ShopifyOrder> {
  const lineItems = await rest(order.lineItems, async (after) => (await client.ask(MORE_LINES, { id: order.id, after }, priority)).node?.lineItems)
  const routes = order.fulfillmentOrders
    ? await rest(order.fulfillmentOrders, async (after) => (await client.ask(MORE_ROUTES, { id: order.id, after }, priority)).node?.fulfillmentOrders)
    : null
  for (const route of routes?.nodes ?? [])
    route.lineItems = await rest(route.lineItems, async (after) => (await client.ask(MORE_ROUTED, { id: route.id, after }, priority)).node?.lineItems)
  for (const f of order.fulfillments)
    f.fulfillmentLineItems = await rest(f.fulfillmentLineItems, async (after) => (await client.ask(MORE_SHIPPED, { id: f.id, after }, priority)).node?.fulfillmentLineItems)
  for (const r of order.refunds)
    r.refundLineItems = await rest(r.refundLineItems, async (after) => (await client.ask(MORE_REFUNDED, { id: r.id, after }, priority)).node?.refundLineItems)
  return { ...order, lineItems, fulfillmentOrders: routes }
}

/** Still to be shipped by somebody: closed and cancelled ones are not. */
const isOpenRoute = (status: string): boolean => status !== 'CLOSED' && status !== 'CANCELLED'

function seenInAnswer(order: ShopifyOrder): SeenOrder {
  return {
    ref: order.id,
    name: order.name,
    placedAt: instant(order.createdAt),
    updatedAt: instant(order.updatedAt),
    cancelledAt: order.cancelledAt ? instant(order.cancelledAt) : null,
    paid: isPaid(order.displayFinancialStatus),
    currency: order.currencyCode,
    // Cut only if it changed while its pages were read.
    complete: ![order.lineItems, ...order.fulfillments.map((f) => f.fulfillmentLineItems), ...order.refunds.map((r) => r.refundLineItems)].some(
      (list) => list.pageInfo.hasNextPage,
    ),
    lines: order.lineItems.nodes.map((line) => ({
      ref: line.id,
      sku: numberOf(line.sku),
      title: line.name,
      ordered: line.quantity,
      current: line.currentQuantity,
      unfulfilled: line.unfulfilledQuantity,
      unitPriceMinor: line.originalUnitPriceSet ? parseMinor(line.originalUnitPriceSet.shopMoney.amount) : null,
    })),
    shipments: order.fulfillments
      .filter((f) => hasLeft(f.status))
      .map((f) => ({
        ref: f.id,
        at: instant(f.createdAt),
        placeRef: f.location?.id ?? null,
        lines: f.fulfillmentLineItems.nodes.map((l) => ({ lineRef: l.lineItem.id, quantity: l.quantity ?? 0 })),
      })),
    refunds: order.refunds.map((r) => ({
      ref: r.id,
      at: instant(r.createdAt ?? order.updatedAt),
      lines: r.refundLineItems.nodes.map((l) => ({ lineRef: l.lineItem.id, quantity: l.quantity, restock: restockOf(l.restockType), placeRef: l.location?.id ?? null })),
    })),
    routes: (order.fulfillmentOrders?.nodes ?? [])
      .filter((route) => isOpenRoute(route.status))
      .flatMap((route) => route.lineItems.nodes.map((l) => ({ lineRef: l.lineItem.id, placeRef: route.assignedLocation?.location?.id ?? null, quantity: l.remainingQuantity }))),
    customer: customerOf(order.email, order.phone),
  }
}
