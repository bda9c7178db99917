/** What a sync view serves. Quantities are whole pieces, money is in minor units (öre, øre) with VAT, times are ISO 8601 in UTC. Null is unknown and never zero. */

export interface Product {
  id: number
  name: string
  options: { name: string; values: string[] }[]
}
export interface Article {
  id: number
  productId: number
  /** Text: `007` is not `7`. */
  number: string
  name: string
  optionValues: Record<string, string>
  vatClass: string
  stockTracked: boolean
  /** `pack` pieces are sold under this code. */
  barcodes: { code: string; pack: number }[]
}
export interface Price {
  articleId: number
  number: string
  currency: string
  /** What it costs now: the lowest of the regular price and the offers that hold. */
  priceMinor: number | null
  /** What you hand in as an article's `priceMinor`. */
  regularMinor: number | null
  /** The offer that makes `priceMinor` what it is; null = the regular price holds. */
  offer: Offer | null
  /** What it costs now where a location has a price or an offer of its own, by its id; everywhere else `priceMinor`. */
  atLocations: Record<string, number>
  /** Of those, the regular prices of their own. */
  regularAtLocations: Record<string, number>
  /** Of those, the offers that hold there. */
  offersAtLocations: Record<string, Offer>
}
export interface Offer {
  id: number
  campaign: string | null
  priceMinor: number
  validFrom: string
  /** Up to then, not including it. Null = until somebody ends it: it comes as another change. */
  validTo: string | null
  /** The lowest price in the thirty days before it began; null = there was none. */
  lowest30DaysMinor: number | null
}
export interface Stock {
  articleId: number
  number: string
  locationId: number
  /** Null where nobody ever counted, received or took over anything. */
  onHand: number | null
  reserved: number
  available: number | null
}
/** A picture of a product. Its bytes are at `href`, fetched with the view's key; they are the same as long as `sha256` is. */
export interface Image {
  id: number
  productId: number
  /** The article it shows; null = the product as a whole. */
  articleId: number | null
  /** The first is the one to show. */
  position: number
  alt: string
  /** `image/jpeg`, `image/png`, `image/webp` or `image/gif`. */
  type: string
  /** Points, as it is shown. */
  width: number
  height: number
  /** Bytes. */
  size: number
  sha256: string
  /** On the server the view was read from. */
  href: string
}
/** Whoever orders. Any field may be null: nobody has said. Erased, they come once more with `op` `delete`: forget them too. */
export interface Customer {
  id: number
  name: string | null
  email: string | null
  phone: string | null
  /** The connection or view they came through, and what they are called there. */
  from: number | null
  ref: string | null
}
export interface Order {
  id: number
  /** The connection or view it came from. */
  from: number
  ref: string
  name: string
  customerId: number | null
  state: string
  placedAt: string
  cancelledAt: string | null
  paid: boolean | null
  currency: string | null
  lines: {
    line: string
    number: string | null
    /** Null: nobody here knows the number. */
    articleId: number | null
    title: string | null
    ordered: number
    open: number
    shipped: number
    restocked: number
    lost: number
    returned: number
    unitPriceMinor: number | null
  }[]
}

/** Booked by an accounting system for an order. A credit note's amounts are below zero. */
export interface Invoice {
  id: number
  orderId: number
  number: string | null
  /** The day is meant. */
  bookedAt: string | null
  credit: boolean
  currency: string
  netMinor: number | null
  grossMinor: number | null
  /** Null: not there (yet), or it named somebody who was forgotten. `href` is fetched with the view's own key. */
  pdf: { sha256: string; size: number; href: string } | null
}

/** What each entity says. */
export interface Contents {
  product: Product
  article: Article
  price: Price
  stock: Stock
  order: Order
  customer: Customer
  invoice: Invoice
  image: Image
}
export type Entity = keyof Contents

interface Head<E extends Entity> {
  entity: E
  id: number
  /** Of stock, which is one item per article and location; null for everything else. */
  locationId: number | null
  /** Rises with every change of the thing, and never falls. */
  version: number
  seq: number
  changedAt: string
  /** The view that made the latest change, or null. */
  origin: number | null
  /** True: you handed it in, and what became of it differs from what you sent. */
  corrected: boolean
  /** What you called it in an acknowledgement, or null. */
  link: { externalId: string; externalVersion: string | null } | null
  /** Of `data`, opaque: keep it to compare later what you hold (`POST .../compare`); null for a tombstone. */
  hash: string | null
}
/** The thing as it is now, or that it was deleted (`delete`) or has left the view (`unlink`: hide it or delete it, as you like). */
export type Item = {
  [E in Entity]: (Head<E> & { op: 'upsert'; data: Contents[E] }) | (Head<E> & { op: 'delete' | 'unlink'; data: null })
}[Entity]

export interface ChangesPage {
  items: Item[]
  /** Opaque: store it and send it back, never compute with it. */
  nextCursor: string
  /** True: there is more already. A page may be empty all the same. */
  hasMore: boolean
  head: number
}
/** What became of one item. Those that aren't mentioned are acknowledged by the cursor. */
export interface Result {
  entity: Entity
  id: number
  locationId: number | null
  version: number
  status: 'applied' | 'skipped' | 'rejected'
  externalId?: string
  externalVersion?: string
  error?: string
  /** Seconds until a rejected item is served again by itself. */
  retryAfter?: number
}
/** Of each result, in its order: taken, or why not. */
export interface Acked {
  acked: number
  results: ('taken' | 'unknown-item' | 'other-epoch' | 'version-ahead' | 'external-id-taken')[]
}
