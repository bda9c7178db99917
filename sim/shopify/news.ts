/** Which hook each happening in the shop sends. */

import type { SimTime } from '../time.ts'
import { type BulkNews, bulkPayload } from './bulk.ts'
import type { CustomerNews } from './customers.ts'
import type { Hooks } from './hooks.ts'
import { bigNumber } from './ids.ts'
import type { StockNews } from './levels.ts'
import type { OrderNews } from './orders.ts'
import { productPayload } from './payload-product.ts'
import {
  customerPayload,
  editPayload,
  fulfilmentPayload,
  itemPayload,
  levelPayload,
  movedPayload,
  orderPayload,
  privacyPayload,
  refundPayload,
  routingPayload,
  type Shop,
} from './payloads.ts'
import type { ProductNews } from './products.ts'
import { newId, type State } from './state.ts'

export function news(state: State, time: SimTime, hooks: Hooks, shop: Shop): StockNews & ProductNews & OrderNews & CustomerNews & BulkNews {
  /** Sabotage: nobody hears of orders. */
  const ofOrders = (topic: string, render: () => unknown, eventId: string) => {
    if (!state.switches.noOrders) hooks.emit(topic, render, eventId)
  }
  return {
    // Levels are rendered when sent, so quick changes melt together.
    level: (topic, level, eventId) =>
      hooks.emit(topic, () => levelPayload(level, topic), eventId, topic === 'inventory_levels/update' ? `${level.item.id}@${level.place.id}` : undefined),
    item: (topic, item) => hooks.emit(topic, () => itemPayload(item, topic), hooks.newEvent()),
    product: (topic, product, eventId) => hooks.emit(topic, () => productPayload(product, topic, shop.address()), eventId),
    order: (topic, order, eventId) => ofOrders(topic, () => orderPayload(state, order, shop), eventId),
    deleted: (order, eventId) => ofOrders('orders/delete', () => ({ id: bigNumber(order.id) }), eventId),
    edited: (order, changes, eventId) => ofOrders('orders/edited', () => editPayload(order, newId(state), time.ms(), changes), eventId),
    refund: (order, refund, eventId) => ofOrders('refunds/create', () => refundPayload(order, refund, shop.currency), eventId),
    fulfilment: (topic, order, fulfilment, eventId) => ofOrders(topic, () => fulfilmentPayload(order, fulfilment, shop.currency), eventId),
    routing: (topic, _order, fulfilmentOrder, eventId) => ofOrders(`fulfillment_orders/${topic}`, () => routingPayload(fulfilmentOrder), eventId),
    customer: (topic, customer, eventId) => hooks.emit(topic, () => customerPayload(state, customer, topic), eventId),
    privacy: (topic, about, eventId) => hooks.emit(topic, () => privacyPayload(state, topic, about, shop), eventId),
    bulkFinished: (operation, eventId) => hooks.emit('bulk_operations/finish', () => bulkPayload(operation), eventId),
    moved: (_order, from, original, moved, eventId) => ofOrders('fulfillment_orders/moved', () => movedPayload(from, original, moved), eventId),
  }
}
