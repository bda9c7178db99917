/** SQL of "Why is it 5?": what moved an article's stock and what shops were told of it, in the order it was learned here, with the running numbers. */
import type { Edit } from '../../core/orders/edits.ts'
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { DifferenceReason, SettledHow } from '../../sync/difference.sql.ts'

export type EventSort = 'moved' | 'undone' | 'told' | 'boxed' | 'found' | 'settled'
export interface EventRow {
  sort: EventSort
  /** With `rank` and `postedAt` its place among all; by itself one of its sort. */
  id: number
  rank: number
  kind: string
  locationId: number
  onHand: number
  reserved: number
  onHandAfter: number
  reservedAfter: number
  known: boolean
  occurredAt: Date
  postedAt: Date
  source: Record<string, string | number>
  actor: string
  orderId: number | null
  orderName: string | null
  editLines: Edit['lines'] | null
  cancelled: boolean | null
  connectionId: number | null
  connectionName: string | null
  told: { value: number; expected: number | null; delta: number | null; shows: number | null; code: string | null; said: string | null } | null
  /** The bulk change whose column of stock counted it, or that took such a count back. */
  bulk: { id: number; kind: 'import' | 'edit' | 'undo'; fileName: string | null; ofId: number | null } | null
  undone: { runId: number; ofId: number; ofKind: 'first-sync' | 'sync-all'; was: number | null; target: number | null; code: string | null } | null
  difference: { id: number; theirs: number; ours: number; reason: DifferenceReason | null; settledHow: SettledHow | null } | null
}
export interface EventsAsked {
  articleId: number
  /** Only of one location is there more than movements: a box is of all of them. */
  locationId: number | null
  moved: boolean
  from: Date | null
  until: Date | null
  before: { at: Date; rank: number; id: number } | null
  limit: number
}

/**
 * Latest first. The running numbers are sums over all of the article's movements, in the order they were booked: an article has thousands, not
 * millions. Particulars are fetched of the rows of the page alone.
 */
export const eventPage = (tx: Tx, asked: EventsAsked) =>
  tx.rows<EventRow>(sql`
    with event as (
      select 'moved' as sort, 0 as rank, id, location_id, posted_at as at, on_hand_delta as on_hand, reserved_delta as reserved, states_level(kind, source) as states
      from movement where company_id = ${tx.companyId} and article_id = ${asked.articleId} and (${asked.locationId}::bigint is null or location_id = ${asked.locationId})
      union all
      select 'undone', 1, r.id, i.location_id, r.confirmed_at, 0, 0, 0
      from run r join run_item i on i.company_id = r.company_id and i.run_id = r.id and i.article_id = ${asked.articleId} and i.location_id = ${asked.locationId}
      where not ${asked.moved}::boolean and r.company_id = ${tx.companyId} and r.kind = 'undo' and r.confirmed_at is not null
      union all
      select case when location_id is null then 'boxed' else 'told' end, 2, id, ${asked.locationId}, at, 0, 0, 0
      from told_event where not ${asked.moved}::boolean and company_id = ${tx.companyId} and article_id = ${asked.articleId} and coalesce(location_id, ${asked.locationId}) = ${asked.locationId}
      union all
      select 'found', 3, id, location_id, seen_at, 0, 0, 0
      from difference where not ${asked.moved}::boolean and company_id = ${tx.companyId} and article_id = ${asked.articleId} and location_id = ${asked.locationId}
      union all
      select 'settled', 4, id, location_id, settled_at, 0, 0, 0
      from difference where not ${asked.moved}::boolean and company_id = ${tx.companyId} and article_id = ${asked.articleId} and location_id = ${asked.locationId} and settled_at is not null
    ), counted as (
      select *, sum(on_hand) over here as on_hand_after, sum(reserved) over here as reserved_after, sum(states) over here > 0 as known
      from event where ${asked.until}::timestamptz is null or at <= ${asked.until}
      window here as (partition by location_id order by at, rank, id)
    ), page as (
      select * from counted
      where (${asked.from}::timestamptz is null or at > ${asked.from})
        and (${asked.before?.at ?? null}::timestamptz is null or (at, rank, id) < (${asked.before?.at ?? null}::timestamptz, ${asked.before?.rank ?? null}::int, ${asked.before?.id ?? null}::bigint))
      order by at desc, rank desc, id desc limit ${asked.limit})
    select p.sort, p.rank, p.id, coalesce(m.kind, e.what, i.state, p.sort) as kind, p.location_id as "locationId", p.on_hand as "onHand", p.reserved, p.on_hand_after as "onHandAfter",
           p.reserved_after as "reservedAfter", p.known, coalesce(m.occurred_at, e.sent_at, p.at) as "occurredAt", p.at as "postedAt", coalesce(m.source, '{}') as source,
           coalesce(m.actor, e.actor, u.started_by, case p.sort when 'settled' then d.settled_by end, 'system') as actor, o.id as "orderId", o.name as "orderName",
           (select jsonb_agg(x) from jsonb_array_elements(w.edit -> 'lines') x
            where x ->> 'lineRef' in (select l.line_ref from web_order_line l where l.company_id = o.company_id and l.order_id = o.id and l.article_id = ${asked.articleId})) as "editLines",
           (w.edit -> 'cancelled')::boolean as cancelled, c.id as "connectionId", c.name as "connectionName",
           case p.sort when 'told' then jsonb_build_object('value', e.value, 'expected', e.expected, 'delta', e.delta, 'shows', e.shows, 'code', e.code, 'said', e.said) end as told,
           case when b.id is not null then jsonb_build_object('id', b.id, 'kind', b.kind, 'fileName', coalesce(b.file_name, n.file_name), 'ofId', b.of_id) end as bulk,
           case when u.id is not null then jsonb_build_object('runId', u.id, 'ofId', u.of_id, 'ofKind', r.kind, 'was', i.was, 'target', i.target, 'code', i.code) end as undone,
           case when d.id is not null then jsonb_build_object('id', d.id, 'theirs', d.theirs, 'ours', d.ours, 'reason', d.reason, 'settledHow', d.settled_how) end as difference
    from page p
    left join movement m on p.rank = 0 and m.company_id = ${tx.companyId} and m.id = p.id
    left join bulk_change b on b.company_id = ${tx.companyId} and m.source ->> 'type' in ('count', 'count-undone') and b.id = substring(m.source ->> 'ref' from '^bulk-([0-9]{1,15})-')::bigint
    left join bulk_change n on n.company_id = b.company_id and n.id = b.of_id
    left join run u on p.rank = 1 and u.company_id = ${tx.companyId} and u.id = p.id
    left join run_item i on i.company_id = u.company_id and i.run_id = u.id and i.article_id = ${asked.articleId} and i.location_id = p.location_id
    left join run r on r.company_id = u.company_id and r.id = u.of_id
    left join told_event e on p.rank = 2 and e.company_id = ${tx.companyId} and e.id = p.id
    left join difference d on p.rank in (3, 4) and d.company_id = ${tx.companyId} and d.id = p.id
    left join listener c on c.company_id = ${tx.companyId} and c.kind = 'connection' and c.id = coalesce(e.listener_id, d.listener_id, u.listener_id, (m.source ->> 'listener')::bigint)
    left join web_order o on o.company_id = ${tx.companyId} and m.source ->> 'type' = 'web-order' and o.listener_id = (m.source ->> 'listener')::bigint and o.order_ref = m.source ->> 'ref'
    left join web_order_edit w on w.company_id = ${tx.companyId} and w.order_id = o.id and w.version = substring(m.key from '#([0-9]+):[0-9]+:[0-9]+$')::integer
    order by p.at desc, p.rank desc, p.id desc`)
