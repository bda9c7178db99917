/** SQL of the differences page: the list, and how many came and went per day. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { DifferenceReason, SettledHow } from '../../sync/difference.sql.ts'

export interface DifferenceShown {
  id: number
  articleId: number
  articleNumber: string
  articleName: string
  locationId: number
  theirs: number
  ours: number
  believed: number | null
  seenAt: Date
  foundBy: 'compare' | 'look'
  reason: DifferenceReason | null
  orderId: number | null
  orderName: string | null
  state: 'open' | 'settled'
  settledAt: Date | null
  settledHow: SettledHow | null
  settledBy: string | null
  gap: number | null
}
/** Newest first; open ones before settled. */
export const differencePage = (
  tx: Tx,
  asked: { listenerId: number; id: number | null; state: string | null; reason: string | null; after: [number, number] | null; limit: number },
) =>
  tx.rows<DifferenceShown>(sql`
    select d.id, d.article_id as "articleId", a.number as "articleNumber", a.name as "articleName", d.location_id as "locationId", d.theirs, d.ours, d.believed, d.seen_at as "seenAt",
           d.found_by as "foundBy", d.reason, o.id as "orderId", o.name as "orderName", d.state, d.settled_at as "settledAt", d.settled_how as "settledHow", d.settled_by as "settledBy", d.gap
    from difference d
    join article a on a.company_id = d.company_id and a.id = d.article_id
    left join web_order o on o.company_id = d.company_id and o.id = d.order_id
    where d.company_id = ${tx.companyId} and d.listener_id = ${asked.listenerId} and (${asked.id}::bigint is null or d.id = ${asked.id})
      and (${asked.state}::text is null or d.state = ${asked.state}) and (${asked.reason}::text is null or d.reason = ${asked.reason})
      and (${asked.after?.[0] ?? null}::int is null or ((d.state = 'open')::int, d.id) < (${asked.after?.[0] ?? null}::int, ${asked.after?.[1] ?? null}::bigint))
    order by (d.state = 'open')::int desc, d.id desc limit ${asked.limit}`)

export type OpenDifference = Pick<DifferenceShown, 'id' | 'locationId' | 'theirs' | 'ours' | 'reason' | 'seenAt'>
/** What stands open of one article at one connection. */
export const openDifferencesOf = (tx: Tx, listenerId: number, articleId: number) =>
  tx.rows<OpenDifference>(sql`
    select id, location_id as "locationId", theirs, ours, reason, seen_at as "seenAt" from difference
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and article_id = ${articleId} and state = 'open' order by id`)

/** One row per day from `from` to `today`, both as the company's own dates; days on which nothing happened are there with 0. */
export const differenceDays = (tx: Tx, listenerId: number, span: { from: string; today: string; timeZone: string }) =>
  tx.rows<{ day: string; found: number; settled: number }>(sql`
    with found as (
      select (seen_at at time zone ${span.timeZone})::date as day, count(*) as n from difference
      where company_id = ${tx.companyId} and listener_id = ${listenerId} and seen_at >= (${span.from}::date::timestamp at time zone ${span.timeZone}) group by 1
    ), settled as (
      select (settled_at at time zone ${span.timeZone})::date as day, count(*) as n from difference
      where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'settled' and settled_at >= (${span.from}::date::timestamp at time zone ${span.timeZone}) group by 1)
    select to_char(d, 'YYYY-MM-DD') as day, coalesce(f.n, 0) as found, coalesce(s.n, 0) as settled
    from generate_series(${span.from}::date, ${span.today}::date, interval '1 day') d
    left join found f on f.day = d::date left join settled s on s.day = d::date order by 1`)
