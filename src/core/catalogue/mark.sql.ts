/** SQL that has a shop told once more: of all prices, of all products, or of what waits already as part of a run. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Entity } from '../views/view.ts'

/** All of these kinds wait again, in the slow lane: of the run where there is one. */
export const markAgain = (tx: Tx, listenerId: number, entities: Entity[], run: { id: number; products: number[] | null } | null, now: Date) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select s.company_id, s.listener_id, s.entity, s.entity_id, s.location_id, s.lane from view_row s
      where s.company_id = ${tx.companyId} and s.listener_id = ${listenerId} and s.entity = any (${entities}::text[]) and s.op = 'upsert' and (${run?.products ?? null}::bigint[] is null or view_product(s) = any (${run?.products ?? null}::bigint[]))
      order by view_rank(s.entity), s.entity_id for update) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set wanted = r.wanted + 1, seq = null, refusal = null, refused_at = null, retry_at = null,
      lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end, dirty_since = case when r.wanted > r.told then r.dirty_since else ${now} end,
      run_id = coalesce(${run?.id ?? null}::bigint, r.run_id), run_version = case when ${run !== null} then r.wanted + 1 else r.run_version end`)

/** What waits already goes with the run. */
export const joinRun = (tx: Tx, listenerId: number, run: { id: number; products: number[] | null }) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select s.company_id, s.listener_id, s.entity, s.entity_id, s.location_id, s.lane from view_row s
      where s.company_id = ${tx.companyId} and s.listener_id = ${listenerId} and s.wanted > s.told and s.refusal is null and s.run_id is distinct from ${run.id} 
        and (${run.products}::bigint[] is null or view_product(s) = any (${run.products}::bigint[]))
      order by view_rank(s.entity), s.entity_id for update) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set run_id = ${run.id}, run_version = r.wanted`)

/** So many more than it has looked up itself belong to the run. */
export const addToRun = (tx: Tx, runId: number, items: number) =>
  tx.run(sql`update view_run set marked = marked + ${items}, expected = greatest(expected, marked + ${items}) where company_id = ${tx.companyId} and id = ${runId}`)
