/** SQL of what brought a master's changes: its calls, the sweep of what changed, or only the walk over everything. By day. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export interface Changes {
  called: number
  swept: number
  walked: number
}
export async function countChanges(tx: Tx, listenerId: number, now: Date, { called, swept, walked }: Changes): Promise<void> {
  if (called + swept + walked === 0) return
  await tx.run(sql`
    insert into master_tally as t (company_id, listener_id, day, called, swept, walked) values (${tx.companyId}, ${listenerId}, ${now.toISOString().slice(0, 10)}, ${called}, ${swept}, ${walked})
    on conflict (company_id, listener_id, day) do update set called = t.called + excluded.called, swept = t.swept + excluded.swept, walked = t.walked + excluded.walked`)
}

/** Since a day, with that day. */
export const changesSince = (tx: Tx, listenerId: number, since: Date) =>
  tx.one<Changes>(sql`
    select coalesce(sum(called), 0)::integer as called, coalesce(sum(swept), 0)::integer as swept, coalesce(sum(walked), 0)::integer as walked from master_tally
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and day >= ${since.toISOString().slice(0, 10)}`)

export const purgeChanges = (tx: Tx, before: Date) => tx.run(sql`delete from master_tally where company_id = ${tx.companyId} and day < ${before.toISOString().slice(0, 10)}`)
