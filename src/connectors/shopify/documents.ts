/**
 * Every question and order we send to Shopify, each one whole: nothing is put together from pieces, so each can be checked against Shopify's own schemas.
 * They ask only for what the guide's four rights allow. `points` is what we expect one to cost until Shopify has said so itself.
 */
import type { z } from 'zod'
import * as answers from './answers.ts'

export interface Document<T> {
  /** The operation's name; also the label in the journal. */
  name: string
  text: string
  answer: z.ZodType<T>
  points: number
  writes: boolean
}
const query = <T>(name: string, points: number, answer: z.ZodType<T>, text: string): Document<T> => ({ name, points, answer, text, writes: false })
const mutation = <T>(name: string, points: number, answer: z.ZodType<T>, text: string): Document<T> => ({ name, points, answer, text, writes: true })

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

// ---------------------------------------------------------------- orders

/** Heads first: what changed costs 11 points per hundred; only those orders are then read whole. */
export const ORDER_HEADS = query(
  'OrderHeads',
  11,
  answers.orderHeads,
  `query OrderHeads($query: String!, $after: String) {
  orders(first: 100, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const ORDERS = query(
  'Orders',
  216,
  answers.orders,
  `query Orders($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Order {
      name
      createdAt
      updatedAt
      cancelledAt
      displayFinancialStatus
      currencyCode
      email
      phone
      lineItems(first: 250) {
        nodes { id sku name quantity currentQuantity unfulfilledQuantity originalUnitPriceSet { shopMoney { amount } } }
        pageInfo { hasNextPage endCursor }
      }
      fulfillmentOrders(first: 20) {
        nodes {
          id
          status
          assignedLocation { location { id } }
          lineItems(first: 250) { nodes { remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } }
        }
        pageInfo { hasNextPage endCursor }
      }
      fulfillments(first: 250) {
        id
        status
        createdAt
        location { id }
        fulfillmentLineItems(first: 250) { nodes { quantity lineItem { id } } pageInfo { hasNextPage endCursor } }
      }
      refunds(first: 250) {
        id
        createdAt
        refundLineItems(first: 250) { nodes { quantity restockType location { id } lineItem { id } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
}`,
)

/** The rest of a very long order, list by list. */
export const MORE_LINES = query(
  'MoreLines',
  14,
  answers.moreLines,
  `query MoreLines($id: ID!, $after: String) {
  node(id: $id) {
    ... on Order {
      lineItems(first: 250, after: $after) {
        nodes { id sku name quantity currentQuantity unfulfilledQuantity originalUnitPriceSet { shopMoney { amount } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`,
)

export const MORE_ROUTES = query(
  'MoreRoutes',
  138,
  answers.moreRoutes,
  `query MoreRoutes($id: ID!, $after: String) {
  node(id: $id) {
    ... on Order {
      fulfillmentOrders(first: 20, after: $after) {
        nodes {
          id
          status
          assignedLocation { location { id } }
          lineItems(first: 250) { nodes { remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`,
)

export const MORE_ROUTED = query(
  'MoreRouted',
  25,
  answers.moreRouted,
  `query MoreRouted($id: ID!, $after: String) {
  node(id: $id) {
    ... on FulfillmentOrder {
      lineItems(first: 250, after: $after) { nodes { remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } }
    }
  }
}`,
)

export const MORE_SHIPPED = query(
  'MoreShipped',
  25,
  answers.moreShipped,
  `query MoreShipped($id: ID!, $after: String) {
  node(id: $id) {
    ... on Fulfillment {
      fulfillmentLineItems(first: 250, after: $after) { nodes { quantity lineItem { id } } pageInfo { hasNextPage endCursor } }
    }
  }
}`,
)

export const MORE_REFUNDED = query(
  'MoreRefunded',
  36,
  answers.moreRefunded,
  `query MoreRefunded($id: ID!, $after: String) {
  node(id: $id) {
    ... on Refund {
      refundLineItems(first: 250, after: $after) { nodes { quantity restockType location { id } lineItem { id } } pageInfo { hasNextPage endCursor } }
    }
  }
}`,
)

/** A hook about routing names only the fulfilment order. */
export const ORDERS_OF_ROUTES = query(
  'OrdersOfRoutes',
  2,
  answers.ordersOfRoutes,
  `query OrdersOfRoutes($ids: [ID!]!) {
  nodes(ids: $ids) { ... on FulfillmentOrder { orderId } }
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
