/** A view's webhook over HTTP: a thin message that there is something to read, signed as Standard Webhooks says. */
import { z } from 'zod'
import { instant } from './shared.ts'

export const webhookForm = z.strictObject({
  /** https. Plain http only to this machine, where whoever runs it allows that. */
  url: z
    .url()
    .max(1000)
    .meta({ examples: ['https://affarssystem.example/lagerbro'] }),
  /** Makes a new secret; the one before signs beside it for a day. */
  newSecret: z.boolean().default(false),
})
export const webhook = z.object({
  url: z.string(),
  /** active: as it should be · failing: it is tried again · paused: nothing has arrived for a week, or the address said that it is gone; set it again or send a test */
  state: z.enum(['active', 'failing', 'paused']),
  failingSince: instant.nullable(),
  /** Of the latest message; null = none was sent yet, or no answer came. */
  lastStatus: z.number().int().nullable(),
  /** Why no answer came. */
  lastError: z.string().nullable(),
  /** Of a message that didn't arrive; it goes out then if there is still something to read. */
  nextTryAt: instant.nullable(),
  announcedAt: instant.nullable(),
})
/** `secret`: whsec_..., shown this once; null = the one given before still holds. */
export const webhookSet = webhook.extend({ secret: z.string().nullable() })
/** test: says only that it is one · replay: "there are changes", once more. What arrives ends a pause. */
export const webhookTest = z.strictObject({ kind: z.enum(['test', 'replay']).default('test') })
export const webhookOutcome = z.object({
  delivered: z.boolean(),
  /** Null = no answer came. A redirect is never followed and counts as a failure. */
  status: z.number().int().nullable(),
  error: z.string().nullable(),
})
