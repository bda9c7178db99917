/** An ERP that is master of a location's numbers over HTTP (docs/decisions/0014): how it calls us, how far it has been read, what came of each call. */
import { z } from 'zod'
import { both, type Route } from './route.ts'
import { cursor, idOf, instant, nothing, pageOf, text, textIdOf } from './shared.ts'

const words = z.object({ sv: z.string(), nb: z.string(), da: z.string(), en: z.string() })

export const master = z.object({
  /** Whose number it is; null = none yet. */
  location: z.object({ id: idOf('location'), name: z.string() }).nullable(),
  /** What was shipped before is inside its number. */
  since: instant.nullable(),
  /** From this stage of its documents on its number contains an order's pieces. */
  counts: z.enum(['order', 'draft', 'booked', 'never']),
  /** Articles whose number was taken over. */
  numbers: z.number().int(),
  /**
   * Reading everything it has: since when it goes on, numbers taken over since then, when it was last done; and how many numbers only it found to differ (the one that goes on, else
   * the last): where calls should tell, they don't come.
   */
  walk: z.object({ beganAt: instant.nullable(), numbers: z.number().int(), endedAt: instant.nullable(), foundByWalk: z.number().int() }),
  /** Numbers that changed in the last seven days, by what brought them: a call, the minute's reading of what changed, or only the walk over everything. */
  changes: z.object({ called: z.number().int(), swept: z.number().int(), walked: z.number().int() }),
  /** The address it calls and the name it calls with; null = it can't call one. */
  called: z
    .object({
      address: z.string().nullable(),
      user: z.string(),
      codes: z.array(z.object({ madeAt: instant, endsAt: instant.nullable() })),
      /** When it last called for a number, and for an invoice. */
      lastAt: z.object({ stock: instant.nullable(), invoices: instant.nullable() }),
    })
    .nullable(),
})
const line = z.object({
  code: z.string(),
  title: words,
  /** As the ERP's own list of types has it. */
  type: z.string(),
  /** What it puts the number in place of. */
  placeholder: z.string(),
  data: z.string(),
  /** The same with the code in a header instead of the address. */
  inHeader: z.object({ data: z.string(), header: z.string(), value: z.string() }),
})
/** Of a shop: its number knows by now what was sold here without it. Absent `articleIds` = all of the location. */
export const knownForm = z.strictObject({ locationId: idOf('location'), articleIds: z.array(idOf('article')).min(1).max(500).optional() })
export const known = z.object({ articles: z.number().int() })
export const codeMade = z.object({
  address: z.string().nullable(),
  user: z.string(),
  /** Shown this once and never again. */
  code: z.string(),
  /** The code before it is taken until then. */
  endsBeforeAt: instant,
  /** What the ERP's own form calls its fields and its button. */
  form: z.object({ type: z.string(), name: z.string(), address: z.string(), data: z.string(), save: z.string() }),
  lines: z.array(line),
})
export const CALL_RESULTS = ['waiting', 'ignored', 'same', 'changed', 'linked', 'unlinked', 'not-there', 'no-number', 'unknown-article'] as const
export const called = z.object({
  id: z.number().int(),
  at: instant,
  feed: z.enum(['stock', 'invoices']),
  number: z.string(),
  /** same, changed: the number was taken over · linked, unlinked: the invoice is for one of our orders, or for none · not-there, no-number: the ERP doesn't have it, or keeps no count of it */
  result: z.enum(CALL_RESULTS),
  /** Why nothing was done with it, as it was answered. */
  said: z.string().nullable(),
  before: z.number().int().nullable(),
  after: z.number().int().nullable(),
  doneAt: instant.nullable(),
  /** The article of that number, and the order the invoice is for; null = none. */
  articleId: idOf('article').nullable(),
  order: z.object({ id: idOf('order'), name: z.string() }).nullable(),
})
export const calledQuery = z.strictObject({ number: text(100).optional(), cursor: cursor.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })
/** Articles' numbers, or calls to be done again as they came. */
export const askForm = z
  .strictObject({ numbers: z.array(text(100)).max(1000).default([]), calls: z.array(z.number().int().positive()).max(1000).default([]) })
  .refine((form) => form.numbers.length + form.calls.length > 0, { message: 'numbers or calls', path: ['numbers'] })
  .meta({ examples: [{ numbers: ['1001-M'] }] })
/** How many questions were asked. */
export const asked = z.object({ numbers: z.number().int() })

const C = '/v1/connections/:connectionId'
const one = { params: z.object({ connectionId: textIdOf('connection') }) } as const

export const masterRoutes = {
  'masters.show': { method: 'GET', path: `${C}/master`, ...both('connections:read'), status: 200, ...one, answer: master },
  'masters.make-code': { method: 'POST', path: `${C}/code`, ...both('connections:write'), status: 201, secret: true, ...one, body: nothing, answer: codeMade },
  'masters.called': { method: 'GET', path: `${C}/called`, ...both('connections:read'), status: 200, ...one, query: calledQuery, answer: pageOf(called) },
  'masters.ask': { method: 'POST', path: `${C}/ask`, ...both('connections:write'), status: 202, ...one, body: askForm, answer: asked },
  'masters.become': { method: 'POST', path: `${C}/master/become`, ...both('connections:write'), status: 200, ...one, body: nothing, answer: master },
  'masters.leave': { method: 'POST', path: `${C}/master/leave`, ...both('connections:write'), status: 200, ...one, body: nothing, answer: master },
  'masters.known': { method: 'POST', path: `${C}/master/known`, ...both('connections:write'), status: 200, ...one, body: knownForm, answer: known },
  'masters.fetch': { method: 'POST', path: `${C}/fetch`, ...both('connections:write'), status: 202, ...one, body: nothing, answer: master },
} as const satisfies Record<string, Route>
