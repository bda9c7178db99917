/** An order of a shop's as an ERP should have it now, whole: what is left of each line, under our articles' numbers. */
import type { Tx } from '../../db/open.ts'
import { placesOf } from '../listeners/listeners.sql.ts'
import type { OrderCustomer, Snapshot } from './order.ts'
import { linesToTell, orderToTell } from './outgoing.sql.ts'
import { piecesOf } from './pieces.ts'
import { shippedHereRows } from './shipments.sql.ts'
import { withLocations, withShippedHere } from './shipped-here.ts'

/** The same shape as the connectors' OutgoingOrder; the room `core` knows no connector, so it says it itself. */
export interface OutgoingOrder {
  ref: string
  name: string
  placedAt: string
  placedOn: string
  cancelled: boolean
  paid: boolean
  currency: string
  country: string
  customer: (Omit<OrderCustomer, 'customerId'> & { vatNumber?: string | null }) | null
  lines: { articleNumber: string; title: string; quantity: number; unitPriceMinor: number | null; vatBasisPoints: number | null }[]
}
/** `ours`: a piece of it leaves, or left, the location that was asked about. `unsaid`: a line that can't be told, and why. */
export interface Outgoing {
  order: OutgoingOrder
  ours: boolean
  unsaid: { code: 'line-without-number' | 'line-unclear'; title: string } | null
}

/** Null = there is no such order. */
export async function outgoingOrder(tx: Tx, orderId: number, locationId: number): Promise<Outgoing | null> {
  const stored = await orderToTell(tx, orderId)
  if (stored === null) return null
  const { snapshot, effects, customer, placedOn } = stored
  const known = new Map((await linesToTell(tx, orderId)).map((line) => [line.lineRef, line]))
  const places = new Map((await placesOf(tx, stored.listenerId)).map((place) => [place.placeRef, place.locationId]))
  const here = await shippedHereRows(tx, [orderId])
  const ground = {
    articles: new Map(snapshot.lines.map((line) => [line.lineRef, 0])),
    places: withLocations(places, here),
    defaultLocationId: stored.defaultLocationId ?? 0,
    homes: effects.homes,
  }
  // Pieces nobody has placed may leave from any store the shop has.
  const ours = piecesOf(withShippedHere(snapshot, here, effects.echoes ?? {}, places), ground).some(({ spot }) =>
    spot.kind === 'here' ? spot.locationId === locationId : spot.kind === 'unsaid' && [...places.values()].includes(locationId),
  )
  let unsaid: Outgoing['unsaid'] = null
  const lines = snapshot.lines.flatMap((line) => {
    const { number = null, vatBasisPoints = null } = known.get(line.lineRef) ?? {}
    const quantity = leftOf(snapshot, line.lineRef, line.ordered)
    if (line.unclear?.quantity !== undefined) unsaid ??= { code: 'line-unclear', title: line.title }
    if (quantity <= 0) return []
    const articleNumber = number ?? line.articleNumber ?? ''
    if (articleNumber === '') unsaid ??= { code: 'line-without-number', title: line.title }
    return [{ articleNumber, title: line.title, quantity, unitPriceMinor: line.unitPriceMinor, vatBasisPoints }]
  })
  const cancelled = stored.state === 'cancelled' || stored.state === 'deleted' || lines.length === 0
  return {
    order: {
      ref: `${snapshot.orderRef} ${snapshot.placedAt}`,
      name: snapshot.name,
      placedAt: snapshot.placedAt,
      placedOn,
      cancelled,
      paid: snapshot.paid,
      currency: snapshot.currency,
      country: snapshot.country ?? stored.country,
      customer: customer === null ? null : { ...customer, vatNumber: snapshot.vatNumber ?? null },
      lines,
    },
    ours,
    unsaid,
  }
}

/** Whatever was taken off the order, before it was shipped or after, is none of the customer's any more. */
function leftOf(order: Snapshot, lineRef: string, ordered: number): number {
  const off = order.withdrawals.flatMap((withdrawal) => withdrawal.lines).filter((line) => line.lineRef === lineRef)
  return ordered - off.reduce((sum, line) => sum + line.quantity, 0)
}
