/** "Shipped": pieces of a shop's order left from here, whole or in part; and the way back while the shop hasn't heard of it. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { orderSource, placesOf } from '../listeners/listeners.sql.ts'
import { openLocation } from '../locations/change-location.ts'
import { Refusal } from '../refusal.ts'
import { contentHash, pastTime } from '../stock/document.ts'
import { lockDocument } from '../told/documents.sql.ts'
import { evaluateAgain } from './evaluate-again.ts'
import { lockOrders, ordersById, type StoredOrder } from './orders.sql.ts'
import { wentWith } from './outgoing-shipped.ts'
import { bucketsOf } from './pieces.ts'
import { insertShipment, shipmentsOfOrder, shipmentsThatWent, shippedHereRows, undoShipment } from './shipments.sql.ts'
import { isTold, withShippedHere } from './shipped-here.ts'

export interface Shipping {
  orderId: number
  /** The caller's own name of it. */
  ref: string
  locationId: number
  occurredAt?: Date | undefined
  /** Null = all that is open. */
  lines: { lineRef: string; quantity: number }[] | null
}
export interface Shipped {
  shipmentId: number
  repeated: boolean
  lines: { lineRef: string; quantity: number }[]
}

/** Only what is open can ship. The same ref with the same content is the same shipment, whatever is open by then. */
export async function shipOrder(tx: Tx, input: Shipping, by: By): Promise<Shipped> {
  const order = await lockedOrder(tx, input.orderId)
  const bodyHash = contentHash([input.locationId, input.occurredAt?.toISOString() ?? null, input.lines?.map((line) => [line.lineRef, line.quantity]) ?? null])
  const before = (await shipmentsOfOrder(tx, order.id)).find((shipment) => shipment.ref === input.ref)
  if (before !== undefined) {
    if (!before.bodyHash.equals(bodyHash)) throw new Refusal('key-reused', { field: 'ref', ref: input.ref })
    return { shipmentId: before.id, repeated: true, lines: before.lines }
  }
  const location = await openLocation(tx, input.locationId)
  const occurredAt = pastTime(input.occurredAt, by.now, 'time-in-future', 'occurredAt')
  const lines = asked(await openLines(tx, order), input.lines)
  const { id } = await insertShipment(tx, { orderId: order.id, ref: input.ref, bodyHash, locationId: location.id, occurredAt, madeAt: by.now, actor: by.actor, lines })
  await evaluateAgain(tx, must(await orderSource(tx, order.listenerId), 'the listener'), [order.id], new Set(), by)
  return { shipmentId: id, repeated: false, lines }
}

/** It never left after all. What the shop has been told of is taken back there. A repeat finds nothing to do. */
export async function unshipOrder(tx: Tx, input: { orderId: number; shipmentId: number }, by: By): Promise<void> {
  const order = await lockedOrder(tx, input.orderId)
  const shipment = (await shipmentsOfOrder(tx, order.id)).find(({ id }) => id === input.shipmentId)
  if (shipment === undefined) throw new Refusal('not-found')
  if (shipment.undoneAt !== null) return
  // Held back: who would tell the shop of it now.
  await lockDocument(tx, order.listenerId, 'order-status', order.id)
  if (!(await mayTakeBack(tx, order.id))(shipment.id)) throw new Refusal('shipped-in-shop', { field: 'shipmentId' })
  await undoShipment(tx, shipment.id, by)
  await evaluateAgain(tx, must(await orderSource(tx, order.listenerId), 'the listener'), [order.id], new Set(), by)
}

/** Of which nothing has gone to the shop, and the shop has told of none of it. */
export async function mayTakeBack(tx: Tx, orderId: number): Promise<(shipmentId: number) => boolean> {
  const [order] = await ordersById(tx, [orderId])
  const went = await shipmentsThatWent(tx, orderId)
  const here = await shippedHereRows(tx, [orderId])
  return (id) => !went.some((hash) => wentWith(hash, id)) && !isTold(here, order?.effects.echoes ?? {}, id)
}

async function lockedOrder(tx: Tx, id: number): Promise<StoredOrder> {
  const [found] = await ordersById(tx, [id])
  if (found === undefined) throw new Refusal('not-found')
  await lockOrders(tx, found.listenerId)
  return must((await ordersById(tx, [id]))[0], 'the order')
}

type Open = { lineRef: string; title: string; open: number }[]
async function openLines(tx: Tx, { id, listenerId, snapshot, effects, goneAt }: StoredOrder): Promise<Open> {
  const places = new Map((await placesOf(tx, listenerId)).map((place) => [place.placeRef, place.locationId]))
  const now = withShippedHere(snapshot, await shippedHereRows(tx, [id]), effects.echoes ?? {}, places)
  return now.lines.map(({ lineRef, title }) => ({ lineRef, title, open: goneAt === null ? bucketsOf(now, lineRef).open : 0 }))
}

function asked(open: Open, lines: Shipping['lines']): Shipped['lines'] {
  const wanted = lines ?? open.flatMap((line) => (line.open === 0 ? [] : [{ lineRef: line.lineRef, quantity: line.open }]))
  if (wanted.length === 0) throw new Refusal('nothing-open')
  if (new Set(wanted.map((line) => line.lineRef)).size < wanted.length) throw new Refusal('line-twice', { field: 'lines' })
  for (const [n, { lineRef, quantity }] of wanted.entries()) {
    const line = open.find((each) => each.lineRef === lineRef)
    if (line === undefined) throw new Refusal('not-found', { field: `lines.${n}.lineRef` })
    if (quantity > line.open) throw new Refusal('more-than-open', { field: `lines.${n}.quantity`, open: line.open, title: line.title })
  }
  return wanted
}
