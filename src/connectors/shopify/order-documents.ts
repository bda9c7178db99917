/** What we ask about orders, each document whole; see documents.ts. */
import * as answers from './answers.ts'
import { mutation, query } from './document.ts'

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
          lineItems(first: 250) { nodes { id remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } }
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
          lineItems(first: 250) { nodes { id remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } }
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
      lineItems(first: 250, after: $after) { nodes { id remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } }
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

/** Ships; takes no key. */
export const FULFIL = mutation(
  'Fulfil',
  10,
  answers.fulfilled,
  `mutation Fulfil($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    userErrors { field message }
  }
}`,
)
