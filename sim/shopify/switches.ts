/** Standing switches: what the documentation leaves open, and ways a shop can be. The connector must pass with each of them both ways. */

export interface Switches {
  /** Sabotage: writes are acknowledged and nothing is kept. */
  lostWrites: boolean
  /** Sabotage: orders are placed but never shown or told. */
  noOrders: boolean
  /** How long after a change `sku:` and `updated_at:` find it. */
  searchLagMs: number
  /** How long after an order its fulfilment orders appear. */
  routingMs: number
  /** Whether fulfillment_orders/order_routing_complete fires for a merchant-managed location. */
  routingHook: boolean
  /** Whether routing moves the order's updatedAt (and fires orders/updated). */
  routingTouchesOrder: boolean
  /** What cancelling or refunding unshipped goods without restock does to the shelf; `available` never moves. */
  withoutRestock: 'on-hand-falls' | 'stays-committed'
  /** Whether lowering a line by order edit leaves a refund without money behind. */
  editMakesRefund: boolean
  /** Whether a deleted order's unshipped pieces can be bought again. */
  deleteRestocks: boolean
  hookIdOnRetry: 'same' | 'new'
  /** Which API version a hook's payload says it has: the one the subscription was asked with, or the app's own. */
  hookVersion: 'request' | 'app'
  /** The field path of CHANGE_FROM_QUANTITY_STALE. */
  staleField: 'changeFromQuantity' | 'row' | 'none'
  staleRows: 'all' | 'first'
  /** What repeating the key of an attempt that ended in user errors answers. */
  failedKey: 'replays' | 'previous-failed'
  /** One forum report says a key did not stop repeats. */
  keysWork: boolean
  /** redacted = name, e-mail, phone and address are missing (level 2 of protected data); not-approved = customers can't be read at all. */
  personalData: 'full' | 'redacted' | 'not-approved'
  /** The filter `updated_at` of customers is documented as "matching a whole day": it may cut to the day, or to the second like all others. */
  customersUpdated: 'whole-day' | 'instant'
  /** How long Shopify takes to read a picture; never at once, not even with 0. */
  mediaMs: number
  /** How long a bulk operation takes; never done at once, not even with 0. */
  bulkMs: number
  /** Sources say 20 and 25. */
  mostMegapixels: 20 | 25
  /** Whether a picture that is ready, or has failed, moves its product's updatedAt and fires products/update. */
  mediaTouchesProduct: boolean
  /** Whether a product that isn't active counts as published where it has been put. */
  hiddenIsPublished: boolean
  /** How many variants one mutation takes: the limit of all input lists, or that of a product. */
  variantsInput: 250 | 2048
  /** A shop with 50,000 variants may make a thousand new ones a day; null = a smaller one. */
  newVariantsADay: number | null
  /** New ids beyond 2^53. */
  hugeIds: boolean
  /** Several inventory_levels/update of one level waiting to be sent become one. */
  levelHooks: 'merged' | 'each'
  costs: 'enforced' | 'counted'
  /** `hangs-up` closes every connection without an answer, `unavailable` is a 503 to everything. */
  shop: 'open' | 'frozen' | 'locked' | 'uninstalled-401' | 'uninstalled-403' | 'gone' | 'hangs-up' | 'unavailable'
}

export const openSwitches: Switches = {
  lostWrites: false,
  noOrders: false,
  searchLagMs: 0,
  routingMs: 0,
  routingHook: true,
  routingTouchesOrder: false,
  withoutRestock: 'on-hand-falls',
  editMakesRefund: false,
  deleteRestocks: false,
  hookIdOnRetry: 'same',
  hookVersion: 'request',
  staleField: 'changeFromQuantity',
  staleRows: 'all',
  failedKey: 'replays',
  keysWork: true,
  personalData: 'full',
  customersUpdated: 'whole-day',
  mediaMs: 0,
  bulkMs: 0,
  mostMegapixels: 20,
  mediaTouchesProduct: true,
  hiddenIsPublished: true,
  variantsInput: 250,
  newVariantsADay: null,
  hugeIds: false,
  levelHooks: 'merged',
  costs: 'enforced',
  shop: 'open',
}
