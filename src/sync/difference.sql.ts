/** SQL of differences: theirs is not ours, seen twice (R20). */
import type { Cell } from '../core/told/row.ts'
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

/** Settled at once: the master wins, or a person decided; the two numbers stay readable. */
export const recordDifference = (tx: Tx, listenerId: number, cell: Cell, seen: { theirs: number; believed: number | null }, ours: number, now: Date) =>
  tx.run(sql`
    insert into difference (company_id, listener_id, article_id, location_id, theirs, ours, believed, seen_at, state, settled_at)
    values (${tx.companyId}, ${listenerId}, ${cell.articleId}, ${cell.locationId}, ${seen.theirs}, ${ours}, ${seen.believed}, ${now}, 'settled', ${now})`)
