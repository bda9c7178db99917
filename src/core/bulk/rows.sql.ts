/** SQL of the rows of a bulk change. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { BulkRowState, Fields } from './bulk.ts'
import type { Judged } from './judge.ts'
import type { NewRow, Variant } from './judge-row.ts'

/** A row as it was judged. */
export type JudgedRow = Judged & { n: number }

/** Every article named, in the order of their numbers. */
export const insertArticles = (tx: Tx, bulkId: number, articleIds: number[]) =>
  tx.run(sql`
    insert into bulk_row (company_id, bulk_id, n, article_id, number, name)
    select ${tx.companyId}, ${bulkId}, row_number() over (order by number), id, number, name from article where company_id = ${tx.companyId} and id = any (${articleIds}::bigint[])`)

export const insertRows = (tx: Tx, bulkId: number, rows: NewRow[]) =>
  tx.run(sql`
    insert into bulk_row (company_id, bulk_id, n, article_id, number, name, product_key, wanted, verdict, before, after, flags, faults, notes, cells)
    select ${tx.companyId}, ${bulkId}, n, "articleId", number, name, product ->> 'ref', case when product is null then '{}' else jsonb_build_object('product', product) end, verdict, before, after,
      array(select jsonb_array_elements_text(flags)), faults, array(select jsonb_array_elements_text(notes)), cells
    from jsonb_to_recordset(${JSON.stringify(rows)}) as r(n integer, "articleId" bigint, number text, name text, product jsonb, verdict text, before jsonb, after jsonb, flags jsonb, faults jsonb, notes jsonb, cells jsonb)`)
export const dropRows = (tx: Tx, bulkId: number) => tx.run(sql`delete from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId}`)

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
  /** Of a variant that is made: its product. */
  product: Variant | null
  verdict: 'make' | 'change'
  before: Fields
  after: Fields
}
export const rowsToDo = (tx: Tx, bulkId: number, most: number) =>
  tx.rows<RowToDo>(sql`
    select n, article_id as "articleId", number, wanted -> 'product' as product, verdict, before, after
    from bulk_row where company_id = ${tx.companyId} and bulk_id = ${bulkId} and state = 'waiting' and verdict in ('make', 'change') order by n limit ${most}`)

export interface Outcome {
  n: number
  state: BulkRowState
  articleId: number | null
  code: string | null
}
/** Whoever comes second, another process perhaps, says nothing of a row that has its outcome. */
export const saveOutcomes = (tx: Tx, bulkId: number, outcomes: Outcome[]) =>
  tx.run(sql`
    update bulk_row r set state = o.state, article_id = o."articleId", code = o.code
    from jsonb_to_recordset(${JSON.stringify(outcomes)}) as o(n integer, state text, "articleId" bigint, code text)
    where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.n = o.n and r.state = 'waiting'`)

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

/** Variants that can't be made beside those that are here: a product that is several here, or whose variants differ in something else. */
export const faultProducts = (tx: Tx, bulkId: number) =>
  tx.run(sql`
    with named as (
      select r.n, r.product_key, array(select o ->> 'name' from jsonb_array_elements(r.wanted #> '{product,options}') with ordinality as x(o, at) order by at) as names
      from bulk_row r where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.verdict = 'make' and r.product_key is not null
    ), first as (select distinct on (product_key) product_key, names from named order by product_key, n
    ), home as (
      select r.product_key, count(distinct a.product_id) as homes, min(a.product_id) as product_id
      from bulk_row r join article a on a.company_id = r.company_id and a.id = r.article_id
      where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.product_key is not null group by 1
    ), faulty as (
      select n.n, case when h.homes > 1 then 'product-split' else 'product-differs' end as code
      from named n join first f using (product_key) left join home h using (product_key)
      left join product p on p.company_id = ${tx.companyId} and p.id = h.product_id
      where h.homes > 1 or n.names <> case when p.id is null then f.names else array(select o ->> 'name' from jsonb_array_elements(p.options) with ordinality as x(o, at) order by at) end
    )
    update bulk_row r set verdict = 'fault', after = '{}', flags = '{}', faults = jsonb_build_array(jsonb_build_object('column', null, 'field', null, 'code', f.code, 'value', r.product_key, 'row', null))
    from faulty f where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.n = f.n`)

/** The products that hold variants of one product of the file. */
export const homesOf = (tx: Tx, bulkId: number, productKey: string) =>
  tx.rows<{ productId: number }>(sql`
    select distinct a.product_id as "productId" from bulk_row r join article a on a.company_id = r.company_id and a.id = r.article_id
    where r.company_id = ${tx.companyId} and r.bulk_id = ${bulkId} and r.product_key = ${productKey}`)
