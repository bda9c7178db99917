/** Who is here: first run, sign-in, the company, its API keys. */
import { z } from 'zod'
import { idOf, instant, locale, text } from './shared.ts'

export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u)
  .meta({ examples: ['anna@example.com'] })
export const password = z
  .string()
  .min(1)
  .max(200)
  .meta({ examples: ['en lång lösenfras'] })

export const COUNTRIES = ['SE', 'NO', 'DK', 'FI'] as const
/** Currency and time zone follow the country. */
export const companyForm = z.strictObject({ name: text(200), country: z.enum(COUNTRIES) })
export const company = z.object({ id: z.number().int(), name: z.string(), country: z.enum(COUNTRIES), currency: z.string(), timeZone: z.string(), sandbox: z.boolean() })
export const companyChange = z.strictObject({ name: text(200) })

/** `demo` true = this installation can make a demo shop from the first page. */
export const setupState = z.object({ needed: z.boolean(), demo: z.boolean() })
/** Company, its owner and a first location, once, while there is no company. */
export const setupForm = z.strictObject({
  company: companyForm,
  owner: z.strictObject({ name: text(200), email, password, locale }),
  location: z.strictObject({ name: text(100) }),
})

export const signInForm = z.strictObject({ email, password })
export const session = z.object({
  person: z.object({ id: z.number().int(), name: z.string(), email: z.string(), locale }),
  /** The company worked in now, or null when there is none to choose. */
  company: company.nullable(),
  companies: z.array(z.object({ id: z.number().int(), name: z.string(), role: z.enum(['owner']) })),
  expiresAt: instant,
})
/** Public: null when nobody is signed in, so that the first page can ask without an error. */
export const sessionState = z.object({ session: session.nullable() })
export const companyChoice = z.strictObject({ companyId: z.number().int().positive().meta({ pointsAt: 'company' }) })
export const localeChoice = z.strictObject({ locale })
export const demoStarted = z.object({ email: z.string(), password: z.string() })

/** What a key may do. `read` never changes anything. */
export const SCOPES = [
  'articles:read',
  'articles:write',
  'stock:read',
  'stock:write',
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'connections:read',
  'connections:write',
  'views:write',
  'companies:write',
] as const
export type Scope = (typeof SCOPES)[number]
export const apiKey = z.object({
  id: idOf('key'),
  name: z.string(),
  /** The visible start of the key, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** The view it was made for, which is all it serves. */
  viewId: idOf('view').nullable(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})
export const apiKeyForm = z.strictObject({ name: text(100), scopes: z.array(z.enum(SCOPES)).min(1) })
/** The whole key is shown this once and never again. */
export const apiKeyMade = apiKey.extend({ key: z.string() })
