/** SQL of what a shop waits to be told of our products: which product is next, what of it waits, and what the shop is known to call it. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { type Entity, LANES, type Lane } from '../views/view.ts'

/** A row of the view, and where the waiting ones belong to a run: which. */
export interface Waiting {
  entity: Entity
  entityId: number
  locationId: number
  op: 'upsert' | 'delete' | 'unlink'
  wanted: number
  runId: number | null
}

/** The product of the most urgent row that waits, in these lanes, the first of them first. Not `live`: only of what belongs to a run. */
export const nextProduct = async (tx: Tx, listenerId: number, live: boolean, lanes: readonly Lane[] = LANES): Promise<number | null> => {
  for (const lane of lanes) {
    const row = await tx.maybe<{ id: number }>(sql`
      select view_product(r) as id from view_row r
      where r.company_id = ${tx.companyId} and r.listener_id = ${listenerId} and r.lane = ${lane} and r.wanted > r.told and r.refusal is null and not r.waits
        and (${live} or r.run_id is not null and r.told < r.run_version) order by r.seq limit 1`)
    if (row !== null) return row.id
  }
  return null
}

/** When something of it can be told: now (`waits`), or when what was put off comes back; null = nothing waits. */
export const productsDue = (tx: Tx, listenerId: number) =>
  tx.one<{ waits: boolean; runs: boolean; again: Date | null }>(sql`
    select exists (select from view_row r where r.company_id = ${tx.companyId} and r.listener_id = ${listenerId} and r.wanted > r.told and r.refusal is null and not r.waits
             and (r.run_id is not null and r.told < r.run_version or exists (select from catalogue c where c.company_id = ${tx.companyId} and c.listener_id = ${listenerId} and c.live))) as waits,
           exists (select from view_run where company_id = ${tx.companyId} and listener_id = ${listenerId} and state in ('filling', 'draining')) as runs,
           (select min(retry_at) from view_row where company_id = ${tx.companyId} and listener_id = ${listenerId} and refusal is not null) as again`)

/** All that waits of one product, the rejected too: what is written is written whole. */
export const waitingOf = (tx: Tx, listenerId: number, productId: number) =>
  tx.rows<Waiting>(sql`
    select r.entity, r.entity_id as "entityId", r.location_id as "locationId", r.op, r.wanted, case when r.told < r.run_version then r.run_id end as "runId"
    from (select 'product' as entity, ${productId}::bigint as id union all
          select e.entity, a.id from article a cross join (values ('article'), ('price')) as e(entity) where a.company_id = ${tx.companyId} and a.product_id = ${productId} union all
          select i.entity, i.entity_id from view_row i where i.company_id = ${tx.companyId} and i.listener_id = ${listenerId} and i.parent_id = ${productId} and i.entity = 'image') f
    join view_row r on r.company_id = ${tx.companyId} and r.listener_id = ${listenerId} and r.entity = f.entity and r.entity_id = f.id and r.location_id = 0
    where r.wanted > r.told order by view_rank(r.entity), r.entity_id`)

/** What the shop is known to call the product, from when it was told. */
export const refOfProduct = async (tx: Tx, listenerId: number, productId: number): Promise<string | null> =>
  (
    await tx.maybe<{ ref: string | null }>(
      sql`select external_id as ref from view_row where company_id = ${tx.companyId} and listener_id = ${listenerId} and entity = 'product' and entity_id = ${productId} and location_id = 0`,
    )
  )?.ref ?? null

/**
 * The living articles of a product, and what the shop shows of each: `items` = those that carry its number to the letter, `itemRef` = the one it is linked to. What it was called when
 * it was told (`toldRef`) counts where neither is known.
 */
export const articlesToTell = (tx: Tx, listenerId: number, productId: number) =>
  tx.rows<{ id: number; number: string; linked: string | null; toldRef: string | null; items: { itemRef: string; parentRef: string | null }[] }>(sql`
    select a.id, a.number, case when k.state = 'matched' then k.item_ref end as linked, r.external_id as "toldRef",
      coalesce((select jsonb_agg(jsonb_build_object('itemRef', l.item_ref, 'parentRef', l.parent_ref) order by l.item_ref) from listing l
        where l.company_id = a.company_id and l.listener_id = ${listenerId} and l.gone_at is null and (l.number = a.number or l.item_ref = k.item_ref and k.state = 'matched')), '[]') as items
    from article a
    left join link k on k.company_id = a.company_id and k.listener_id = ${listenerId} and k.article_id = a.id
    left join view_row r on r.company_id = a.company_id and r.listener_id = ${listenerId} and r.entity = 'article' and r.entity_id = a.id and r.location_id = 0
    where a.company_id = ${tx.companyId} and a.product_id = ${productId} and a.archived_at is null order by a.id`)

/** The pictures of a product that the shop has or is to have, those that are gone here too: what each is called there. */
export const imagesToTell = (tx: Tx, listenerId: number, productId: number) =>
  tx.rows<{ id: number; ref: string | null; gone: boolean; wanted: number; waits: boolean }>(sql`
    select entity_id as id, external_id as ref, op <> 'upsert' as gone, wanted, wanted > told as waits from view_row
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and parent_id = ${productId} and entity = 'image' order by entity_id`)

/** Pictures that are gone here and there: one that is taken back is another picture there. */
export const forgetImageRefs = (tx: Tx, listenerId: number, ids: number[]) =>
  tx.run(sql`
    update view_row set external_id = null
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and entity = 'image' and entity_id = any (${ids}::bigint[]) and op <> 'upsert' and told = wanted`)

/** Of these, those that never had a Webshop box here: one that somebody unticked stays so. */
export const neverBoxed = async (tx: Tx, listenerId: number, articleIds: number[]): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select a.id from unnest(${articleIds}::bigint[]) as a(id)
      where not exists (select from link k where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = a.id) order by a.id`)
  ).map((row) => row.id)

/** Of which products these are, by the thing's own key: `articleId` = the article itself, or the product's first that lives. */
export const productsOf = (tx: Tx, things: readonly { entity: Entity; entityId: number }[]) =>
  tx.rows<{ entity: Entity; entityId: number; id: number; name: string; articleId: number | null }>(sql`
    select t.entity, t.id as "entityId", p.id, p.name,
      coalesce(a.id, (select min(f.id) from article f where f.company_id = p.company_id and f.product_id = p.id and f.archived_at is null)) as "articleId"
    from unnest(${things.map((each) => each.entity)}::text[], ${things.map((each) => each.entityId)}::bigint[]) as t(entity, id)
    left join article a on a.company_id = ${tx.companyId} and a.id = t.id and t.entity in ('article', 'price')
    left join image i on i.company_id = ${tx.companyId} and i.id = t.id and t.entity = 'image'
    join product p on p.company_id = ${tx.companyId} and p.id = case t.entity when 'product' then t.id when 'image' then i.product_id else a.product_id end`)
