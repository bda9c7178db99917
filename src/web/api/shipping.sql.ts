/** SQL of what a shop was told of its order. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** `tells` = it is to hear of what ships from here; null times = there is no such row. */
export const toldOfOrder = (tx: Tx, orderId: number) =>
  tx.one<{ tells: boolean; waiting: boolean; refusal: string | null; said: string | null; told: boolean; at: Date | null }>(sql`
    select l.statuses_from is not null as tells, coalesce(t.wanted > t.told, false) as waiting, t.refusal, t.refusal_said as said, t.document_hash is not null as told,
           case when t.wanted > t.told then t.dirty_since else t.told_at end as at
    from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id
    left join told t on t.company_id = o.company_id and t.listener_id = o.listener_id and t.kind = 'order-status' and t.entity_id = o.id and t.location_id = 0
    where o.company_id = ${tx.companyId} and o.id = ${orderId}`)
