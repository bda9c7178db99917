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

/** S11: what this transaction made of it is what was sent, and the reader had the newest before. */
export const keepQuiet = (tx: Tx, viewId: number, entity: Entity, id: number, locationId: number) =>
  tx.run(sql`
    update view_row set told = wanted, there = true, dirty_since = null
    where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = ${entity} and entity_id = ${id} and location_id = ${locationId} and seq is null and origin = ${viewId} and echo is not null`)
