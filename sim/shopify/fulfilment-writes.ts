/** fulfillmentCreate: an app ships. All or nothing, without a key: the same request twice ships twice, while there is something left. */
import { failed } from './errors.ts'
import { numeral } from './ids.ts'
import type { UserError } from './inventory-writes.ts'
import { type InOrder, within } from './reading.ts'
import type { Parcel, Shipments } from './shipments.ts'
import { type Fulfilment, type FulfilmentOrder, hit, type State, type Tracking } from './state.ts'

export interface FulfilmentInput {
  lineItemsByFulfillmentOrder: { fulfillmentOrderId: string; fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null }[]
  notifyCustomer?: boolean | null
  trackingInfo?: { company?: string | null; number?: string | null; numbers?: string[] | null; url?: string | null; urls?: string[] | null } | null
}
interface Payload {
  fulfillment: InOrder<Fulfilment> | null
  userErrors: UserError[]
}
/** The errors have no code; the field is the whole input, but for a quantity that is none. */
const refuse = (message: string, field: string[] = ['fulfillment']): Payload => ({ fulfillment: null, userErrors: [{ field, message }] })
const WRONG_QUANTITY = 'Invalid fulfillment order line item quantity requested.'
const MOST_LINES = 512

export function createFulfilment(state: State, shipments: Pick<Shipments, 'ship'>, input: FulfilmentInput): Payload {
  const parcels: Parcel[] = []
  const parts: InOrder<FulfilmentOrder>[] = []
  for (const [at, group] of input.lineItemsByFulfillmentOrder.entries()) {
    const found = visible(state, group.fulfillmentOrderId)
    if (found === null) return refuse('Fulfillment order does not exist.')
    const status = found.part.status
    if (status !== 'OPEN' && status !== 'IN_PROGRESS') return refuse(`Fulfillment order ${found.part.id} has an unfulfillable status= ${status.toLowerCase()}.`)
    const picked = pick(found.part, group.fulfillmentOrderLineItems ?? [], at)
    if (!Array.isArray(picked)) return picked
    parts.push(found)
    parcels.push(...picked)
  }
  const [first] = parts
  if (first === undefined) return refuse('Fulfillment order line items must be specified.', ['fulfillment', 'lineItemsByFulfillmentOrder'])
  if (parts.some((each) => each.order !== first.order)) return refuse('All fulfillment orders must belong to the same order.')
  if (parts.some((each) => each.part.place !== first.part.place)) return refuse('All fulfillment orders must be assigned to the same location.')
  const notified = input.notifyCustomer ?? false
  hit(state, notified ? 'customer-notified' : 'fulfillmentCreate')
  const [made] = within(first.order, shipments.ship(first.order, parcels, { notified, tracking: trackingOf(input.trackingInfo ?? null) }))
  return { fulfillment: made ?? null, userErrors: [] }
}

/** Until it is routed nobody can name it. */
function visible(state: State, id: string): InOrder<FulfilmentOrder> | null {
  const number = numeral('FulfillmentOrder', id)
  if (number === null || number === '0') throw failed('RESOURCE_NOT_FOUND', 'invalid id')
  for (const order of state.orders.values()) {
    const part = order.routed ? order.fulfilmentOrders.find((fo) => fo.id === number) : undefined
    if (part !== undefined) return { order, part }
  }
  return null
}

/** No lines named = everything that is left. */
function pick(from: FulfilmentOrder, wanted: { id: string; quantity: number }[], group: number): Parcel[] | Payload {
  if (wanted.length > MOST_LINES) return refuse(`Too many fulfillment order line items; the maximum is ${MOST_LINES}.`)
  if (wanted.length === 0) return from.lines.filter((row) => row.remaining > 0).map((row) => ({ row, from, quantity: row.remaining }))
  const parcels: Parcel[] = []
  for (const [at, { id, quantity }] of wanted.entries()) {
    const row = from.lines.find((each) => each.id === numeral('FulfillmentOrderLineItem', id))
    if (row === undefined) return refuse(WRONG_QUANTITY)
    if (quantity <= 0)
      return refuse('Quantity must be greater than 0', ['fulfillment', 'lineItemsByFulfillmentOrder', String(group), 'fulfillmentOrderLineItems', String(at), 'quantity'])
    const packed = parcels.filter((parcel) => parcel.row === row).reduce((sum, parcel) => sum + parcel.quantity, 0)
    if (packed + quantity > row.remaining) return refuse(WRONG_QUANTITY)
    parcels.push({ row, from, quantity })
  }
  return parcels
}

const trackingOf = (said: NonNullable<FulfilmentInput['trackingInfo']> | null): Tracking | null =>
  said === null
    ? null
    : { company: said.company ?? null, numbers: said.numbers ?? (said.number == null ? [] : [said.number]), urls: said.urls ?? (said.url == null ? [] : [said.url]) }
