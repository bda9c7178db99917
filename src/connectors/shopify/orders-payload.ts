/** The order as a hook carries it (the older REST form): the same story as an answer's, except where it ships from, which no payload says. */
import { z } from 'zod'
import { parseMinor } from '../../kit/money.ts'
import { gid, type Kind } from './ids.ts'
import { customerOf, hasLeft, instant, isPaid, numberOf, restockOf, type SeenOrder } from './seen-order.ts'

/** Ids are beyond 2^53 at times, and are then text. */
const id = z.union([z.number(), z.string()])
const named = z.object({ id, admin_graphql_api_id: z.string().nullish() })
const placeId = id.nullish()
const payload = named.extend({
  name: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  cancelled_at: z.string().nullish(),
  financial_status: z.string().nullish(),
  currency: z.string(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
  line_items: z
    .array(
      named.extend({
        sku: z.string().nullish(),
        name: z.string().nullish(),
        quantity: z.number().int(),
        current_quantity: z.number().int().nullish(),
        fulfillable_quantity: z.number().int().nullish(),
        price: z.union([z.string(), z.number()]).nullish(),
      }),
    )
    .nullish(),
  fulfillments: z
    .array(named.extend({ status: z.string().nullish(), created_at: z.string(), location_id: placeId, line_items: z.array(named.extend({ quantity: z.number().int() })) }))
    .nullish(),
  refunds: z
    .array(
      named.extend({
        created_at: z.string(),
        refund_line_items: z.array(z.object({ line_item_id: id, quantity: z.number().int(), location_id: placeId, restock_type: z.string().nullish() })).nullish(),
      }),
    )
    .nullish(),
})

const refOf = (kind: Kind, thing: z.infer<typeof named>): string => thing.admin_graphql_api_id ?? gid(kind, thing.id)
const placeOf = (number: z.infer<typeof placeId>): string | null => (number === null || number === undefined ? null : gid('Location', number))

/** Null when this isn't an order. */
export function seenInPayload(body: unknown): SeenOrder | null {
  const read = payload.safeParse(body)
  if (!read.success) return null
  const order = read.data
  const lines = (order.line_items ?? []).map((line) => ({
    ref: refOf('LineItem', line),
    sku: numberOf(line.sku),
    title: line.name ?? '',
    ordered: line.quantity,
    current: line.current_quantity ?? null,
    unfulfilled: line.fulfillable_quantity ?? null,
    unitPriceMinor: line.price === null || line.price === undefined ? null : parseMinor(String(line.price)),
  }))
  const shipments = (order.fulfillments ?? [])
    .filter((f) => hasLeft(f.status ?? 'success'))
    .map((f) => ({
      ref: refOf('Fulfillment', f),
      at: instant(f.created_at),
      placeRef: placeOf(f.location_id),
      lines: f.line_items.map((l) => ({ lineRef: refOf('LineItem', l), quantity: l.quantity })),
    }))
  const refunds = (order.refunds ?? []).map((refund) => ({
    ref: refOf('Refund', refund),
    at: instant(refund.created_at),
    lines: (refund.refund_line_items ?? []).map((l) => ({
      lineRef: gid('LineItem', l.line_item_id),
      quantity: l.quantity,
      restock: restockOf(l.restock_type ?? 'no_restock'),
      placeRef: placeOf(l.location_id),
    })),
  }))
  const known = new Set(lines.map((line) => line.ref))
  const mentioned = [...shipments, ...refunds].flatMap((part) => part.lines.map((l) => l.lineRef))
  return {
    ref: refOf('Order', order),
    name: order.name,
    placedAt: instant(order.created_at),
    updatedAt: instant(order.updated_at),
    cancelledAt: order.cancelled_at ? instant(order.cancelled_at) : null,
    paid: isPaid(order.financial_status),
    currency: order.currency,
    // A payload never says that it was cut; a line it speaks of but doesn't list gives it away.
    complete: lines.length > 0 && mentioned.every((ref) => known.has(ref)),
    lines,
    shipments,
    refunds,
    routes: null,
    customer: customerOf(order.email, order.phone),
  }
}
