/** SQL of what waits for a person, read where it stands: the first page, its own page and the letters say the same. And of how the stock and the orders are. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Cause } from './causes.ts'

/** One thing that waits. */
export interface AttentionItem {
  cause: Cause
  /** The connection or the view it is at; null = the company's own. */
  listenerId: number | null
  /** What it is within its cause and listener. */
  id: number
  /** Whose page tells more; null = there is none. */
  targetId: number | null
  number: string | null
  name: string
  /** The finer reason, and its facts. */
  code: string | null
  facts: Record<string, string | number>
  since: Date | null
}
export interface AttentionGroup {
  cause: Cause
  listenerId: number | null
  listener: { kind: 'connection' | 'view'; code: string; name: string } | null
  count: number
  /** Since the oldest began; null = nobody wrote it down. */
  since: Date | null
  /** The first of them. */
  sample: Omit<AttentionItem, 'cause' | 'listenerId' | 'since'>[]
}

/** By cause and listener. */
export const attentionGroups = (tx: Tx, now: Date, sampled: number) =>
  tx.rows<AttentionGroup>(sql`
    select g.cause, g.listener_id as "listenerId", case when l.id is not null then jsonb_build_object('kind', l.kind, 'code', l.code, 'name', l.name) end as listener,
           max(g.n) as count, min(g.since) as since,
           jsonb_agg(jsonb_build_object('id', g.item_id, 'targetId', g.target_id, 'number', g.number, 'name', g.name, 'code', g.code, 'facts', g.facts) order by g.place) filter (where g.place <= ${sampled}) as sample
    from (select a.*, count(*) over those as n, row_number() over (those order by a.item_id) as place from attention a
          where a.company_id = ${tx.companyId} and a.worth_at <= ${now} and (a.worth_until > ${now}) is not false window those as (partition by a.cause, a.listener_id)) g
    left join listener l on l.company_id = g.company_id and l.id = g.listener_id
    group by g.cause, g.listener_id, l.id, l.kind, l.code, l.name`)

export interface AttentionAsked {
  now: Date
  /** Null = all of them. */
  cause: Cause | null
  listenerId: number | null
  after: { cause: string; listenerId: number; id: number } | null
  limit: number
}
/** 0 stands for the company's own. */
export const attentionItems = (tx: Tx, asked: AttentionAsked) =>
  tx.rows<AttentionItem>(sql`
    select a.cause, a.listener_id as "listenerId", a.item_id as id, a.target_id as "targetId", a.number, a.name, a.code, a.facts, a.since
    from attention a
    where a.company_id = ${tx.companyId} and a.worth_at <= ${asked.now} and (a.worth_until > ${asked.now}) is not false and (${asked.cause}::text is null or a.cause = ${asked.cause})
      and (${asked.listenerId}::bigint is null or a.listener_id = ${asked.listenerId})
      and (${asked.after === null} or (a.cause, coalesce(a.listener_id, 0), a.item_id) > (${asked.after?.cause ?? ''}::text, ${asked.after?.listenerId ?? 0}::bigint, ${asked.after?.id ?? 0}::bigint))
    order by a.cause, coalesce(a.listener_id, 0), a.item_id limit ${asked.limit}`)

/** Under nothing as the list of what waits has it; not counted as the list of articles finds them, those ticked at a shop among them. */
export const stockOverview = (tx: Tx) =>
  tx.one<{ articles: number; negative: number; uncounted: number }>(sql`
    select (select count(*) from article where company_id = ${tx.companyId} and archived_at is null) as articles,
           (select count(distinct v.article_id) from level v join article a on a.company_id = v.company_id and a.id = v.article_id and a.archived_at is null
            where v.company_id = ${tx.companyId} and v.negative_since is not null) as negative,
           (select count(*) from article a where a.company_id = ${tx.companyId} and a.archived_at is null and a.stock_tracked
              and not exists (select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known)) as uncounted`)

/** What waits of orders, and how many are open. An order may be an exception in several ways. */
export const ordersOverview = (tx: Tx) =>
  tx.one<{ open: number; unrouted: number; exceptions: number }>(sql`
    select (select count(*) from web_order where company_id = ${tx.companyId} and state = 'open') as open,
           count(*) filter (where w.cause = 'order-unrouted') as unrouted, count(distinct w.item_id) filter (where w.cause <> 'order-unrouted') as exceptions
    from attention_order w where w.company_id = ${tx.companyId} and w.cause in ('order-unrouted', 'order-unknown', 'order-loss', 'order-elsewhere')`)

/** Per connection; one that has none of them isn't there. Differences from where the list has them too: beside them it asks of every article that isn't matched how it stands. */
export const shopsWaiting = (tx: Tx) =>
  tx.rows<{ connectionId: number; differences: number; unread: number; turnedAway: number }>(sql`
    select listener_id as "connectionId", count(*) filter (where cause = 'difference') as differences, count(*) filter (where cause = 'message') as unread,
           count(*) filter (where cause in ('order-refused', 'invoice-refused')) as "turnedAway"
    from (select listener_id, cause from attention_order where company_id = ${tx.companyId} and cause in ('message', 'order-refused', 'invoice-refused')
          union all select listener_id, 'difference' from difference where company_id = ${tx.companyId} and state = 'open') w
    group by listener_id`)
