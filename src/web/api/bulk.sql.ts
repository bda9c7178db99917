/** SQL of the rows of a bulk change as they are shown. */
import type { BulkRow } from '../../core/bulk/bulk.ts'
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

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
