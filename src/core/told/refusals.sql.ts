/** SQL of refusals that the shop's own listing explains: set while it says so, lifted when it says otherwise. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Cell } from './row.ts'

/** Rows with a send on its way are left alone: its answer says the same. */
export const refuseByListing = (tx: Tx, listenerId: number, articleIds: number[]) =>
  tx.run(sql`
    with reason as (
      select t.entity_id, t.location_id, case when l.unwritable is not null then l.unwritable when l.tracked = false then 'not-tracked' when v.active = false then 'not-stocked' end as code
      from told t
      join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.state = 'matched'
      join listing l on l.company_id = k.company_id and l.listener_id = k.listener_id and l.item_ref = k.item_ref and l.gone_at is null
      join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
      left join listing_level v on v.company_id = l.company_id and v.listener_id = l.listener_id and v.item_ref = l.item_ref and v.place_ref = p.place_ref
      where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = any (${articleIds}::bigint[]))
    update told t set refusal = r.code, refusal_said = null, hold_until = null, hold_why = null
    from reason r
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = r.entity_id and t.location_id = r.location_id
      and r.code is not null and t.refusal is distinct from r.code and t.flight is null`)

/** Rows refused for a reason the listing now denies in so many words. Silence (tracked unknown, place absent) lifts nothing. */
export const explainedAway = async (tx: Tx, listenerId: number, articleIds: number[], back: { relinked: number[]; news: string[] }): Promise<Cell[]> =>
  (
    await tx.rows<{ entity_id: number; location_id: number }>(sql`
    select t.entity_id, t.location_id from told t
    join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.state = 'matched'
    join listing l on l.company_id = k.company_id and l.listener_id = k.listener_id and l.item_ref = k.item_ref and l.gone_at is null
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    left join listing_level v on v.company_id = l.company_id and v.listener_id = l.listener_id and v.item_ref = l.item_ref and v.place_ref = p.place_ref
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = any (${articleIds}::bigint[])
      and (t.refusal = 'not-tracked' and l.tracked or t.refusal = 'not-stocked' and v.active or t.refusal in ('bundle', 'fulfilment-service', 'has-choices') and l.unwritable is null
        or t.refusal in ('item-gone', 'link-moved') and l.number = k.number and (k.article_id = any (${back.relinked}::bigint[]) or l.item_ref = any (${back.news})))
    order by t.entity_id, t.location_id for update of t`)
  ).map((row) => ({ articleId: row.entity_id, locationId: row.location_id }))
