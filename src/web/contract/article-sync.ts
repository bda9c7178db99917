/** Why one article isn't in sync: a line for everyone who is to hear of it, and the one next thing to do. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { idOf, instant, textIdOf } from './shared.ts'
import { NEXT_ACTIONS, type NextAction, STANDINGS, STATE_MEANS, type Standing } from './standings.ts'
import { ARTICLE_STATES, type ArticleState } from './states.ts'

/** Beside the states of an article at a shop: of the connection as a whole, of what is told of products, of a sync view's reader, and of the ERP that is master. */
const FURTHER_CODES = [
  'paused',
  'setup',
  'failing',
  'right-missing',
  'held-by-message',
  'differs',
  'stock-off',
  'not-kept',
  'no-number-yet',
  'next-run',
  'rejected',
  'not-linked',
  'not-heard',
  'never-polled',
  'coming',
  'coming-paused',
  'waits',
  'queued',
  'sent',
  'acknowledged',
  'archived',
  'not-there',
  'not-counted',
  'not-read',
  'not-asked',
  'taken-over',
] as const
export const SYNC_CODES = [...ARTICLE_STATES, ...FURTHER_CODES] as const
export type SyncCode = (typeof SYNC_CODES)[number]
const ROLES = ['webshop', 'erp', 'view'] as const
type Role = (typeof ROLES)[number]

const MEANS: Record<Exclude<SyncCode, ArticleState | 'paused' | 'right-missing'>, { standing: Standing; next: NextAction | null }> = {
  setup: { standing: 'needs-somebody', next: 'guide' },
  failing: { standing: 'waiting', next: 'wait' },
  'held-by-message': { standing: 'needs-somebody', next: 'messages' },
  differs: { standing: 'needs-somebody', next: 'send' },
  'stock-off': { standing: 'left-alone', next: 'open' },
  'not-kept': { standing: 'left-alone', next: null },
  'no-number-yet': { standing: 'waiting', next: 'wait' },
  'next-run': { standing: 'waiting', next: 'wait' },
  rejected: { standing: 'needs-somebody', next: 'retry' },
  'not-linked': { standing: 'needs-somebody', next: 'link' },
  'not-heard': { standing: 'left-alone', next: null },
  'never-polled': { standing: 'needs-somebody', next: 'view' },
  coming: { standing: 'waiting', next: 'wait' },
  'coming-paused': { standing: 'needs-somebody', next: 'view' },
  waits: { standing: 'waiting', next: 'wait' },
  queued: { standing: 'waiting', next: 'wait' },
  sent: { standing: 'waiting', next: 'wait' },
  acknowledged: { standing: 'in-sync', next: null },
  archived: { standing: 'left-alone', next: null },
  'not-there': { standing: 'needs-somebody', next: 'ask' },
  'not-counted': { standing: 'needs-somebody', next: 'ask' },
  'not-read': { standing: 'needs-somebody', next: 'open' },
  'not-asked': { standing: 'waiting', next: 'wait' },
  'taken-over': { standing: 'in-sync', next: null },
}

/** What the code asks of a person, of whoever says it: a shop's products are sent again where a view's are linked, and a number the shop has twice can't be sent. */
export function meaningOf(code: SyncCode, role: Role, reason: string | null = null): { standing: Standing; action: NextAction | null } {
  const { standing, next } = { ...STATE_MEANS, ...MEANS }[code]
  if (code === 'not-linked' && role === 'webshop') return { standing, action: 'resend' }
  if (code === 'coming-paused' && role === 'webshop') return { standing, action: 'open' }
  if (code === 'differs' && reason === 'number-twice') return { standing, action: 'differences' }
  return { standing, action: next }
}

export const syncLine = z.object({
  /** The connection or the sync view that is to hear of it. */
  listenerId: z.number().int(),
  name: z.string(),
  role: z.enum(ROLES),
  /** connection = all of it stands still · view = all of the article · else the thing that is told. */
  about: z.enum(['connection', 'view', 'stock', 'product', 'article', 'price', 'image']),
  locationId: idOf('location').nullable(),
  standing: z.enum(STANDINGS),
  code: z.enum(SYNC_CODES),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Since when it waits, or when it was last acknowledged; null = not known. */
  since: instant.nullable(),
  /** What the other side last said of it, in its own words or by its own code. */
  said: z.string().nullable(),
  action: z.enum(NEXT_ACTIONS).nullable(),
})
/** `standing` = the worst of the lines; left-alone where nobody is told of the article. */
export const articleSync = z.object({ standing: z.enum(STANDINGS), lines: z.array(syncLine) })

export const articleSyncRoutes = {
  'articles.sync': {
    method: 'GET',
    path: '/v1/articles/:articleId/sync',
    ...both('connections:read'),
    status: 200,
    params: z.object({ articleId: textIdOf('article') }),
    answer: articleSync,
  },
} as const satisfies Record<string, Route>
