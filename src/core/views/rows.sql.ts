/** SQL of a view's rows: which are served next, what is acknowledged, what is rejected. Rows are marked by the database itself, wherever a fact is written (migrations/0023). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Entity, Lane } from './view.ts'

export interface Served {
  entity: Entity
  entityId: number
  locationId: number
  op: 'upsert' | 'delete' | 'unlink'
  wanted: number
  seq: number
  lane: Lane
  changedAt: Date
  origin: number | null
  corrected: boolean
  externalId: string | null
  externalVersion: string | null
}

/**
 * The next rows of one lane after a position, in commit order. Rejected ones and those that wait for their parent are in nobody's way.
 * `early`: it would come before its parent and nobody has noticed yet; a page ends before it.
 */
export const nextRows = (tx: Tx, view: { id: number; byNumber: boolean }, lane: Lane, after: number, only: Entity[] | null, most: number) =>
  tx.rows<Served & { early: boolean }>(sql`
    select r.entity, r.entity_id as "entityId", r.location_id as "locationId", r.op, r.wanted, r.seq, r.lane, r.dirty_since as "changedAt", r.origin, r.corrected,
           r.external_id as "externalId", r.external_version as "externalVersion", not ${view.byNumber} and p.entity is not null and view_early(p, r) as early
    from view_row r
    left join view_row p on p.company_id = r.company_id and p.listener_id = r.listener_id and p.entity = view_parent(r.entity) and p.entity_id = r.parent_id and p.location_id = 0
    where r.company_id = ${tx.companyId} and r.listener_id = ${view.id} and r.lane = ${lane} and r.seq > ${after} and r.wanted > r.told and r.refusal is null and not r.waits
      and (${only}::text[] is null or r.entity = any (${only}::text[]))
    order by r.seq limit ${most}`)

/** What would come before its parent waits from now on. */
export const holdEarly = (tx: Tx, viewId: number) =>
  tx.run(sql`
    update view_row c set waits = true
    from (
      select r.entity, r.entity_id, r.location_id
      from view_row r join view_row p on p.company_id = r.company_id and p.listener_id = r.listener_id and p.entity = view_parent(r.entity) and p.entity_id = r.parent_id and p.location_id = 0
      where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.wanted > r.told and r.refusal is null and not r.waits and not p.there and view_early(p, r)
      for update of r skip locked) w
    where c.company_id = ${tx.companyId} and c.listener_id = ${viewId} and c.entity = w.entity and c.entity_id = w.entity_id and c.location_id = w.location_id`)

/** What has been waiting for its parent's acknowledgement and needn't any more gets a new place: a reader may have passed its old one (R33). */
export const releaseWaiting = (tx: Tx, viewId: number) =>
  tx.run(sql`
    update view_row c set waits = false, seq = null
    from (
      select k.entity, k.entity_id, k.location_id from view_row k
      where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.waits
        and not exists (select from view_row p where p.company_id = k.company_id and p.listener_id = k.listener_id and p.entity = view_parent(k.entity) and p.entity_id = k.parent_id and p.location_id = 0 and not p.there)
      for update skip locked) w
    where c.company_id = ${tx.companyId} and c.listener_id = ${viewId} and c.entity = w.entity and c.entity_id = w.entity_id and c.location_id = w.location_id`)

/**
 * All that was served up to these positions is acknowledged (R32): a row that changed since has a higher seq and stays. What somebody is changing
 * right now is skipped: it gets a new place anyway.
 */
export const ackUpTo = (tx: Tx, viewId: number, at: { lane: Lane; seq: number }[], only: Entity[] | null, now: Date) =>
  tx.run(sql`
    update view_row r set told = r.wanted, there = r.op = 'upsert', told_at = ${now}, dirty_since = null
    from (
      select k.entity, k.entity_id, k.location_id
      from unnest(${at.map((a) => a.lane)}::text[], ${at.map((a) => a.seq)}::bigint[]) as c(lane, seq)
      join view_row k on k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.lane = c.lane and k.seq <= c.seq
      where k.wanted > k.told and k.refusal is null and not k.waits and (${only}::text[] is null or k.entity = any (${only}::text[]))
      for update of k skip locked) a
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = a.entity and r.entity_id = a.entity_id and r.location_id = a.location_id`)

export interface Result {
  entity: Entity
  entityId: number
  locationId: number
  /** The row's own number of the version the reader speaks of. */
  n: number
  applied: boolean
  externalId: string | null
  externalVersion: string | null
  error: string | null
  retryAt: Date | null
}

/** The rows the reader speaks of, locked in the order everybody locks them in. */
export const rowsOfResults = (tx: Tx, viewId: number, results: Result[]) =>
  tx.rows<{ entity: Entity; entityId: number; locationId: number; wanted: number; told: number; externalId: string | null }>(sql`
    select k.entity, k.entity_id as "entityId", k.location_id as "locationId", k.wanted, k.told, k.external_id as "externalId"
    from unnest(${results.map((r) => r.entity)}::text[], ${results.map((r) => r.entityId)}::bigint[], ${results.map((r) => r.locationId)}::bigint[]) as c(entity, id, location)
    join view_row k on k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.entity = c.entity and k.entity_id = c.id and k.location_id = c.location
    order by view_rank(k.entity), k.entity_id, k.location_id for update of k`)

/** Applied or skipped: told up to the version the reader had, never further. Rejected: listed, unless it changed since. */
export const saveResults = (tx: Tx, viewId: number, results: Result[], now: Date) =>
  tx.run(sql`
    update view_row r set
      told = case when c.applied then greatest(r.told, least(c.n, r.wanted)) else r.told end,
      there = case when c.applied then r.op = 'upsert' or c.n < r.wanted else r.there end,
      told_at = case when c.applied then ${now}::timestamptz else r.told_at end,
      dirty_since = case when c.applied and c.n >= r.wanted then null else r.dirty_since end,
      refusal = case when not c.applied and c.n = r.wanted then c.error else r.refusal end,
      refused_at = case when not c.applied and c.n = r.wanted then ${now}::timestamptz else r.refused_at end,
      retry_at = case when not c.applied and c.n = r.wanted then c."retryAt" else r.retry_at end,
      external_id = coalesce(c."externalId", r.external_id), external_version = coalesce(c."externalVersion", r.external_version),
      matched_by = case when c."externalId" is not null and r.external_id is distinct from c."externalId" then 'reader' else r.matched_by end
    from jsonb_to_recordset(${JSON.stringify(results)}) as c(entity text, "entityId" bigint, "locationId" bigint, n bigint, applied boolean, "externalId" text, "externalVersion" text, error text, "retryAt" timestamptz)
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = c.entity and r.entity_id = c."entityId" and r.location_id = c."locationId"`)

/** External ids that stand on another row of the view already. */
export const externalIdsTaken = (tx: Tx, viewId: number, wanted: { entity: Entity; externalId: string }[]) =>
  tx.rows<{ entity: Entity; externalId: string; entityId: number; locationId: number }>(sql`
    select k.entity, k.external_id as "externalId", k.entity_id as "entityId", k.location_id as "locationId"
    from unnest(${wanted.map((w) => w.entity)}::text[], ${wanted.map((w) => w.externalId)}::text[]) as c(entity, external_id)
    join view_row k on k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.entity = c.entity and k.external_id = c.external_id`)

/** Rejected rows come back: those named, those of one cause, those whose time has come, or all. */
export const retryRefused = (tx: Tx, viewId: number, which: { rows: { entity: Entity; entityId: number; locationId: number }[] | null; due: Date | null; error?: string | null }) =>
  tx.run(sql`
    update view_row r set refusal = null, refused_at = null, retry_at = null, seq = null
    from (
      select k.entity, k.entity_id, k.location_id from view_row k
      where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.refusal is not null
        and (${which.due}::timestamptz is null or k.retry_at <= ${which.due})
        and (${which.error ?? null}::text is null or k.refusal = ${which.error ?? null})
        and (${which.rows === null} or (k.entity, k.entity_id, k.location_id) in (
          select * from unnest(${(which.rows ?? []).map((r) => r.entity)}::text[], ${(which.rows ?? []).map((r) => r.entityId)}::bigint[], ${(which.rows ?? []).map((r) => r.locationId)}::bigint[])))
      order by view_rank(k.entity), k.entity_id, k.location_id for update) w
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = w.entity and r.entity_id = w.entity_id and r.location_id = w.location_id`)

/** Counted up to `most`: a long queue is a long queue. */
export const lagOf = async (tx: Tx, viewId: number, most: number) =>
  tx.one<{ live: number; backfill: number; refused: number; oldest: Date | null; servable: boolean }>(sql`
    select (select count(*)::int from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and lane <> 'backfill' limit ${most}) x) as live,
           (select count(*)::int from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and lane = 'backfill' limit ${most}) x) as backfill,
           (select count(*)::int from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and refusal is not null limit ${most}) x) as refused,
           (select dirty_since from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and not waits order by dirty_since limit 1) as oldest,
           exists (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and not waits) as servable`)

/** The view now hears of these too: what it has of them goes out, in the slow lane. */
export const markEntities = (tx: Tx, viewId: number, entities: Entity[], now: Date) =>
  tx.run(sql`
    update view_row r set wanted = r.wanted + 1, there = false, lane = 'backfill', seq = null, dirty_since = ${now}
    from (
      select entity, entity_id, location_id from view_row
      where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = any (${entities}::text[]) and op = 'upsert'
      order by view_rank(entity), entity_id, location_id for update) w
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = w.entity and r.entity_id = w.entity_id and r.location_id = w.location_id`)

/** The view hears of these no more. */
export const silenceEntities = (tx: Tx, viewId: number, entities: Entity[]) =>
  tx.run(sql`
    update view_row set told = wanted, there = true, waits = false, refusal = null, refused_at = null, retry_at = null
    where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = any (${entities}::text[])`)

/** What the reader rejected, oldest place first, with what a person calls it. */
export const rejectedRows = (tx: Tx, viewId: number, error: string | null, after: number | null, most: number) =>
  tx.rows<{ entity: Entity; entityId: number; locationId: number; seq: number; error: string; at: Date; retryAt: Date | null; title: string | null }>(sql`
    select r.entity, r.entity_id as "entityId", r.location_id as "locationId", r.seq, r.refusal as error, r.refused_at as at, r.retry_at as "retryAt",
           case when r.entity = 'product' then (select p.name from product p where p.company_id = r.company_id and p.id = r.entity_id)
                when r.entity in ('article', 'price', 'stock') then (select a.number from article a where a.company_id = r.company_id and a.id = r.entity_id)
                when r.entity = 'order' then (select o.name from web_order o where o.company_id = r.company_id and o.id = r.entity_id) end as title
    from view_row r
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.refusal is not null and (${error}::text is null or r.refusal = ${error}) and r.seq > ${after ?? 0} order by r.seq limit ${most}`)

/** The reader's reasons, the most frequent first. */
export const rejectedCauses = (tx: Tx, viewId: number, most: number) =>
  tx.rows<{ error: string; items: number; latest: Date }>(sql`
    select refusal as error, count(*)::int as items, max(refused_at) as latest from view_row
    where company_id = ${tx.companyId} and listener_id = ${viewId} and refusal is not null group by 1 order by 2 desc, 1 limit ${most}`)
