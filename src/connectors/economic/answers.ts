/** The shapes e-conomic answers in, as far as we read them; anything more is let through and left alone. */
import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? null : value))
const amount = z.number().nullish()
const isTrue = z
  .boolean()
  .nullish()
  .transform((value) => value === true)

/** `inventory` is only there with the stock module; a group that keeps no stock leaves it out or shows zeros. */
export const product = z.object({
  productNumber: z.string(),
  name: text,
  barred: isTrue,
  lastUpdated: text,
  productGroup: z.object({ inventoryEnabled: z.boolean().nullish() }).nullish(),
  inventory: z.object({ inStock: amount, available: amount }).nullish(),
})
export type Product = z.infer<typeof product>

/** A page of a list; `results` is how many there are in all. */
export const pageOf = <T>(row: z.ZodType<T>) => z.object({ collection: z.array(row), pagination: z.object({ results: z.number(), nextPage: text }) })

export const self = z.object({
  agreementNumber: z.number(),
  company: z.object({ name: text }).nullish(),
  settings: z.object({ baseCurrency: text }).nullish().catch(null),
  modules: z
    .array(z.object({ name: text }))
    .nullish()
    .catch(null),
})

const line = z.object({ product: z.object({ productNumber: z.string() }).nullish(), quantity: amount })
/** An order, a draft or a booked invoice: each has its own number. A list leaves the lines out. */
export const document = z.object({
  orderNumber: z.number().nullish(),
  draftInvoiceNumber: z.number().nullish(),
  bookedInvoiceNumber: z.number().nullish(),
  date: z.string(),
  currency: z.string(),
  netAmount: amount,
  grossAmount: amount,
  references: z.object({ other: text }).nullish(),
  externalId: z.string().nullish(),
  notes: z.object({ heading: text, textLine1: text, textLine2: text }).nullish(),
  lines: z.array(line).nullish(),
})
export type Document = z.infer<typeof document>

export const customer = z.object({
  customerNumber: z.number(),
  email: text,
  telephoneAndFaxNumber: text,
  corporateIdentificationNumber: text,
  barred: isTrue,
  paymentTerms: z.object({ paymentTermsNumber: z.number() }).nullish(),
})
export const zone = z.object({ vatZoneNumber: z.number(), name: text })
export const layout = z.object({ layoutNumber: z.number(), deleted: isTrue })
export const terms = z.object({ paymentTermsNumber: z.number(), paymentTermsType: text })
export const group = z.object({ customerGroupNumber: z.number() })
