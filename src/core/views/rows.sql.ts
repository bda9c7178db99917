/**
 * SQL of a view's rows: which are served next, what is acknowledged, what is rejected. Rows are marked by the database itself, wherever a fact is written
 * (migrations/0023). Where many are changed at once it is written as an insert of rows that all stand already, and a parent is looked up for each row by
 * itself: that goes by key even where the planner knows nothing of the view yet (migrations/0031).
 */
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
           r.external_id as "externalId", r.external_version as "externalVersion", not ${view.byNumber} and coalesce(p.early, false) as early
    from view_row r
    left join lateral (
      select view_early(k, r) as early from view_row k
      where k.company_id = r.company_id and k.listener_id = r.listener_id and k.entity = view_parent(r.entity) and k.entity_id = r.parent_id and k.location_id = 0 limit 1) p on true
    where r.company_id = ${tx.companyId} and r.listener_id = ${view.id} and r.lane = ${lane} and r.seq > ${after} and r.wanted > r.told and r.refusal is null and not r.waits
      and (${only}::text[] is null or r.entity = any (${only}::text[]))
    order by r.seq limit ${most}`)

/** What would come before its parent waits from now on. */
export const holdEarly = (tx: Tx, viewId: number) =>
  tx.run(sql`
    insert into view_row (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select r.company_id, r.listener_id, r.entity, r.entity_id, r.location_id, r.lane from view_row r
      where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.wanted > r.told and r.refusal is null and not r.waits and r.parent_id is not null
        and (select view_early(k, r) from view_row k
             where k.company_id = r.company_id and k.listener_id = r.listener_id and k.entity = view_parent(r.entity) and k.entity_id = r.parent_id and k.location_id = 0 limit 1)
      for update skip locked) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set waits = true`)

/** What has been waiting for its parent's acknowledgement and needn't any more gets a new place: a reader may have passed its old one (R33). */
export const releaseWaiting = (tx: Tx, viewId: number) =>
  tx.run(sql`
    insert into view_row (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select r.company_id, r.listener_id, r.entity, r.entity_id, r.location_id, r.lane from view_row r
      where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.waits
        and coalesce((select k.there from view_row k
             where k.company_id = r.company_id and k.listener_id = r.listener_id and k.entity = view_parent(r.entity) and k.entity_id = r.parent_id and k.location_id = 0 limit 1), true)
      for update skip locked) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set waits = false, seq = null`)

/**
 * All that was served up to these positions is acknowledged (R32): a row that changed since has a higher seq and stays. What somebody is changing
 * right now is skipped: it gets a new place anyway.
 */
export const ackUpTo = (tx: Tx, viewId: number, at: { lane: Lane; seq: number }[], only: Entity[] | null, now: Date) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select k.* from unnest(${at.map((a) => a.lane)}::text[], ${at.map((a) => a.seq)}::bigint[]) as c(lane, seq)
    cross join lateral (
      select s.company_id, s.listener_id, s.entity, s.entity_id, s.location_id, s.lane from view_row s
      where s.company_id = ${tx.companyId} and s.listener_id = ${viewId} and s.lane = c.lane and s.seq <= c.seq and s.wanted > s.told and s.refusal is null and not s.waits
        and (${only}::text[] is null or s.entity = any (${only}::text[]))
      for update skip locked) k
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set told = r.wanted, there = r.op = 'upsert', told_at = ${now}, dirty_since = null,
      acked_hash = case when r.served_version = r.wanted and r.op = 'upsert' then r.served_hash end`)

export interface Result {
  entity: Entity
  entityId: number
  locationId: number
  /** The row's own number of the version the reader speaks of. */
  n: number
  externalId: string | null
  externalVersion: string | null
  /** Why it was rejected; null = it was applied, or skipped. */
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

/** Applied or skipped: told up to the version the reader had, never further. Rejected: listed, unless it changed since. No row is named twice, and all are there. */
export const saveResults = (tx: Tx, viewId: number, results: Result[], now: Date) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane, wanted, refusal, retry_at, external_id, external_version)
    select ${tx.companyId}, ${viewId}, c.entity, c."entityId", c."locationId", view_lane(c.entity), c.n, c.error, c."retryAt", c."externalId", c."externalVersion"
    from jsonb_to_recordset(${JSON.stringify(results)}) as c(entity text, "entityId" bigint, "locationId" bigint, n bigint, "externalId" text, "externalVersion" text, error text, "retryAt" timestamptz)
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set
      told = case when excluded.refusal is null then greatest(r.told, least(excluded.wanted, r.wanted)) else r.told end,
      there = case when excluded.refusal is null then r.op = 'upsert' or excluded.wanted < r.wanted else r.there end,
      told_at = case when excluded.refusal is null then ${now}::timestamptz else r.told_at end,
      acked_hash = case when excluded.refusal is not null then r.acked_hash when excluded.wanted = r.served_version and r.op = 'upsert' then r.served_hash end,
      dirty_since = case when excluded.refusal is null and excluded.wanted >= r.wanted then null else r.dirty_since end,
      refusal = case when excluded.wanted = r.wanted then coalesce(excluded.refusal, r.refusal) else r.refusal end,
      refused_at = case when excluded.refusal is not null and excluded.wanted = r.wanted then ${now}::timestamptz else r.refused_at end,
      retry_at = case when excluded.refusal is not null and excluded.wanted = r.wanted then excluded.retry_at else r.retry_at end,
      external_id = coalesce(excluded.external_id, r.external_id), external_version = coalesce(excluded.external_version, r.external_version),
      matched_by = case when excluded.external_id is not null and r.external_id is distinct from excluded.external_id then 'reader' else r.matched_by end`)

/** External ids that stand on another row of the view already. */
export const externalIdsTaken = (tx: Tx, viewId: number, wanted: { entity: Entity; externalId: string }[]) =>
  tx.rows<{ entity: Entity; externalId: string; entityId: number; locationId: number }>(sql`
    select k.entity, k.external_id as "externalId", k.entity_id as "entityId", k.location_id as "locationId"
    from unnest(${wanted.map((w) => w.entity)}::text[], ${wanted.map((w) => w.externalId)}::text[]) as c(entity, external_id)
    join view_row k on k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.entity = c.entity and k.external_id = c.external_id`)

/** Rejected rows come back: those named, those of one cause, those whose time has come, or all. `runId`: as part of that run. */
export const retryRefused = (
  tx: Tx,
  viewId: number,
  which: { runId?: number; rows: { entity: Entity; entityId: number; locationId: number }[] | null; due: Date | null; error?: string | null },
) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select k.company_id, k.listener_id, k.entity, k.entity_id, k.location_id, k.lane from view_row k
      where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.refusal is not null
        and (${which.due}::timestamptz is null or k.retry_at <= ${which.due})
        and (${which.error ?? null}::text is null or k.refusal = ${which.error ?? null})
        and (${which.rows === null} or (k.entity, k.entity_id, k.location_id) in (
          select * from unnest(${(which.rows ?? []).map((r) => r.entity)}::text[], ${(which.rows ?? []).map((r) => r.entityId)}::bigint[], ${(which.rows ?? []).map((r) => r.locationId)}::bigint[])))
      order by view_rank(k.entity), k.entity_id, k.location_id for update) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set refusal = null, refused_at = null, retry_at = null, seq = null,
      run_id = coalesce(${which.runId ?? null}::bigint, r.run_id), run_version = case when ${which.runId !== undefined} then r.wanted else r.run_version end`)

/** Counted up to `most`: a long queue is a long queue. */
export const lagOf = async (tx: Tx, viewId: number, most: number) =>
  tx.one<{ live: number; backfill: number; refused: number; oldest: Date | null; servable: boolean }>(sql`
    select (select count(*)::int from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and lane <> 'backfill' limit ${most}) x) as live,
           (select count(*)::int from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and lane = 'backfill' limit ${most}) x) as backfill,
           (select count(*)::int from (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and refusal is not null limit ${most}) x) as refused,
           (select dirty_since from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and not waits order by dirty_since limit 1) as oldest,
           exists (select from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and wanted > told and refusal is null and not waits) as servable`)

/** The view now hears of these too: what it has of them goes out, in the slow lane. `heldStay`: but not what it acknowledged and nobody has changed since. */
export const markEntities = (tx: Tx, viewId: number, entities: Entity[], heldStay: boolean, now: Date) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select company_id, listener_id, entity, entity_id, location_id, lane from view_row
      where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = any (${entities}::text[]) and op = 'upsert'
        and (${heldStay} and acked_hash = served_hash and served_version = wanted) is not true
      order by view_rank(entity), entity_id, location_id for update) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set wanted = r.wanted + 1, there = false, lane = 'backfill', seq = null, dirty_since = ${now}`)

/** What the reader holds of these isn't what it is to have any more. */
export const forgetHeld = (tx: Tx, viewId: number, entities: Entity[]) =>
  tx.run(sql`update view_row set acked_hash = null where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = any (${entities}::text[])`)

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
                when r.entity = 'image' then (select p.name from image i join product p on p.company_id = i.company_id and p.id = i.product_id where i.company_id = r.company_id and i.id = r.entity_id)
                when r.entity = 'order' then (select o.name from web_order o where o.company_id = r.company_id and o.id = r.entity_id)
                when r.entity = 'invoice' then (select d.invoice_number from erp_document d where d.company_id = r.company_id and d.id = r.entity_id) end as title
    from view_row r
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.refusal is not null and (${error}::text is null or r.refusal = ${error}) and r.seq > ${after ?? 0} order by r.seq limit ${most}`)

/** The reader's reasons, the most frequent first. */
export const rejectedCauses = (tx: Tx, viewId: number, most: number) =>
  tx.rows<{ error: string; items: number; latest: Date }>(sql`
    select refusal as error, count(*)::int as items, max(refused_at) as latest from view_row
    where company_id = ${tx.companyId} and listener_id = ${viewId} and refusal is not null group by 1 order by 2 desc, 1 limit ${most}`)
