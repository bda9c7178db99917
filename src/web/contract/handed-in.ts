/** What an outside system hands in through its view: orders, customers, products with their articles, and what happened to the stock. */
import { z } from 'zod'
import { barcodeForm, product, productFace, productForm, vatClass } from './articles.ts'
import { customerForm } from './customers.ts'
import { articleNumber, batchAnswer, callerRef, idOf, instant, linesOf, MOST_PIECES, minor, pieces, text, textIdOf } from './shared.ts'
import { exactlyOne, oneOfThree, which } from './stock.ts'
import { externalId } from './views.ts'

export const pushParams = z.object({ viewId: textIdOf('view'), externalId })
const someLines = z.array(z.strictObject({ line: text(100), quantity: z.number().int().min(1).max(MOST_PIECES) })).min(1)
const event = { ref: text(100), at: instant, lines: someLines }
/** The order as it stands now, whole; sent again it replaces what was sent before, and only the difference is posted. */
export const pushedOrder = z.strictObject({
  /** What people call it; the external id where it says nothing. */
  name: text(100).optional(),
  placedAt: instant,
  /** The sender's own time of its latest change: an older one is ignored. Absent = now. */
  updatedAt: instant.optional(),
  cancelledAt: instant.nullable().default(null),
  paid: z.boolean().default(false),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('SEK'),
  /** Where the goods are taken from. */
  locationId: idOf('location'),
  lines: z
    .array(
      z.strictObject({
        line: text(100),
        articleNumber,
        title: text(300).optional(),
        quantity: z.number().int().min(0).max(MOST_PIECES),
        unitPriceMinor: minor.nullable().default(null),
      }),
    )
    .min(1)
    .max(1000),
  shipments: z.array(z.strictObject(event)).max(200).default([]),
  /** restocked, lost: never shipped, back on the shelf or not · returned, kept: shipped, back on the shelf or not. */
  withdrawals: z
    .array(z.strictObject({ ...event, kind: z.enum(['restocked', 'lost', 'returned', 'kept']) }))
    .max(200)
    .default([]),
  customer: z
    .strictObject({
      /** A customer handed in, or to be: what nobody knows of it is filled in, nothing is changed. Without it the e-mail says who it is. */
      externalId: externalId.optional(),
      name: text(200).nullable().default(null),
      email: text(254).nullable().default(null),
      phone: text(50).nullable().default(null),
    })
    .nullable()
    .default(null),
})
export const orderTaken = z.object({
  id: idOf('order'),
  /** Also in ETag; send it in If-Match to change this version and no other. */
  version: z.number().int(),
  /** False: nothing in it was new. */
  changed: z.boolean(),
  /** Numbers nobody here knows: their lines are kept and listed, and post when the article appears. */
  unknownNumbers: z.array(z.string()),
})

/** What happened there, once per external id: never "set to", which loses what happened meanwhile (use a count). */
export const viewMovement = z
  .strictObject({
    externalId: callerRef,
    ...which,
    locationId: idOf('location'),
    /** sale: pieces that left the shelf, negative = a return · receipt: pieces that came in · waste, internal-use: pieces written off. */
    kind: z.enum(['sale', 'receipt', 'waste', 'internal-use']),
    quantity: pieces.refine((n) => n !== 0),
    occurredAt: instant.optional(),
  })
  .refine(exactlyOne, oneOfThree)
export const movementsForm = z.strictObject({ items: linesOf(viewMovement, 'a movement with an external id') })
const taken = z.object({ externalId: z.string(), articleId: idOf('article'), onHand: z.number().int().nullable(), repeated: z.boolean() })
export const movementsTaken = batchAnswer(taken)
/** What somebody counted, and when: compared with the book as it was then. */
export const viewCount = z
  .strictObject({ externalId: callerRef, ...which, locationId: idOf('location'), counted: z.number().int().min(0).max(MOST_PIECES), countedAt: instant.optional() })
  .refine(exactlyOne, oneOfThree)
export const viewCountsForm = z.strictObject({ items: linesOf(viewCount, 'a count with an external id') })
export const viewCountsTaken = batchAnswer(taken)

/** The customer as it stands; what is left out is unknown. */
export const pushedCustomer = customerForm
export const customerTaken = z.object({
  id: idOf('customer'),
  /** Also in ETag; send it in If-Match to change this version and no other. */
  version: z.number().int(),
  /** False: nothing in it was new. */
  changed: z.boolean(),
  /** True: what became of it differs from what was sent, and comes back as a change. */
  corrected: z.boolean(),
})

const pushedArticle = z.strictObject({
  /** The sender's own id of it; it is then found by that, and may get another number. */
  externalId: externalId.optional(),
  number: articleNumber,
  /** Absent = as it is; a new one is called by the product and its values. */
  name: text(300).optional(),
  /** One value of every option of the product. */
  optionValues: z.record(text(50), text(100)).optional(),
  priceMinor: minor.min(0).nullable().optional(),
  /** Only the locations named; null takes the location's own price away. */
  prices: z
    .array(z.strictObject({ locationId: idOf('location'), priceMinor: minor.min(0).nullable() }))
    .max(500)
    .optional(),
  vatClass: vatClass.optional(),
  stockTracked: z.boolean().optional(),
  /** All it has; others are taken away. */
  barcodes: z.array(barcodeForm).max(50).optional(),
  archived: z.boolean().optional(),
})
/** The product as it stands, with its articles. What is left out of an article stays as it is. */
export const pushedProduct = z.strictObject({
  name: text(300),
  ...productFace,
  options: productForm.shape.options,
  articles: z.array(pushedArticle).min(1).max(250),
  /** What becomes of its articles that aren't named: left alone, or archived. */
  missing: z.enum(['keep', 'archive']).default('keep'),
})
export const productTaken = z.object({
  id: product.shape.id,
  /** Also in ETag; send it in If-Match to change what it stands for and nothing else. */
  version: z.string(),
  changed: z.boolean(),
  corrected: z.boolean(),
  /** In the order they were sent. */
  articles: z.array(z.object({ id: idOf('article'), number: z.string(), externalId: z.string().nullable() })),
  /** Numbers of its articles that weren't named. */
  leftAlone: z.array(z.string()),
})
