/** Orders of a toy shop: read into snapshots, by feed (with an overlap of the feed's lag) and by ref. */
import { z } from 'zod'
import type { Page, RemoteOrder } from '../contract.ts'
import type { ToyClient } from './client.ts'

const part = z.object({ line: z.string(), quantity: z.number().int() })
export const orderShape = z.object({
  ref: z.string(),
  name: z.string(),
  changed: z.string(),
  placed: z.string(),
  cancelled: z.string().nullable(),
  paid: z.boolean(),
  currency: z.string(),
  country: z.string().nullish(),
  complete: z.boolean(),
  lines: z.array(z.object({ ref: z.string(), item: z.string(), number: z.string().nullable(), title: z.string(), ordered: z.number().int(), price: z.number().int() })),
  shipments: z.array(z.object({ ref: z.string(), at: z.string(), place: z.string(), lines: z.array(part) })),
  withdrawals: z.array(
    z.object({ ref: z.string(), at: z.string(), place: z.string().nullable(), lines: z.array(part.extend({ kind: z.enum(['restocked', 'lost', 'returned', 'kept']) })) }),
  ),
  routing: z.array(z.object({ line: z.string(), place: z.string(), quantity: z.number().int() })).nullable(),
  customer: z.object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() }).nullable(),
})
const pageShape = z.object({ asOf: z.string(), orders: z.array(orderShape), next: z.string().nullable() })

export function readOrder(o: z.infer<typeof orderShape>): RemoteOrder {
  return {
    orderRef: o.ref,
    name: o.name,
    stamp: o.changed,
    placedAt: o.placed,
    cancelledAt: o.cancelled,
    paid: o.paid,
    currency: o.currency,
    country: o.country ?? null,
    complete: o.complete,
    doubtful: false,
    lines: o.lines.map((l) => ({ lineRef: l.ref, articleNumber: l.number, itemRef: l.item, title: l.title, ordered: l.ordered, unitPriceMinor: l.price })),
    shipments: o.shipments.map((s) => ({ shipmentRef: s.ref, at: s.at, placeRef: s.place, lines: s.lines.map((l) => ({ lineRef: l.line, quantity: l.quantity })) })),
    withdrawals: o.withdrawals.map((w) => ({
      withdrawalRef: w.ref,
      at: w.at,
      placeRef: w.place,
      lines: w.lines.map((l) => ({ lineRef: l.line, quantity: l.quantity, kind: l.kind })),
    })),
    routing: o.routing === null ? 'unknown' : o.routing.map((r) => ({ lineRef: r.line, placeRef: r.place, quantity: r.quantity })),
    customer: o.customer,
  }
}
const events = (orders: z.infer<typeof orderShape>[]): Page['events'] => orders.map((o) => ({ kind: 'order-snapshot', order: readOrder(o) }))

/**
 * Where a walk stands: from when, whether open orders are wanted as well, how far its pages have come (`after`), and when its first page was
 * answered, by the shop's own clock. What changed since then, less the feed's lag, may not have been in it: the next walk starts there.
 */
const cursorShape = z.object({ since: z.string(), open: z.boolean(), after: z.string().nullable(), began: z.string().nullable() })

export async function pullOrders(client: ToyClient, from: { cursor: string | null; since?: string }, feedLagMs: number): Promise<Page> {
  const at = from.cursor === null ? { since: from.since ?? '', open: true, after: null, began: null } : cursorShape.parse(JSON.parse(from.cursor))
  const query = new URLSearchParams({ since: at.since, open: String(at.open), ...(at.after === null ? {} : { after: at.after }) })
  const page = await client.call('orders', pageShape, 'GET', `/orders?${query}`)
  const began = at.began ?? page.asOf
  const next = page.next === null ? { since: new Date(Date.parse(began) - feedLagMs).toISOString(), open: false, after: null, began: null } : { ...at, after: page.next, began }
  return { events: events(page.orders), cursor: JSON.stringify(next), more: page.next !== null }
}

/** By ref every order is shown, whatever its age, so one that isn't there was deleted. */
export async function pullOrdersByRef(client: ToyClient, refs: string[]): Promise<Page> {
  const page = await client.call('orders by ref', pageShape, 'POST', '/orders/read', { refs })
  const shown = new Set(page.orders.map((order) => order.ref))
  const gone = refs.filter((ref) => !shown.has(ref)).map((orderRef) => ({ kind: 'order-gone' as const, orderRef, at: page.asOf, showsSince: new Date(0).toISOString() }))
  return { events: [...events(page.orders), ...gone], cursor: '', more: false }
}
