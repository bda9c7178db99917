/** SQL of what a reader hands in: whose change it is, and that it isn't told its own. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Entity } from './view.ts'

/** From here on to its end this transaction's changes are this view's. */
export const originIs = (tx: Tx, viewId: number) => tx.rows(sql`select set_config('app.origin', ${String(viewId)}, true)`)

/** What a view handed in is linked to it at once, so that later changes flow back (rule 15). `corrected`: it became something else than was sent. */
export const linkPushed = (tx: Tx, viewId: number, entity: Entity, id: number, externalId: string, corrected: boolean, now: Date) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, told, there, lane, dirty_since, origin, echo, external_id, matched_by, corrected)
    select ${tx.companyId}, v.listener_id, ${entity}, ${id}, case when ${entity} = any (v.entities) then 0 else 1 end, ${entity} <> all (v.entities), view_lane(${entity}), ${now}, ${viewId}, 0, ${externalId}, 'handed-in', ${corrected}
    from view v where v.company_id = ${tx.companyId} and v.listener_id = ${viewId}
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set external_id = excluded.external_id, matched_by = coalesce(r.matched_by, excluded.matched_by),
      corrected = case when r.seq is null then excluded.corrected else r.corrected end`)

/** One hand at a time on one external id, so that what is new is made once. */
export const holdHandedIn = (tx: Tx, viewId: number, entity: Entity, externalId: string) =>
  tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`handed in ${tx.companyId} ${viewId} ${entity} ${externalId}`}, 0))`)

/** What became of it isn't what was sent, whether this transaction changed anything or not: the reader is told, marked so. What it doesn't hear of stays unsaid. */
export const markCorrected = (tx: Tx, viewId: number, entity: Entity, id: number, now: Date) =>
  tx.run(sql`
    update view_row r set corrected = true, wanted = case when r.seq is null then r.wanted else r.wanted + 1 end, seq = null, origin = ${viewId}, waits = false, lane = view_lane(r.entity),
      refusal = null, refused_at = null, retry_at = null, dirty_since = coalesce(r.dirty_since, ${now})
    from view v
    where v.company_id = r.company_id and v.listener_id = r.listener_id and r.entity = any (v.entities)
      and r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = ${entity} and r.entity_id = ${id} and r.location_id = 0 and r.op <> 'unlink'`)

export const articlesOfPushed = (tx: Tx, productId: number) =>
  tx.rows<{ id: number; archived: boolean }>(
    sql`select id, archived_at is not null as archived from article where company_id = ${tx.companyId} and product_id = ${productId} order by id`,
  )

/** Whether a product that the view had has left it. */
export const hasLeft = async (tx: Tx, viewId: number, productId: number): Promise<boolean> =>
  (await tx.maybe(sql`
    select 1 from view_row where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = 'product' and entity_id = ${productId} and op = 'unlink'`)) !== null

/** An order's customer is in the view as the order is. */
export const bringCustomer = (tx: Tx, orderId: number, customerId: number, now: Date) =>
  tx.rows(sql`select view_bring_customers(${tx.companyId}, array[${orderId}::bigint], array[${customerId}::bigint], ${now})`)

/** S11: what this transaction made of it is what was sent, and the reader had the newest before. */
export const keepQuiet = (tx: Tx, viewId: number, entity: Entity, id: number, locationId: number) =>
  tx.run(sql`
    update view_row set told = wanted, there = true, dirty_since = null
    where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = ${entity} and entity_id = ${id} and location_id = ${locationId} and seq is null and origin = ${viewId} and echo is not null`)
