/** A company in one go, from a template: for whoever sets up many. And a sandbox: a company to try things in. */
import { z } from 'zod'
import { vatRateForm } from './articles.ts'
import { connectionForm } from './connections.ts'
import { apiKeyForm, company, companyForm, email, password } from './people.ts'
import { idOf, locale, text } from './shared.ts'
import { viewForm } from './views.ts'

const MOST = 200
export const template = z.strictObject({
  company: companyForm,
  /** Absent: whoever owns the company that asks. By the command line somebody who is here already needs no password. */
  owner: z.strictObject({ name: text(200), email, locale, password: password.optional() }).optional(),
  locations: z
    .array(z.strictObject({ name: text(100) }))
    .min(1)
    .max(MOST)
    .describe('Stores and warehouses.'),
  /** Beside those of the country. */
  vatRates: z.array(vatRateForm).max(MOST).default([]),
  /** Each with its settings, checked and sealed; nothing is asked of the webshop. */
  connections: z
    .array(connectionForm.extend({ settings: z.record(z.string().max(50), z.string().max(4000)).default({}) }))
    .max(MOST)
    .default([]),
  views: z
    .array(viewForm.omit({ locations: true }))
    .max(MOST)
    .default([]),
  keys: z.array(apiKeyForm).max(MOST).default([]),
})
export type Template = z.output<typeof template>
/** Every key is shown this once and never again. */
export const fromTemplate = z.object({
  company,
  locations: z.array(z.object({ id: idOf('location'), name: z.string() })),
  connections: z.array(z.object({ id: idOf('connection'), code: z.string(), name: z.string() })),
  views: z.array(z.object({ id: idOf('view'), name: z.string(), key: z.string() })),
  keys: z.array(z.object({ id: idOf('key'), name: z.string(), key: z.string() })),
})

export const sandboxForm = z.strictObject({ name: text(200).default('Sandbox') })
export const sandboxReset = z.object({ /** Back to what they were, with their stock. */ articles: z.number().int(), /** Made since, archived now. */ archived: z.number().int() })
