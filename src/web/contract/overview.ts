/** The first page: what needs somebody today, in one answer. */
import { z } from 'zod'
import { connectionHead } from './connections.ts'
import { instant } from './shared.ts'

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
})
