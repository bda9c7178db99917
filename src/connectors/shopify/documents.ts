/**
 * Every question and order we send to Shopify, each one whole: nothing is put together from pieces, so each can be checked against Shopify's own schemas.
 * They ask only for what the guide's four rights allow, and those about customers for one more. Those about orders are in order-documents.ts.
 */
import * as answers from './answers.ts'
import { mutation, query } from './document.ts'

// ---------------------------------------------------------------- who are we

export const WHOAMI = query(
  'Whoami',
  6,
  answers.whoami,
  `query Whoami {
  shop { id name myshopifyDomain currencyCode plan { publicDisplayName } }
  currentAppInstallation { app { title webhookApiVersion } accessScopes { handle } }
}`,
)

export const PLACES = query(
  'Places',
  13,
  answers.places,
  `query Places($after: String) {
  locations(first: 250, after: $after, includeInactive: true, includeLegacy: true) {
    nodes { id name isActive isFulfillmentService fulfillsOnlineOrders }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

// ---------------------------------------------------------------- articles and stock

export const ARTICLES = query(
  'Articles',
  13,
  answers.articles,
  `query Articles($after: String, $query: String) {
  inventoryItems(first: 250, after: $after, query: $query) {
    nodes { id sku tracked }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const STOCK_OF_ITEMS = query(
  'StockOfItems',
  37,
  answers.stockOfItems,
  `query StockOfItems($ids: [ID!]!, $names: [String!]!) {
  nodes(ids: $ids) {
    id
    ... on InventoryItem {
      sku
      tracked
      inventoryLevels(first: 250, includeInactive: true) {
        nodes { isActive location { id } quantities(names: $names) { name quantity } }
      }
    }
  }
}`,
)

export const STOCK_AT_PLACE = query(
  'StockAtPlace',
  36,
  answers.stockAtPlace,
  `query StockAtPlace($place: ID!, $after: String, $names: [String!]!) {
  location(id: $place) {
    inventoryLevels(first: 250, after: $after, includeInactive: true) {
      nodes { isActive item { id sku tracked } quantities(names: $names) { name quantity } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
)

export const SET_STOCK = mutation(
  'SetStock',
  10,
  answers.setStock,
  `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}`,
)

export const ADJUST_STOCK = mutation(
  'AdjustStock',
  10,
  answers.adjustStock,
  `mutation AdjustStock($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}`,
)

export const STOCK_AT = mutation(
  'StockAt',
  11,
  answers.stockAt,
  `mutation StockAt($item: ID!, $place: ID!, $key: String!) {
  inventoryActivate(inventoryItemId: $item, locationId: $place) @idempotent(key: $key) {
    inventoryLevel { id isActive }
    userErrors { field message }
  }
}`,
)

export const TRACK = mutation(
  'Track',
  10,
  answers.track,
  `mutation Track($item: ID!) {
  inventoryItemUpdate(id: $item, input: { tracked: true }) {
    inventoryItem { id tracked }
    userErrors { field message }
  }
}`,
)

// ---------------------------------------------------------------- customers

export const CUSTOMERS = query(
  'Customers',
  29,
  answers.customers,
  `query Customers($after: String, $query: String, $sortKey: CustomerSortKeys!, $reverse: Boolean!) {
  customers(first: 100, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } createdAt updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const ANY_CUSTOMER = query('AnyCustomer', 3, answers.anyCustomer, `query AnyCustomer { customers(first: 1) { nodes { id } } }`)

export const CUSTOMERS_BY_ID = query(
  'CustomersById',
  4,
  answers.customersById,
  `query CustomersById($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Customer { firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } createdAt updatedAt }
  }
}`,
)

// ---------------------------------------------------------------- hooks

export const SUBSCRIPTIONS = query(
  'Subscriptions',
  13,
  answers.subscriptions,
  `query Subscriptions($after: String) {
  webhookSubscriptions(first: 250, after: $after) {
    nodes { id topic uri format filter includeFields }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const SUBSCRIBE = mutation(
  'Subscribe',
  10,
  answers.subscribe,
  `mutation Subscribe($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`,
)

export const RESUBSCRIBE = mutation(
  'Resubscribe',
  10,
  answers.resubscribe,
  `mutation Resubscribe($id: ID!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionUpdate(id: $id, webhookSubscription: $subscription) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`,
)

export const UNSUBSCRIBE = mutation(
  'Unsubscribe',
  10,
  answers.unsubscribe,
  `mutation Unsubscribe($id: ID!) {
  webhookSubscriptionDelete(id: $id) {
    deletedWebhookSubscriptionId
    userErrors { field message }
  }
}`,
)
