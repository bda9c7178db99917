/** What was said between us and a webshop: our calls, and the messages that came in. Redacted before it is stored or shown. */
import { z } from 'zod'
import { cursor, flag, idOf, instant, limit } from './shared.ts'

const facts = z.record(z.string(), z.union([z.string(), z.number()]))

export const call = z.object({
  id: idOf('call'),
  direction: z.enum(['out', 'in']),
  label: z.string(),
  at: instant,
  durationMs: z.number().int(),
  status: z.number().int().nullable(),
  problem: z.string().nullable(),
})
/** `curl` = the same call as a command line, every secret a variable in it; null where what was kept of it can't be repeated. */
export const callWhole = call.extend({ request: z.unknown(), response: z.unknown(), curl: z.string().nullable() })
/** `q` = a part of the label. */
export const callsQuery = z.strictObject({
  failed: flag.optional(),
  q: z.string().max(100).optional(),
  /** Begun by then. */ until: instant.optional(),
  cursor: cursor.optional(),
  limit: limit(),
})

/** listed = can't be applied, holds back until somebody retries or dismisses it · dismissed = somebody said that it is of no account. */
const MESSAGE_STATES = ['waiting', 'done', 'listed', 'dismissed'] as const
export const message = z.object({
  id: idOf('message'),
  source: z.enum(['hook', 'feed']),
  topic: z.string(),
  receivedAt: instant,
  state: z.enum(MESSAGE_STATES),
  tries: z.number().int(),
  problem: z
    .object({
      code: z.string(),
      facts,
      /** Of the articles it may be about; null = it can't be read, so it may be about any. */
      numbers: z.array(z.string()).nullable(),
    })
    .nullable(),
  doneAt: instant.nullable(),
})
/** `body` without secrets and persons. */
export const messageWhole = message.extend({ headers: z.record(z.string(), z.string()), body: z.unknown() })
export const inboxQuery = z.strictObject({ state: z.enum(MESSAGE_STATES).optional(), cursor: cursor.optional(), limit: limit() })
