/** SQL of the connection pages: what waits, what was said, what is wrong. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { nameHas, numberFrom } from './sought.ts'

/**
 * By connection and state; null = of all connections. Of many articles nearly all are told of and nothing is to be said of them: those are counted
 * at once, and only the others are asked one by one how they stand (article_state).
 */
export const stateCounts = (tx: Tx, listenerId: number | null) =>
  tx.rows<{ connectionId: number; state: string; n: number }>(sql`
    with cell as (
      select t.listener_id, t.entity_id, bool_and(t.wanted <= t.told and t.refusal is null) as told
      from told t join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
      where t.company_id = ${tx.companyId} and t.kind = 'stock' and (${listenerId}::bigint is null or t.listener_id = ${listenerId}) group by t.listener_id, t.entity_id)
    select k.listener_id as "connectionId", s.state, count(*) as n
    from link k left join cell c on c.listener_id = k.listener_id and c.entity_id = k.article_id
    cross join lateral (
      select case when k.boxed and k.state = 'matched' and c.told then 'in-sync'
                  else (select f.state from article_state f where f.company_id = k.company_id and f.listener_id = k.listener_id and f.article_id = k.article_id) end as state offset 0) s
    where k.company_id = ${tx.companyId} and (${listenerId}::bigint is null or k.listener_id = ${listenerId}) group by k.listener_id, s.state`)
/** What isn't told yet; boxes that were unticked and stores without a place wait for nobody. */
export const queueOf = (tx: Tx, listenerId: number) =>
  tx.one<{ live: number; backfill: number; oldestSince: Date | null; inFlight: number; refused: number; inboxWaiting: number; inboxListed: number }>(sql`
    select count(*) filter (where t.wanted > t.told and t.refusal is null and t.lane = 'live') as live, count(*) filter (where t.wanted > t.told and t.refusal is null and t.lane = 'backfill') as backfill,
           min(t.dirty_since) filter (where t.wanted > t.told and t.refusal is null) as "oldestSince", count(*) filter (where t.flight is not null) as "inFlight", count(*) filter (where t.refusal is not null) as refused,
           (select count(*) from inbox where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'waiting') as "inboxWaiting",
           (select count(*) from inbox where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'listed') as "inboxListed"
    from told t join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock'`)
export const waitingCells = (tx: Tx) =>
  tx.rows<{ connectionId: number; waiting: number; waitingSince: Date }>(sql`
    select t.listener_id as "connectionId", count(*) as waiting, min(t.dirty_since) as "waitingSince" from told t join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    where t.company_id = ${tx.companyId} and t.kind = 'stock' and t.wanted > t.told and t.refusal is null group by t.listener_id`)
export const hooksOf = (tx: Tx, listenerId: number) =>
  tx.one<{ verified: number; forged: number; doubled: number }>(sql`
    select coalesce(sum(verified), 0) as verified, coalesce(sum(forged), 0) as forged, coalesce(sum(doubled), 0) as doubled from hook_counter where company_id = ${tx.companyId} and listener_id = ${listenerId}`)
export const openDifferences = async (tx: Tx, listenerId: number): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select count(*) as n from difference where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'open'`)).n

export const ordersElsewhere = async (tx: Tx, listenerId: number): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      sql`select count(*) as n from web_order where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'open' and effects -> 'elsewhere' <> '{}'::jsonb`,
    )
  ).n

// ---- its articles

export interface ConnectionArticle {
  articleId: number
  number: string
  name: string
  boxed: boolean
  state: string
  link: 'looking' | 'matched' | 'moved' | 'missing' | 'ambiguous'
  itemRef: string | null
  buffer: number
}
export const connectionArticles = (
  tx: Tx,
  asked: { listenerId: number; articleId: number | null; state: string | null; q: string | null; afterNumber: string | null; limit: number },
) =>
  tx.rows<ConnectionArticle>(sql`
    select a.id as "articleId", a.number, a.name, k.boxed, s.state, k.state as link, k.item_ref as "itemRef", k.buffer
    from link k join article a on a.company_id = k.company_id and a.id = k.article_id
    join article_state s on s.company_id = k.company_id and s.listener_id = k.listener_id and s.article_id = k.article_id
    where k.company_id = ${tx.companyId} and k.listener_id = ${asked.listenerId} and (${asked.articleId}::bigint is null or k.article_id = ${asked.articleId}) and (${asked.state}::text is null or s.state = ${asked.state})
      and (${asked.q}::text is null or a.sought like ${numberFrom(asked.q)} or a.sought like ${nameHas(asked.q)}) and (${asked.afterNumber}::text is null or a.number > ${asked.afterNumber})
    order by a.number limit ${asked.limit}`)

export interface ConnectionCell {
  articleId: number
  locationId: number
  available: number | null
  target: number | null
  toldValue: number | null
  toldAt: Date | null
  wanted: number | null
  told: number | null
  checking: boolean
  waitingSince: Date | null
  holdUntil: Date | null
  holdWhy: string | null
  refusal: string | null
  said: string | null
  /** The shop is being asked to put it right. */
  stocking: boolean
  /** Not kept at the place, and a person says that this is meant. */
  leftOut: boolean
}
/** Every mapped place of each article; without a told row nothing was ever booked there. */
export const connectionCells = (tx: Tx, listenerId: number, articleIds: number[]) =>
  tx.rows<ConnectionCell>(sql`
    select k.article_id as "articleId", p.location_id as "locationId", v.on_hand - v.reserved as available, case when v.known then stock_target(number_told(s.lowers_itself, v.on_hand, v.reserved), k.buffer) end as target,
           t.told_value as "toldValue", t.told_at as "toldAt", t.wanted, t.told, coalesce(t.looks <> '[]' or t.drift is not null or t.hold_until is not null, false) as checking,
           case when t.wanted > t.told then t.dirty_since end as "waitingSince", t.hold_until as "holdUntil", t.hold_why as "holdWhy", t.refusal, t.refusal_said as said,
           coalesce(t.refusal in ('not-tracked', 'not-stocked') and exists (
             select from told a where a.company_id = k.company_id and a.listener_id = k.listener_id and a.kind = 'stocking' and a.entity_id = k.article_id and a.wanted > a.told and a.refusal is null
               and (a.asked = 'track' or a.location_id = p.location_id)), false) as stocking,
           coalesce(t.refusal = 'not-stocked' and exists (
             select from told a where a.company_id = k.company_id and a.listener_id = k.listener_id and a.kind = 'stocking' and a.entity_id = k.article_id
               and a.location_id = p.location_id and a.asked = 'leave'), false) as "leftOut"
    from link k join listener s on s.company_id = k.company_id and s.id = k.listener_id
    join place p on p.company_id = k.company_id and p.listener_id = k.listener_id
    left join level v on v.company_id = k.company_id and v.article_id = k.article_id and v.location_id = p.location_id and v.known
    left join told t on t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id and t.location_id = p.location_id
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = any (${articleIds}::bigint[]) order by k.article_id, p.location_id`)

export interface BoxState {
  id: number
  number: string
  name: string
  boxed: boolean
}
/** Articles with what their box says now (never ticked = false), by number. */
export const boxesOf = (tx: Tx, listenerId: number, asked: { ids: number[] | null; q: string | null }) =>
  tx.rows<BoxState>(sql`
    select a.id, a.number, a.name, coalesce(k.boxed, false) as boxed
    from article a left join link k on k.company_id = a.company_id and k.listener_id = ${listenerId} and k.article_id = a.id
    where a.company_id = ${tx.companyId} and (${asked.ids}::bigint[] is null or a.id = any (${asked.ids}::bigint[]))
      and (${asked.q}::text is null or ((a.sought like ${numberFrom(asked.q)} or a.sought like ${nameHas(asked.q)}) and a.archived_at is null)) order by a.number`)

// ---- listings

export const listingPage = (tx: Tx, asked: { listenerId: number; number: string | null; only: 'twice' | 'unknown' | null; afterRef: string | null; limit: number }) =>
  tx.rows<{
    itemRef: string
    parentRef: string | null
    number: string | null
    title: string | null
    tracked: boolean | null
    unwritable: string | null
    seenAt: Date
    articleId: number | null
    levels: { placeRef: string; value: number | null; active: boolean }[]
  }>(sql`
    select g.item_ref as "itemRef", g.parent_ref as "parentRef", g.number, g.title, g.tracked, g.unwritable, g.seen_at as "seenAt", a.id as "articleId",
           coalesce((select jsonb_agg(jsonb_build_object('placeRef', v.place_ref, 'value', v.value, 'active', v.active) order by v.place_ref)
                     from listing_level v where v.company_id = g.company_id and v.listener_id = g.listener_id and v.item_ref = g.item_ref), '[]') as levels
    from listing g left join article a on a.company_id = g.company_id and a.number = g.number
    where g.company_id = ${tx.companyId} and g.listener_id = ${asked.listenerId} and g.gone_at is null and (${asked.number}::text is null or g.number = ${asked.number})
      and (${asked.only}::text is distinct from 'unknown' or (a.id is null and g.number <> ''))
      and (${asked.only}::text is distinct from 'twice' or (g.number <> '' and exists (
            select from listing o where o.company_id = g.company_id and o.listener_id = g.listener_id and o.number = g.number and o.item_ref <> g.item_ref and o.gone_at is null)))
      and (${asked.afterRef}::text is null or g.item_ref > ${asked.afterRef})
    order by g.item_ref limit ${asked.limit}`)
