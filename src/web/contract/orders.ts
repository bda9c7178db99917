/** Orders from webshops, as their latest snapshot. Every personal field may be missing. */
import { z } from 'zod'
import { handedOver } from './handed-over.ts'
import { invoice } from './invoices.ts'
import { articleNumber, cursor, idOf, instant, limit, text, textIdOf } from './shared.ts'
import { shipment, toldShop } from './shipping.ts'
import { movement } from './stock.ts'

export const ORDER_STATES = ['open', 'shipped', 'cancelled', 'done', 'deleted'] as const
/** What a list can be cut down to: a state, or what is worth a look whatever the state. */
export const ORDER_FILTERS = [...ORDER_STATES, 'partly-shipped', 'unrouted', 'unpaid', 'exception'] as const
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
  /** When it was taken in last. */
  changedAt: instant,
  /** When it was deleted in the shop: it holds nothing any more, and what was shipped stays. */
  deletedAt: instant.nullable(),
  /** Null = nobody is known by an e-mail or an id. */
  customerId: idOf('customer').nullable(),
  customer: customer.nullable(),
  pieces: z.number().int(),
  /** Of them: still to be shipped, and shipped. */
  open: z.number().int(),
  shipped: z.number().int(),
  /** Lines whose number we don't know: they are kept and book when the article appears. */
  unknownLines: z.number().int(),
  /** What waits for a person: unknown lines nobody has said anything of, losses to be decided, and pieces that ship from a place of no store. */
  exceptions: z.number().int(),
  /** True while nobody has said where it ships from: it counts at the connection's default location. */
  unrouted: z.boolean(),
  /** True while it is open, isn't paid, and the connection counts orders once they are paid: it holds nothing yet. */
  waitsForPayment: z.boolean(),
  /** Where it holds or has taken goods. */
  locationIds: z.array(idOf('location')),
  /** Pieces that ship (or shipped) from a place of the shop that belongs to no store here: they are in nobody's stock until it does. */
  elsewhere: z.array(z.object({ placeRef: z.string(), place: z.string().nullable(), quantity: z.number().int() })),
})
const orderLine = z.object({
  lineRef: z.string(),
  articleId: idOf('article').nullable(),
  /** As the order says it; the article may have another number by now. */
  articleNumber: z.string().nullable(),
  title: z.string(),
  ordered: z.number().int(),
  open: z.number().int(),
  shipped: z.number().int(),
  restocked: z.number().int(),
  lost: z.number().int(),
  returned: z.number().int(),
  unitPriceMinor: z.number().int().nullable(),
  /** What the shop says of it doesn't go together: numbers of different articles, or a quantity that is none. Null = it does. */
  unclear: z.object({ articleNumbers: z.array(z.string()), quantity: z.string().nullable() }).nullable(),
  /** A person said that the line is nothing we keep in stock. */
  noGoods: z.boolean(),
  /** Where its pieces are; `locationId` null = a place of the shop that is none of ours. `sure` false = nobody has said yet, it is counted there meanwhile. */
  at: z.array(
    z.object({
      what: z.enum(['open', 'shipped', 'restocked', 'lost', 'returned', 'kept']),
      locationId: idOf('location').nullable(),
      quantity: z.number().int(),
      sure: z.boolean(),
    }),
  ),
})
export const order = orderHead.extend({
  /** Its page in the shop's own admin, where the connector knows one. */
  remotePage: z.string().nullable(),
  lines: z.array(orderLine),
  /** What each ERP that takes orders has of it. */
  handedOver: z.array(handedOver),
  /** What left from here, said by a person, a till or another system. */
  shipments: z.array(shipment),
  /** Whether its shop has heard of that. */
  toldShop,
  /** What an ERP has booked for it, the newest first. */
  invoices: z.array(invoice),
  /** True where an ERP is connected that may have some. */
  mayBeInvoiced: z.boolean(),
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
  /** What it did to the stock, in order of when it happened. */
  movements: z.array(
    movement
      .omit({ onHandAfter: true, reservedAfter: true, source: true })
      .extend({ articleId: idOf('article'), articleNumber: z.string(), articleName: z.string(), locationName: z.string() }),
  ),
  /** How it changed after it was placed, oldest first. `to` = our locations; null = a place that is none of ours. */
  edits: z.array(
    z.object({
      at: instant,
      lines: z.array(
        z.object({ lineRef: z.string(), title: z.string(), what: z.enum(['ordered', 'shipped', 'restocked', 'lost', 'returned']), was: z.number().int(), now: z.number().int() }),
      ),
      moved: z.array(z.object({ lineRef: z.string(), title: z.string(), to: z.array(idOf('location').nullable()) })),
      cancelled: z.boolean().nullable(),
    }),
  ),
})
export const ordersQuery = z.strictObject({
  connectionId: textIdOf('connection').optional(),
  customerId: textIdOf('customer').optional(),
  state: z.enum(ORDER_FILTERS).optional(),
  /** Any part of the order's name, or its ref to the letter. */
  q: text(100).optional(),
  orderRef: z.string().max(300).optional(),
  articleNumber: articleNumber.optional(),
  /** Where it has moved stock. */
  locationId: textIdOf('location').optional(),
  changedAfter: instant.optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
/** Absent `lossIds` = every loss of the order. 'written-off' = they are gone after all. */
export const putBackForm = z.strictObject({
  lossIds: z.array(z.number().int().positive()).min(1).max(500).optional(),
  decision: z.enum(['put-back', 'written-off']).default('put-back'),
})
/** How many losses were decided otherwise now. */
export const putBack = z.object({ putBack: z.number().int() })

/**
 * What an unknown line is. With a number, the number means this article from now on, in every order that has it; without, only this line.
 * `articleId` null = nothing we keep in stock. `preview` = only say what would happen.
 */
export const connectForm = z.strictObject({
  lineRef: z
    .string()
    .min(1)
    .max(300)
    .meta({ examples: ['1'] }),
  articleId: idOf('article').nullable(),
  preview: z.boolean().default(false),
})
export const connected = z.object({
  /** How many orders were applied anew. */
  orders: z.number().int(),
  /** What that did to the article's stock, only where something changed. `available` null = unknown there, nothing was ever counted or received. */
  changes: z.array(
    z.object({ locationId: idOf('location'), locationName: z.string(), onHand: z.number().int(), reserved: z.number().int(), available: z.number().int().nullable() }),
  ),
})
