/** What a hook's body says. Orders are REST-shaped (no fulfilment orders inside); fulfilment-order hooks speak gids. */

import type { PrivacyTopic } from './customers.ts'
import { amountText, bigNumber, gid, shopTime } from './ids.ts'
import {
  type Customer,
  currentQuantity,
  type Fulfilment,
  type FulfilmentOrder,
  type Item,
  type Level,
  type Line,
  newId,
  type Order,
  type Place,
  type Refund,
  type State,
  unfulfilled,
} from './state.ts'

export interface Shop {
  id: string
  name: string
  domain: string
  currency: string
  /** Where the shop itself answers, its files too. */
  address(): string
}

const money = (minor: number, currency: string) => ({
  shop_money: { amount: amountText(minor), currency_code: currency },
  presentment_money: { amount: amountText(minor), currency_code: currency },
})
export const totalOf = (order: Order): number => order.lines.reduce((sum, line) => sum + line.quantity * line.priceMinor, 0)
export const currentTotalOf = (order: Order): number => order.lines.reduce((sum, line) => sum + currentQuantity(line) * line.priceMinor, 0)

export function financialStatus(order: Order): 'paid' | 'pending' | 'partially_refunded' | 'refunded' | 'voided' {
  if (!order.paid) return order.cancelledAt === null ? 'pending' : 'voided'
  const paidBack = order.refunds.length > 0
  return !paidBack ? 'paid' : currentTotalOf(order) === 0 ? 'refunded' : 'partially_refunded'
}
const lineStatus = (line: Line): 'fulfilled' | 'partial' | null => (line.fulfilled === 0 ? null : unfulfilled(line) === 0 ? 'fulfilled' : 'partial')
function orderStatus(order: Order): 'fulfilled' | 'partial' | null {
  const shipped = order.lines.some((line) => line.fulfilled > 0)
  return !shipped ? null : order.lines.every((line) => unfulfilled(line) === 0) ? 'fulfilled' : 'partial'
}

function linePayload(line: Line, currency: string) {
  return {
    id: bigNumber(line.id),
    admin_graphql_api_id: gid('LineItem', line.id),
    variant_id: bigNumber(line.item.variantId),
    product_id: bigNumber(line.item.product.id),
    sku: line.sku,
    name: line.title,
    title: line.title,
    quantity: line.quantity,
    current_quantity: currentQuantity(line),
    fulfillable_quantity: unfulfilled(line),
    fulfillment_status: lineStatus(line),
    price: amountText(line.priceMinor),
    price_set: money(line.priceMinor, currency),
    grams: 0,
    requires_shipping: line.item.requiresShipping,
    taxable: true,
    tax_lines: [],
    discount_allocations: [],
  }
}

export function refundPayload(order: Order, refund: Refund, currency: string) {
  return {
    id: bigNumber(refund.id),
    admin_graphql_api_id: gid('Refund', refund.id),
    order_id: bigNumber(order.id),
    created_at: shopTime(refund.createdAt),
    processed_at: shopTime(refund.createdAt),
    note: refund.note,
    restock: refund.lines.some((row) => row.restockType !== 'NO_RESTOCK'),
    refund_line_items: refund.lines.map((row) => ({
      id: bigNumber(row.id),
      line_item_id: bigNumber(row.line.id),
      quantity: row.quantity,
      location_id: row.place === null ? null : bigNumber(row.place.id),
      restock_type: row.restockType.toLowerCase(),
      subtotal: (row.quantity * row.line.priceMinor) / 100,
      line_item: linePayload(row.line, currency),
    })),
    transactions: [],
  }
}

export function fulfilmentPayload(order: Order, fulfilment: Fulfilment, currency: string) {
  return {
    id: bigNumber(fulfilment.id),
    admin_graphql_api_id: gid('Fulfillment', fulfilment.id),
    order_id: bigNumber(order.id),
    name: fulfilment.name.replace(/-F(\d+)$/, '.$1'),
    status: fulfilment.status.toLowerCase(),
    created_at: shopTime(fulfilment.createdAt),
    updated_at: shopTime(fulfilment.updatedAt),
    location_id: bigNumber(fulfilment.place.id),
    tracking_company: fulfilment.tracking?.company ?? null,
    tracking_numbers: fulfilment.tracking?.numbers ?? [],
    tracking_urls: fulfilment.tracking?.urls ?? [],
    line_items: fulfilment.lines.map((row) => ({ ...linePayload(row.line, currency), quantity: row.quantity })),
  }
}

function person(state: State, order: Order) {
  const buyer = order.buyer
  if (buyer === null || state.switches.personalData !== 'full')
    return { email: null, phone: null, contact_email: null, customer: null, billing_address: null, shipping_address: null }
  const address = {
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    name: `${buyer.firstName} ${buyer.lastName}`,
    address1: 'Storgatan 1',
    city: 'Stockholm',
    zip: '111 22',
    country_code: 'SE',
    phone: buyer.phone,
  }
  return {
    email: buyer.email,
    phone: buyer.phone,
    contact_email: buyer.email,
    billing_address: address,
    shipping_address: address,
    customer: {
      id: bigNumber(buyer.id),
      admin_graphql_api_id: gid('Customer', buyer.id),
      first_name: buyer.firstName,
      last_name: buyer.lastName,
      email: buyer.email,
      phone: buyer.phone,
    },
  }
}

export function orderPayload(state: State, order: Order, shop: Shop) {
  return {
    id: bigNumber(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    name: order.name,
    number: order.number - 1000,
    order_number: order.number,
    created_at: shopTime(order.createdAt),
    processed_at: shopTime(order.createdAt),
    updated_at: shopTime(order.updatedAt),
    cancelled_at: order.cancelledAt === null ? null : shopTime(order.cancelledAt),
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    closed_at: order.closedAt === null ? null : shopTime(order.closedAt),
    confirmed: true,
    test: order.test,
    currency: shop.currency,
    total_price: amountText(totalOf(order)),
    total_price_set: money(totalOf(order), shop.currency),
    current_total_price: amountText(currentTotalOf(order)),
    current_total_price_set: money(currentTotalOf(order), shop.currency),
    financial_status: financialStatus(order),
    fulfillment_status: orderStatus(order),
    // Not where it ships from: a web order has none.
    location_id: null,
    source_name: order.sourceName,
    tags: '',
    note: null,
    note_attributes: [],
    ...person(state, order),
    line_items: order.lines.map((line) => linePayload(line, shop.currency)),
    shipping_lines: [],
    refunds: order.refunds.map((refund) => refundPayload(order, refund, shop.currency)),
    fulfillments: order.fulfilments.map((fulfilment) => fulfilmentPayload(order, fulfilment, shop.currency)),
    line_item_groups: [],
  }
}

export function customerPayload(state: State, customer: Customer, topic: string) {
  const ids = { id: bigNumber(customer.id), admin_graphql_api_id: gid('Customer', customer.id) }
  if (topic === 'customers/delete') return ids
  const personal = state.switches.personalData === 'full' ? customer : { firstName: null, lastName: null, email: null, phone: null }
  return {
    ...ids,
    created_at: shopTime(customer.createdAt),
    updated_at: shopTime(customer.updatedAt),
    first_name: personal.firstName,
    last_name: personal.lastName,
    email: personal.email,
    phone: personal.phone,
    state: 'disabled',
    note: null,
    verified_email: true,
    currency: 'SEK',
    addresses: [],
    default_address: null,
  }
}
/** The published examples: ids are numbers, the domain is the shop's own, orders are ids. */
export function privacyPayload(state: State, topic: PrivacyTopic, about: { customer: Customer; orders: Order[] } | null, shop: Shop) {
  const whose = { shop_id: bigNumber(shop.id), shop_domain: shop.domain }
  if (about === null) return whose
  const { id, email, phone } = about.customer
  const person = { ...whose, customer: { id: bigNumber(id), email, phone } }
  const orders = about.orders.map((order) => bigNumber(order.id))
  return topic === 'customers/redact' ? { ...person, orders_to_redact: orders } : { ...person, orders_requested: orders, data_request: { id: bigNumber(newId(state)) } }
}

export function editPayload(order: Order, id: string, at: number, changes: { line: Line; delta: number }[]) {
  const part = (wanted: (delta: number) => boolean) => changes.filter(({ delta }) => wanted(delta)).map(({ line, delta }) => ({ id: bigNumber(line.id), delta: Math.abs(delta) }))
  return {
    order_edit: {
      id: bigNumber(id),
      app_id: null,
      created_at: shopTime(at),
      committed_at: shopTime(at),
      notify_customer: false,
      order_id: bigNumber(order.id),
      staff_note: '',
      user_id: null,
      line_items: { additions: part((delta) => delta > 0), removals: part((delta) => delta < 0) },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  }
}

const foRef = (fo: FulfilmentOrder) => ({ id: gid('FulfillmentOrder', fo.id), status: fo.status.toLowerCase() })
export const routingPayload = (fo: FulfilmentOrder) => ({ fulfillment_order: foRef(fo) })
export const movedPayload = (from: Place, original: FulfilmentOrder, moved: FulfilmentOrder) => ({
  original_fulfillment_order: foRef(original),
  moved_fulfillment_order: foRef(moved),
  destination_location_id: gid('Location', moved.place.id),
  fulfillment_order_line_items_requested: [],
  source_location: { id: gid('Location', from.id) },
})

/** Untracked: `available` is null. */
export function levelPayload(level: Level, topic: string) {
  const ids = { inventory_item_id: bigNumber(level.item.id), location_id: bigNumber(level.place.id) }
  if (topic === 'inventory_levels/disconnect') return ids
  return {
    ...ids,
    available: level.item.tracked ? level.available : null,
    updated_at: shopTime(level.updatedAt),
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${level.place.levelNumber}?inventory_item_id=${level.item.id}`,
  }
}

export function itemPayload(item: Item, topic: string) {
  if (topic === 'inventory_items/delete') return { id: bigNumber(item.id), admin_graphql_api_id: gid('InventoryItem', item.id) }
  return {
    id: bigNumber(item.id),
    admin_graphql_api_id: gid('InventoryItem', item.id),
    sku: item.sku,
    tracked: item.tracked,
    requires_shipping: item.requiresShipping,
    cost: null,
    country_code_of_origin: null,
    province_code_of_origin: null,
    harmonized_system_code: null,
    country_harmonized_system_codes: [],
    created_at: shopTime(item.createdAt),
    updated_at: shopTime(item.updatedAt),
  }
}

export const shopPayload = (shop: Shop) => ({
  id: bigNumber(shop.id),
  name: shop.name,
  myshopify_domain: shop.domain,
  domain: shop.domain,
  currency: shop.currency,
  plan_name: 'basic',
})
export const scopesPayload = (shop: Shop, previous: string[], current: string[], at: number) => ({ id: bigNumber(shop.id), previous, current, updated_at: shopTime(at) })
