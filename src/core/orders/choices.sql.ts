/** SQL of what people decided about lines with unknown numbers, and of an order's later edits. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Edit } from './edits.ts'

export const lineOf = (tx: Tx, orderId: number, lineRef: string) =>
  tx.maybe<{ listenerId: number; articleNumber: string | null; articleId: number | null }>(sql`
    select o.listener_id as "listenerId", l.article_number as "articleNumber", l.article_id as "articleId"
    from web_order_line l join web_order o on o.company_id = l.company_id and o.id = l.order_id where l.company_id = ${tx.companyId} and l.order_id = ${orderId} and l.line_ref = ${lineRef}`)

/** 0 = it was chosen so before. */
export const chooseLine = (tx: Tx, choice: { orderId: number; lineRef: string; articleId: number | null; actor: string }, now: Date) =>
  tx.run(sql`
    insert into web_order_choice as c (company_id, order_id, line_ref, article_id, chosen_at, actor)
    values (${tx.companyId}, ${choice.orderId}, ${choice.lineRef}, ${choice.articleId}, ${now}, ${choice.actor})
    on conflict (company_id, order_id, line_ref) do update set article_id = excluded.article_id, chosen_at = excluded.chosen_at, actor = excluded.actor
    where c.article_id is distinct from excluded.article_id`)

export const dropChoice = (tx: Tx, orderId: number, lineRef: string) =>
  tx.run(sql`delete from web_order_choice where company_id = ${tx.companyId} and order_id = ${orderId} and line_ref = ${lineRef}`)

export const choicesOf = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ orderId: number; lineRef: string; articleId: number | null }>(
    sql`select order_id as "orderId", line_ref as "lineRef", article_id as "articleId" from web_order_choice where company_id = ${tx.companyId} and order_id = any (${orderIds}::bigint[])`,
  )

/** Orders with a line of this number that counts somewhere else, or nowhere yet; what a person said counts nowhere stays so. */
export const ordersWithNumberOfOther = (tx: Tx, number: string, articleId: number) =>
  tx.rows<{ id: number; listenerId: number }>(sql`
    select distinct o.id, o.listener_id as "listenerId" from web_order_line l join web_order o on o.company_id = l.company_id and o.id = l.order_id
    where l.company_id = ${tx.companyId} and l.article_number = ${number} and l.article_id is distinct from ${articleId}::bigint
      and not exists (select from web_order_choice c where c.company_id = l.company_id and c.order_id = l.order_id and c.line_ref = l.line_ref)
    order by o.listener_id, o.id`)

export const insertEdits = (tx: Tx, edits: { orderId: number; version: number; at: Date; edit: Edit }[]) =>
  tx.run(sql`
    insert into web_order_edit (company_id, order_id, version, at, edit)
    select ${tx.companyId}, "orderId", version, at, edit from jsonb_to_recordset(${JSON.stringify(edits)}) as r("orderId" bigint, version integer, at timestamptz, edit jsonb)`)
