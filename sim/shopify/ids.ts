/** Shopify's ids and instants as they travel: gids and second-precise UTC in GraphQL, plain numerals and the shop's own offset in hooks. */

export type Kind =
  | 'App'
  | 'AppCatalog'
  | 'AppInstallation'
  | 'Channel'
  | 'BulkOperation'
  | 'Customer'
  | 'Fulfillment'
  | 'FulfillmentLineItem'
  | 'FulfillmentOrder'
  | 'FulfillmentOrderLineItem'
  | 'InventoryAdjustmentGroup'
  | 'InventoryItem'
  | 'LineItem'
  | 'Location'
  | 'MediaImage'
  | 'Order'
  | 'Product'
  | 'ProductOption'
  | 'ProductOptionValue'
  | 'ProductVariant'
  | 'Publication'
  | 'Refund'
  | 'RefundLineItem'
  | 'Shop'
  | 'WebhookSubscription'

export const gid = (kind: Kind, id: string): string => `gid://shopify/${kind}/${id}`

/** The numeral of a gid of this kind, or null for any other text. */
export function numeral(kind: Kind, text: string): string | null {
  const prefix = `gid://shopify/${kind}/`
  const rest = text.startsWith(prefix) ? text.slice(prefix.length) : ''
  return /^\d+$/.test(rest) ? rest : null
}

/** Ids are decimal text of any length: beyond 2^53 they must not become numbers. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

/** As GraphQL shows an instant: whole seconds, so two changes within one second tie. */
export const dateTime = (ms: number): string => `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`

/** As a hook's payload shows it: the shop's own offset (here always +01:00). */
export const shopTime = (ms: number): string => `${new Date(Math.floor(ms / 1000) * 1000 + 3_600_000).toISOString().slice(0, 19)}+01:00`

const MARK = '\u0001'
/** A number in JSON that JavaScript can't hold: kept as text and written without quotes by `payloadText`. */
export const bigNumber = (id: string): string => `${MARK}${id}`
export const payloadText = (payload: unknown): string => JSON.stringify(payload).replaceAll(/"\\u0001(\d+)"/g, '$1')

/** `12.50` from 1250: every currency here has two decimals. */
export const amountText = (minor: number): string => (minor / 100).toFixed(2)
