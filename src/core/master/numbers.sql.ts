/** SQL of the numbers taken over from a master. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Articles kept in stock by number, to the letter. Of an article that was renamed and is there under both, the number it has now. */
export const stockArticles = (tx: Tx, numbers: string[]) =>
  tx.rows<{ number: string; articleId: number }>(sql`
    select distinct on (n.article_id) n.number, n.article_id as "articleId"
    from article_number n join article a on a.company_id = n.company_id and a.id = n.article_id
    where n.company_id = ${tx.companyId} and n.number = any (${numbers}) and a.stock_tracked and a.archived_at is null order by n.article_id, a.number = n.number desc`)

/** What on hand here owes to the master. `version` 0 = its number was never taken over: `number` is null, and `base` is what stood here when it became master. */
export interface Base {
  articleId: number
  base: number
  number: number | null
  version: number
  since: Date
}
/** Of an ERP: its last number; else on hand less what happened since. */
export const basesOf = (tx: Tx, locationId: number, articleIds: number[]) =>
  tx.rows<Base>(sql`
    select a.id as "articleId", coalesce(n.version, 0) as version, l.master_since as since, n.value as number,
           coalesce(n.value, coalesce(v.on_hand, 0) - coalesce((
             select sum(m.on_hand_delta) from movement m
             where m.company_id = l.company_id and m.article_id = a.id and m.location_id = l.id and m.posted_at >= l.master_since), 0))::integer as base
    from unnest(${articleIds}::bigint[]) as a(id)
    join location l on l.company_id = ${tx.companyId} and l.id = ${locationId}
    left join level v on v.company_id = l.company_id and v.article_id = a.id and v.location_id = l.id
    left join master_number n on n.company_id = l.company_id and n.article_id = a.id and n.location_id = l.id
    order by a.id`)

export interface NumberRead {
  articleId: number
  /** Whole pieces. */
  value: number
  readAt: Date
  /** Of a shop: pieces its own orders hold here, which its number has off already; and what those orders have done to on hand by then. Left out = none, as an ERP's. */
  committed?: number
  own?: number
}
export const saveNumbers = (tx: Tx, locationId: number, numbers: (NumberRead & { version: number })[]) =>
  tx.run(sql`
    insert into master_number (company_id, article_id, location_id, value, version, read_at, committed, own)
    select ${tx.companyId}, "articleId", ${locationId}, value, version, "readAt", coalesce(committed, 0), coalesce(own, 0)
    from jsonb_to_recordset(${JSON.stringify(numbers)}) as n("articleId" bigint, value integer, version integer, "readAt" timestamptz, committed integer, own integer) order by "articleId"
    on conflict (company_id, article_id, location_id) do update
      set value = excluded.value, version = excluded.version, read_at = excluded.read_at, committed = excluded.committed, own = excluded.own`)

/** Articles whose number the master has told at least once. */
export const numbersKnown = (tx: Tx, locationId: number, articleIds: number[]) =>
  tx.rows<{ articleId: number }>(
    sql`select article_id as "articleId" from master_number where company_id = ${tx.companyId} and location_id = ${locationId} and article_id = any (${articleIds}::bigint[]) and version > 0`,
  )

/** The same, of these or of all; null = all. */
export const numbersTaken = (tx: Tx, locationId: number, articleIds: number[] | null) =>
  tx.rows<{ articleId: number }>(sql`
    select article_id as "articleId" from master_number where company_id = ${tx.companyId} and location_id = ${locationId} and version > 0
      and (${articleIds === null} or article_id = any (${articleIds ?? []}::bigint[])) order by article_id`)

/** Another master begins with its own numbers. */
export const forgetNumbers = (tx: Tx, locationId: number) => tx.run(sql`delete from master_number where company_id = ${tx.companyId} and location_id = ${locationId}`)

/** Taken over in all, or read since an instant. */
export const numbersCount = (tx: Tx, locationId: number, since: Date | null) =>
  tx.one<{ n: number }>(
    sql`select count(*) as n from master_number where company_id = ${tx.companyId} and location_id = ${locationId} and version > 0 and (${since}::timestamptz is null or read_at >= ${since})`,
  )

/** not-there = it has no such article · not-counted = it keeps no stock of it (no stock module, or its group keeps none) · not-read = its numbers aren't asked for · not-ticked = the shop isn't told of the article. */
export type NoNumber = 'not-there' | 'not-counted' | 'not-read' | 'not-ticked'
export interface MasterSays {
  articleId: number
  locationId: number
  connectionId: number
  name: string
  /** As it was last taken over; null = never. */
  number: number | null
  /** What happened here that it doesn't contain: below 0 for what was sold. Null = it was never taken over. */
  apart: number | null
  /** Why there is none now: the last one stays, and none is never 0 (L7). Null = there is one, or nobody has looked yet. */
  why: NoNumber | null
  /** When it was looked at last, or when it had gone; null = never. */
  at: Date | null
}
/** What the masters say of articles, by the number each has or had; a shop, which has no walk of its own, by the item it is. */
export const mastersSay = (tx: Tx, articleIds: number[]) =>
  tx.rows<MasterSays>(sql`
    select a.id as "articleId", o.id as "locationId", s.id as "connectionId", s.name, case when n.version > 0 then n.value end as number,
           case when n.version > 0 then (coalesce(v.on_hand, 0) - n.value - n.committed - m.own + n.own)::integer end as apart,
           case when f.listener_id is null then case when n.version > 0 then n.read_at end else coalesce(l.gone_at, l.seen_at, f.ended_at) end as at,
           case when f.listener_id is null then case when t.entity_id is null then 'not-ticked' when t.refusal in ('item-gone', 'link-moved') then 'not-there' when t.refusal in ('not-tracked', 'not-stocked') then 'not-counted' end
                when l.item_ref is null and f.ended_at is null then null when l.item_ref is null or l.gone_at is not null then 'not-there' when l.tracked is null then 'not-read' when not l.tracked then 'not-counted' end as why
    from article a
    join location o on o.company_id = a.company_id and o.master_id is not null
    join listener s on s.company_id = o.company_id and s.id = o.master_id
    left join feed_cursor f on f.company_id = s.company_id and f.listener_id = s.id and f.feed = 'articles'
    left join master_number n on n.company_id = a.company_id and n.article_id = a.id and n.location_id = o.id
    left join level v on v.company_id = a.company_id and v.article_id = a.id and v.location_id = o.id
    left join told t on t.company_id = a.company_id and t.listener_id = s.id and t.kind = 'stock' and t.entity_id = a.id and t.location_id = o.id
    cross join lateral (
      select coalesce(sum(x.on_hand_delta), 0) as own from movement x
      where f.listener_id is null and x.company_id = a.company_id and x.article_id = a.id and x.location_id = o.id and is_of_its_orders(x.source, s.id)) m
    left join lateral (
      select g.* from article_number r join listing g on g.company_id = r.company_id and g.listener_id = s.id and g.item_ref = r.number
      where r.company_id = a.company_id and r.article_id = a.id order by g.gone_at is not null, r.number = a.number desc limit 1) l on true
    where a.company_id = ${tx.companyId} and a.id = any (${articleIds}::bigint[]) and a.stock_tracked order by o.id`)
