/** Sync views over HTTP: what an outside system makes, reads, acknowledges and asks to have sent again (docs/sync.md, rules of views). */
import { z } from 'zod'
import { apiKey, SCOPES } from './people.ts'
import { cursor, idOf, instant, text, textIdOf } from './shared.ts'
import { webhook } from './view-webhooks.ts'

export const ENTITIES = ['product', 'article', 'price', 'stock', 'order', 'customer', 'invoice', 'image'] as const
export const entity = z.enum(ENTITIES)
const version = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** The reader's own id of a thing. */
export const externalId = text(200)

export const viewParams = z.object({ viewId: textIdOf('view') })
export const viewImageParams = z.object({ viewId: textIdOf('view'), imageId: textIdOf('image') })
export const viewInvoiceParams = z.object({ viewId: textIdOf('view'), invoiceId: textIdOf('invoice') })
export const resendParams = z.object({ viewId: textIdOf('view'), runId: textIdOf('resend') })
/** What the reader may hand in. */
export const WRITES = ['articles:write', 'stock:write', 'orders:write', 'customers:write'] as const

export const viewForm = z.strictObject({
  name: text(100),
  entities: z
    .array(entity)
    .min(1)
    .default([...ENTITIES]),
  /** Stock of these places only, and prices that differ there; null = of all, places made later too. */
  locations: z.array(idOf('location')).min(1).max(1000).nullable().default(null),
  /** New products join by themselves. Null = decided by the first resend: all = yes, chosen ones = no. */
  joinsProducts: z.boolean().nullable().default(null),
  joinsOrders: z.boolean().default(true),
  /** The reader knows articles by their number: prices and stock needn't wait until it has acknowledged the article. */
  byNumber: z.boolean().default(false),
  writes: z.array(z.enum(WRITES)).default(['orders:write']),
})
export const viewChange = z.strictObject({
  name: text(100).optional(),
  entities: z.array(entity).min(1).optional(),
  /** What leaves is said with op `unlink`, what joins is queued. */
  locations: z.array(idOf('location')).min(1).max(1000).nullable().optional(),
  joinsProducts: z.boolean().optional(),
  joinsOrders: z.boolean().optional(),
  byNumber: z.boolean().optional(),
})
export const resend = z.object({
  id: idOf('resend'),
  mode: z.enum(['resend', 'verify', 'from_now', 'rejected']),
  /** filling: products are still being queued, as fast as the reader reads · draining: all are queued · paused · done · cancelled */
  state: z.enum(['filling', 'draining', 'paused', 'done', 'cancelled']),
  /** Items there were to send when it began. */
  expected: z.number().int(),
  queued: z.number().int(),
  acked: z.number().int(),
  rejected: z.number().int(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** At the reader's measured rate; null = it hasn't acknowledged anything yet. */
  minutesLeft: z.number().nullable(),
})
export const view = z.object({
  id: idOf('view'),
  name: z.string(),
  state: z.enum(['setup', 'active', 'paused', 'gone']),
  entities: z.array(entity),
  locations: z.array(z.number().int()).nullable(),
  joinsProducts: z.boolean().nullable(),
  joinsOrders: z.boolean(),
  byNumber: z.boolean(),
  createdAt: instant,
  /** Items not acknowledged, counted up to `most`; how long the oldest has waited. */
  lag: z.object({
    live: z.number().int(),
    backfill: z.number().int(),
    rejected: z.number().int(),
    most: z.number().int(),
    seconds: z.number().nullable(),
    since: instant.nullable(),
  }),
  ratePerMinute: z.number().nullable(),
  polledAt: instant.nullable(),
  ackedAt: instant.nullable(),
  /** Set: reading is answered 410 until all is sent again, since a tombstone lay unacknowledged for too long. */
  resyncSince: instant.nullable(),
  run: resend.nullable(),
  /** Keys and addresses that polled in the last ten minutes. More than one: two readers share the view, and each gets what the other does. */
  readers: z.number().int(),
  /** Null = none. */
  webhook: webhook.nullable(),
  keys: z.array(apiKey),
})
export const views = z.object({ items: z.array(view) })
/** The key is shown this once and never again. */
export const viewMade = view.extend({ key: z.string() })
export const viewKeyForm = z.strictObject({ scopes: z.array(z.enum(SCOPES)).optional() })
export const viewKeyMade = apiKey.extend({ key: z.string() })

const numberText = (least: number, most: number, normal: number) =>
  z
    .string()
    .regex(/^[0-9]{1,4}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most))
    .default(normal)
export const changesQuery = z.strictObject({
  /** The cursor of the page before; without it reading starts at the oldest that isn't acknowledged. */
  after: cursor.optional(),
  limit: numberText(1, 500, 100),
  /** Seconds to wait for something when there is nothing. */
  wait: numberText(0, 30, 0),
  /** Only these, comma between. The cursor then acknowledges no others. */
  entity: z
    .string()
    .regex(/^[a-z]+(,[a-z]+)*$/)
    .transform((words) => words.split(','))
    .pipe(z.array(entity).min(1))
    .optional(),
  /** `auto`: the cursor in `after` is also the acknowledgement. */
  ack: z.literal('auto').optional(),
})
/** `ack=auto`: Last-Event-ID, else `after`, is also the acknowledgement, and the stream ends when all there was has been said, so that the next connection acknowledges it. */
export const streamQuery = changesQuery.omit({ wait: true })
export const changeItem = z.object({
  entity,
  id: z.number().int(),
  /** Of stock; null for everything else. */
  locationId: z.number().int().nullable(),
  op: z.enum(['upsert', 'delete', 'unlink']),
  /** Rises with every change of the thing; drop an item whose version isn't higher than the one applied. */
  version,
  seq: z.number().int(),
  changedAt: instant,
  /** The view that made the change, or null. */
  origin: z.number().int().nullable(),
  /** True: it came from this view, and what became of it differs from what was sent. */
  corrected: z.boolean(),
  link: z.object({ externalId: z.string(), externalVersion: z.string().nullable() }).nullable(),
  /** Of `data`: keep it to compare what you hold later; null for a tombstone. */
  hash: z.string().nullable(),
  /** As it is now; null for a tombstone. Unknown is null, never zero. */
  data: z.record(z.string(), z.unknown()).nullable(),
})
export const changes = z.object({
  items: z.array(changeItem),
  nextCursor: cursor,
  /** True: ask again at once. A page may be empty all the same. */
  hasMore: z.boolean(),
  head: z.number().int(),
})
export const ackForm = z.strictObject({
  cursor: cursor.optional(),
  results: z
    .array(
      z.strictObject({
        entity,
        id: z.number().int().positive(),
        locationId: z.number().int().positive().nullable().default(null),
        version,
        status: z.enum(['applied', 'skipped', 'rejected']),
        externalId: externalId.nullable().default(null),
        externalVersion: text(200).nullable().default(null),
        /** Why it was rejected, in the reader's words. */
        error: text(500).nullable().default(null),
        retryAfter: z.number().int().min(0).max(604_800).nullable().default(null),
      }),
    )
    .max(500)
    .default([]),
})
export const acked = z.object({
  acked: z.number().int(),
  /** Of each result, in its order. */
  results: z.array(z.enum(['taken', 'unknown-item', 'other-epoch', 'version-ahead', 'external-id-taken'])),
})
export const resendForm = z
  .strictObject({
    /**
     * resend: everything · verify: only what was never acknowledged, lies rejected, or isn't now what was acknowledged · from_now: known from here on, nothing is sent ·
     * rejected: what lies rejected, whatever it is.
     */
    mode: z.enum(['resend', 'verify', 'from_now', 'rejected']).default('resend'),
    /** Null = all products; new ones then join by themselves. */
    products: z.array(idOf('product')).min(1).max(10_000).nullable().default(null),
  })
  .refine((form) => form.mode !== 'rejected' || form.products === null, { path: ['products'], error: 'nothing here: all that lies rejected is sent' })
/** `repeated`: one was going on already, and this is it. */
export const resendStarted = resend.extend({ repeated: z.boolean() })
/** What a resend would come to: `minutes` at the reader's measured rate, null = it hasn't acknowledged anything yet. */
export const resendSize = z.object({ items: z.number().int(), minutes: z.number().nullable() })
const given = (value: unknown) => Number(value !== undefined)
/** Named by our `id` or your `externalId` (a price and a stock also by their article's), with what you hold of it in one of three ways. */
const statedItem = z
  .strictObject({
    entity,
    id: z.number().int().positive().optional(),
    externalId: externalId.optional(),
    locationId: z.number().int().positive().nullable().default(null),
    /** The item's `hash`, as it was served. */
    hash: text(100).optional(),
    /** Of stock: pieces on hand; null = you have no number. */
    quantity: z.number().int().nullable().optional(),
    version: version.optional(),
  })
  .refine((item) => given(item.id) + given(item.externalId) === 1, { path: ['id'], error: 'either id or externalId' })
  .refine((item) => given(item.hash) + given(item.quantity) + given(item.version) === 1, { path: ['hash'], error: 'one of hash, quantity and version' })
  .refine((item) => item.quantity === undefined || item.entity === 'stock', { path: ['quantity'], error: 'only stock has one' })
  .meta({ examples: [{ entity: 'stock', externalId: 'ART-77', locationId: 1, quantity: 12 }] })
export const compareForm = z.strictObject({ items: z.array(statedItem).min(1).max(500) })
/** Of each item, in its order. differs: it is queued · unknown: no such thing · not-linked: it isn't in the view, or has left it. */
export const compared = z.object({ items: z.array(z.enum(['same', 'differs', 'unknown', 'not-linked'])), queued: z.number().int() })
export const linkForm = z.strictObject({ products: z.array(idOf('product')).min(1).max(1000) })
/** Items that were queued. */
export const linked = z.object({ items: z.number().int() })
export const unlinkForm = z.strictObject({ products: z.array(idOf('product')).min(1).max(1000) })
export const unlinked = z.object({ items: z.number().int() })
export const rejected = z.object({
  entity,
  id: z.number().int(),
  locationId: z.number().int().nullable(),
  error: z.string(),
  at: instant,
  retryAt: instant.nullable(),
  /** What a person calls it: a number or a name. */
  title: z.string().nullable(),
})
export const rejectedQuery = z.strictObject({ /** Only these, to the letter. */ error: text(500).optional(), cursor: cursor.optional(), limit: numberText(1, 200, 50) })
/** The reader's reasons, most frequent first; two hundred at most. */
export const rejectedCauses = z.object({ items: z.array(z.object({ error: z.string(), items: z.number().int(), latest: instant })) })
export const retryForm = z.strictObject({
  /** Only those rejected for this reason, to the letter. */
  error: text(500).nullable().default(null),
  /** Null = all. */
  items: z
    .array(z.strictObject({ entity, id: z.number().int().positive(), locationId: z.number().int().positive().nullable().default(null) }))
    .min(1)
    .max(1000)
    .nullable()
    .default(null),
})
export const retried = z.object({ items: z.number().int() })

/** `number`: an article number, also one it had before, or a barcode. */
export const whyParams = z.object({ viewId: textIdOf('view'), number: text(100) })
export const why = z.object({
  /**
   * unknown-number: no article has it · not-heard: the view hears of no articles · archived · coming: a resend that goes on will bring it · not-linked: its product
   * isn't in the view · rejected: by the reader · waits: until what it belongs to is acknowledged · queued: to be fetched · sent: fetched, not acknowledged · acknowledged
   */
  kind: z.enum(['unknown-number', 'not-heard', 'archived', 'coming', 'not-linked', 'rejected', 'waits', 'queued', 'sent', 'acknowledged']),
  article: z.object({ id: idOf('article'), productId: idOf('product'), number: z.string(), name: z.string() }).nullable(),
  /** What stands in the way: the article itself, its product, its price, or its stock at a location. */
  entity: entity.nullable(),
  locationId: z.number().int().nullable(),
  /** In the queue, counted up to ten thousand; 1 = fetched next. Of what it waits for, where it waits. */
  place: z.number().int().nullable(),
  /** When it was acknowledged, rejected or changed. */
  since: instant.nullable(),
  error: z.string().nullable(),
  retryAt: instant.nullable(),
})
