/** How the toy shop's protocol (docs/connectors/toy.md) says an item and an order; hooks and answers say them alike. */
import { pieces, type ToyItem, type ToyOrder } from './shop.ts'

export const itemText = (item: ToyItem) => ({
  ref: item.ref,
  parent: item.parent,
  number: item.number,
  title: item.title,
  tracked: item.tracked,
  unwritable: item.unwritable,
  levels: [...item.levels].map(([place, level]) => ({ place, value: item.tracked ? level.value : null, active: level.active })),
})

/** An order as the protocol says it. */
export function orderText(order: ToyOrder): Record<string, unknown> {
  return {
    ref: order.ref,
    name: order.name,
    changed: order.stamp,
    placed: order.placed,
    cancelled: order.cancelled,
    paid: order.paid,
    currency: 'SEK',
    country: order.country,
    complete: true,
    lines: orderLinesText(order),
    shipments: order.shipments.map((s) => ({ ...s, lines: s.lines.map((l) => ({ ...l })) })),
    withdrawals: order.withdrawals.map((w) => ({ ref: w.ref, at: w.at, place: order.routed ? w.place : null, lines: w.lines.map((l) => ({ ...l })) })),
    routing: order.routed ? order.lines.map((l) => ({ line: l.ref, place: l.place, quantity: pieces(order, l).open })).filter((r) => r.quantity > 0) : null,
    customer: { name: 'Ada Exempel', email: 'ada@example.com', phone: null },
  }
}
export const orderLinesText = (order: ToyOrder) => order.lines.map((l) => ({ ref: l.ref, item: l.item, number: l.number, title: l.title, ordered: l.ordered, price: l.price }))
