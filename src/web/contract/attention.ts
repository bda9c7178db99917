/** What waits for a person, all of the company's in one list: grouped by cause, each with the one thing to press. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { cursor, instant, limit, pageOf, textIdOf } from './shared.ts'

/** Nothing moves while it lasts · money, goods or a promise may go wrong · something isn’t told or shown as it should be · when there is time. */
export const URGENCIES = ['stands', 'soon', 'wrong', 'calm'] as const
/** What a person presses; where nothing can be pressed at once, the page that tells more. */
export const ATTENTION_ACTIONS = [
  // the link
  ...(['resume', 'check', 'subscribe', 'guide', 'first-sync', 'run', 'import', 'resume-telling'] as const),
  // articles
  ...(['find', 'track', 'stock', 'untick', 'places', 'retry', 'count', 'send-difference', 'retry-products', 'bulk'] as const),
  // orders and what comes with them
  ...(['order', 'send-orders', 'fetch-pdf', 'choose-order', 'retry-message', 'customer'] as const),
  // readers, and the house
  ...(['view', 'retry-view', 'test-webhook', 'nothing-missing', 'test-mail'] as const),
] as const
export type AttentionAction = (typeof ATTENTION_ACTIONS)[number]

/** Every cause with how urgent it is and the one thing to press. */
export const CAUSES = {
  'link-stopped': ['stands', 'resume'],
  'link-failing': ['stands', 'check'],
  'right-missing': ['stands', 'check'],
  restored: ['stands', 'nothing-missing'],
  'link-paused': ['stands', 'resume'],
  'mail-unsent': ['stands', 'test-mail'],
  negative: ['soon', 'count'],
  'order-unknown': ['soon', 'order'],
  'order-loss': ['soon', 'order'],
  'order-elsewhere': ['soon', 'order'],
  'order-unrouted': ['soon', 'order'],
  'order-refused': ['soon', 'send-orders'],
  message: ['soon', 'retry-message'],
  'privacy-request': ['soon', 'customer'],
  difference: ['soon', 'send-difference'],
  'link-moved': ['wrong', 'find'],
  ambiguous: ['wrong', 'find'],
  'item-gone': ['wrong', 'find'],
  missing: ['wrong', 'find'],
  'place-gone': ['wrong', 'places'],
  'not-tracked': ['wrong', 'track'],
  'not-stocked': ['wrong', 'stock'],
  'value-refused': ['wrong', 'retry'],
  'too-hot': ['wrong', 'retry'],
  'remote-strange': ['wrong', 'retry'],
  'no-stock-yet': ['wrong', 'count'],
  bundle: ['wrong', 'untick'],
  'fulfilment-service': ['wrong', 'untick'],
  'has-choices': ['wrong', 'untick'],
  'product-refused': ['wrong', 'retry-products'],
  'invoice-refused': ['wrong', 'fetch-pdf'],
  'invoice-no-pdf': ['wrong', 'fetch-pdf'],
  'invoice-asks': ['wrong', 'choose-order'],
  'view-silent': ['wrong', 'view'],
  'view-late': ['wrong', 'view'],
  'view-resync': ['wrong', 'view'],
  'view-crowded': ['wrong', 'view'],
  'view-rejected': ['wrong', 'retry-view'],
  'webhook-failing': ['wrong', 'test-webhook'],
  'hooks-foreign': ['wrong', 'subscribe'],
  'run-failed': ['wrong', 'run'],
  'bulk-failed': ['wrong', 'bulk'],
  'first-sync': ['calm', 'first-sync'],
  'run-ready': ['calm', 'run'],
  'run-paused': ['calm', 'run'],
  'import-ready': ['calm', 'import'],
  'telling-paused': ['calm', 'resume-telling'],
  'bulk-ready': ['calm', 'bulk'],
  'setup-unfinished': ['calm', 'guide'],
  'mail-untried': ['calm', 'test-mail'],
  uncounted: ['calm', 'count'],
} as const satisfies Record<string, readonly [(typeof URGENCIES)[number], AttentionAction]>
export type Cause = keyof typeof CAUSES
export const cause = z.enum(Object.keys(CAUSES) as [Cause, ...Cause[]])

const thing = z.object({
  /** What it is within its cause and link. */
  id: z.number().int(),
  /** Id of the article, order, run … it is about; null = nothing more is told of it. */
  targetId: z.number().int().nullable(),
  number: z.string().nullable(),
  name: z.string(),
  /** The finer reason. */
  code: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
export const attentionItem = thing.extend({ cause, listenerId: z.number().int().nullable(), since: instant.nullable() })
export const attentionGroup = z.object({
  cause,
  /** The connection or the sync view it is at; null = the company's own. */
  listener: z.object({ id: z.number().int(), kind: z.enum(['connection', 'view']), code: z.string(), name: z.string() }).nullable(),
  count: z.number().int(),
  /** Since the oldest of them; null = not known. */
  since: instant.nullable(),
  /** In the caller's language: "3 articles aren't in Webshop". */
  title: z.string(),
  /** In the caller's language: what it means for the shop, and what to do about it. */
  means: z.string(),
  urgency: z.enum(URGENCIES),
  action: z.enum(ATTENTION_ACTIONS),
  /** The first three. */
  sample: z.array(thing),
})
export const attention = z.object({ groups: z.array(attentionGroup) })
export const attentionQuery = z.strictObject({
  cause: cause.optional(),
  connectionId: textIdOf('connection').optional(),
  viewId: textIdOf('view').optional(),
  cursor: cursor.optional(),
  limit: limit(),
})

const A = '/v1/attention'
export const attentionRoutes = {
  'attention.show': { method: 'GET', path: A, ...both('connections:read'), status: 200, answer: attention },
  'attention.items': { method: 'GET', path: `${A}/items`, ...both('connections:read'), status: 200, query: attentionQuery, answer: pageOf(attentionItem) },
} as const satisfies Record<string, Route>
