/** SQL of the rows of a bulk change. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { BulkRowState, Fields } from './bulk.ts'
import type { Judged } from './judge.ts'

/** A row as it was judged. */
export type JudgedRow = Judged & { n: number }

/** Every article named, in the order of their numbers. */
export const insertArticles = (tx: Tx, bulkId: number, articleIds: number[]) =>
  tx.run(sql`
    insert into bulk_row (company_id, bulk_id, n, article_id, number, name)
    select ${tx.companyId}, ${bulkId}, row_number() over (order by number), id, number, name from article where company_id = ${tx.companyId} and id = any (${articleIds}::bigint[])`)

export const rowsToJudge = (tx: Tx, bulkId: number, after: number, most: number) =>
  tx.rows<{ n: number; articleId: number }>(sql`
    select n, article_id as "articleId" from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and n > ${after} order by n limit ${most}`)

export const saveVerdicts = (tx: Tx, bulkId: number, rows: JudgedRow[]) =>
  tx.run(sql`
    update bulk_row r set verdict = j.verdict, before = j.before, after = j.after, flags = array(select jsonb_array_elements_text(j.flags)), faults = j.faults
    from jsonb_to_recordset(${JSON.stringify(rows)}) as j(n integer, verdict text, before jsonb, after jsonb, flags jsonb, faults jsonb)
    where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.n = j.n`)

export interface RowToDo {
  n: number
  articleId: number | null
  number: string | null
  productKey: string | null
  verdict: 'make' | 'change'
  before: Fields
  after: Fields
}
export const rowsToDo = (tx: Tx, bulkId: number, most: number) =>
  tx.rows<RowToDo>(sql`
    select n, article_id as "articleId", number, product_key as "productKey", verdict, before, after
    from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and state = 'waiting' and verdict in ('make', 'change') order by n limit ${most}`)

export interface Outcome {
  n: number
  state: BulkRowState
  articleId: number | null
  code: string | null
}
export const saveOutcomes = (tx: Tx, bulkId: number, outcomes: Outcome[]) =>
  tx.run(sql`
    update bulk_row r set state = o.state, article_id = o."articleId", code = o.code
    from jsonb_to_recordset(${JSON.stringify(outcomes)}) as o(n integer, state text, "articleId" bigint, code text)
    where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.n = o.n`)

/** What wasn't done when it was stopped stays as it is. */
export const keepWaiting = (tx: Tx, bulkId: number) =>
  tx.run(
    sql`update bulk_row set state = 'kept', code = 'not-done' where company_id = ${tx.companyId} and bulk_id = ${bulkId} and state = 'waiting' and verdict in ('make', 'change')`,
  )

/** What a bulk change did, in its order; nothing else of it can be undone. Returns how many there are. */
export const insertUndoRows = (tx: Tx, undoId: number, ofId: number) =>
  tx.run(sql`
    insert into bulk_row (company_id, bulk_id, n, article_id, number, name)
    select ${tx.companyId}, ${undoId}, r.n, r.article_id, a.number, a.name
    from bulk_row r join article a on a.company_id = r.company_id and a.id = r.article_id
    where r.company_id = ${tx.companyId} and r.bulk_id = ${ofId} and r.state = 'done'`)
