/**
 * A shop with one place it can ship from needs nobody to say where an order's pieces stand: what an order (a hook's payload above all) leaves
 * unsaid is said here, so that it is certain at once. Pure.
 */
import type { Health, RemoteOrder } from '../connectors/contract.ts'
import { bucketsOf } from '../core/orders/pieces.ts'

/** The one usable place as the last check found the shop; null when there are several, none, or nobody has looked. */
export function onlyPlaceOf(health: unknown): string | null {
  const places = (health as Pick<Health, 'places'> | null)?.places ?? []
  const [first, ...others] = places.filter((place) => place.active && place.unusable === null)
  return first !== undefined && others.length === 0 ? first.ref : null
}

export function atOnlyPlace(order: RemoteOrder, placeRef: string | null): RemoteOrder {
  if (placeRef === null) return order
  const said = <T extends { placeRef: string | null }>(each: T): T => (each.placeRef === null ? { ...each, placeRef } : each)
  const open = order.lines.map((line) => ({ lineRef: line.lineRef, placeRef, quantity: bucketsOf(order, line.lineRef).open }))
  return {
    ...order,
    shipments: order.shipments.map(said),
    withdrawals: order.withdrawals.map(said),
    routing: order.routing === 'unknown' ? open.filter((each) => each.quantity > 0) : order.routing,
  }
}
