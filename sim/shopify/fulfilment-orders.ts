/** Fulfilment orders: which place ships what is left of an order. */
import { type FulfilmentOrder, type Item, type Line, newId, type Order, type Place, type State } from './state.ts'

export interface Wanted {
  item: Item
  quantity: number
  /** Where it is to ship from; left out = the shop decides. */
  place?: Place
}

/** The first place that ships online and has enough; else one that stocks it. */
export function chosenPlace(state: State, wanted: Wanted): Place {
  if (wanted.place !== undefined) return wanted.place
  const places = [...state.places.values()].filter((place) => place.active && place.fulfilsOnline)
  const stocked = places.filter((place) => wanted.item.levels.get(place.id)?.active === true)
  const chosen = stocked.find((place) => (wanted.item.levels.get(place.id)?.available ?? 0) >= wanted.quantity) ?? stocked[0] ?? places[0]
  if (chosen === undefined) throw new Error('no place ships online orders')
  return chosen
}

/** The open fulfilment order of a place, made when there is none. */
export function fulfilmentOrderAt(state: State, now: number, order: Order, place: Place): FulfilmentOrder {
  const open = order.fulfilmentOrders.find((fo) => fo.place === place && (fo.status === 'OPEN' || fo.status === 'ON_HOLD' || fo.status === 'IN_PROGRESS'))
  if (open !== undefined) return open
  const made: FulfilmentOrder = { id: newId(state), place, status: 'OPEN', lines: [], createdAt: now, updatedAt: now }
  order.fulfilmentOrders.push(made)
  return made
}

export function addToFulfilment(state: State, now: number, order: Order, line: Line, place: Place, quantity: number): void {
  const target = fulfilmentOrderAt(state, now, order, place)
  const same = target.lines.find((row) => row.line === line)
  if (same === undefined) target.lines.push({ id: newId(state), line, total: quantity, remaining: quantity })
  else {
    same.total += quantity
    same.remaining += quantity
  }
}

export function closeEmpty(order: Order): void {
  for (const fo of order.fulfilmentOrders) if (fo.status !== 'CANCELLED' && fo.lines.every((row) => row.remaining === 0)) fo.status = 'CLOSED'
}

/** Takes unshipped pieces out of the fulfilment orders, telling from which places. */
export function withdraw(order: Order, line: Line, quantity: number, now: number): { place: Place; quantity: number }[] {
  const from: { place: Place; quantity: number }[] = []
  let left = quantity
  for (const fo of order.fulfilmentOrders) {
    for (const row of fo.lines) {
      if (row.line !== line || left === 0) continue
      const here = Math.min(left, row.remaining)
      row.remaining -= here
      row.total -= here
      left -= here
      fo.updatedAt = now
      if (here > 0) from.push({ place: fo.place, quantity: here })
    }
  }
  line.withdrawn += quantity - left
  closeEmpty(order)
  return from
}
