/** Orders as documents of an ERP: what each ERP has of an order, and what it refused. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { cursor, idOf, instant, limit, nothing, pageOf, textIdOf } from './shared.ts'

/**
 * none: nothing of it went there · waiting: it goes when its turn comes · sent: it is there as a draft or an order · refused: `code` and `said` say why ·
 * booked: nothing is written any more · gone: somebody deleted it there, and it isn't made again by itself
 */
const HANDED_OVER = ['none', 'waiting', 'sent', 'refused', 'booked', 'gone'] as const
export const handedOver = z.object({
  connectionId: idOf('connection'),
  connection: z.string(),
  state: z.enum(HANDED_OVER),
  stage: z.enum(['order', 'draft', 'booked']).nullable(),
  /** What it is called there: 'draft/31', 'booked/300'. */
  documentRef: z.string().nullable(),
  /** The number people there call it by. */
  number: z.string().nullable(),
  /** Why it couldn't go, and what the ERP said to it. */
  code: z.string().nullable(),
  said: z.string().nullable(),
  /** It changed after it was booked: somebody makes a credit note there. */
  changedSince: z.boolean(),
  /** When it went there last; of one that waits, since when. */
  at: instant.nullable(),
})
/** Which ERP; one it was deleted in gets a new document. */
const handOverForm = z.strictObject({ connectionId: idOf('connection') })

const refusedOrdersQuery = z.strictObject({ cursor: cursor.optional(), limit: limit() })
const refusedOrder = z.object({ orderId: idOf('order'), name: z.string(), shop: z.string(), placedAt: instant, code: z.string(), said: z.string().nullable() })
/** How many wait to go again. */
const sentAgain = z.object({ orders: z.number().int() })

const order = { params: z.object({ orderId: textIdOf('order') }) } as const
const connection = { path: '/v1/connections/:connectionId/refused-orders', params: z.object({ connectionId: textIdOf('connection') }) } as const

export const handedOverRoutes = {
  'orders.hand-over': {
    ...{ method: 'POST', path: '/v1/orders/:orderId/hand-over', ...both('orders:write'), status: 200, ...order },
    ...{ body: handOverForm, answer: z.object({ handedOver: z.array(handedOver) }) },
  },
  'orders.refused': { method: 'GET', ...connection, ...both('orders:read'), status: 200, query: refusedOrdersQuery, answer: pageOf(refusedOrder) },
  'orders.send-refused': { method: 'POST', ...connection, ...both('orders:write'), status: 200, body: nothing, answer: sentAgain },
} as const satisfies Record<string, Route>
