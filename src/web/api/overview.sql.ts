/** SQL of the first page: how the day goes. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Since midnight where the company is; orders that were deleted in the shop aren't there. */
export const todayOverview = (tx: Tx, now: Date) =>
  tx.one<{ sales: number; salePieces: number; orders: number; orderPieces: number }>(sql`
    with day as (select date_trunc('day', ${now}::timestamptz at time zone time_zone) at time zone time_zone as began from company where id = ${tx.companyId})
    select (select count(*) from document, day where company_id = ${tx.companyId} and type = 'sale' and occurred_at >= began) as sales,
           (select coalesce(sum((line ->> 'quantity')::integer), 0) from document, day, jsonb_array_elements(lines) line where company_id = ${tx.companyId} and type = 'sale' and occurred_at >= began) as "salePieces",
           (select count(*) from web_order, day where company_id = ${tx.companyId} and placed_at >= began and state <> 'deleted') as orders,
           (select coalesce(sum(w.ordered), 0) from day, web_order o join web_order_line w on w.company_id = o.company_id and w.order_id = o.id where o.company_id = ${tx.companyId} and o.placed_at >= began and o.state <> 'deleted') as "orderPieces"`)
