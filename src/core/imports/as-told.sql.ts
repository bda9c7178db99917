/** SQL of what a shop's view knows of one product. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Entity } from '../views/view.ts'

/** Changed in this transaction at the view's own word. */
export const rowsOf = (tx: Tx, viewId: number, productId: number) =>
  tx.rows<{ entity: Entity; entityId: number; locationId: number; wanted: number }>(sql`
    select r.entity, r.entity_id as "entityId", r.location_id as "locationId", r.wanted
    from view_things(${tx.companyId}, array[${productId}::bigint]) f
    join view_row r on r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = f.entity and r.entity_id = f.entity_id and r.location_id = f.location_id
    where r.seq is null and r.origin = ${viewId} and r.entity in ('product', 'article', 'price', 'image')`)
