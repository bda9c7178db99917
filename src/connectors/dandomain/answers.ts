/** The shapes the shop answers in, as far as we read them; anything more is let through and left alone. Empty fields are left out there, so none but ids may be required. */
import { z } from 'zod'
import { readable } from './xml.ts'

const nothing = (value: unknown): unknown => (value === undefined || value === '' ? null : value)
/** Empty, and left out, is null. */
const text = z.preprocess(nothing, z.string().nullable())
const title = text.transform((said) => (said === null ? null : readable(said)))
const id = z.string().regex(/^\d{1,18}$/)
const idOrNone = text.transform((said) => (said === null || !/^[1-9]\d{0,17}$/.test(said) ? null : said))
/** A whole number; null where none is said. */
const whole = text.transform((said, context) => {
  if (said === null) return null
  if (/^-?\d{1,15}(\.0+)?$/.test(said)) return Math.trunc(Number(said))
  context.addIssue({ code: 'custom', message: 'no whole number' })
  return z.NEVER
})
const decimal = text.transform((said) => (said === null || !/^-?\d{1,12}(\.\d{1,10})?$/.test(said) ? null : Number(said)))
/** A list that is empty may be an empty element, nil, or not there. */
export const listOf = <T>(row: z.ZodType<T>): z.ZodType<T[]> => z.preprocess((value) => nothing(value) ?? [], z.array(row))

const locations = listOf(z.object({ StockLocationId: id, Stock: whole }))
const stocked = { ItemNumber: text, Title: title, Stock: whole, StockLocations: locations }
export const variant = z.object({ Id: id, ProductId: idOrNone, ...stocked })
export type Variant = z.infer<typeof variant>
export const product = z.object({ Id: id, ...stocked, Variants: listOf(variant) })
export type Product = z.infer<typeof product>
export type Stocked = Pick<Variant, 'ItemNumber' | 'Title' | 'Stock' | 'StockLocations'>

const line = z.object({
  Id: id,
  ProductId: idOrNone,
  VariantId: idOrNone,
  ItemNumber: text,
  Amount: text,
  Price: decimal,
  VatRate: decimal,
  ProductTitle: title,
  VariantTitle: title,
  StockLocationId: idOrNone,
})
export type Line = z.infer<typeof line>
const person = z.object({ Firstname: text, Lastname: text, Company: text, Email: text, Phone: text, Mobile: text, Country: text, ShippingCountry: text, Cvr: text })
/** Statuses are an open list: the shop makes its own. Nothing personal is required. */
export const order = z.object({
  Id: id,
  Status: text,
  Total: decimal,
  Vat: decimal,
  InvoiceNumber: text,
  ReferenceNumber: text,
  Origin: text,
  DateDelivered: text,
  DateSent: text,
  DateUpdated: text,
  Currency: z.preprocess((value) => (typeof value === 'object' ? value : null), z.object({ Iso: text }).nullable()),
  Customer: z.preprocess((value) => (typeof value === 'object' ? value : null), person.nullable()),
  OrderLines: listOf(line),
})
export type Order = z.infer<typeof order>

export const maybe = <T>(shape: z.ZodType<T>): z.ZodType<T | null> => z.preprocess(nothing, shape.nullable())
export const yes = z.preprocess(nothing, z.string().nullable()).transform((said) => said === 'true' || said === '1')
export const ids = listOf(id)
export const webinfo = z.object({ Title: title, Url: text, SolutionId: text })
export const status = z.object({ Id: z.string(), Title: title })
