/** What leaves from here for a shop's order, and whether the shop has heard of it. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { callerRef, idOf, instant, positivePieces, textIdOf } from './shared.ts'

const lines = z.array(
  z.strictObject({
    lineRef: z
      .string()
      .min(1)
      .max(300)
      .meta({ examples: ['1'] }),
    quantity: positivePieces,
  }),
)
/** Absent `lines` = all that is open. The same `ref` with the same content is the same shipment. */
export const shipForm = z.strictObject({ ref: callerRef, locationId: idOf('location'), occurredAt: instant.optional(), lines: lines.min(1).max(500).optional() })
export const shipped = z.object({ shipmentId: z.number().int(), /** True when it had been said before under the same ref. */ repeated: z.boolean(), lines })
const unshipForm = z.strictObject({ shipmentId: z.number().int().positive() })

export const shipment = z.object({
  shipmentId: z.number().int(),
  ref: z.string(),
  locationId: idOf('location'),
  occurredAt: instant,
  actor: z.object({ kind: z.string(), id: z.number().int().nullable(), name: z.string().nullable() }),
  lines,
  /** Nothing of it has gone to the shop: it can be taken back here. */
  mayTakeBack: z.boolean(),
})
/**
 * off: the connection isn't set to tell it · none: there is nothing to tell · waiting: it goes when its turn comes, also while the integration is paused · told: the shop has it ·
 * refused: `code` and `said` say why
 */
export const toldShop = z.object({ state: z.enum(['off', 'none', 'waiting', 'told', 'refused']), at: instant.nullable(), code: z.string().nullable(), said: z.string().nullable() })

const order = { params: z.object({ orderId: textIdOf('order') }) } as const
export const shippingRoutes = {
  'orders.ship': { method: 'POST', path: '/v1/orders/:orderId/ship', ...both('orders:write'), status: 201, ...order, body: shipForm, answer: shipped },
  'orders.unship': {
    method: 'POST',
    path: '/v1/orders/:orderId/unship',
    ...both('orders:write'),
    status: 200,
    ...order,
    body: unshipForm,
    answer: z.object({ shipments: z.array(shipment) }),
  },
} as const satisfies Record<string, Route>
