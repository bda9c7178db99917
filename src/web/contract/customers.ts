/** Customers: whoever orders, with no more about them than somebody said. */
import { z } from 'zod'
import { order } from './orders.ts'
import { cursor, flag, idOf, instant, limit, text, textIdOf } from './shared.ts'

/** Null = unknown. */
export const personal = { name: text(200).nullable(), email: text(254).nullable(), phone: text(50).nullable() }
export const customer = z.object({
  id: idOf('customer'),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** The connection or view it came through, by id and name, and what it is called there; null = made here. Its times are the source's own. */
  source: z
    .object({
      id: z.number().int(),
      name: z.string(),
      ref: z.string().nullable(),
      createdAt: instant.nullable(),
      updatedAt: instant.nullable(),
      /** Since when the source has them no more. */
      goneAt: instant.nullable(),
    })
    .nullable(),
  orders: z.number().int(),
  /** Of those, the ones not shipped or cancelled yet. */
  openOrders: z.number().int(),
  version: z.number().int(),
  createdAt: instant,
  changedAt: instant,
  /** Name, e-mail and phone were erased for good. */
  erasedAt: instant.nullable(),
})
export const customerForm = z.strictObject({ name: personal.name.default(null), email: personal.email.default(null), phone: personal.phone.default(null) })
export const customerChange = z.strictObject({ name: personal.name.optional(), email: personal.email.optional(), phone: personal.phone.optional() })
/** Newest first. `email`, `phone` and `externalId` are compared to the letter, an e-mail's capitals aside. */
export const customersQuery = z.strictObject({
  /** Any part of name, e-mail or phone; of a phone the digits alone count. */
  q: text(100).describe('Any part of a name, an e-mail or a phone number.').optional(),
  email: text(254).optional(),
  phone: text(50).optional(),
  /** What a connection or an outside system calls it. */
  externalId: text(200).optional(),
  changedAfter: instant.optional(),
  /** True = those that were erased, who are left out otherwise. */
  erased: flag.optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
/** What somebody asked for through a webshop: to see what is kept of them, to be forgotten; `erase-all` = the webshop wants everybody it told of forgotten. */
export const privacyRequest = z.object({
  id: idOf('request'),
  ask: z.enum(['data', 'erase', 'erase-all']),
  source: z.object({ id: z.number().int(), name: z.string() }),
  /** What the webshop calls the customer, and the request. */
  customerRef: z.string().nullable(),
  requestRef: z.string().nullable(),
  /** Whom it is about; null = nobody was known by that. */
  customer: z.object({ id: idOf('customer'), name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  askedAt: instant,
  /** Until when it must be done. */
  dueAt: instant,
  /** How many customers were forgotten at once. */
  forgotten: z.number().int(),
  /** Null = a person has something to do. */
  doneAt: instant.nullable(),
})
/** Those that wait first, the oldest of them first; then what is done, the latest first. */
export const privacyRequestsQuery = z.strictObject({
  open: flag.describe('True = those that wait for a person, false = those that are done.').optional(),
  customerId: textIdOf('customer').optional(),
  cursor: cursor.optional(),
  limit: limit(),
})

/** All that is kept of one person. */
export const customerExport = z.object({
  exportedAt: instant,
  customer,
  orders: z.array(
    z.object({
      name: z.string(),
      ref: z.string(),
      from: z.string(),
      state: order.shape.state,
      placedAt: instant,
      cancelledAt: instant.nullable(),
      currency: z.string().nullable(),
      lines: z.array(z.object({ number: z.string().nullable(), title: z.string(), quantity: z.number().int(), unitPriceMinor: z.number().int().nullable() })),
    }),
  ),
})
