/** What is sold and where it is kept: locations, products, articles, barcodes. */
import { z } from 'zod'
import { articleNumber, batchAnswer, cursor, flag, idOf, instant, limit, linesOf, minor, text, textIdOf } from './shared.ts'
import { articleState } from './states.ts'

export const location = z.object({
  id: idOf('location'),
  name: z.string(),
  createdAt: instant,
  archivedAt: instant.nullable(),
  /** The ERP that keeps its stock: receipts, counts and corrections are made there. Null = they are made here. */
  master: z.object({ connectionId: idOf('connection'), name: z.string() }).nullable(),
})
export const locationForm = z.strictObject({ name: text(100) })
export const locationChange = z.strictObject({ name: text(100).optional(), archived: z.boolean().optional() })

/** A class is a word; its dated rates are the company's. */
export const vatClass = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .meta({ examples: ['standard'] })
/** Text as given: 8, 12, 13 or 14 digits with a right check digit; compared padded to 14. `pack` = pieces behind one scan. */
export const barcodeForm = z.strictObject({
  code: z
    .string()
    .max(20)
    .meta({ examples: ['7350053850019'] }),
  pack: z.number().int().min(1).max(100_000).default(1),
})
export const barcode = z.object({ code: z.string(), pack: z.number().int() })
const optionValues = z.record(text(50), text(100))

/** One place of one article. Null = unknown (nothing was ever booked there), which is not zero (L7). */
export const levelHere = z.object({
  locationId: idOf('location'),
  onHand: z.number().int().nullable(),
  reserved: z.number().int().nullable(),
  available: z.number().int().nullable(),
})
export const article = z.object({
  id: idOf('article'),
  productId: idOf('product'),
  number: z.string(),
  name: z.string(),
  optionValues: z.record(z.string(), z.string()),
  priceMinor: z.number().int().nullable(),
  /** Where the price differs; elsewhere `priceMinor` holds. */
  prices: z.array(z.object({ locationId: idOf('location'), priceMinor: z.number().int() })),
  vatClass: z.string(),
  /** Today's rate of that class, or null when the company has none. Basis points: 2500 = 25 %. */
  vatRateBp: z.number().int().nullable(),
  stockTracked: z.boolean(),
  barcodes: z.array(barcode),
  /** The image to show it by: the first of its own, else of its product. */
  imageId: idOf('image').nullable(),
  levels: z.array(levelHere),
  /** One per connection whose Webshop box is or was ticked. */
  connections: z.array(
    z.object({ connectionId: idOf('connection'), name: z.string(), boxed: z.boolean(), state: articleState, heldByMessage: z.boolean(), itemRef: z.string().nullable() }),
  ),
  createdAt: instant,
  changedAt: instant,
  archivedAt: instant.nullable(),
})
/** `moved` true = asked for by a number it had before; `number` is what it is called now. */
export const articleShown = article.extend({
  formerNumbers: z.array(z.object({ number: z.string(), until: instant })),
  /** Where an ERP or a shop is master of the stock: its number as it was last taken over, and why it has none now. */
  masters: z.array(
    z.object({
      locationId: idOf('location'),
      connectionId: idOf('connection'),
      name: z.string(),
      number: z.number().int().nullable(),
      /** What happened here that its number doesn't contain: below 0 for what was sold. Null = it was never taken over. */
      apart: z.number().int().nullable(),
      /** not-there: it has no such article · not-counted: it keeps no stock of it · not-read: its numbers aren't asked for · not-ticked: the shop isn't told of the article. Null = it has a number, or nobody has looked yet. */
      why: z.enum(['not-there', 'not-counted', 'not-read', 'not-ticked']).nullable(),
      at: instant.nullable(),
    }),
  ),
})
export const articleFound = article.extend({ moved: z.boolean() })

export const articleForm = z.strictObject({
  number: articleNumber,
  name: text(300),
  /** Absent = the article is its own product. */
  productId: idOf('product').optional(),
  optionValues: optionValues.optional(),
  priceMinor: minor.min(0).nullable().optional(),
  vatClass: vatClass.optional(),
  stockTracked: z.boolean().optional(),
  barcodes: z.array(barcodeForm).max(50).optional(),
})
export const articlesForm = z.strictObject({ articles: linesOf(articleForm, 'an article, as in POST /v1/articles') })
export const articlesMade = batchAnswer(z.object({ id: idOf('article'), number: z.string() }))
export const articleChange = z.strictObject({
  /** A new number; the old one stays reserved for this article and still finds it. */
  number: articleNumber.optional(),
  name: text(300).optional(),
  optionValues: optionValues.optional(),
  priceMinor: minor.min(0).nullable().optional(),
  vatClass: vatClass.optional(),
  stockTracked: z.boolean().optional(),
  archived: z.boolean().optional(),
})
/** Null takes the location's own price away. */
export const priceForm = z.strictObject({ locationId: idOf('location'), priceMinor: minor.min(0).nullable() })

/** One of `number`, `barcode`, `remoteRef`, `externalId` is an exact look-up; `q` searches numbers from their start and words of the name. */
export const articlesFilter = z.strictObject({
  q: z.string().max(100).optional(),
  number: articleNumber.optional(),
  barcode: z.string().max(20).optional(),
  remoteRef: z.string().max(300).optional(),
  externalId: text(200).optional(),
  viewId: textIdOf('view').optional(),
  productId: textIdOf('product').optional(),
  changedAfter: instant.optional(),
  connectionId: textIdOf('connection').optional(),
  state: articleState.optional(),
  /** negative = fewer than nothing available in some store · uncounted = kept in stock, but no store has ever counted, received or taken it over. */
  stock: z.enum(['negative', 'uncounted']).optional(),
  archived: flag.optional(),
})
export const articlesQuery = articlesFilter.extend({ cursor: cursor.optional(), limit: limit() })
/** `total` is counted only on the first page without a state or stock filter; null elsewhere. */
export const articlesPage = z.object({ items: z.array(articleFound), next: cursor.nullable(), total: z.number().int().nullable() })

const option = z.strictObject({ name: text(50), values: z.array(text(100)).min(1).max(250) })
export const product = z.object({
  id: idOf('product'),
  name: z.string(),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  /** What shops show beside the name, without markup. */
  description: z.string().nullable(),
  vendor: z.string().nullable(),
  /** False = it isn't sold: hidden in the shops, never deleted there. */
  active: z.boolean(),
  createdAt: instant,
  articles: z.array(z.object({ id: idOf('article'), number: z.string(), name: z.string(), optionValues: z.record(z.string(), z.string()) })),
})
/** What is left out of it stays as it is. */
export const productFace = { description: z.string().trim().max(20_000).nullable().optional(), vendor: text(100).nullable().optional(), active: z.boolean().optional() } as const
export const productChange = z.strictObject({ name: text(300).optional(), ...productFace })
/** A product with its variants, made whole or not at all. Each variant names one value of every option. */
export const productForm = z.strictObject({
  name: text(300),
  ...productFace,
  options: z.array(option).max(3).default([]),
  variants: z
    .array(articleForm.omit({ productId: true, name: true }).extend({ name: text(300).optional() }))
    .min(1)
    .max(250),
})
/** `number` and `barcode` are of one of its articles; one of the exact look-ups at a time. */
export const productsQuery = z.strictObject({
  q: z.string().max(100).optional(),
  number: articleNumber.optional(),
  barcode: z.string().max(20).optional(),
  externalId: text(200).optional(),
  viewId: textIdOf('view').optional(),
  cursor: cursor.optional(),
  limit: limit(),
})

const firstDay = { description: 'The first day it holds.', examples: ['2027-01-01'] }
export const vatRate = z.object({ class: z.string(), validFrom: z.string().meta(firstDay), rateBp: z.number().int() })
export const vatRates = z.object({ items: z.array(vatRate) })
export const vatRateForm = z.strictObject({ class: vatClass, validFrom: z.iso.date().meta(firstDay), rateBp: z.number().int().min(0).max(10_000) })

/** When it was said; the articles themselves are asked for. */
export const articlesLive = z.object({ at: instant })
