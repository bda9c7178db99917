/** SQL of "why isn't this article there?": the rows one article comes down to in a view, and their places in the queue. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { type Entity, LANES, type Lane, type ViewRow } from './view.ts'

export interface Standing {
  entity: Entity
  entityId: number
  locationId: number
  op: 'upsert' | 'delete' | 'unlink'
  lane: Lane
  seq: number
  /** The reader hasn't acknowledged the latest. */
  pending: boolean
  waits: boolean
  refusal: string | null
  refusedAt: Date | null
  retryAt: Date | null
  toldAt: Date | null
  dirtySince: Date | null
}

export const namedForWhy = (tx: Tx, articleId: number) =>
  tx.one<{ id: number; productId: number; number: string; name: string; archivedAt: Date | null }>(sql`
    select id, product_id as "productId", number, name, archived_at as "archivedAt" from article where company_id = ${tx.companyId} and id = ${articleId}`)

export const standings = (tx: Tx, viewId: number, article: { id: number; productId: number }) =>
  tx.rows<Standing>(sql`
    select entity, entity_id as "entityId", location_id as "locationId", op, lane, seq, wanted > told as pending, waits, refusal, refused_at as "refusedAt", retry_at as "retryAt", told_at as "toldAt", dirty_since as "dirtySince"
    from view_row where company_id = ${tx.companyId} and listener_id = ${viewId}
      and ((entity = 'product' and entity_id = ${article.productId}) or (entity in ('article', 'price', 'stock') and entity_id = ${article.id})
        or (entity = 'image' and entity_id in (
          select id from image where company_id = ${tx.companyId} and product_id = ${article.productId} and (article_id is null or article_id = ${article.id}))))
    order by view_rank(entity), location_id, entity_id`)

/** Rows that are fetched before this one, counted up to `most`: those of more urgent lanes, and those before it in its own. What was fetched already isn't counted. */
export const aheadOf = async (tx: Tx, view: Pick<ViewRow, 'id' | 'served'>, row: Pick<Standing, 'lane' | 'seq'>, most: number): Promise<number> => {
  const before = LANES.slice(0, LANES.indexOf(row.lane) + 1)
  return (
    await tx.one<{ n: number }>(sql`
      select count(*)::int as n from (
        select from unnest(${before}::text[], ${before.map((lane) => view.served[lane] ?? 0)}::bigint[]) as c(lane, served)
        join view_row r on r.company_id = ${tx.companyId} and r.listener_id = ${view.id} and r.lane = c.lane and r.seq > c.served
        where r.wanted > r.told and r.refusal is null and not r.waits and (r.lane <> ${row.lane} or r.seq < ${row.seq}) limit ${most}) x`)
  ).n
}
