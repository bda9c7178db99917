/** SQL of what becomes of the rows of a bulk change, counted; and of keeping that once nothing of it moves any more. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface Tallies {
  rows: { verdict: string | null; state: string; n: number }[]
  /** Flags, faults and codes, and which fields change: the most frequent first. */
  marks: { kind: 'flag' | 'flagged' | 'fault' | 'note' | 'code' | 'field'; code: string; n: number }[]
}

export const talliesOf = async (tx: Tx, bulkId: number): Promise<Tallies> => ({ rows: await rowsBy(tx, bulkId), marks: await marksOf(tx, bulkId) })
export const saveTallies = (tx: Tx, bulkId: number, tallies: Tallies) =>
  tx.run(sql`update bulk_change set tallies = ${JSON.stringify(tallies)} where company_id = ${tx.companyId} and id = ${bulkId}`)

const rowsBy = (tx: Tx, bulkId: number) =>
  tx.rows<Tallies['rows'][number]>(sql`
    select verdict, state, count(*)::integer as n from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} group by 1, 2`)
const marksOf = (tx: Tx, bulkId: number) =>
  tx.rows<Tallies['marks'][number]>(sql`
    select kind, code, count(*)::integer as n from (
      select 'flag' as kind, unnest(flags) as code from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId}
      union all select 'flagged', 'rows' from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and cardinality(flags) > 0
      union all select 'fault', f ->> 'code' from bulk_row, jsonb_array_elements(faults) f where company_id = ${tx.companyId} and bulk_id = ${bulkId}
      union all select 'note', unnest(notes) from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId}
      union all select 'code', code from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and code is not null
      union all select 'field', jsonb_object_keys(after) from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and verdict in ('make', 'change')) t
    group by 1, 2 order by 1, 3 desc, 2`)
