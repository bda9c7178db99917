/**
 * Puts every ordered piece of one line in exactly one bucket. Shopify says how many are ordered, current and still to ship, and lists shipments and
 * refunds; it doesn't say which pieces a refund without restock meant, nor that an order edit put pieces back. Both are worked out here.
 */
import type { SeenLine, SeenOrder } from './seen-order.ts'

export type Kind = 'restocked' | 'lost' | 'returned' | 'kept'
export interface Removed {
  /** The refund, or null where no refund explains it. */
  refundRef: string | null
  at: string
  placeRef: string | null
  quantity: number
  kind: Kind
}
export interface Buckets {
  removed: Removed[]
  open: number
  /** No refund says what became of some pieces: the shop may or may not have put them back. */
  doubtful: boolean
}

type Taken = { refundRef: string; at: string; placeRef: string | null; quantity: number }

export function bucketsOf(line: SeenLine, order: SeenOrder): Buckets {
  const shipments = order.shipments.flatMap((shipment) => shipment.lines.filter((l) => l.lineRef === line.ref).map((l) => ({ at: shipment.at, quantity: l.quantity })))
  const shippedAt = (at: string) => sum(shipments.filter((s) => s.at <= at))
  const shipped = sum(shipments)
  const taken = order.refunds
    .flatMap((refund) => refund.lines.filter((l) => l.lineRef === line.ref).map((l) => ({ ...l, refundRef: refund.ref, at: refund.at })))
    .sort((a, b) => compare(a.at, b.at) || compare(a.refundRef, b.refundRef))

  const removed: Removed[] = []
  let restocked = 0
  let returned = 0
  for (const { restock, refundRef, at, placeRef, quantity } of taken) {
    if (restock === 'none') continue
    const back = restock === 'cancel' ? 0 : Math.min(quantity, Math.max(0, (restock === 'return' ? shipped : shippedAt(at)) - returned))
    returned += back
    restocked += quantity - back
    if (back > 0) removed.push({ refundRef, at, placeRef, quantity: back, kind: 'returned' })
    if (quantity > back) removed.push({ refundRef, at, placeRef, quantity: quantity - back, kind: 'restocked' })
  }

  const edited = line.current === null ? 0 : Math.max(0, line.ordered - line.current - sum(taken))
  const withoutRestock = taken.filter((t) => t.restock === 'none')
  const unshipped = Math.max(0, line.ordered - shipped - restocked - edited)
  const stillOpen = order.cancelledAt !== null ? 0 : line.unfulfilled
  const notKept = sortWithoutRestock(withoutRestock, stillOpen === null ? null : unshipped - stillOpen, (at) => Math.max(0, shippedAt(at) - returned))
  removed.push(...notKept)
  const lost = sum(notKept.filter((r) => r.kind === 'lost'))

  // Shopify leaves no refund behind an edit, nor always behind a cancellation: the pieces are off the order, so they go back here.
  const cancelled = order.cancelledAt === null ? 0 : Math.max(0, unshipped - lost)
  if (edited > 0) removed.push({ refundRef: null, at: order.updatedAt, placeRef: null, quantity: edited, kind: 'restocked' })
  if (cancelled > 0) removed.push({ refundRef: null, at: order.cancelledAt ?? order.updatedAt, placeRef: null, quantity: cancelled, kind: 'restocked' })
  const open = line.ordered - shipped - restocked - edited - lost - cancelled
  return { removed, open: Math.max(0, open), doubtful: edited > 0 || cancelled > 0 || open < 0 }
}

/**
 * Refunded without restock: kept by the customer if it had been shipped, lost if it had not. How many are lost is what is missing from "still to ship";
 * a refund of money alone leaves the pieces to be shipped and is neither. `missing` null = not said: then what can't have been shipped is lost.
 */
function sortWithoutRestock(taken: Taken[], missing: number | null, couldBeKept: (at: string) => number): Removed[] {
  const total = sum(taken)
  let lostLeft = missing === null ? total : Math.min(total, Math.max(0, missing))
  let notLostLeft = missing === null ? total : total - lostLeft
  let kept = 0
  const sorted = taken.map((one) => {
    const keep = Math.min(one.quantity, Math.max(0, couldBeKept(one.at) - kept), notLostLeft)
    const lose = Math.min(one.quantity - keep, lostLeft)
    kept += keep
    notLostLeft -= keep
    lostLeft -= lose
    return { one, keep, lose }
  })
  // More is missing than could be placed in time order: the latest ones are the lost ones.
  if (missing !== null)
    for (const row of sorted.toReversed()) {
      const swap = Math.min(row.keep, lostLeft)
      row.keep -= swap
      row.lose += swap
      lostLeft -= swap
    }
  return sorted.flatMap(({ one: { refundRef, at, placeRef }, keep, lose }) => [
    ...(keep > 0 ? [{ refundRef, at, placeRef, quantity: keep, kind: 'kept' as const }] : []),
    ...(lose > 0 ? [{ refundRef, at, placeRef, quantity: lose, kind: 'lost' as const }] : []),
  ])
}

const sum = (rows: { quantity: number }[]): number => rows.reduce((all, row) => all + row.quantity, 0)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
