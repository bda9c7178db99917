/** One order as Shopify tells it, whichever way it came: a hook's payload and an answer both become this, so that both are understood by the same code (S9). */

export interface SeenOrder {
  ref: string
  name: string
  placedAt: string
  updatedAt: string
  cancelledAt: string | null
  paid: boolean
  currency: string
  complete: boolean
  lines: SeenLine[]
  shipments: SeenShipment[]
  refunds: SeenRefund[]
  /** Pieces still to ship and from where, one per line of a fulfilment order; null = this source doesn't say. */
  routes: { lineRef: string; placeRef: string | null; quantity: number }[] | null
  customer: { name: string | null; email: string | null; phone: string | null } | null
}
export interface SeenLine {
  ref: string
  sku: string | null
  title: string
  /** Ever ordered, removed and refunded ones included. */
  ordered: number
  /** Without removed and refunded ones. Null = not said. */
  current: number | null
  /** Still to be shipped. Null = not said. */
  unfulfilled: number | null
  unitPriceMinor: number | null
}
export interface SeenShipment {
  ref: string
  at: string
  placeRef: string | null
  lines: { lineRef: string; quantity: number }[]
}
export interface SeenRefund {
  ref: string
  at: string
  lines: { lineRef: string; quantity: number; restock: Restock; placeRef: string | null }[]
}
/** cancel = unshipped, put back · return = shipped, put back · none = not put back · legacy = put back, whichever it was. */
export type Restock = 'cancel' | 'return' | 'none' | 'legacy'

export function restockOf(text: string): Restock {
  switch (text.toLowerCase()) {
    case 'cancel':
      return 'cancel'
    case 'return':
      return 'return'
    case 'legacy_restock':
      return 'legacy'
    default:
      return 'none'
  }
}

/** A shipment that was called off or failed never left. */
export const hasLeft = (status: string): boolean => !['cancelled', 'error', 'failure'].includes(status.toLowerCase())

/** Authorised money isn't ours yet; refunded money was. */
export const isPaid = (status: string | null | undefined): boolean => ['paid', 'partially_refunded', 'refunded'].includes((status ?? '').toLowerCase())

/** Hooks have the shop's own offset, answers have UTC. */
export const instant = (text: string): string => new Date(text).toISOString()

/** An empty SKU is none. Anything else stays as it is, spaces and zeros included. */
export const numberOf = (sku: string | null | undefined): string | null => (sku === null || sku === undefined || sku === '' ? null : sku)

/** No name: it stands only in the addresses and at the customer, which the guide's four rights don't need. */
export function customerOf(email: string | null | undefined, phone: string | null | undefined): SeenOrder['customer'] {
  return email || phone ? { name: null, email: email || null, phone: phone || null } : null
}
