/** SQL of what a reader holds: hashes of what it was served and acknowledged, and what it states itself (V11). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Thing } from './contents.ts'
import type { Entity, ViewRow } from './view.ts'

const columns = (things: Thing[]) => [things.map((t) => t.entity), things.map((t) => t.entityId), things.map((t) => t.locationId)] as const

/** What somebody is changing right now is skipped: it is served again anyway. */
export const noteServed = (tx: Tx, viewId: number, things: (Thing & { wanted: number; hash: string })[]) => {
  const [entities, ids, locations] = columns(things)
  return tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane, served_version, served_hash)
    select ${tx.companyId}, ${viewId}, c.entity, c.id, c.location, k.lane, c.n, c.hash
    from unnest(${entities}::text[], ${ids}::bigint[], ${locations}::bigint[], ${things.map((t) => t.wanted)}::bigint[], ${things.map((t) => t.hash)}::text[]) as c(entity, id, location, n, hash)
    cross join lateral (
      select s.lane from view_row s
      where s.company_id = ${tx.companyId} and s.listener_id = ${viewId} and s.entity = c.entity and s.entity_id = c.id and s.location_id = c.location and s.wanted = c.n
        and (s.served_version, s.served_hash) is distinct from (c.n, c.hash) limit 1 for update skip locked) k
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set served_version = excluded.served_version, served_hash = excluded.served_hash`)
}

/** Counted as sent without having been: the reader holds them as they are now. */
export const noteHeld = (tx: Tx, viewId: number, things: (Thing & { hash: string })[]) => {
  const [entities, ids, locations] = columns(things)
  return tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane, acked_hash)
    select ${tx.companyId}, ${viewId}, c.entity, c.id, c.location, view_lane(c.entity), c.hash
    from unnest(${entities}::text[], ${ids}::bigint[], ${locations}::bigint[], ${things.map((t) => t.hash)}::text[]) as c(entity, id, location, hash)
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set acked_hash = excluded.acked_hash`)
}

/** Of these products, what the view hears of and the reader has in its latest version, with the hash of it; null = it never said so. */
export const heldOf = (tx: Tx, view: Pick<ViewRow, 'id' | 'entities'>, products: number[]) =>
  tx.rows<Thing & { ackedHash: string | null }>(sql`
    select f.entity, f.entity_id as "entityId", f.location_id as "locationId", k.acked_hash as "ackedHash"
    from view_things(${tx.companyId}, ${products}::bigint[]) f
    cross join lateral (
      select s.acked_hash from view_row s
      where s.company_id = ${tx.companyId} and s.listener_id = ${view.id} and s.entity = f.entity and s.entity_id = f.entity_id and s.location_id = f.location_id
        and s.there and s.wanted = s.told and s.refusal is null and s.op = 'upsert' limit 1) k
    where f.entity = any (${view.entities}::text[])`)

/** A thing as the reader names it: by our id, or by its own. */
export interface Named {
  entity: Entity
  id: number | null
  externalId: string | null
  locationId: number
}
export interface Found extends Thing {
  /** Which of those asked for. */
  n: number
  op: 'upsert' | 'delete' | 'unlink' | null
  wanted: number | null
}

/** What each name stands for. A price and a stock may also be named by what the reader calls their article. Unknown names are left out; `op` null = it isn't in the view. */
export const findNamed = (tx: Tx, viewId: number, named: Named[]) =>
  tx.rows<Found>(sql`
    select c.n::int as n, c.entity, i.id as "entityId", coalesce(i.location, c.location) as "locationId", r.op, r.wanted
    from unnest(${named.map((x) => x.entity)}::text[], ${named.map((x) => x.id)}::bigint[], ${named.map((x) => x.externalId)}::text[], ${named.map((x) => x.locationId)}::bigint[])
      with ordinality as c(entity, id, external_id, location, n)
    cross join lateral (
      select c.id, null::bigint as location where c.id is not null
      union all
      (select k.entity_id, case when k.entity = c.entity then k.location_id end from view_row k
       where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.external_id = c.external_id and (k.entity = c.entity or (c.entity in ('price', 'stock') and k.entity = 'article'))
       order by k.entity <> c.entity limit 1)) i
    left join lateral (
      select s.op, s.wanted from view_row s
      where s.company_id = ${tx.companyId} and s.listener_id = ${viewId} and s.entity = c.entity and s.entity_id = i.id and s.location_id = coalesce(i.location, c.location) limit 1) r on true`)

/** What differs is queued, with a version the reader hasn't seen: one it has applied already it would drop. */
export const queueAgain = (tx: Tx, viewId: number, things: Thing[], now: Date) => {
  const [entities, ids, locations] = columns(things)
  return tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select k.company_id, k.listener_id, k.entity, k.entity_id, k.location_id, k.lane
      from unnest(${entities}::text[], ${ids}::bigint[], ${locations}::bigint[]) as c(entity, id, location)
      cross join lateral (
        select s.* from view_row s
        where s.company_id = ${tx.companyId} and s.listener_id = ${viewId} and s.entity = c.entity and s.entity_id = c.id and s.location_id = c.location and s.op <> 'unlink' limit 1 for update) k
      order by view_rank(k.entity), k.entity_id, k.location_id) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
      wanted = r.wanted + 1, seq = null, waits = false, refusal = null, refused_at = null, retry_at = null,
      lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end, dirty_since = case when r.wanted > r.told then r.dirty_since else ${now} end`)
}
