import { BULK_OPERATIONS } from './schema-bulk.ts'
import { MEDIA } from './schema-media.ts'
import { PRODUCT_WRITES } from './schema-product-writes.ts'
import { PRODUCTS } from './schema-products.ts'

/** The parts of Shopify's Admin schema (2026-10) that are simulated, in our own words: only types and fields a stock sync reads. A test holds it to the official schema. */
const STOCK_AND_ORDERS = /* GraphQL */ `
schema { query: QueryRoot mutation: Mutation }
directive @idempotent(key: String!) on FIELD
scalar DateTime
scalar Decimal
scalar Money
scalar URL
scalar UnsignedInt64

interface Node { id: ID! }
interface DisplayableError { field: [String!] message: String! }
type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }
type UserError implements DisplayableError { field: [String!] message: String! }
type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
type MoneyBag { presentmentMoney: MoneyV2! shopMoney: MoneyV2! }
enum CurrencyCode { SEK NOK DKK EUR USD GBP }

type QueryRoot {
  shop: Shop!
  currentAppInstallation: AppInstallation!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  location(id: ID): Location
  locations(after: String, before: String, first: Int, includeInactive: Boolean = false, includeLegacy: Boolean = false, last: Int, query: String, reverse: Boolean = false): LocationConnection!
  inventoryItem(id: ID!): InventoryItem
  inventoryItems(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false): InventoryItemConnection!
  inventoryLevel(id: ID!): InventoryLevel
  order(id: ID!): Order
  orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  customer(id: ID!): Customer
  customers(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: CustomerSortKeys = ID): CustomerConnection!
  fulfillmentOrder(id: ID!): FulfillmentOrder
  webhookSubscription(id: ID!): WebhookSubscription
  webhookSubscriptions(after: String, before: String, callbackUrl: URL, first: Int, format: WebhookSubscriptionFormat, last: Int, query: String, reverse: Boolean = false, topics: [WebhookSubscriptionTopic!], uri: String): WebhookSubscriptionConnection!
}

type Mutation {
  inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
  inventoryAdjustQuantities(input: InventoryAdjustQuantitiesInput!): InventoryAdjustQuantitiesPayload
  inventoryActivate(available: Int, inventoryItemId: ID!, locationId: ID!, onHand: Int, stockAtLegacyLocation: Boolean = false): InventoryActivatePayload
  inventoryBulkToggleActivation(inventoryItemId: ID!, inventoryItemUpdates: [InventoryBulkToggleActivationInput!]!): InventoryBulkToggleActivationPayload
  inventoryItemUpdate(id: ID!, input: InventoryItemInput!): InventoryItemUpdatePayload
  fulfillmentCreate(fulfillment: FulfillmentInput!, message: String): FulfillmentCreatePayload
  webhookSubscriptionCreate(topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionCreatePayload
  webhookSubscriptionUpdate(id: ID!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionUpdatePayload
  webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload
}

type Shop implements Node { id: ID! name: String! myshopifyDomain: String! email: String! currencyCode: CurrencyCode! ianaTimezone: String! plan: ShopPlan! resourceLimits: ShopResourceLimits! url: URL! }
type ShopPlan { partnerDevelopment: Boolean! publicDisplayName: String! shopifyPlus: Boolean! }
type AppInstallation implements Node { id: ID! app: App! accessScopes: [AccessScope!]! }
type App implements Node { id: ID! title: String! apiKey: String! handle: String webhookApiVersion: String! }
type AccessScope { handle: String! description: String! }
type ApiVersion { displayName: String! handle: String! supported: Boolean! }

type Location implements Node {
  id: ID!
  legacyResourceId: UnsignedInt64!
  name: String!
  isActive: Boolean!
  fulfillsOnlineOrders: Boolean!
  shipsInventory: Boolean!
  isFulfillmentService: Boolean!
  hasActiveInventory: Boolean!
  createdAt: DateTime!
  updatedAt: DateTime!
  inventoryLevel(includeInactive: Boolean = false, inventoryItemId: ID!): InventoryLevel
  inventoryLevels(after: String, before: String, first: Int, includeInactive: Boolean = false, last: Int, query: String, reverse: Boolean = false): InventoryLevelConnection!
}
type LocationConnection { edges: [LocationEdge!]! nodes: [Location!]! pageInfo: PageInfo! }
type LocationEdge { cursor: String! node: Location! }

type InventoryItem implements Node {
  id: ID!
  legacyResourceId: UnsignedInt64!
  sku: String
  tracked: Boolean!
  requiresShipping: Boolean!
  duplicateSkuCount: Int!
  createdAt: DateTime!
  updatedAt: DateTime!
  inventoryLevel(includeInactive: Boolean = false, locationId: ID!): InventoryLevel
  inventoryLevels(after: String, before: String, first: Int, includeInactive: Boolean = false, last: Int, query: String, reverse: Boolean = false): InventoryLevelConnection!
  variant: ProductVariant!
  variants(after: String, before: String, first: Int, last: Int): ProductVariantConnection
}
type InventoryItemConnection { edges: [InventoryItemEdge!]! nodes: [InventoryItem!]! pageInfo: PageInfo! }
type InventoryItemEdge { cursor: String! node: InventoryItem! }

type InventoryLevel implements Node {
  id: ID!
  isActive: Boolean!
  item: InventoryItem!
  location: Location!
  quantities(names: [String!]!): [InventoryQuantity!]!
  createdAt: DateTime!
  updatedAt: DateTime!
}
type InventoryLevelConnection { edges: [InventoryLevelEdge!]! nodes: [InventoryLevel!]! pageInfo: PageInfo! }
type InventoryLevelEdge { cursor: String! node: InventoryLevel! }
type InventoryQuantity implements Node { id: ID! name: String! quantity: Int! updatedAt: DateTime }

type Customer implements Node {
  id: ID!
  legacyResourceId: UnsignedInt64!
  displayName: String!
  firstName: String
  lastName: String
  defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber
  createdAt: DateTime!
  updatedAt: DateTime!
}
type CustomerConnection { edges: [CustomerEdge!]! nodes: [Customer!]! pageInfo: PageInfo! }
type CustomerEdge { cursor: String! node: Customer! }
enum CustomerSortKeys { CREATED_AT ID LOCATION NAME RELEVANCE UPDATED_AT }
type CustomerEmailAddress { emailAddress: String! }
type CustomerPhoneNumber { phoneNumber: String! }

type Order implements Node {
  id: ID!
  legacyResourceId: UnsignedInt64!
  name: String!
  number: Int!
  createdAt: DateTime!
  processedAt: DateTime!
  updatedAt: DateTime!
  cancelledAt: DateTime
  cancelReason: OrderCancelReason
  closed: Boolean!
  closedAt: DateTime
  confirmed: Boolean!
  test: Boolean!
  edited: Boolean!
  sourceName: String
  tags: [String!]!
  email: String
  phone: String
  customer: Customer
  currencyCode: CurrencyCode!
  totalPriceSet: MoneyBag!
  currentTotalPriceSet: MoneyBag!
  fullyPaid: Boolean!
  unpaid: Boolean!
  displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  fulfillmentOrders(after: String, before: String, displayable: Boolean = false, first: Int, last: Int, query: String, reverse: Boolean = false): FulfillmentOrderConnection!
  refunds(first: Int): [Refund!]!
  fulfillments(first: Int, query: String): [Fulfillment!]!
}
type OrderConnection { edges: [OrderEdge!]! nodes: [Order!]! pageInfo: PageInfo! }
type OrderEdge { cursor: String! node: Order! }
enum OrderSortKeys { CREATED_AT ID PROCESSED_AT UPDATED_AT ORDER_NUMBER }
enum OrderCancelReason { CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF }
enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
enum OrderDisplayFulfillmentStatus { FULFILLED FULFILLMENT_NOT_REQUIRED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED }
type LineItem implements Node {
  id: ID!
  sku: String
  title: String!
  name: String!
  quantity: Int!
  currentQuantity: Int!
  unfulfilledQuantity: Int!
  refundableQuantity: Int!
  requiresShipping: Boolean!
  variant: ProductVariant
  product: Product
  originalUnitPriceSet: MoneyBag!
}
type LineItemConnection { edges: [LineItemEdge!]! nodes: [LineItem!]! pageInfo: PageInfo! }
type LineItemEdge { cursor: String! node: LineItem! }

type FulfillmentOrder implements Node {
  id: ID!
  status: FulfillmentOrderStatus!
  requestStatus: FulfillmentOrderRequestStatus!
  assignedLocation: FulfillmentOrderAssignedLocation!
  supportedActions: [FulfillmentOrderSupportedAction!]!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderLineItemConnection!
  order: Order!
  orderId: ID!
  orderName: String!
  createdAt: DateTime!
  updatedAt: DateTime!
}
type FulfillmentOrderConnection { edges: [FulfillmentOrderEdge!]! nodes: [FulfillmentOrder!]! pageInfo: PageInfo! }
type FulfillmentOrderEdge { cursor: String! node: FulfillmentOrder! }
type FulfillmentOrderAssignedLocation { name: String! location: Location }
type FulfillmentOrderSupportedAction { action: FulfillmentOrderAction! }
type FulfillmentOrderLineItem implements Node { id: ID! totalQuantity: Int! remainingQuantity: Int! sku: String inventoryItemId: ID productTitle: String! requiresShipping: Boolean! lineItem: LineItem! variant: ProductVariant }
type FulfillmentOrderLineItemConnection { edges: [FulfillmentOrderLineItemEdge!]! nodes: [FulfillmentOrderLineItem!]! pageInfo: PageInfo! }
type FulfillmentOrderLineItemEdge { cursor: String! node: FulfillmentOrderLineItem! }
enum FulfillmentOrderStatus { CANCELLED CLOSED INCOMPLETE IN_PROGRESS ON_HOLD OPEN SCHEDULED }
enum FulfillmentOrderRequestStatus { ACCEPTED CANCELLATION_ACCEPTED CANCELLATION_REJECTED CANCELLATION_REQUESTED CLOSED REJECTED SUBMITTED UNSUBMITTED }
enum FulfillmentOrderAction { CREATE_FULFILLMENT HOLD MOVE RELEASE_HOLD SPLIT }

type Refund implements Node { id: ID! legacyResourceId: UnsignedInt64! createdAt: DateTime processedAt: DateTime! updatedAt: DateTime! note: String order: Order! totalRefundedSet: MoneyBag! refundLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundLineItemConnection! }
type RefundLineItem { id: ID lineItem: LineItem! location: Location quantity: Int! restockType: RefundLineItemRestockType! restocked: Boolean! }
type RefundLineItemConnection { edges: [RefundLineItemEdge!]! nodes: [RefundLineItem!]! pageInfo: PageInfo! }
type RefundLineItemEdge { cursor: String! node: RefundLineItem! }
enum RefundLineItemRestockType { CANCEL LEGACY_RESTOCK NO_RESTOCK RETURN }

type Fulfillment implements Node { id: ID! legacyResourceId: UnsignedInt64! name: String! status: FulfillmentStatus! location: Location order: Order! totalQuantity: Int! trackingInfo(first: Int): [FulfillmentTrackingInfo!]! createdAt: DateTime! updatedAt: DateTime! fulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentLineItemConnection! }
type FulfillmentLineItem implements Node { id: ID! lineItem: LineItem! quantity: Int }
type FulfillmentLineItemConnection { edges: [FulfillmentLineItemEdge!]! nodes: [FulfillmentLineItem!]! pageInfo: PageInfo! }
type FulfillmentLineItemEdge { cursor: String! node: FulfillmentLineItem! }
type FulfillmentTrackingInfo { company: String number: String url: URL }
input FulfillmentInput { lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]! notifyCustomer: Boolean = false trackingInfo: FulfillmentTrackingInput }
input FulfillmentOrderLineItemsInput { fulfillmentOrderId: ID! fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] }
input FulfillmentOrderLineItemInput { id: ID! quantity: Int! }
input FulfillmentTrackingInput { company: String number: String numbers: [String!] url: URL urls: [URL!] }
type FulfillmentCreatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }
enum FulfillmentStatus { CANCELLED ERROR FAILURE SUCCESS }

input InventorySetQuantitiesInput { name: String! quantities: [InventoryQuantityInput!]! reason: String! referenceDocumentUri: String }
input InventoryQuantityInput { changeFromQuantity: Int inventoryItemId: ID! locationId: ID! quantity: Int! }
type InventorySetQuantitiesPayload { inventoryAdjustmentGroup: InventoryAdjustmentGroup userErrors: [InventorySetQuantitiesUserError!]! }
type InventorySetQuantitiesUserError implements DisplayableError { code: InventorySetQuantitiesUserErrorCode field: [String!] message: String! }
enum InventorySetQuantitiesUserErrorCode { CHANGE_FROM_QUANTITY_STALE COMPARE_QUANTITY_REQUIRED COMPARE_QUANTITY_STALE IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED INVALID_INVENTORY_ITEM INVALID_LOCATION INVALID_NAME INVALID_QUANTITY_NEGATIVE INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW INVALID_REASON INVALID_REFERENCE_DOCUMENT NON_MUTABLE_INVENTORY_ITEM NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR }
type InventoryAdjustmentGroup implements Node { id: ID! app: App reason: String! referenceDocumentUri: String createdAt: DateTime! changes(inventoryItemIds: [ID!], locationIds: [ID!], quantityNames: [String!]): [InventoryChange!]! }
type InventoryChange { name: String! delta: Int! quantityAfterChange: Int ledgerDocumentUri: String item: InventoryItem location: Location }
input InventoryAdjustQuantitiesInput { changes: [InventoryChangeInput!]! name: String! reason: String! referenceDocumentUri: String }
input InventoryChangeInput { changeFromQuantity: Int delta: Int! inventoryItemId: ID! ledgerDocumentUri: String locationId: ID! }
type InventoryAdjustQuantitiesPayload { inventoryAdjustmentGroup: InventoryAdjustmentGroup userErrors: [InventoryAdjustQuantitiesUserError!]! }
type InventoryAdjustQuantitiesUserError implements DisplayableError { code: InventoryAdjustQuantitiesUserErrorCode field: [String!] message: String! }
enum InventoryAdjustQuantitiesUserErrorCode { ADJUST_QUANTITIES_FAILED CHANGE_FROM_QUANTITY_STALE IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED INTERNAL_LEDGER_DOCUMENT INVALID_AVAILABLE_DOCUMENT INVALID_INVENTORY_ITEM INVALID_LEDGER_DOCUMENT INVALID_LOCATION INVALID_QUANTITY_DOCUMENT INVALID_QUANTITY_NAME INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW INVALID_REASON INVALID_REFERENCE_DOCUMENT MAX_ONE_LEDGER_DOCUMENT NON_MUTABLE_INVENTORY_ITEM SERVICE_UNAVAILABLE }
type InventoryActivatePayload { inventoryLevel: InventoryLevel userErrors: [UserError!]! }
input InventoryBulkToggleActivationInput { activate: Boolean! locationId: ID! }
type InventoryBulkToggleActivationPayload { inventoryItem: InventoryItem inventoryLevels: [InventoryLevel!] userErrors: [InventoryBulkToggleActivationUserError!]! }
type InventoryBulkToggleActivationUserError implements DisplayableError { code: InventoryBulkToggleActivationUserErrorCode field: [String!] message: String! }
enum InventoryBulkToggleActivationUserErrorCode { CANNOT_DEACTIVATE_FROM_ONLY_LOCATION COMMITTED_INVENTORY_AT_LOCATION FAILED_TO_STOCK_AT_LOCATION FAILED_TO_UNSTOCK_FROM_LOCATION GENERIC_ERROR INCOMING_INVENTORY_AT_LOCATION INVENTORY_ITEM_NOT_FOUND INVENTORY_MANAGED_BY_3RD_PARTY INVENTORY_MANAGED_BY_SHOPIFY LOCATION_NOT_FOUND MISSING_SKU RESERVED_INVENTORY_AT_LOCATION }
input InventoryItemInput { requiresShipping: Boolean sku: String tracked: Boolean }
type InventoryItemUpdatePayload { inventoryItem: InventoryItem userErrors: [UserError!]! }

type WebhookSubscription implements Node { id: ID! legacyResourceId: UnsignedInt64! topic: WebhookSubscriptionTopic! uri: String! callbackUrl: URL! format: WebhookSubscriptionFormat! includeFields: [String!]! filter: String name: String apiVersion: ApiVersion! createdAt: DateTime! updatedAt: DateTime! }
type WebhookSubscriptionConnection { edges: [WebhookSubscriptionEdge!]! nodes: [WebhookSubscription!]! pageInfo: PageInfo! }
type WebhookSubscriptionEdge { cursor: String! node: WebhookSubscription! }
input WebhookSubscriptionInput { callbackUrl: URL filter: String format: WebhookSubscriptionFormat includeFields: [String!] name: String uri: String }
type WebhookSubscriptionCreatePayload { userErrors: [UserError!]! webhookSubscription: WebhookSubscription }
type WebhookSubscriptionUpdatePayload { userErrors: [UserError!]! webhookSubscription: WebhookSubscription }
type WebhookSubscriptionDeletePayload { deletedWebhookSubscriptionId: ID userErrors: [UserError!]! }
enum WebhookSubscriptionFormat { JSON XML }
enum WebhookSubscriptionTopic {
  ORDERS_CREATE ORDERS_UPDATED ORDERS_CANCELLED ORDERS_EDITED ORDERS_PAID ORDERS_FULFILLED ORDERS_PARTIALLY_FULFILLED ORDERS_DELETE
  REFUNDS_CREATE FULFILLMENTS_CREATE FULFILLMENTS_UPDATE
  FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE FULFILLMENT_ORDERS_MOVED FULFILLMENT_ORDERS_SPLIT FULFILLMENT_ORDERS_MERGED FULFILLMENT_ORDERS_CANCELLED FULFILLMENT_ORDERS_PLACED_ON_HOLD FULFILLMENT_ORDERS_HOLD_RELEASED FULFILLMENT_ORDERS_RESCHEDULED
  INVENTORY_LEVELS_UPDATE INVENTORY_LEVELS_CONNECT INVENTORY_LEVELS_DISCONNECT INVENTORY_ITEMS_CREATE INVENTORY_ITEMS_UPDATE INVENTORY_ITEMS_DELETE
  CUSTOMERS_CREATE CUSTOMERS_UPDATE CUSTOMERS_DELETE
  PRODUCTS_CREATE PRODUCTS_UPDATE PRODUCTS_DELETE LOCATIONS_CREATE LOCATIONS_UPDATE LOCATIONS_ACTIVATE LOCATIONS_DEACTIVATE LOCATIONS_DELETE
  APP_UNINSTALLED APP_SCOPES_UPDATE BULK_OPERATIONS_FINISH
}
`

export const SDL = [STOCK_AND_ORDERS, PRODUCTS, PRODUCT_WRITES, MEDIA, BULK_OPERATIONS].join('\n')
