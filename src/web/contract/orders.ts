/** Orders from webshops, as their latest snapshot. Every personal field may be missing. */
import { z } from 'zod'
import { articleNumber, cursor, idOf, instant, limit, textIdOf } from './shared.ts'

export const ORDER_STATES = ['open', 'shipped', 'cancelled', 'done'] as const
const customer = z.object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })
export const orderHead = z.object({
  id: idOf('order'),
  connectionId: idOf('connection'),
  connectionName: z.string(),
  orderRef: z.string(),
  /** What the shopkeeper calls it, "#1001". */
  name: z.string(),
  state: z.enum(ORDER_STATES),
  placedAt: instant,
  cancelledAt: instant.nullable(),
  customer: customer.nullable(),
  pieces: z.number().int(),
  /** Lines whose number we don't know: they are kept and book when the article appears. */
  unknownLines: z.number().int(),
  /** True while nobody has said where it ships from: it counts at the connection's default location. */
  unrouted: z.boolean(),
})
export const order = orderHead.extend({
  lines: z.array(
    z.object({
      lineRef: z.string(),
      articleId: idOf('article').nullable(),
      articleNumber: z.string().nullable(),
      title: z.string(),
      ordered: z.number().int(),
      open: z.number().int(),
      shipped: z.number().int(),
      restocked: z.number().int(),
      lost: z.number().int(),
      returned: z.number().int(),
      unitPriceMinor: z.number().int().nullable(),
    }),
  ),
  /** Cancelled before shipping and not put back by the shop: written off, with the button "put back". */
  losses: z.array(
    z.object({
      lossId: z.number().int(),
      articleId: idOf('article'),
      articleNumber: z.string(),
      locationId: idOf('location'),
      quantity: z.number().int(),
      at: instant,
      state: z.enum(['written-off', 'put-back', 'asked']),
    }),
  ),
})
export const ordersQuery = z.strictObject({
  connectionId: textIdOf('connection').optional(),
  state: z.enum(ORDER_STATES).optional(),
  orderRef: z.string().max(300).optional(),
  articleNumber: articleNumber.optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
/** Absent = every loss of the order. */
export const putBackForm = z.strictObject({ lossIds: z.array(z.number().int().positive()).min(1).max(500).optional() })
export const putBack = z.object({ putBack: z.number().int() })
