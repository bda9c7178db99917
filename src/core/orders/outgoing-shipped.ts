/** What a shop is to hear of its own order: how many pieces of each line have left, where it hasn't told of all of them itself. */
import type { Tx } from '../../db/open.ts'
import { placesOf } from '../listeners/listeners.sql.ts'
import { ordersById } from './orders.sql.ts'
import { bucketsOf } from './pieces.ts'
import { shippedHereRows } from './shipments.sql.ts'
import { echoesOf, untoldOf, withShippedHere } from './shipped-here.ts'

export interface OutgoingShipped {
  orderRef: string
  /** Shipped in all, theirs and ours. */
  lines: { lineRef: string; shipped: number }[]
}

/** Null = there is nothing the shop doesn't know. `shipmentIds`: what of ours it says. */
export async function outgoingShipped(tx: Tx, orderId: number): Promise<{ letter: OutgoingShipped; shipmentIds: number[] } | null> {
  const [order] = await ordersById(tx, [orderId])
  if (order === undefined || order.goneAt !== null) return null
  const here = await shippedHereRows(tx, [orderId])
  const echoes = echoesOf(order.snapshot, here, order.effects.echoes ?? {})
  const places = new Map((await placesOf(tx, order.listenerId)).map((place) => [place.placeRef, place.locationId]))
  const now = withShippedHere(order.snapshot, here, echoes, places)
  const untold = new Set(here.filter(({ lineRef }) => untoldOf(here, echoes, lineRef) > 0).map(({ lineRef }) => lineRef))
  if (untold.size === 0) return null
  return {
    letter: { orderRef: order.orderRef, lines: [...untold].map((lineRef) => ({ lineRef, shipped: bucketsOf(now, lineRef).shipped })) },
    shipmentIds: [...new Set(here.filter(({ lineRef }) => untold.has(lineRef)).map(({ shipmentId }) => shipmentId))],
  }
}

/** What went with a document stands in its hash: the same numbers under another shipment are news. */
export const hashOfShipped = (shipmentIds: readonly number[], content: string): string => `${shipmentIds.join('+')} ${content}`
export const wentWith = (hash: string, shipmentId: number): boolean => hash.split(' ')[0]?.split('+').includes(String(shipmentId)) === true
