/** What the reader of a view calls which thing: looked up exactly, and forgotten when a person says so. */
import { z } from 'zod'
import { articleNumber, cursor, limit, text } from './shared.ts'
import { entity, externalId } from './views.ts'

/** Nothing = all that the reader has named. */
export const linksQuery = z.strictObject({
  entity: entity.optional(),
  externalId: externalId.optional(),
  /** Also one the article had before: it, its product, its price and its stock. */
  number: articleNumber.optional(),
  gtin: text(20).optional(),
  id: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/)
    .transform(Number)
    .optional(),
  cursor: cursor.optional(),
  limit: limit(),
})
export const link = z.object({
  entity,
  id: z.number().int(),
  locationId: z.number().int().nullable(),
  number: z.string().nullable(),
  externalId: z.string().nullable(),
  externalVersion: z.string().nullable(),
  op: z.enum(['upsert', 'delete', 'unlink']),
  /** The reader has the latest. */
  acknowledged: z.boolean(),
})
export const forgetForm = z.strictObject({ entity, externalId })
export const forgotten = z.object({ items: z.number().int() })
