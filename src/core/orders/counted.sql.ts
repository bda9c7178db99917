/** SQL of the pieces a master's number contains. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const countedOf = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ orderId: number; articleId: number; locationId: number; quantity: number }>(sql`
    select order_id as "orderId", article_id as "articleId", location_id as "locationId", quantity from order_counted
    where company_id = ${tx.companyId} and order_id = any (${orderIds}::bigint[])`)

/** Says it anew for these orders at this location: what isn't named counts nothing. Returns the orders of which something changed. */
export const saveCounted = (tx: Tx, locationId: number, orderIds: number[], cells: { orderId: number; articleId: number; quantity: number }[]) =>
  tx.rows<{ orderId: number }>(sql`
    with said as (
      select * from unnest(${cells.map((c) => c.orderId)}::bigint[], ${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.quantity)}::int[]) as s(order_id, article_id, quantity)
    ), gone as (
      delete from order_counted c where c.company_id = ${tx.companyId} and c.location_id = ${locationId} and c.order_id = any (${orderIds}::bigint[])
        and not exists (select from said s where s.order_id = c.order_id and s.article_id = c.article_id)
      returning c.order_id
    ), there as (
      insert into order_counted as c (company_id, order_id, article_id, location_id, quantity)
      select ${tx.companyId}, order_id, article_id, ${locationId}, quantity from said order by order_id, article_id
      on conflict (company_id, order_id, article_id, location_id) do update set quantity = excluded.quantity where c.quantity <> excluded.quantity
      returning c.order_id)
    select distinct order_id as "orderId" from (select order_id from gone union all select order_id from there) x order by 1`)
