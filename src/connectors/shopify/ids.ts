/** Shopify names things twice: by a full id in GraphQL and by a number in hooks. Everywhere else here a ref is the full id. */

export type Kind =
  | 'Customer'
  | 'Order'
  | 'LineItem'
  | 'Refund'
  | 'Fulfillment'
  | 'FulfillmentOrder'
  | 'InventoryItem'
  | 'Location'
  | 'Product'
  | 'ProductVariant'
  | 'MediaImage'
  | 'Publication'

export const gid = (kind: Kind, number: string | number): string => `gid://shopify/${kind}/${number}`

/** 'gid://shopify/Location/577' -> '577'. */
export const tailOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** Shopify turns down a whole question for one ref that isn't of this form. */
export const isGid = (kind: Kind, ref: string): boolean => ref.startsWith(`gid://shopify/${kind}/`) && /^\d+$/.test(tailOf(ref))
