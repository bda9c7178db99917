/** What happens to an order in the shop, and which quantity each event changes. */

import type { SimTime } from '../time.ts'
import { addToFulfilment, chosenPlace, closeEmpty, fulfilmentOrderAt, type Wanted, withdraw } from './fulfilment-orders.ts'
import { indexLater, type Stock, sellable } from './levels.ts'
import { fullTitle } from './product.ts'
import { type ShipmentNews, type Shipments, shipments } from './shipments.ts'
import {
  type Buyer,
  currentQuantity,
  type FulfilmentOrder,
  hit,
  type Item,
  type Line,
  newId,
  type Order,
  type Place,
  type Refund,
  type RestockType,
  type State,
  unfulfilled,
} from './state.ts'

export interface OrderNews extends ShipmentNews {
  deleted(order: Order, eventId: string): void
  edited(order: Order, changes: { line: Line; delta: number }[], eventId: string): void
  refund(order: Order, refund: Refund, eventId: string): void
  routing(topic: 'order_routing_complete' | 'placed_on_hold' | 'hold_released', order: Order, fulfilmentOrder: FulfilmentOrder, eventId: string): void
  moved(order: Order, from: Place, original: FulfilmentOrder, moved: FulfilmentOrder, eventId: string): void
}
export interface Taken {
  line: Line
  quantity: number
  restock: boolean
  /** Only what was shipped; otherwise unshipped goods are taken first. */
  shipped?: boolean
}

export interface Orders extends Shipments {
  place(wanted: Wanted[], how: { paid: boolean; buyer: Buyer | null; oversell: boolean; sourceName: string; bypass: boolean; at?: number }): Order
  route(order: Order): void
  pay(order: Order): void
  edit(order: Order, changes: { line: Line | null; item: Item; quantity: number }[], restock: boolean): void
  /** Takes goods off the order: unshipped first (CANCEL), then shipped (RETURN); without restock NO_RESTOCK. */
  refund(order: Order, taken: Taken[], place: Place | null): Refund
  cancel(order: Order, restock: boolean, reason: NonNullable<Order['cancelReason']>): void
  moveTo(order: Order, to: Place, lines: Line[]): void
  /** As if it had never been; only its hook says so. */
  remove(order: Order): void
  hold(order: Order, held: boolean): void
}

export function orders(state: State, time: SimTime, stock: Stock, news: OrderNews, newEvent: () => string): Orders {
  const touch = (order: Order, eventId: string, told = true) => {
    order.updatedAt = time.ms()
    indexLater(state, time, order, () => null)
    if (told) news.order('orders/updated', order, eventId)
  }
  /** Stock moves only for tracked items; what isn't counted can't fall. */
  const shift = (line: Line, place: Place, change: { available?: number; committed?: number }, eventId: string) => {
    if (line.item.tracked && state.items.has(line.item.id)) stock.move(stock.levelAt(line.item, place), change, eventId)
  }

  const unship = (order: Order, line: Line, quantity: number, restock: boolean, eventId: string): Place | null => {
    const from = withdraw(order, line, quantity, time.ms())
    for (const part of from) {
      if (restock) shift(line, part.place, { available: part.quantity, committed: -part.quantity }, eventId)
      else if (state.switches.withoutRestock === 'on-hand-falls') shift(line, part.place, { committed: -part.quantity }, eventId)
    }
    hit(state, restock ? 'unshipped-restocked' : 'unshipped-lost')
    return from[0]?.place ?? null
  }
  const newLine = (item: Item, quantity: number, addedByEdit: boolean): Line => ({
    id: newId(state),
    item,
    sku: item.sku,
    title: fullTitle(item),
    priceMinor: item.priceMinor,
    quantity,
    withdrawn: 0,
    givenBack: 0,
    fulfilled: 0,
    addedByEdit,
  })
  const refundRow = (line: Line, quantity: number, restockType: RestockType, place: Place | null) => ({ id: newId(state), line, quantity, restockType, place })
  const route = (order: Order) => {
    if (order.routed) return
    order.routed = true
    hit(state, 'routed')
    const eventId = newEvent()
    if (state.switches.routingTouchesOrder) touch(order, eventId)
    if (state.switches.routingHook) for (const fo of order.fulfilmentOrders) news.routing('order_routing_complete', order, fo, eventId)
  }

  return {
    place: (wanted, how) => {
      for (const want of wanted) {
        if (how.oversell || how.bypass || !want.item.tracked || want.item.oversells) continue
        if (sellable(want.item) < want.quantity) throw new Error(`sold out: ${want.item.sku ?? fullTitle(want.item)}`)
      }
      // Chosen before anything is written: what refuses must leave nothing behind.
      const places = wanted.map((want) => chosenPlace(state, want))
      const eventId = newEvent()
      const at = how.at ?? time.ms()
      state.lastOrderNumber += 1
      const order: Order = {
        id: newId(state),
        number: state.lastOrderNumber,
        name: `#${state.lastOrderNumber}`,
        createdAt: at,
        updatedAt: at,
        cancelledAt: null,
        cancelReason: null,
        closedAt: null,
        paid: how.paid,
        test: false,
        sourceName: how.sourceName,
        buyer: how.buyer,
        lines: [],
        routed: false,
        fulfilmentOrders: [],
        refunds: [],
        fulfilments: [],
        indexed: null,
      }
      for (const [index, want] of wanted.entries()) {
        const line = newLine(want.item, want.quantity, false)
        const place = places[index] as Place
        order.lines.push(line)
        addToFulfilment(state, time.ms(), order, line, place, want.quantity)
        if (!how.bypass) shift(line, place, { available: -want.quantity, committed: want.quantity }, eventId)
      }
      state.orders.set(order.id, order)
      indexLater(state, time, order, () => null)
      hit(state, how.bypass ? 'placed-bypassing-stock' : 'placed')
      news.order('orders/create', order, eventId)
      if (how.paid) news.order('orders/paid', order, eventId)
      if (state.switches.routingMs <= 0) route(order)
      else time.after(state.switches.routingMs, () => route(order))
      return order
    },
    route,
    pay: (order) => {
      const eventId = newEvent()
      order.paid = true
      touch(order, eventId)
      news.order('orders/paid', order, eventId)
    },
    edit: (order, changes, restock) => {
      for (const { line, quantity } of changes) if (line !== null && quantity < line.fulfilled) throw new Error('what is shipped can only be refunded')
      const eventId = newEvent()
      const told: { line: Line; delta: number }[] = []
      const refund: Refund = { id: newId(state), createdAt: time.ms(), lines: [], note: null }
      for (const change of changes) {
        const line = change.line ?? newLine(change.item, 0, true)
        if (change.line === null) order.lines.push(line)
        const delta = change.quantity - (line.quantity - line.withdrawn)
        if (delta > 0) {
          const place = chosenPlace(state, { item: line.item, quantity: delta })
          line.quantity += delta
          addToFulfilment(state, time.ms(), order, line, place, delta)
          shift(line, place, { available: -delta, committed: delta }, eventId)
        } else if (delta < 0) {
          const place = unship(order, line, -delta, restock, eventId)
          refund.lines.push(refundRow(line, -delta, restock ? 'CANCEL' : 'NO_RESTOCK', restock ? place : null))
        }
        if (delta !== 0) told.push({ line, delta })
      }
      // No fulfilment-order hook is sent for an edit.
      hit(state, 'edited')
      if (state.switches.editMakesRefund && refund.lines.length > 0) {
        order.refunds.push(refund)
        news.refund(order, refund, eventId)
      }
      news.edited(order, told, eventId)
      touch(order, eventId)
    },
    ...shipments({
      state,
      time,
      news,
      newEvent,
      route,
      touch,
      leave: (line, place, quantity, eventId) => shift(line, place, { committed: -quantity }, eventId),
    }),
    refund: (order, taken, place) => {
      for (const part of taken)
        if (part.quantity > (part.shipped ? part.line.fulfilled - part.line.givenBack : currentQuantity(part.line))) throw new Error('more than can be refunded')
      const eventId = newEvent()
      const refund: Refund = { id: newId(state), createdAt: time.ms(), lines: [], note: null }
      for (const part of taken) {
        const open = part.shipped ? 0 : Math.min(part.quantity, unfulfilled(part.line))
        const shipped = part.quantity - open
        if (open > 0) {
          const from = unship(order, part.line, open, part.restock, eventId)
          refund.lines.push(refundRow(part.line, open, part.restock ? 'CANCEL' : 'NO_RESTOCK', part.restock ? from : null))
        }
        if (shipped > 0) {
          const back = place ?? order.fulfilments.find((fulfilment) => fulfilment.lines.some((row) => row.line === part.line))?.place ?? null
          part.line.givenBack += shipped
          if (part.restock && back !== null) shift(part.line, back, { available: shipped }, eventId)
          refund.lines.push(refundRow(part.line, shipped, part.restock ? 'RETURN' : 'NO_RESTOCK', part.restock ? back : null))
          hit(state, part.restock ? 'shipped-returned' : 'shipped-kept')
        }
      }
      order.refunds.push(refund)
      touch(order, eventId)
      news.refund(order, refund, eventId)
      return refund
    },
    cancel: (order, restock, reason) => {
      if (order.cancelledAt !== null) throw new Error('Cannot cancel an order that has already been canceled')
      if (order.lines.some((line) => line.fulfilled > 0)) throw new Error('Cannot cancel an order that has outstanding fulfillments')
      const eventId = newEvent()
      const now = time.ms()
      const refund: Refund = { id: newId(state), createdAt: now, lines: [], note: null }
      for (const line of order.lines) {
        const open = unfulfilled(line)
        if (open === 0) continue
        const place = unship(order, line, open, restock, eventId)
        refund.lines.push(refundRow(line, open, restock ? 'CANCEL' : 'NO_RESTOCK', restock ? place : null))
      }
      if (refund.lines.length > 0) order.refunds.push(refund)
      order.cancelledAt = now
      order.cancelReason = reason
      order.closedAt = now
      hit(state, restock ? 'cancelled-restocked' : 'cancelled-lost')
      touch(order, eventId, false)
      news.order('orders/cancelled', order, eventId)
      if (refund.lines.length > 0) news.refund(order, refund, eventId)
      news.order('orders/updated', order, eventId)
    },
    moveTo: (order, to, lines) => {
      route(order)
      const eventId = newEvent()
      for (const original of [...order.fulfilmentOrders]) {
        const rows = original.lines.filter((row) => row.remaining > 0 && lines.includes(row.line))
        if (original.place === to || rows.length === 0) continue
        const from = original.place
        for (const row of rows) {
          const quantity = row.remaining
          row.total -= quantity
          row.remaining = 0
          addToFulfilment(state, time.ms(), order, row.line, to, quantity)
          shift(row.line, from, { available: quantity, committed: -quantity }, eventId)
          shift(row.line, to, { available: -quantity, committed: quantity }, eventId)
        }
        closeEmpty(order)
        original.updatedAt = time.ms()
        news.moved(order, from, original, fulfilmentOrderAt(state, time.ms(), order, to), eventId)
      }
      hit(state, 'moved')
      touch(order, eventId)
    },
    remove: (order) => {
      const eventId = newEvent()
      for (const line of order.lines) if (unfulfilled(line) > 0) unship(order, line, unfulfilled(line), state.switches.deleteRestocks, eventId)
      state.orders.delete(order.id)
      hit(state, state.switches.deleteRestocks ? 'deleted-restocked' : 'deleted-lost')
      news.deleted(order, eventId)
    },
    hold: (order, held) => {
      route(order)
      const eventId = newEvent()
      for (const fo of order.fulfilmentOrders) {
        if (fo.status !== (held ? 'OPEN' : 'ON_HOLD')) continue
        fo.status = held ? 'ON_HOLD' : 'OPEN'
        news.routing(held ? 'placed_on_hold' : 'hold_released', order, fo, eventId)
      }
      touch(order, eventId)
    },
  }
}
