/** SQL of the first page: how the day goes, how the last ones went, what stands on the shelves. */
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

/** By size, as they are noted (sync/measure.ts), over every webshop since midnight where the company is. */
export const toldToday = (tx: Tx, now: Date) =>
  tx.rows<{ size: number; n: number }>(sql`
    with day as (select date_trunc('day', ${now}::timestamptz at time zone time_zone) at time zone time_zone as began from company where id = ${tx.companyId})
    select size, sum(n) as n from tally, day where company_id = ${tx.companyId} and what = 'told' and slot >= began group by size`)

/** What nobody has counted is no number and isn't there. */
export const shelves = (tx: Tx) =>
  tx.rows<{ locationId: number; name: string; articles: number; pieces: number; out: number }>(sql`
    select o.id as "locationId", o.name, count(*) filter (where v.on_hand > 0) as articles, coalesce(sum(v.on_hand), 0)::bigint as pieces, count(*) filter (where v.on_hand <= 0) as out
    from location o
    left join level v on v.company_id = o.company_id and v.location_id = o.id and v.known
      and not exists (select from article a where a.company_id = v.company_id and a.id = v.article_id and (a.archived_at is not null or not a.stock_tracked))
    where o.company_id = ${tx.companyId} and o.archived_at is null group by o.id, o.name order by lower(o.name), o.id`)

export interface SoldRow {
  kind: 'store' | 'webshop'
  id: number
  day: string
  pieces: number
}
/** By the company's own days; a day on which nothing was sold isn't there. */
export const soldByDay = (tx: Tx, span: { from: string; today: string; timeZone: string }) =>
  tx.rows<SoldRow>(sql`
    with span as (
      select ${span.from}::date::timestamp at time zone ${span.timeZone} as began, (${span.today}::date + 1)::timestamp at time zone ${span.timeZone} as ends)
    select 'store' as kind, d.location_id as id, to_char(d.occurred_at at time zone ${span.timeZone}, 'YYYY-MM-DD') as day, sum((line ->> 'quantity')::integer) as pieces
    from span, document d, jsonb_array_elements(d.lines) line
    where d.company_id = ${tx.companyId} and d.type = 'sale' and d.occurred_at >= began and d.occurred_at < ends group by 2, 3
    union all
    select 'webshop', o.listener_id, to_char(o.placed_at at time zone ${span.timeZone}, 'YYYY-MM-DD'), sum(w.ordered)
    from span, web_order o join web_order_line w on w.company_id = o.company_id and w.order_id = o.id
    where o.company_id = ${tx.companyId} and o.placed_at >= began and o.placed_at < ends and o.state <> 'deleted' group by 2, 3`)
