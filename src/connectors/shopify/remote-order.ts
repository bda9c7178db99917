/** A seen order, translated to what every connector tells: lines, shipments, withdrawals by place and kind, and where the rest is to ship from. */
import type { RemoteOrder } from '../contract.ts'
import { type Buckets, bucketsOf, type Removed } from './buckets.ts'
import { tailOf } from './ids.ts'
import type { SeenOrder } from './seen-order.ts'

/** `onlyPlaceRef`: the one place everything ships from, where the shop has just one. */
export function remoteOrder(order: SeenOrder, onlyPlaceRef: string | null): RemoteOrder {
  const buckets = new Map(order.lines.map((line) => [line.ref, bucketsOf(line, order)]))
  return {
    orderRef: order.ref,
    name: order.name,
    stamp: order.updatedAt,
    placedAt: order.placedAt,
    cancelledAt: order.cancelledAt,
    paid: order.paid,
    currency: order.currency,
    complete: order.complete,
    doubtful: [...buckets.values()].some((b) => b.doubtful),
    // Which inventory item a line means isn't told without the right to read products; the SKU decides anyway.
    lines: order.lines.map((line) => ({
      lineRef: line.ref,
      articleNumber: line.sku,
      itemRef: null,
      title: line.title,
      ordered: line.ordered,
      unitPriceMinor: line.unitPriceMinor,
    })),
    shipments: order.shipments.map(({ ref, at, placeRef, lines }) => ({ shipmentRef: ref, at, placeRef, lines })),
    withdrawals: withdrawals(order, buckets),
    routing: routing(order, buckets, onlyPlaceRef),
    customer: order.customer,
  }
}

/** One withdrawal per refund, place and kind, so that its ref plus the line names one fact for ever, however the others of that refund look. */
function withdrawals(order: SeenOrder, buckets: Map<string, Buckets>): RemoteOrder['withdrawals'] {
  const found = new Map<string, RemoteOrder['withdrawals'][number]>()
  for (const line of order.lines) {
    for (const removed of buckets.get(line.ref)?.removed ?? []) {
      const withdrawalRef = refOf(order, removed)
      const withdrawal = found.get(withdrawalRef) ?? { withdrawalRef, at: removed.at, placeRef: removed.placeRef, lines: [] }
      found.set(withdrawalRef, withdrawal)
      const same = withdrawal.lines.find((l) => l.lineRef === line.ref)
      if (same !== undefined) same.quantity += removed.quantity
      else withdrawal.lines.push({ lineRef: line.ref, quantity: removed.quantity, kind: removed.kind })
    }
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.withdrawalRef < b.withdrawalRef ? -1 : 1))
}

/** What no refund explains is named after the order itself; the same name in every snapshot. */
function refOf(order: SeenOrder, removed: Removed): string {
  const place = removed.placeRef === null ? '' : `@${tailOf(removed.placeRef)}`
  return removed.refundRef === null ? `${order.ref}#unexplained${removed.at === order.cancelledAt ? '-cancel' : '-edit'}` : `${removed.refundRef}#${removed.kind}${place}`
}

function routing(order: SeenOrder, buckets: Map<string, Buckets>, onlyPlaceRef: string | null): RemoteOrder['routing'] {
  const result: Exclude<RemoteOrder['routing'], 'unknown'> = []
  for (const line of order.lines) {
    let left = buckets.get(line.ref)?.open ?? 0
    for (const route of order.routes ?? []) {
      const quantity = Math.min(left, route.quantity)
      if (route.lineRef !== line.ref || route.placeRef === null || quantity <= 0) continue
      left -= quantity
      const same = result.find((r) => r.lineRef === line.ref && r.placeRef === route.placeRef)
      if (same !== undefined) same.quantity += quantity
      else result.push({ lineRef: line.ref, placeRef: route.placeRef, quantity })
    }
    if (left === 0) continue
    if (onlyPlaceRef !== null) result.push({ lineRef: line.ref, placeRef: onlyPlaceRef, quantity: left })
    // Tips and lines without a number never get a place, and move no stock.
    else if (line.sku !== null) return 'unknown'
  }
  return result
}
