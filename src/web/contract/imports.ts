/** First-time set-up with a shop that has products already, over HTTP: what would become of each, what was chosen, and how far it has come. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { actor, cursor, idOf, instant, limit, nothing, pageOf, textIdOf } from './shared.ts'

const verdict = z.enum(['link', 'make', 'left-out'])
const counts = z.object({ link: z.number().int(), make: z.number().int(), leftOut: z.number().int() })
const tally = z.array(z.object({ code: z.string(), n: z.number().int() }))

const importChoices = z.strictObject({
  makes: z.boolean(),
  images: z.boolean().describe('Pictures of the products that are made come along.'),
  prices: z.boolean().describe('Prices of the products that are made come along.'),
  stock: z.boolean().describe('The shop’s numbers are taken over where nobody has ever counted, received or taken over. Goes with boxes.'),
  boxes: z.boolean().describe('Articles get their Webshop box.'),
})
const shopImport = z.object({
  /** reading: the shop is read · judging: held beside what is here · ready: waits for a person · importing: read anew and carried out · stocking: numbers are taken over · done. */
  state: z.enum(['reading', 'judging', 'ready', 'importing', 'stocking', 'done']),
  /** Of the shop, as read for the preview. */
  products: z.number().int(),
  variants: z.number().int(),
  /** Products read, judged or carried out so far; `of` null = nobody knows yet how many there are. */
  progress: z.object({ done: z.number().int(), of: z.number().int().nullable() }),
  /** What becomes of the shop's variants, as it was previewed. */
  previewed: counts,
  /** What has become of them. */
  became: counts,
  /** Why some are left out, the most frequent first; and what of others can't come along. */
  reasons: tally,
  notes: tally,
  /** Pictures of the products that are made. */
  images: z.number().int(),
  choices: importChoices.nullable(),
  startedBy: actor,
  startedAt: instant,
  /** Who said that it is to be carried out. */
  confirmedBy: actor.nullable(),
  confirmedAt: instant.nullable(),
  endedAt: instant.nullable(),
})
const importPage = z.object({
  /** Whether this shop's products can be read. */
  can: z.boolean(),
  /** Null = there is none yet. */
  import: shopImport.nullable(),
})
const importItem = z.object({
  itemRef: z.string(),
  /** Where it is in the shop's own admin; null = nowhere. */
  url: z.string().nullable(),
  /** Of the shop's product. */
  title: z.string(),
  optionValues: z.array(z.string()),
  number: z.string().nullable(),
  priceMinor: z.number().int().nullable(),
  /** At mapped places; null = the shop says nothing. */
  pieces: z.number().int().nullable(),
  verdict,
  /** Null = not carried out yet. */
  became: z.enum(['linked', 'made', 'left-out']).nullable(),
  /** Why it is left out. */
  code: z.string().nullable(),
  /** What of it can't come along. */
  notes: z.array(z.string()),
  articleId: idOf('article').nullable(),
})
const itemsQuery = z.strictObject({
  verdict: verdict.optional().describe('Only what becomes of it so.'),
  code: z.string().max(50).optional().describe('Only what is left out for this reason.'),
  cursor: cursor.optional(),
  limit: limit(500),
})

const C = '/v1/connections/:connectionId/import'
const one = { params: z.object({ connectionId: textIdOf('connection') }) } as const

export const importRoutes = {
  'imports.show': { method: 'GET', path: C, ...both('connections:read'), status: 200, ...one, answer: importPage },
  'imports.items': { method: 'GET', path: `${C}/items`, ...both('connections:read'), status: 200, ...one, query: itemsQuery, answer: pageOf(importItem) },
  'imports.preview': { method: 'POST', path: C, ...both('connections:write'), status: 201, ...one, body: nothing, answer: importPage },
  'imports.start': { method: 'POST', path: `${C}/start`, ...both('connections:write'), status: 200, ...one, body: importChoices, answer: importPage },
  'imports.cancel': { method: 'POST', path: `${C}/cancel`, ...both('connections:write'), status: 200, ...one, body: nothing, answer: importPage },
} as const satisfies Record<string, Route>
