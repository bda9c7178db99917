/** Goods leave: what a person ships in the shop's admin and what an app ships by fulfillmentCreate has the same effects. */
import type { SimTime } from '../time.ts'
import { closeEmpty } from './fulfilment-orders.ts'
import { type Fulfilment, type FulfilmentOrder, hit, type Line, newId, type Order, type Place, type State, type Tracking, unfulfilled } from './state.ts'

export interface ShipmentNews {
  order(topic: OrderTopic, order: Order, eventId: string): void
  fulfilment(topic: 'fulfillments/create' | 'fulfillments/update', order: Order, fulfilment: Fulfilment, eventId: string): void
}
type OrderTopic = 'orders/create' | 'orders/updated' | 'orders/cancelled' | 'orders/paid' | 'orders/fulfilled' | 'orders/partially_fulfilled'
export interface Parcel {
  row: FulfilmentOrder['lines'][number]
  from: FulfilmentOrder
  quantity: number
}
export interface Told {
  notified: boolean
  tracking: Tracking | null
}
export interface Shipments {
  /** Of these lines so many, from wherever they wait to be shipped. */
  fulfil(order: Order, shipped: { line: Line; quantity: number }[]): Fulfilment[]
  /** Exactly these pieces; one fulfilment for each place. */
  ship(order: Order, parcels: Parcel[], told: Told): Fulfilment[]
}

interface Parts {
  state: State
  time: SimTime
  news: ShipmentNews
  newEvent(): string
  route(order: Order): void
  touch(order: Order, eventId: string): void
  /** The shelf of a place gives these pieces away. */
  leave(line: Line, place: Place, quantity: number, eventId: string): void
}

export function shipments({ state, time, news, newEvent, route, touch, leave }: Parts): Shipments {
  function ship(order: Order, parcels: Parcel[], told: Told): Fulfilment[] {
    const eventId = newEvent()
    const made = new Map<string, Fulfilment>()
    for (const { row, from, quantity } of parcels) {
      const fulfilment = made.get(from.place.id) ?? opened(order, from.place, made.size, told)
      made.set(from.place.id, fulfilment)
      fulfilment.lines.push({ id: newId(state), line: row.line, quantity })
      row.remaining -= quantity
      row.line.fulfilled += quantity
      from.updatedAt = time.ms()
      leave(row.line, from.place, quantity, eventId)
    }
    closeEmpty(order)
    const fulfilments = [...made.values()]
    order.fulfilments.push(...fulfilments)
    const all = order.lines.every((line) => unfulfilled(line) === 0)
    if (all) order.closedAt = time.ms()
    hit(state, all ? 'fulfilled' : 'partly-fulfilled')
    touch(order, eventId)
    for (const fulfilment of fulfilments) news.fulfilment('fulfillments/create', order, fulfilment, eventId)
    news.order(all ? 'orders/fulfilled' : 'orders/partially_fulfilled', order, eventId)
    return fulfilments
  }
  const opened = (order: Order, place: Place, madeNow: number, told: Told): Fulfilment => ({
    id: newId(state),
    name: `${order.name}-F${order.fulfilments.length + madeNow + 1}`,
    status: 'SUCCESS',
    place,
    lines: [],
    ...told,
    createdAt: time.ms(),
    updatedAt: time.ms(),
  })

  return {
    ship,
    fulfil: (order, shipped) => {
      for (const part of shipped) if (part.quantity > unfulfilled(part.line)) throw new Error('more than is left to ship')
      if (order.fulfilmentOrders.some((fo) => fo.status === 'ON_HOLD')) throw new Error('the fulfilment order is on hold')
      route(order)
      return ship(order, parcelsOf(order, shipped), { notified: false, tracking: null })
    },
  }
}

function parcelsOf(order: Order, shipped: { line: Line; quantity: number }[]): Parcel[] {
  const parcels: Parcel[] = []
  for (const part of shipped) {
    let left = part.quantity
    for (const from of order.fulfilmentOrders) {
      for (const row of from.lines) {
        if (row.line !== part.line || left === 0 || row.remaining === 0) continue
        const quantity = Math.min(left, row.remaining)
        parcels.push({ row, from, quantity })
        left -= quantity
      }
    }
  }
  return parcels
}
