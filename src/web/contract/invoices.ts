/** Invoices an ERP has booked, as they stand towards our orders and their shops. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { bytes, cursor, idOf, instant, limit, nothing, pageOf, text, textIdOf } from './shared.ts'

/** asks = it may be for several orders, and a person is asked · unlinked = for none of ours · failed = its PDF can't be fetched, or the shop doesn't take it. */
export const INVOICE_FILTERS = ['asks', 'linked', 'unlinked', 'failed'] as const
/** An order as one tells it from others. */
const orderNamed = z.object({
  id: idOf('order'),
  name: z.string(),
  connectionName: z.string(),
  placedAt: instant,
  currency: z.string(),
  /** What its goods cost, with VAT: what was ordered times the price. Null = some price is unknown. */
  goodsMinor: z.number().int().nullable(),
})
export const invoice = z.object({
  id: idOf('invoice'),
  connectionId: idOf('connection'),
  connectionName: z.string(),
  number: z.string().nullable(),
  bookedAt: instant.nullable(),
  credit: z.boolean(),
  currency: z.string(),
  /** Negative for a credit note. */
  grossMinor: z.number().int().nullable(),
  order: orderNamed.nullable(),
  /** made = we made it · turned = made from what we made · reference, heading, text, number = that field names the order · person = somebody said so, that it is for none too. */
  linkedBy: z.enum(['made', 'turned', 'reference', 'heading', 'text', 'number', 'person']).nullable(),
  /** The order is in another currency, or its goods cost something else. Freight, a discount or a part of it is reason enough, so nothing is held up by it. */
  differs: z.boolean(),
  /** Orders it may be for, while nobody has said which. */
  candidates: z.array(orderNamed),
  /** none = nobody asked for it · missing, not-a-pdf = asked for again and again, now given up · erased = it named somebody who was forgotten */
  pdf: z.enum(['none', 'waiting', 'there', 'missing', 'not-a-pdf', 'too-large', 'erased']),
  fetchedAt: instant.nullable(),
  /** Whether the order's shop has it: none = it isn't to. */
  shop: z.enum(['none', 'waiting', 'sent', 'refused']),
  /** Why the shop didn't take it. */
  refusal: z.object({ code: z.string(), said: z.string() }).nullable(),
})
export const invoicesQuery = z.strictObject({
  state: z.enum(INVOICE_FILTERS).optional(),
  connectionId: textIdOf('connection').optional(),
  orderId: textIdOf('order').optional(),
  /** Its number, or the name of its order, to the letter. */
  q: text(100).describe('The number of the invoice, or the name of its order, to the letter.').optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
export const linkForm = z.strictObject({ orderId: idOf('order') })
export const fetchAsked = z.object({
  /** How many ERPs are asked. */
  asked: z.number().int(),
})

const one = { params: z.object({ invoiceId: textIdOf('invoice') }) } as const
const I = '/v1/invoices/:invoiceId'
const read = { ...both('orders:read'), status: 200 } as const
const write = { ...both('orders:write'), status: 200 } as const

export const invoiceRoutes = {
  'invoices.list': { method: 'GET', path: '/v1/invoices', ...read, query: invoicesQuery, answer: pageOf(invoice) },
  'invoices.show': { method: 'GET', path: I, ...read, ...one, answer: invoice },
  'invoices.pdf': { method: 'GET', path: `${I}/pdf`, ...read, ...one, media: 'application/pdf', answer: bytes },
  'invoices.link': { method: 'POST', path: `${I}/link`, ...write, ...one, body: linkForm, answer: invoice },
  'invoices.unlink': { method: 'DELETE', path: `${I}/link`, ...write, ...one, answer: invoice },
  'invoices.fetch': { method: 'POST', path: `${I}/fetch`, ...write, status: 202, ...one, body: nothing, answer: invoice },
  'orders.fetch-invoices': {
    method: 'POST',
    path: '/v1/orders/:orderId/fetch-invoices',
    ...write,
    status: 202,
    params: z.object({ orderId: textIdOf('order') }),
    body: nothing,
    answer: fetchAsked,
  },
} as const satisfies Record<string, Route>
