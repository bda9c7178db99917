/** SQL of a view's links: what the reader calls which thing. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Entity } from './view.ts'

export interface LinkRow {
  entity: Entity
  id: number
  locationId: number
  /** The article's, where it is one or belongs to one. */
  number: string | null
  externalId: string | null
  externalVersion: string | null
  op: 'upsert' | 'delete' | 'unlink'
  /** The reader has the latest. */
  acknowledged: boolean
  /** Where it stands in the list: parents first. */
  rank: number
}

/** Of one article: itself, its product, price and stock. `articleId` and `id` null = of all that the reader has named. */
export const linksOf = (
  tx: Tx,
  viewId: number,
  which: { entity: Entity | null; id: number | null; articleId: number | null; externalId: string | null },
  after: [number, number, number] | null,
  most: number,
) =>
  tx.rows<LinkRow>(sql`
    select r.entity, r.entity_id as id, r.location_id as "locationId", a.number, r.external_id as "externalId", r.external_version as "externalVersion", r.op, r.told >= r.wanted as acknowledged,
           view_rank(r.entity) as rank
    from view_row r
    left join article a on a.company_id = r.company_id and a.id = r.entity_id and r.entity in ('article', 'price', 'stock')
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId}
      and (${which.entity}::text is null or r.entity = ${which.entity})
      and (${which.externalId}::text is null or r.external_id = ${which.externalId})
      and (${which.id}::bigint is null or r.entity_id = ${which.id})
      and (${which.articleId}::bigint is null or (r.entity in ('article', 'price', 'stock') and r.entity_id = ${which.articleId})
        or (r.entity = 'product' and r.entity_id = (select x.product_id from article x where x.company_id = ${tx.companyId} and x.id = ${which.articleId})))
      and (r.external_id is not null or ${which.id !== null || which.articleId !== null})
      and (${after === null} or (view_rank(r.entity), r.entity_id, r.location_id) > (${after?.[0] ?? 0}, ${after?.[1] ?? 0}, ${after?.[2] ?? 0}))
    order by view_rank(r.entity), r.entity_id, r.location_id limit ${most}`)

/** The reader calls nothing of the kind by this any more. Returns how many did bear it: 0 or 1. */
export const forgetExternalId = (tx: Tx, viewId: number, entity: Entity, externalId: string) =>
  tx.run(sql`
    update view_row set external_id = null, external_version = null, matched_by = null
    where company_id = ${tx.companyId} and listener_id = ${viewId} and entity = ${entity} and external_id = ${externalId}`)
