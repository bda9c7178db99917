/** Everything the simulated shop remembers, as plain data. */
import type { Picture } from './picture.ts'
import { openSwitches, type Switches } from './switches.ts'

export interface Place {
  id: string
  name: string
  active: boolean
  fulfilsOnline: boolean
  /** The name of the service that owns this place, or null. */
  fulfilmentService: string | null
  /** The number in its levels' ids; the same for all items of a place. */
  levelNumber: string
  createdAt: number
}

/** on_hand isn't stored: it is the sum of its parts. */
export interface Level {
  item: Item
  place: Place
  active: boolean
  available: number
  committed: number
  reserved: number
  damaged: number
  safetyStock: number
  qualityControl: number
  incoming: number
  createdAt: number
  updatedAt: number
}

/** What the search index knows of a thing, which may be older than the thing. */
export interface Indexed {
  sku: string | null
  updatedAt: number
}

export interface OptionValue {
  id: string
  name: string
}
export interface ProductOption {
  id: string
  name: string
  /** In their order; a value may have no variant. */
  values: OptionValue[]
}

/** A picture among the shop's files, in any number of products. */
export interface Media {
  id: string
  /** '' = nothing is said. */
  alt: string
  /** Unlike all others'. */
  filename: string
  status: 'UPLOADED' | 'PROCESSING' | 'READY' | 'FAILED'
  /** Where it is being read from; null = nothing is being read. */
  source: string | null
  /** What was read last. */
  content: (Picture & { bytes: Buffer }) | null
  failure: { code: string; message: string } | null
  /** The address changes with it. */
  version: number
  products: Set<Product>
  createdAt: number
  updatedAt: number
}

/** A place to leave one file at, until it ends. */
export interface Upload {
  key: string
  resource: string
  mimeType: string
  signature: string
  /** Of a form: each must come along, with its value. */
  fields: { name: string; value: string }[]
  until: number
  bytes: Buffer | null
}

/** A query that is run in the shop's own time. */
export interface BulkOperation {
  id: string
  query: string
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED'
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | null
  /** Where its file lies, and what is in it; null = none was made. */
  file: { key: string; until: number; text: string } | null
  objects: number
  roots: number
  createdAt: number
  completedAt: number | null
}

/** Where things are sold. */
export interface Publication {
  id: string
  name: string
}

export interface Product {
  id: string
  title: string
  /** Unlike all others'. */
  handle: string
  descriptionHtml: string
  vendor: string
  productType: string
  tags: string[]
  status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED'
  /** Three at most; a product of one variant has "Title" with "Default Title". */
  options: ProductOption[]
  /** In their order, one at least. */
  variants: Item[]
  /** In their order. */
  media: Media[]
  /** Since when it is there, by publication id. */
  publications: Map<string, number>
  createdAt: number
  updatedAt: number
  indexed: Indexed | null
}

/** A variant and its inventory item in one: Shopify has one of each. */
export interface Item {
  id: string
  variantId: string
  product: Product
  /** One for each option of the product, in their order. */
  values: OptionValue[]
  sku: string | null
  priceMinor: number
  /** What it cost before, when it is lowered. */
  compareAtMinor: number | null
  taxable: boolean
  /** Pictures of the product's that show it. */
  media: Media[]
  barcode: string | null
  tracked: boolean
  /** A parent of a bundle: its number follows its parts and can't be written. */
  bundle: boolean
  requiresShipping: boolean
  /** Sells on when there is nothing left. */
  oversells: boolean
  levels: Map<string, Level>
  createdAt: number
  updatedAt: number
  indexed: Indexed | null
}

export interface Line {
  id: string
  item: Item
  /** As it was when ordered. */
  sku: string | null
  title: string
  priceMinor: number
  quantity: number
  /** Taken off before it was shipped, by edit, cancel or refund. */
  withdrawn: number
  /** Refunded after it was shipped, whether or not the goods came back. */
  givenBack: number
  fulfilled: number
  addedByEdit: boolean
}

export interface FulfilmentOrder {
  id: string
  place: Place
  status: 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'CLOSED' | 'CANCELLED'
  lines: { id: string; line: Line; total: number; remaining: number }[]
  createdAt: number
  updatedAt: number
}

export type RestockType = 'CANCEL' | 'RETURN' | 'NO_RESTOCK'
export interface Refund {
  id: string
  createdAt: number
  lines: { id: string; line: Line; quantity: number; restockType: RestockType; place: Place | null }[]
  note: string | null
}

export interface Tracking {
  company: string | null
  numbers: string[]
  urls: string[]
}
export interface Fulfilment {
  id: string
  name: string
  status: 'SUCCESS' | 'CANCELLED'
  place: Place
  lines: { id: string; line: Line; quantity: number }[]
  /** Whether the buyer was sent a message. */
  notified: boolean
  tracking: Tracking | null
  createdAt: number
  updatedAt: number
}

export interface Buyer {
  id: string
  firstName: string
  lastName: string
  email: string
  phone: string
}

/** A name, an e-mail or a phone number is there, until the customer is forgotten. */
export interface Customer {
  id: string
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  createdAt: number
  updatedAt: number
  indexed: Indexed | null
}

export interface Order {
  id: string
  number: number
  name: string
  createdAt: number
  updatedAt: number
  cancelledAt: number | null
  cancelReason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF' | null
  closedAt: number | null
  paid: boolean
  test: boolean
  sourceName: string
  buyer: Buyer | null
  lines: Line[]
  /** False until the routing delay has passed: the goods are committed already, only nobody is told where. */
  routed: boolean
  fulfilmentOrders: FulfilmentOrder[]
  refunds: Refund[]
  fulfilments: Fulfilment[]
  indexed: Indexed | null
}

export interface Subscription {
  id: string
  topic: string
  uri: string
  format: 'JSON' | 'XML'
  includeFields: string[]
  filter: string | null
  name: string | null
  apiVersion: string
  createdAt: number
  updatedAt: number
  failures: number
}

/** A mutation once done under a key: the same key with the same parameters answers the same. */
export interface Kept {
  fingerprint: string
  at: number
  running: boolean
  failed: boolean
  payload: unknown
}

export interface Token {
  scopes: ReadonlySet<string> | null
  expiresAt: number | null
}

export interface Call {
  at: string
  operation: string | null
  fields: string[]
  rows: number
  status: number | 'hangup' | 'silence'
  outcome: string
  requestedCost: number | null
  actualCost: number | null
  ms: number
}

export interface State {
  switches: Switches
  scopes: Set<string>
  tokens: Map<string, Token>
  hookSecret: string
  places: Map<string, Place>
  /** In the order of their ids, which only rise. */
  items: Map<string, Item>
  /** By a word of the SKU they have or had (sku-index.ts). */
  skuWords: Map<string, Set<Item>>
  bySku: Map<string, Set<Item>>
  byVariant: Map<string, Item>
  /** In the order of their ids, which only rise. */
  products: Map<string, Product>
  byHandle: Map<string, Product>
  /** Where a person's next variant of this name goes. */
  named: Map<string, Product>
  publications: Map<string, Publication>
  /** In the order of their ids, which only rise. */
  files: Map<string, Media>
  byFilename: Map<string, Media>
  bulk: Map<string, BulkOperation>
  /** By their keys. */
  uploads: Map<string, Upload>
  orders: Map<string, Order>
  /** In the order of their ids, which only rise. */
  customers: Map<string, Customer>
  subscriptions: Map<string, Subscription>
  /** Where the app wants to be told of privacy requests, set in its own settings; null = nowhere. */
  privacyUri: string | null
  kept: Map<string, Kept>
  /** Variants made today. */
  newVariants: { day: number; count: number }
  hits: Map<string, number>
  calls: Call[]
  bucket: { available: number; at: number }
  lastId: bigint
  lastOrderNumber: number
}

export const newState = (switches: Partial<Switches>, scopes: readonly string[], hookSecret: string): State => ({
  switches: { ...openSwitches, ...switches },
  scopes: new Set(scopes),
  tokens: new Map(),
  hookSecret,
  places: new Map(),
  items: new Map(),
  skuWords: new Map(),
  bySku: new Map(),
  byVariant: new Map(),
  products: new Map(),
  byHandle: new Map(),
  named: new Map(),
  publications: new Map(),
  files: new Map(),
  byFilename: new Map(),
  bulk: new Map(),
  uploads: new Map(),
  orders: new Map(),
  customers: new Map(),
  subscriptions: new Map(),
  privacyUri: null,
  kept: new Map(),
  newVariants: { day: 0, count: 0 },
  hits: new Map(),
  calls: [],
  bucket: { available: Number.POSITIVE_INFINITY, at: 0 },
  // Recorded shops have fourteen digits; anything a person might type by mistake is far below.
  lastId: 51_105_380_000_000n,
  lastOrderNumber: 1000,
})

const HUGE = 9_007_199_254_740_993n

export function newId(state: State): string {
  if (state.switches.hugeIds && state.lastId < HUGE) state.lastId = HUGE
  state.lastId += 2n
  return state.lastId.toString()
}

export const onHand = (level: Level): number => level.available + level.committed + level.reserved + level.damaged + level.safetyStock + level.qualityControl

export const hit = (state: State, name: string): void => {
  state.hits.set(name, (state.hits.get(name) ?? 0) + 1)
}

/** What the buyer still has or waits for. */
export const currentQuantity = (line: Line): number => line.quantity - line.withdrawn - line.givenBack
/** What is still to be shipped. */
export const unfulfilled = (line: Line): number => line.quantity - line.withdrawn - line.fulfilled
