/** Products a shop is told of, over HTTP (docs/decisions/0017): whether and how, how far it has come, and what the shop didn't take. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { actor, cursor, idOf, instant, limit, nothing, pageOf, textIdOf } from './shared.ts'
import { resend, resendForm, resendSize, retried } from './views.ts'

const vendorFrom = z.enum(['product', 'location'])
const channels = z.array(z.string().min(1).max(300)).max(50).nullable()
const everyHours = z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12), z.literal(24)]).nullable()

/** Left out = as it is. */
export const catalogueForm = z.strictObject({
  /** False = it is told of no products; what it has been told stays there. */
  products: z.boolean().optional(),
  /** Whose prices go; null = each article's own. */
  priceLocationId: idOf('location').nullable().optional(),
  /** True = a price goes when it was changed here, and only then; one that somebody changed in the shop stays. */
  priceWhenChanged: z.boolean().optional(),
  descriptions: z.boolean().optional(),
  /** Products that are made there get their Webshop box, so that their stock is told too. */
  boxes: z.boolean().optional(),
  /** True = our pictures replace those of ours in the shop; false = they go only where the shop shows no others of the product. */
  overwriteImages: z.boolean().optional(),
  /** Who stands as a product's supplier in the shop: its own, or the store whose prices go (the company where those are the articles' own). */
  vendorFrom: vendorFrom.optional(),
  /** Where in the shop products are shown, of the connection's channels; null = everywhere. */
  channels: channels.optional(),
  /** True = changes go at once; false = with the next run. */
  live: z.boolean().optional(),
  /** A run that sends what differs begins every so many hours, by the company's clock; null = only when somebody says so. */
  everyHours: everyHours.optional(),
  stock: z.boolean().describe('False = the shop’s numbers are left alone; what changes meanwhile is told when it is true again.').optional(),
})
/** A run with who began it (`schedule` = it did by itself), and how many products came to what. `unchanged`: there was nothing to write. */
const catalogueRun = resend.extend({
  startedBy: actor,
  products: z.object({ made: z.number().int(), changed: z.number().int(), unchanged: z.number().int(), refused: z.number().int() }),
})
const runStarted = catalogueRun.extend({ repeated: z.boolean() })
const outcome = z.enum(['made', 'changed', 'nothing', 'refused'])
export const catalogue = z.object({
  products: z.boolean(),
  priceLocationId: idOf('location').nullable(),
  priceWhenChanged: z.boolean(),
  descriptions: z.boolean(),
  boxes: z.boolean(),
  overwriteImages: z.boolean(),
  vendorFrom,
  channels,
  live: z.boolean(),
  everyHours,
  /** False = the shop's numbers are left alone. */
  stock: z.boolean(),
  /** When the next run begins by itself; null = none does. */
  nextRunAt: instant.nullable(),
  /** Things that wait to be told, counted up to 10,000. */
  waiting: z.number().int(),
  rejected: z.number().int(),
  /** The latest run. */
  run: catalogueRun.nullable(),
})
export const rejectedProduct = z.object({
  entity: z.enum(['product', 'article', 'price', 'image']),
  id: z.number().int(),
  /** What a person calls it: the product's name, the article's number. */
  title: z.string().nullable(),
  /** Which product it belongs to; null = it is gone. `articleId` = the thing itself, or the product's first article. */
  product: z.object({ id: idOf('product'), name: z.string(), articleId: idOf('article').nullable() }).nullable(),
  /** A stable code with words. */
  code: z.string(),
  at: instant,
  /** When it is tried again by itself; null = when it changes, or somebody says so. */
  retryAt: instant.nullable(),
})
/** What came of telling a product once, the latest first; of a run the latest of each product. */
export const toldProduct = z.object({
  id: z.number().int(),
  productId: idOf('product'),
  product: z.string(),
  /** Null = it went by itself, because it changed. */
  runId: idOf('resend').nullable(),
  outcome,
  /** Why it was refused; a stable code with words. */
  code: z.string().nullable(),
  /** What could not be done beside; codes with words. */
  remarks: z.array(z.string()),
  /** What of it was to be written. */
  parts: z.array(z.enum(['details', 'description', 'price', 'images'])),
  at: instant,
})
const toldQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: limit(500, 100),
  runId: textIdOf('resend').optional(),
  productId: textIdOf('product').optional(),
  outcome: outcome.describe('Only those of which this came.').optional(),
})

const C = '/v1/connections/:connectionId/catalogue'
const one = { params: z.object({ connectionId: textIdOf('connection') }) } as const
const run = { params: z.object({ connectionId: textIdOf('connection'), runId: textIdOf('resend') }), body: nothing, answer: catalogueRun } as const

export const catalogueRoutes = {
  'catalogues.show': { method: 'GET', path: C, ...both('connections:read'), status: 200, ...one, answer: catalogue },
  'catalogues.set': { method: 'PUT', path: C, ...both('connections:write'), status: 200, ...one, body: catalogueForm, answer: catalogue },
  'catalogues.tell': { method: 'POST', path: `${C}/tell`, ...both('connections:write'), status: 201, ...one, body: resendForm, answer: runStarted },
  'catalogues.size': { method: 'POST', path: `${C}/size`, ...both('connections:read'), status: 200, ...one, body: resendForm, answer: resendSize },
  'catalogues.told': { method: 'GET', path: `${C}/told`, ...both('connections:read'), status: 200, ...one, query: toldQuery, answer: pageOf(toldProduct) },
  'catalogues.pause-run': { method: 'POST', path: `${C}/runs/:runId/pause`, ...both('connections:write'), status: 200, ...run },
  'catalogues.resume-run': { method: 'POST', path: `${C}/runs/:runId/resume`, ...both('connections:write'), status: 200, ...run },
  'catalogues.cancel-run': { method: 'POST', path: `${C}/runs/:runId/cancel`, ...both('connections:write'), status: 200, ...run },
  'catalogues.rejected': { method: 'GET', path: `${C}/rejected`, ...both('connections:read'), status: 200, ...one, answer: z.object({ items: z.array(rejectedProduct) }) },
  'catalogues.retry': { method: 'POST', path: `${C}/retry`, ...both('connections:write'), status: 200, ...one, body: z.strictObject({}), answer: retried },
} as const satisfies Record<string, Route>
