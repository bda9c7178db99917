/**
 * What has left of an order, told to Shopify: one fulfilment for each of its fulfilment orders, and the customer isn't written to. Shopify takes no key for it, so the order
 * is read before every send, and a send without an answer is waited for until it can't land any more.
 */
import { type Document, type HandedOver, RemoteError, type Tools } from '../contract.ts'
import type { ShopifyOrder } from './answers.ts'
import type { Client } from './client.ts'
import { FULFIL } from './order-documents.ts'
import { readOrder } from './orders.ts'
import { hasLeft } from './seen-order.ts'
import { isUnderWay, noteSent, noteSettled } from './under-way.ts'

/** Of one fulfilment order: its lines and how many of each. */
interface Parcel {
  fulfillmentOrderId: string
  fulfillmentOrderLineItems: { id: string; quantity: number }[]
}

export async function handOver(client: Client, tools: Tools, document: Document): Promise<HandedOver> {
  if (document.kind !== 'order-status') throw new RemoteError('refused', 'not-carried', `Shopify takes no ${document.kind}`, { executed: 'no' })
  const order = await readOrder(client, document.orderRef, 'live')
  if (order === null) return { kind: 'refused', code: 'order-not-there', said: '' }
  const parcels = parcelsOf(order, document.lines)
  if (!Array.isArray(parcels)) return parcels
  if (parcels.length > 0 && (await isUnderWay(tools, order.id))) return { kind: 'later', code: 'shipment-unknown', said: '' }
  for (const parcel of parcels) {
    const refused = await fulfil(client, tools, order.id, parcel)
    if (refused !== null) return refused
  }
  await noteSettled(tools, order.id)
  return { kind: 'done', documentRef: null }
}

async function fulfil(client: Client, tools: Tools, orderRef: string, parcel: Parcel): Promise<HandedOver | null> {
  await noteSent(tools, orderRef)
  try {
    const answer = (await client.ask(FULFIL, { fulfillment: { lineItemsByFulfillmentOrder: [parcel], notifyCustomer: false } }, 'live')).fulfillmentCreate
    if (!answer) throw new RemoteError('strange', 'answer-unreadable', 'no word on whether it was shipped', { executed: 'unknown' })
    // It was shippable when it was read: whatever happened since shows the next time.
    if (answer.userErrors.length > 0) return await settled(tools, orderRef, { kind: 'later', code: 'shipment-refused', said: '' })
    return await settled(tools, orderRef, null)
  } catch (error) {
    if (error instanceof RemoteError && error.executed === 'no') await noteSettled(tools, orderRef)
    throw error
  }
}

async function settled<T>(tools: Tools, orderRef: string, answer: T): Promise<T> {
  await noteSettled(tools, orderRef)
  return answer
}

/** Pieces that Shopify hasn't shipped yet, from wherever they wait. All of them can ship, or it is said why none does. */
function parcelsOf(order: ShopifyOrder, lines: Extract<Document, { kind: 'order-status' }>['lines']): Parcel[] | HandedOver {
  const routes = order.fulfillmentOrders?.nodes ?? []
  const parcels = new Map<string, Parcel>()
  for (const { lineRef, shipped } of lines) {
    let left = shipped - shippedThere(order, lineRef)
    for (const route of routes.filter(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS')) {
      for (const row of route.lineItems.nodes) {
        const quantity = Math.min(left, row.remainingQuantity)
        if (row.lineItem.id !== lineRef || quantity <= 0) continue
        const parcel = parcels.get(route.id) ?? { fulfillmentOrderId: route.id, fulfillmentOrderLineItems: [] }
        parcel.fulfillmentOrderLineItems.push({ id: row.id, quantity })
        parcels.set(route.id, parcel)
        left -= quantity
      }
    }
    if (left > 0) return cannotShip(order, lineRef)
  }
  return [...parcels.values()]
}

function shippedThere(order: ShopifyOrder, lineRef: string): number {
  const rows = order.fulfillments.filter(({ status }) => hasLeft(status)).flatMap((each) => each.fulfillmentLineItems.nodes)
  return rows.reduce((sum, row) => sum + (row.lineItem.id === lineRef ? (row.quantity ?? 0) : 0), 0)
}

function cannotShip(order: ShopifyOrder, lineRef: string): HandedOver {
  if (order.cancelledAt) return { kind: 'refused', code: 'order-cancelled', said: '' }
  const routes = order.fulfillmentOrders?.nodes ?? []
  // Shopify makes them a moment after the order.
  if (routes.length === 0) return { kind: 'later', code: 'not-routed', said: '' }
  const waits = (status: string) => routes.some((route) => route.status === status && route.lineItems.nodes.some((row) => row.lineItem.id === lineRef && row.remainingQuantity > 0))
  if (waits('ON_HOLD')) return { kind: 'refused', code: 'order-on-hold', said: '' }
  if (waits('SCHEDULED')) return { kind: 'refused', code: 'order-scheduled', said: '' }
  return { kind: 'refused', code: 'less-left', said: '' }
}
