/** SQL of the ledger. Movements are written by post_movements() alone (migrations/0022). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** One call, fixed lock order: movements by key, levels by cell, told rows by listener and cell. See migrations/0022 for the argument. */
export const callPostMovements = (tx: Tx, movements: string, beliefs: string | null, now: Date) =>
  tx.one<{ posted: number; listeners: string[] | null }>(sql`select posted, listeners from post_movements(${tx.companyId}, ${movements}, ${beliefs}, ${now})`)
