/** For the rest of a transaction that works on a great many rows at once: every statement is planned for its own size, and never row by row. */
import type { Tx } from './open.ts'
import { sql } from './sql.ts'

const MANY = 200

/**
 * Right after a shop's first thousands of rows came in, the database still believes that its tables are nearly empty and joins them row by
 * row, which takes minutes instead of a second. `count` null = all there are.
 */
export async function planForMany(tx: Tx, count: number | null): Promise<void> {
  if (count !== null && count <= MANY) return
  await tx.rows(sql`select set_config('enable_nestloop', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)`)
}
