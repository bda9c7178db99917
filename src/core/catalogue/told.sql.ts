/** SQL of what came of each product a shop was told of. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export type Outcome = 'made' | 'changed' | 'nothing' | 'refused'
export interface ProductTold {
  productId: number
  /** Null = it went by itself. */
  runId: number | null
  outcome: Outcome
  code: string | null
  remarks: string[]
  parts: string[]
  at: Date
}

/** Of a run the latest of each product stands. */
export const noteTold = (tx: Tx, listenerId: number, t: ProductTold) =>
  tx.run(sql`
    insert into product_told (company_id, listener_id, product_id, run_id, outcome, code, remarks, parts, at)
    values (${tx.companyId}, ${listenerId}, ${t.productId}, ${t.runId}, ${t.outcome}, ${t.code}, ${t.remarks}::text[], ${t.parts}::text[], ${t.at})
    on conflict (company_id, listener_id, run_id, product_id) where run_id is not null do update set outcome = case when product_told.outcome = 'made' and excluded.outcome <> 'refused' then 'made' else excluded.outcome end,
      code = excluded.code, remarks = excluded.remarks, parts = excluded.parts, at = excluded.at`)

export const toldProducts = (
  tx: Tx,
  listenerId: number,
  which: { runId: number | null; productId: number | null; outcome: Outcome | null; before: number | null; limit: number },
) =>
  tx.rows<ProductTold & { id: number; product: string }>(sql`
    select t.id, t.product_id as "productId", p.name as product, t.run_id as "runId", t.outcome, t.code, to_jsonb(t.remarks) as remarks, to_jsonb(t.parts) as parts, t.at
    from product_told t join product p on p.company_id = t.company_id and p.id = t.product_id
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and (${which.runId}::bigint is null or t.run_id = ${which.runId})
      and (${which.productId}::bigint is null or t.product_id = ${which.productId}) and (${which.outcome}::text is null or t.outcome = ${which.outcome})
      and (${which.before}::bigint is null or t.id < ${which.before}) order by t.id desc limit ${which.limit}`)

/** How many products of a run came to what; `looked` = how many it has looked at. */
export const countTold = (tx: Tx, listenerId: number, run: { id: number; afterProduct: number; products: number[] | null }) =>
  tx.one<{ looked: number; made: number; changed: number; nothing: number; refused: number }>(sql`
    select (select count(*)::int from product where company_id = ${tx.companyId} and id <= ${run.afterProduct} and (${run.products}::bigint[] is null or id = any (${run.products}::bigint[]))) as looked,
      count(*) filter (where outcome = 'made')::int as made, count(*) filter (where outcome = 'changed')::int as changed, count(*) filter (where outcome = 'nothing')::int as nothing,
      count(*) filter (where outcome = 'refused')::int as refused
    from product_told where company_id = ${tx.companyId} and listener_id = ${listenerId} and run_id = ${run.id}`)

/** A shop's latest run stays whole. */
export const deleteOldTold = (tx: Tx, before: Date) =>
  tx.run(sql`
    delete from product_told t where t.company_id = ${tx.companyId} and t.at < ${before}
      and (t.run_id is null or t.run_id <> (select max(r.id) from view_run r where r.company_id = t.company_id and r.listener_id = t.listener_id))`)
