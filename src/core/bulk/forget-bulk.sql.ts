/** SQL of what is forgotten of bulk changes by the clock. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Previews nobody started, or that came to nothing: thrown away, as if somebody had pressed it. */
export async function dropOldPreviews(tx: Tx, before: Date, now: Date): Promise<void> {
  const old = (
    await tx.rows<{ id: number }>(sql`
      update bulk_change set state = 'cancelled', ended_at = ${now} where company_id = ${tx.companyId} and state in ('reading', 'ready', 'failed') and confirmed_at is null and started_at < ${before} returning id`)
  ).map((row) => row.id)
  if (old.length === 0) return
  await tx.run(sql`delete from bulk_file where company_id = ${tx.companyId} and bulk_id = any (${old}::bigint[])`)
  await tx.run(sql`delete from bulk_row where company_id = ${tx.companyId} and bulk_id = any (${old}::bigint[])`)
}

/** What was carried out so long ago is undone no more; that it was done stays. */
export const deleteOldRows = (tx: Tx, before: Date) =>
  tx.run(sql`
    delete from bulk_row where company_id = ${tx.companyId} and bulk_id in (select id from bulk_change where company_id = ${tx.companyId} and ended_at < ${before})`)
