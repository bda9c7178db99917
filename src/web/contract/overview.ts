/** The first page: what needs somebody today, in one answer. */
import { z } from 'zod'
import { connectionHead, waits } from './connections.ts'
import { idOf, instant } from './shared.ts'

export const overview = z.object({
  shops: z.array(
    connectionHead.extend({
      openDifferences: z.number().int(),
      /** Messages that could not be applied and wait for a person. */
      unread: z.number().int(),
      /** Orders and invoices it didn't take. */
      turnedAway: z.number().int(),
      polledAt: instant.nullable(),
    }),
  ),
  orders: z.object({
    open: z.number().int(),
    /** Of them: nobody has said yet which store they ship from. */
    unrouted: z.number().int(),
    /** Orders with a line nobody knows, goods to be decided about, or pieces at a place of no store. */
    exceptions: z.number().int(),
  }),
  stock: z.object({
    articles: z.number().int(),
    /** Articles with fewer than nothing available in some store. */
    negative: z.number().int(),
    /** Articles kept in stock that no store has ever counted, received or taken over. */
    uncounted: z.number().int(),
  }),
  /** Since midnight where the company is. Pieces sold in the stores, returns taken off; and ordered in the webshops. */
  today: z.object({ sales: z.number().int(), salePieces: z.number().int(), orders: z.number().int(), orderPieces: z.number().int() }),
  /** How long changes here waited for the webshop's answer since midnight; null = none was sent. */
  told: waits.nullable(),
  /** What stands in each store: articles there are any of, pieces in all, and articles that are out. Archived articles and what nobody has counted are left out. */
  shelves: z.array(z.object({ locationId: idOf('location'), name: z.string(), articles: z.number().int(), pieces: z.number().int(), out: z.number().int() })),
})

/** The last fourteen days: pieces sold in each store and ordered in each webshop, by day where the company is: the oldest day first, today last. */
export const overviewSales = z.object({
  days: z.array(z.iso.date()),
  places: z.array(z.object({ kind: z.enum(['store', 'webshop']), id: z.number().int(), name: z.string(), pieces: z.array(z.number().int()) })),
})
