/** SQL of what a mapping of places would mean, before it is saved. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface StoreCounts {
  locationId: number
  /** Ticked and matched articles whose goods the store has counted; each is in exactly one of same, differ and blocked. */
  articles: number
  same: number
  differ: number
  /** Of those that differ: the shop shows some, and would be told none. */
  toZero: number
  /** Nobody has counted the article in this store: nothing is sent of it. */
  unknown: number
  /** The shop can't be told: not counted there, a bundle, or not kept at this place. */
  blocked: number
}
/** What the shop showed last at each place, against what it would be told; a dry run's own comparison (fillSyncItems). */
export const previewStores = (tx: Tx, listenerId: number, pairs: { locationId: number; placeRef: string }[]) =>
  tx.rows<StoreCounts>(sql`
    with cell as (
      select p.location, p.n, v.known, s.value, stock_target(number_told(c.lowers_itself, v.on_hand, v.reserved), k.buffer) as target,
             g.tracked is false or g.unwritable is not null or s.active is not true as blocked
      from unnest(${pairs.map((p) => p.locationId)}::bigint[], ${pairs.map((p) => p.placeRef)}::text[]) with ordinality as p(location, place, n)
      join link k on k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and k.state = 'matched'
      join listener c on c.company_id = k.company_id and c.id = k.listener_id
      left join level v on v.company_id = k.company_id and v.article_id = k.article_id and v.location_id = p.location
      left join listing g on g.company_id = k.company_id and g.listener_id = k.listener_id and g.item_ref = k.item_ref
      left join listing_level s on s.company_id = k.company_id and s.listener_id = k.listener_id and s.item_ref = k.item_ref and s.place_ref = p.place)
    select p.location as "locationId", count(*) filter (where known) as articles, count(*) filter (where known and not blocked and greatest(0, value) = target) as same,
           count(*) filter (where known and not blocked and greatest(0, value) is distinct from target) as differ,
           count(*) filter (where known and not blocked and value > 0 and target = 0) as "toZero",
           count(*) filter (where cell.location is not null and known is not true) as unknown, count(*) filter (where known and blocked) as blocked
    from unnest(${pairs.map((p) => p.locationId)}::bigint[]) with ordinality as p(location, n) left join cell on cell.n = p.n
    group by p.location, p.n order by p.n`)

/** What taking its numbers in would make of ours: each article the shop shows is in exactly one. `first` = nobody has counted it here. */
export interface TakenCounts {
  same: number
  up: number
  down: number
  first: number
}
/** Available beside available: what the shop shows has its orders taken off, unless its number is what is on the shelf. */
export const previewTaken = (tx: Tx, listenerId: number, pairs: { locationId: number; placeRef: string }[]) =>
  tx.rows<TakenCounts>(sql`
    with cell as (
      select p.n, v.known, s.value, number_told(c.lowers_itself, v.on_hand, v.reserved) as ours
      from unnest(${pairs.map((p) => p.locationId)}::bigint[], ${pairs.map((p) => p.placeRef)}::text[]) with ordinality as p(location, place, n)
      join link k on k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and k.state = 'matched'
      join listener c on c.company_id = k.company_id and c.id = k.listener_id
      join listing_level s on s.company_id = k.company_id and s.listener_id = k.listener_id and s.item_ref = k.item_ref and s.place_ref = p.place and s.active and s.value is not null
      left join level v on v.company_id = k.company_id and v.article_id = k.article_id and v.location_id = p.location)
    select count(*) filter (where known and value = ours) as same, count(*) filter (where known and value > ours) as up, count(*) filter (where known and value < ours) as down,
           count(*) filter (where cell.n is not null and known is not true) as first
    from unnest(${pairs.map((p) => p.locationId)}::bigint[]) with ordinality as p(location, n) left join cell on cell.n = p.n
    group by p.n order by p.n`)
