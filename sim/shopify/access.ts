/** Who may call, and which field needs which right. A missing right makes the field null and the rest of the answer stands. */
import type { SimAnswer } from '../kit.ts'
import { json } from '../kit.ts'
import { hit, type State } from './state.ts'

/** The four rights of EasyCashier's guide for Shopify, as Shopify's five handles. */
export const GUIDE_SCOPES = ['read_inventory', 'write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders'] as const

export const SCOPE_WORDS: Record<string, string> = {
  read_inventory: 'Read inventory',
  write_inventory: 'Modify inventory',
  read_orders: 'Read orders',
  read_all_orders: 'Read all orders',
  read_locations: 'Read locations',
  read_products: 'Read products, variants and collections',
  write_products: 'Modify products, variants and collections',
  read_publications: 'Read publications',
  write_publications: 'Modify publications',
  read_files: 'Read files',
  write_files: 'Modify files',
  read_customers: 'Read customer details and customer groups',
  read_fulfillments: 'Read fulfillments',
  read_merchant_managed_fulfillment_orders: 'Read fulfillment orders assigned to merchant managed locations',
  write_merchant_managed_fulfillment_orders: 'Modify fulfillment orders assigned to merchant managed locations',
}
const SHIPPING_SCOPES = ['write_merchant_managed_fulfillment_orders', 'write_assigned_fulfillment_orders', 'write_third_party_fulfillment_orders']
const FILE_SCOPES = ['write_files', 'write_themes']
const FULFILMENT_SCOPES = ['read_merchant_managed_fulfillment_orders', 'read_assigned_fulfillment_orders', 'read_third_party_fulfillment_orders']

/** Type.field -> any of these. `order.fulfillmentOrders` isn't here: without its right it comes back empty instead. */
export const FIELD_SCOPES: Record<string, readonly string[]> = {
  'QueryRoot.locations': ['read_locations'],
  'QueryRoot.location': ['read_locations'],
  'Location.name': ['read_locations'],
  'QueryRoot.inventoryItem': ['read_inventory', 'read_products'],
  'QueryRoot.inventoryItems': ['read_inventory', 'read_products'],
  'QueryRoot.inventoryLevel': ['read_inventory'],
  'InventoryItem.inventoryLevel': ['read_inventory'],
  'InventoryItem.inventoryLevels': ['read_inventory'],
  'InventoryItem.variant': ['read_products'],
  'InventoryItem.variants': ['read_products'],
  'Location.inventoryLevel': ['read_inventory'],
  'Location.inventoryLevels': ['read_inventory'],
  'QueryRoot.productVariant': ['read_products'],
  'QueryRoot.productVariants': ['read_products'],
  'QueryRoot.product': ['read_products'],
  'QueryRoot.products': ['read_products'],
  'QueryRoot.productByIdentifier': ['read_products'],
  'QueryRoot.publications': ['read_publications'],
  'Product.resourcePublicationsV2': ['read_publications'],
  'Product.publishedOnPublication': ['read_publications'],
  'QueryRoot.order': ['read_orders'],
  'QueryRoot.orders': ['read_orders'],
  'QueryRoot.fulfillmentOrder': FULFILMENT_SCOPES,
  'LineItem.variant': ['read_products'],
  'LineItem.product': ['read_products'],
  'FulfillmentOrderLineItem.variant': ['read_products'],
  'Order.customer': ['read_customers'],
  'QueryRoot.customer': ['read_customers'],
  'QueryRoot.customers': ['read_customers'],
  'Mutation.inventorySetQuantities': ['write_inventory'],
  'Mutation.inventoryAdjustQuantities': ['write_inventory'],
  'Mutation.inventoryActivate': ['write_inventory'],
  'Mutation.inventoryBulkToggleActivation': ['write_inventory'],
  'Mutation.fulfillmentCreate': SHIPPING_SCOPES,
  'QueryRoot.files': ['read_files', 'read_themes'],
  'Mutation.stagedUploadsCreate': ['write_products', 'write_files'],
  'Mutation.fileUpdate': FILE_SCOPES,
  'Mutation.fileDelete': FILE_SCOPES,
  'Mutation.productReorderMedia': ['write_products'],
  'Mutation.productVariantAppendMedia': ['write_products'],
  'Mutation.productVariantDetachMedia': ['write_products'],
  'Mutation.inventoryItemUpdate': ['write_inventory', 'write_products'],
  'Mutation.productCreate': ['write_products'],
  'Mutation.productUpdate': ['write_products'],
  'Mutation.productSet': ['write_products'],
  'Mutation.productDelete': ['write_products'],
  'Mutation.productOptionsCreate': ['write_products'],
  'Mutation.productOptionUpdate': ['write_products'],
  'Mutation.productVariantsBulkCreate': ['write_products'],
  'Mutation.productVariantsBulkUpdate': ['write_products'],
  'Mutation.productVariantsBulkDelete': ['write_products'],
  'Mutation.publishablePublish': ['write_publications'],
  'Mutation.publishableUnpublish': ['write_publications'],
}

const TOPIC_SCOPES: { pattern: RegExp; scopes: readonly string[] }[] = [
  { pattern: /^(ORDERS|REFUNDS)_/, scopes: ['read_orders'] },
  { pattern: /^FULFILLMENTS_/, scopes: ['read_fulfillments'] },
  { pattern: /^FULFILLMENT_ORDERS_/, scopes: FULFILMENT_SCOPES },
  { pattern: /^INVENTORY_LEVELS_/, scopes: ['read_inventory'] },
  { pattern: /^INVENTORY_ITEMS_/, scopes: ['read_inventory', 'read_products'] },
  { pattern: /^PRODUCTS_/, scopes: ['read_products'] },
  { pattern: /^LOCATIONS_/, scopes: ['read_locations'] },
  { pattern: /^CUSTOMERS_/, scopes: ['read_customers'] },
]

/** A write right carries its read right. */
export const allowed = (scopes: ReadonlySet<string>, anyOf: readonly string[]): boolean => anyOf.some((scope) => scopes.has(scope) || scopes.has(scope.replace(/^read_/, 'write_')))
export const topicAllowed = (scopes: ReadonlySet<string>, topic: string): boolean => {
  const needed = TOPIC_SCOPES.find(({ pattern }) => pattern.test(topic))
  return needed === undefined || allowed(scopes, needed.scopes)
}
export const seesFulfilmentOrders = (scopes: ReadonlySet<string>): boolean => allowed(scopes, FULFILMENT_SCOPES)

const REFUSED_TOKEN = { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }

/** The shop's own state answers before anything else; null = go on. */
export function shopRefusal(state: State): SimAnswer | null {
  switch (state.switches.shop) {
    case 'open':
      return null
    case 'frozen':
      return json(402, { errors: 'Unavailable Shop' })
    case 'locked':
      return json(423, { errors: 'Locked' })
    case 'uninstalled-401':
      return json(401, REFUSED_TOKEN)
    case 'uninstalled-403':
      return json(403, { errors: 'Forbidden' })
    case 'gone':
      return json(404, { errors: 'Not Found' })
    case 'hangs-up':
      return 'hangup'
    case 'unavailable':
      return json(503, { errors: 'Service Unavailable' })
  }
}

/** The rights of the token, or the refusal. */
export function rightsOf(state: State, token: string | undefined, now: number): ReadonlySet<string> | SimAnswer {
  const found = token === undefined ? undefined : state.tokens.get(token)
  if (found === undefined || (found.expiresAt !== null && found.expiresAt <= now)) {
    hit(state, found === undefined ? 'token-unknown' : 'token-expired')
    return json(401, REFUSED_TOKEN)
  }
  return found.scopes ?? state.scopes
}

export interface AppCredentials {
  clientId: string
  clientSecret: string
  /** `legacy` apps (made in the admin before 2026) and apps of another organisation get no token this way. */
  kind: 'dev-dashboard' | 'legacy' | 'other-organisation'
}
const TOKEN_SECONDS = 86_399

/** POST /admin/oauth/access_token with grant_type=client_credentials; form or JSON. */
export function grantToken(state: State, app: AppCredentials, fields: Record<string, string>, now: number, newToken: () => string): SimAnswer {
  const refuse = (error: string, description: string) => {
    hit(state, `grant:${error}`)
    return json(400, { error, error_description: description })
  }
  if (fields.grant_type !== 'client_credentials') return refuse('unsupported_grant_type', 'The grant type is not supported.')
  if (fields.client_id !== app.clientId || fields.client_secret !== app.clientSecret) return refuse('invalid_client', 'Client authentication failed.')
  if (app.kind === 'other-organisation') return refuse('shop_not_permitted', 'Client credentials cannot be performed on this shop.')
  if (app.kind === 'legacy' || state.switches.shop.startsWith('uninstalled')) return refuse('app_not_installed', 'The app is not installed on this shop.')
  const token = newToken()
  state.tokens.set(token, { scopes: null, expiresAt: now + TOKEN_SECONDS * 1000 })
  hit(state, 'token-granted')
  return json(200, { access_token: token, scope: [...state.scopes].join(','), expires_in: TOKEN_SECONDS })
}
