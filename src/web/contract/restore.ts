/** After the database was put back from a backup: what may be missing, and who has handed it in again. */
import { z } from 'zod'
import { idOf, instant } from './shared.ts'

export const restore = z.object({
  /** Null = nothing is missing. */
  restored: z
    .object({
      /** What happened after this is missing, unless it was handed in again. */
      dataUntil: instant,
      restoredAt: instant,
      /** The outside systems that are waited for; `resentAt` null = not yet. */
      keys: z.array(z.object({ id: idOf('key'), name: z.string(), resentAt: instant.nullable() })),
    })
    .nullable(),
})
