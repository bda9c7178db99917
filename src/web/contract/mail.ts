/** E-mail to those who look after the shop: where it goes from, to whom, and what came of the latest letters. */
import { z } from 'zod'
import { email } from './people.ts'
import { both, type Route } from './route.ts'
import { instant, locale, nothing, text } from './shared.ts'

export const MAIL_SECURITY = ['tls', 'starttls', 'none'] as const
export const LETTERS = ['broken', 'recovered', 'digest'] as const
/** Why a letter wasn't taken. */
export const MAIL_PROBLEMS = ['address-refused', 'unreachable', 'not-secure', 'sign-in', 'sender', 'recipient', 'refused'] as const

const settings = {
  host: z
    .string()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/)
    .meta({ examples: ['smtp.example.com'] }),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .meta({ examples: [587] }),
  /** tls = from the first byte · starttls = refused where the server can't · none = in the clear: then nobody signs in. */
  security: z.enum(MAIL_SECURITY),
  /** Null = nobody signs in. */
  user: text(200).nullable(),
  sender: email,
  recipients: z.array(email).min(1).max(20),
  locale,
  /** Each morning, when something waits. */
  digest: z.boolean(),
} as const
/** `password` null = as it was; it goes to no other server and with no other user than it was given for. */
export const mailForm = z.strictObject({ ...settings, user: settings.user.default(null), password: text(500).nullable().default(null), digest: settings.digest.default(true) })
export const mailShown = z.object({
  /** Null = nobody is told by e-mail. */
  settings: z.object(settings).nullable(),
  /** The latest first. */
  letters: z.array(
    z.object({
      kind: z.enum(LETTERS),
      madeAt: instant,
      sentAt: instant.nullable(),
      problem: z.enum(MAIL_PROBLEMS).nullable(),
      /** Null = it isn't tried again. */
      nextTryAt: instant.nullable(),
    }),
  ),
})

const M = '/v1/mail'
export const mailRoutes = {
  'mail.show': { method: 'GET', path: M, ...both('connections:read'), status: 200, answer: mailShown },
  'mail.set': { method: 'PUT', path: M, ...both('connections:write'), status: 200, body: mailForm, answer: mailShown },
  'mail.unset': { method: 'DELETE', path: M, ...both('connections:write'), status: 200, answer: mailShown },
  /** Waits until the server has answered. */
  'mail.test': { method: 'POST', path: `${M}/test`, ...both('connections:write'), status: 200, body: nothing, answer: nothing },
} as const satisfies Record<string, Route>
