/** The ledger over HTTP: levels, the timeline, and the documents that move stock. */
import { z } from 'zod'
import { CORRECTION_REASONS } from './correction-reasons.ts'
import { DIFFERENCE_REASONS, SETTLED_HOW } from './differences.ts'
import { actor, articleNumber, batchAnswer, callerRef, cursor, idOf, instant, limit, linesOf, MOST_LINES, minor, pieces, positivePieces, text, textIdOf } from './shared.ts'

/** Null = unknown: nothing was ever booked there (L7). */
export const level = z.object({
  articleId: idOf('article'),
  articleNumber: z.string(),
  articleName: z.string(),
  locationId: idOf('location'),
  locationName: z.string(),
  onHand: z.number().int().nullable(),
  reserved: z.number().int().nullable(),
  available: z.number().int().nullable(),
  /** Rises with every movement; null = unknown. */
  version: z.number().int().nullable(),
  changedAt: instant.nullable(),
})
/** A page holds whole articles: `limit` counts articles, each with every location asked for. */
export const levelsQuery = z.strictObject({
  articleId: textIdOf('article').optional(),
  number: articleNumber.optional(),
  barcode: z.string().max(20).optional(),
  locationId: textIdOf('location').optional(),
  /** Articles with a level that changed after it, where asked for. */
  changedAfter: instant.optional(),
  cursor: cursor.optional(),
  limit: limit(1000, 200),
})

export const movement = z.object({
  id: z.number().int(),
  kind: z.string(),
  locationId: idOf('location'),
  onHand: z.number().int(),
  reserved: z.number().int(),
  /** On hand at that location after this movement, in booking order. */
  onHandAfter: z.number().int(),
  reservedAfter: z.number().int(),
  occurredAt: instant,
  postedAt: instant,
  /** What it came from: {type: 'sale', ref: 'K1-1042', line: '1'}; an order also has orderId and name. */
  source: z.record(z.string(), z.union([z.string(), z.number()])),
  /** 'person' · 'key' · 'listener' · 'system', with the name of who it was, where it is known. */
  actor,
})
/** One row of the ledger, whichever article it is of. */
export const movementListed = movement.omit({ onHandAfter: true, reservedAfter: true }).extend({ articleId: idOf('article'), articleNumber: z.string() })
export const movementsQuery = z.strictObject({
  articleId: textIdOf('article').optional(),
  number: articleNumber.optional(),
  barcode: z.string().max(20).optional(),
  locationId: textIdOf('location').optional(),
  kind: z.string().max(30).optional(),
  postedAfter: instant.optional(),
  cursor: cursor.optional(),
  limit: limit(1000, 200),
})

const sumOf = { onHand: z.number().int(), reserved: z.number().int() } as const
const whatIsBooked = z.object({ ...sumOf, /** False: the numbers say what came and went, and not what is there (L7). */ known: z.boolean() })
/** Why a movement's order moved it then: how the order was changed. */
const orderEdit = z.object({
  lines: z.array(z.object({ what: z.enum(['ordered', 'shipped', 'restocked', 'lost', 'returned']), was: z.number().int(), now: z.number().int() })),
  /** True = cancelled then, false = taken up again; null = as before. */
  cancelled: z.boolean().nullable(),
})
/** A line of an article's history. What isn't a movement moves nothing: its `onHand` and `reserved` are 0. */
export const timelineEvent = movement.extend({
  /** moved: a movement · undone: a webshop was given back what it showed before a run wrote; `kind` is how far it came: send, sent, same, refused, skipped · told: a webshop was told a number · boxed: its Webshop box was ticked or unticked · found, settled: a difference. `id` is of its own sort. */
  sort: z.enum(['moved', 'undone', 'told', 'boxed', 'found', 'settled']),
  /** Whether it was known by then how many there are. */
  known: z.boolean(),
  connection: z.object({ id: idOf('connection'), name: z.string() }).nullable(),
  order: z.object({ id: idOf('order'), name: z.string(), edit: orderEdit.nullable() }).nullable(),
  /** What the webshop was to show; `kind` says what it answered: sent, stale (it showed another number than was believed, and did nothing), refused, unanswered. */
  told: z
    .object({
      value: z.number().int(),
      /** What it was believed to show; null = whatever it showed. */
      expected: z.number().int().nullable(),
      /** It was moved by so many instead of set. */
      delta: z.number().int().nullable(),
      /** What it said that it showed. */
      shows: z.number().int().nullable(),
      /** Why it was refused, and in its own words. */
      code: z.string().nullable(),
      said: z.string().nullable(),
    })
    .nullable(),
  /** The bulk change that counted it, or took such a count back; `fileName` is of what it undoes where it is an undo. */
  bulk: z.object({ id: idOf('bulk'), kind: z.enum(['import', 'edit', 'undo']), fileName: z.string().nullable(), ofId: idOf('bulk').nullable() }).nullable(),
  undone: z
    .object({
      runId: idOf('run'),
      ofId: idOf('run'),
      ofKind: z.enum(['first-sync', 'sync-all']),
      /** What it showed when it was looked at for the undo. */
      was: z.number().int().nullable(),
      /** What it was to show again; null = it was left as it is, and `code` says why. */
      target: z.number().int().nullable(),
      code: z.string().nullable(),
    })
    .nullable(),
  difference: z
    .object({ id: idOf('difference'), theirs: z.number().int(), ours: z.number().int(), reason: z.enum(DIFFERENCE_REASONS).nullable(), settledHow: z.enum(SETTLED_HOW).nullable() })
    .nullable(),
})
export const timelineQuery = z.strictObject({
  /** One location: then the first page says how the number came about (`asOf`). */
  locationId: textIdOf('location').optional(),
  /** moved = movements alone · all = also what webshops were told and answered, boxes and differences, of one location. */
  show: z.enum(['moved', 'all']).default('moved'),
  /** What was booked after it. */
  from: instant.optional(),
  /** What was booked by then, as it was then. */
  until: instant.optional(),
  cursor: cursor.optional(),
  limit: limit(1000),
})
/** The level at a moment, and what made it: `start` and the `sums` make `end`. */
const asOf = z.object({
  from: instant.nullable(),
  until: instant,
  /** Null = unknown then. */
  onHand: z.number().int().nullable(),
  reserved: z.number().int().nullable(),
  available: z.number().int().nullable(),
  start: whatIsBooked,
  sums: z.array(z.object({ kind: z.string(), ...sumOf, events: z.number().int() })),
  end: whatIsBooked,
  /** What had happened by then and was booked later, as when a till had been offline. */
  later: z.object({ ...sumOf, events: z.number().int() }),
})
/** `asOf` is there on the first page of one location. */
export const timelinePage = z.object({ items: z.array(timelineEvent), next: cursor.nullable(), asOf: asOf.nullable() })

/** Which article: exactly one of the three. A barcode's pack multiplies the quantity. */
export const which = { articleId: idOf('article').optional(), articleNumber: articleNumber.optional(), barcode: z.string().max(20).optional() }
export const exactlyOne = (line: { articleId?: number | undefined; articleNumber?: string | undefined; barcode?: string | undefined }) =>
  [line.articleId, line.articleNumber, line.barcode].filter((x) => x !== undefined).length === 1
export const oneOfThree = { message: 'exactly one of articleId, articleNumber, barcode', path: ['articleNumber'] }

/** Negative quantity = a return. */
export const saleLine = z.strictObject({ ...which, quantity: pieces.refine((n) => n !== 0), unitPriceMinor: minor.optional() }).refine(exactlyOne, oneOfThree)
/** `ref` is the till's own number of the sale: the same sale sent twice is one sale. */
export const saleForm = z.strictObject({ ref: callerRef, locationId: idOf('location'), occurredAt: instant.optional(), lines: z.array(saleLine).min(1).max(MOST_LINES) })
export const documentMade = z.object({
  documentId: idOf('document'),
  ref: z.string(),
  /** True when it was already here with the same content; nothing was booked again. */
  repeated: z.boolean(),
  occurredAt: instant,
  lines: z.array(
    z.object({
      line: z.number().int(),
      articleId: idOf('article'),
      articleNumber: z.string(),
      quantity: z.number().int(),
      /** After this document. Null = the article is not stock-tracked, or unknown. */
      onHand: z.number().int().nullable(),
      available: z.number().int().nullable(),
    }),
  ),
})
/** What an offline till kept: each sale its own outcome. `sentAt` = the till's clock now, so that its skew can be told. */
export const salesBatch = z.strictObject({ sentAt: instant.optional(), sales: linesOf(saleForm, 'a sale, as in POST /v1/sales') })
export const salesBatchMade = batchAnswer(documentMade).extend({
  /** The till's clock minus ours, and whether that is more than two minutes: then counts made meanwhile may be wrong (L9). Null without `sentAt`. */
  clockSkewMs: z.number().int().nullable(),
  clockWrong: z.boolean(),
})

export const receiptLine = z.strictObject({ ...which, quantity: positivePieces, unitCostMinor: minor.min(0).optional() }).refine(exactlyOne, oneOfThree)
export const receiptForm = z.strictObject({ ref: callerRef, locationId: idOf('location'), occurredAt: instant.optional(), lines: z.array(receiptLine).min(1).max(MOST_LINES) })
/** Each receipt has its own outcome. */
export const receiptsBatch = z.strictObject({ receipts: linesOf(receiptForm, 'a goods receipt, as in POST /v1/goods-receipts') })

const given = {
  reason: z.enum(CORRECTION_REASONS).describe('Why the number is corrected; it stands on the movement.').optional(),
  note: text(300).describe('The same in the person’s own words.').optional(),
}

/** `countedAt` of the line, else of the count, else now: the line is compared with the book at that moment. */
export const countLine = z.strictObject({ ...which, counted: z.number().int().min(0).max(1_000_000), countedAt: instant.optional() }).refine(exactlyOne, oneOfThree)
export const countForm = z.strictObject({ ref: callerRef, locationId: idOf('location'), countedAt: instant.optional(), lines: z.array(countLine).min(1).max(MOST_LINES), ...given })
export const countMade = documentMade.omit({ lines: true }).extend({
  lines: z.array(
    z.object({
      line: z.number().int(),
      articleId: idOf('article'),
      articleNumber: z.string(),
      counted: z.number().int(),
      /** What the book said at that line's time; null = it was unknown until now. */
      book: z.number().int().nullable(),
      difference: z.number().int(),
      onHand: z.number().int(),
      countedAt: instant,
    }),
  ),
})
/** A count as it would be handed in, to be looked at first; nothing is booked. */
export const compareForm = z.strictObject({ locationId: idOf('location'), countedAt: instant.optional(), lines: z.array(countLine).min(1).max(MOST_LINES) })
export const compared = z.object({
  lines: z.array(
    z.object({
      articleId: idOf('article'),
      counted: z.number().int(),
      /** What the book said at that line's time; null = unknown until now. */
      book: z.number().int().nullable(),
      difference: z.number().int(),
    }),
  ),
})
export const countsBatch = z.strictObject({ counts: linesOf(countForm, 'a count, as in POST /v1/counts') })

export const CORRECTION_KINDS = ['waste', 'internal-use'] as const
/** Pieces that left without being sold. */
export const correctionLine = z.strictObject({ ...which, quantity: positivePieces }).refine(exactlyOne, oneOfThree)
export const correctionForm = z.strictObject({
  ref: callerRef,
  kind: z.enum(CORRECTION_KINDS),
  locationId: idOf('location'),
  occurredAt: instant.optional(),
  lines: z.array(correctionLine).min(1).max(MOST_LINES),
  ...given,
})

/** Never grants more than is available (L6). `key` names the claim: repeating it answers the same claim. */
export const reservationForm = z
  .strictObject({
    key: callerRef,
    ...which,
    locationId: idOf('location'),
    quantity: positivePieces,
    expiresInSeconds: z
      .number()
      .int()
      .min(1)
      .max(30 * 24 * 3600)
      .default(900),
  })
  .refine(exactlyOne, oneOfThree)
export const reservation = z.object({
  id: idOf('reservation'),
  key: z.string(),
  articleId: idOf('article'),
  articleNumber: z.string(),
  locationId: idOf('location'),
  quantity: z.number().int(),
  state: z.enum(['held', 'released', 'expired', 'sold']),
  createdAt: instant,
  expiresAt: instant,
})
export const reservationsQuery = z.strictObject({
  key: callerRef.optional(),
  state: z.enum(['held', 'released', 'expired', 'sold']).optional(),
  cursor: cursor.optional(),
  limit: limit(),
})

export const DOCUMENT_TYPES = ['sale', 'goods-receipt', 'count', 'correction'] as const
export const document = z.object({
  id: idOf('document'),
  type: z.enum(DOCUMENT_TYPES),
  ref: z.string(),
  locationId: idOf('location'),
  occurredAt: instant,
  postedAt: instant,
  actor,
  /** Why a number was corrected, and the person's own words; null = nobody said. */
  reason: z.enum(CORRECTION_REASONS).nullable(),
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      articleId: idOf('article'),
      articleNumber: z.string(),
      articleName: z.string(),
      quantity: z.number().int(),
      unitPriceMinor: z.number().int().nullable(),
      unitCostMinor: z.number().int().nullable(),
      /** Of a count: what the book said then (null = unknown), and counted less that. Null elsewhere. */
      book: z.number().int().nullable(),
      difference: z.number().int().nullable(),
    }),
  ),
})
export const documentsQuery = z.strictObject({ type: z.enum(DOCUMENT_TYPES).optional(), ref: text(100).optional(), cursor: cursor.optional(), limit: limit() })
export const receiptsBatchMade = batchAnswer(documentMade)
export const countsBatchMade = batchAnswer(countMade)
