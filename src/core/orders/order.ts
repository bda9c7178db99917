/** An order as a listener last showed it, whole. The same shape as the connectors' RemoteOrder; the room `core` knows no connector, so it says it itself. */

export interface Order {
  orderRef: string
  name: string
  /** The remote's own time of its latest change; orders snapshots of one order. */
  stamp: string
  placedAt: string
  cancelledAt: string | null
  paid: boolean
  currency: string
  /** Where the goods go; of a firm its number in the register. Absent in what was stored before they were asked for. */
  country?: string | null
  vatNumber?: string | null
  complete: boolean
  doubtful: boolean
  lines: OrderLine[]
  shipments: { shipmentRef: string; at: string; timeUnsaid?: true; placeRef: string | null; lines: { lineRef: string; quantity: number }[] }[]
  withdrawals: { withdrawalRef: string; at: string; placeRef: string | null; lines: { lineRef: string; quantity: number; kind: 'restocked' | 'lost' | 'returned' | 'kept' }[] }[]
  routing: { lineRef: string; placeRef: string; quantity: number }[] | 'unknown'
  customer: OrderCustomer | null
}
export interface OrderLine {
  lineRef: string
  articleNumber: string | null
  itemRef: string | null
  title: string
  ordered: number
  unitPriceMinor: number | null
  unclear?: { articleNumbers?: string[]; quantity?: string }
}
export interface OrderCustomer {
  name: string | null
  email: string | null
  phone: string | null
  /** Ours, where whoever hands the order in has said. */
  customerId?: number
}
/** What is stored of it; the customer has a retention of its own. */
export type Snapshot = Omit<Order, 'customer'>

/**
 * Which of two stamps of one order is later: < 0, 0 or > 0. Instants are compared as instants (different precision or zone is still the same moment);
 * anything else (a running number, a revision) by length and then letter by letter, so that '10' is after '9'.
 */
export function compareStamps(a: string, b: string): number {
  if (a === b) return 0
  const instant = /^\d{4}-\d{2}-\d{2}T/
  if (instant.test(a) && instant.test(b)) return Date.parse(a) - Date.parse(b)
  return a.length - b.length || (a < b ? -1 : 1)
}
