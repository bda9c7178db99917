/** SQL of what is shown of bulk changes: rows by what becomes of them, and how fast it goes. */
import type { BulkRow } from '../../core/bulk/bulk.ts'
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const bulkCounts = (tx: Tx, bulkIds: number[]) =>
  tx.rows<{ bulkId: number; verdict: string | null; state: string; n: number }>(sql`
    select bulk_id as "bulkId", verdict, state, count(*)::integer as n from bulk_row where company_id = ${tx.companyId} and bulk_id = any (${bulkIds}::bigint[]) group by 1, 2, 3`)

/** Flags, faults and codes, and which fields change: the most frequent first. */
export const bulkTallies = (tx: Tx, bulkId: number) =>
  tx.rows<{ kind: 'flag' | 'flagged' | 'fault' | 'note' | 'code' | 'field'; code: string; n: number }>(sql`
    select kind, code, count(*)::integer as n from (
      select 'flag' as kind, unnest(flags) as code from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId}
      union all select 'flagged', 'rows' from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and cardinality(flags) > 0
      union all select 'fault', f ->> 'code' from bulk_row, jsonb_array_elements(faults) f where company_id = ${tx.companyId} and bulk_id = ${bulkId}
      union all select 'note', unnest(notes) from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId}
      union all select 'code', code from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and code is not null
      union all select 'field', jsonb_object_keys(after) from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and verdict in ('make', 'change')) t
    group by 1, 2 order by 1, 3 desc, 2`)

export interface RowsAsked {
  bulkId: number
  verdict: string | null
  flag: string | null
  flagged: boolean | null
  state: string | null
  /** Of a row that failed or was kept, or of one of its faults. */
  code: string | null
  after: number | null
  limit: number
}
export const bulkRowPage = (tx: Tx, asked: RowsAsked) =>
  tx.rows<Omit<BulkRow, 'productKey'> & { notes: string[]; cells: string[] | null }>(sql`
    select n, article_id as "articleId", number, name, verdict, before, after, flags, faults, notes, state, code, cells
    from bulk_row where company_id = ${tx.companyId} and bulk_id = ${asked.bulkId} and n > ${asked.after ?? -1}
      and (${asked.verdict}::text is null or verdict = ${asked.verdict}) and (${asked.state}::text is null or state = ${asked.state})
      and (${asked.flag}::text is null or ${asked.flag} = any (flags)) and (${asked.flagged}::boolean is null or (cardinality(flags) > 0) = ${asked.flagged})
      and (${asked.code}::text is null or code = ${asked.code} or faults @> jsonb_build_array(jsonb_build_object('code', ${asked.code}::text)))
    order by n limit ${asked.limit}`)
