/** Search everywhere: one text, and whatever bears it. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { idOf, instant, text } from './shared.ts'
import { DOCUMENT_TYPES } from './stock.ts'

/** Of each kind. */
export const MOST_FOUND = 8
const found = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), more: z.boolean() })

export const searchQuery = z.strictObject({
  q: text(100).describe('A number, a barcode, or part of a name; also an order’s name, a customer’s e-mail or phone, an invoice’s number, a document’s ref.').optional(),
})
/** A kind the caller may not see is null. `more` = there are more than are shown. */
export const searched = z.object({
  /** The article that exactly bears the number, a former number or the barcode: where a scan leads. */
  exact: z.object({ articleId: idOf('article') }).nullable(),
  articles: found(
    z.object({
      id: idOf('article'),
      number: z.string(),
      name: z.string(),
      /** number, barcode = exactly · former-number = what it was called before · part = the number begins so, or the name has it. */
      by: z.enum(['number', 'former-number', 'barcode', 'part']),
      /** At all locations together; null = unknown. */
      available: z.number().int().nullable(),
      /** Somewhere it isn't in sync, and won't be by itself. */
      needsSomebody: z.boolean(),
    }),
  ),
  orders: found(z.object({ id: idOf('order'), name: z.string(), connectionName: z.string(), placedAt: instant })).nullable(),
  customers: found(z.object({ id: idOf('customer'), name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })).nullable(),
  invoices: found(z.object({ id: idOf('invoice'), number: z.string(), connectionName: z.string(), orderId: idOf('order').nullable() })).nullable(),
  documents: found(z.object({ id: idOf('document'), type: z.enum(DOCUMENT_TYPES), ref: z.string(), occurredAt: instant })).nullable(),
})

export const searchRoutes = {
  'search.find': { method: 'GET', path: '/v1/search', ...both('articles:read'), status: 200, query: searchQuery, answer: searched },
} as const satisfies Record<string, Route>
