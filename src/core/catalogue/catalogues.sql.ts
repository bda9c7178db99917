/** SQL of catalogues: their settings, which product is told next, and what the shop is known to call its variants. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { type Entity, LANES, type Lane } from '../views/view.ts'
import type { Catalogue } from './catalogue.ts'

export const catalogueOf = (tx: Tx, listenerId: number) =>
  tx.maybe<Catalogue>(sql`
    select products, price_location_id as "priceLocationId", price_when_changed as "priceWhenChanged", descriptions, boxes, overwrite_images as "overwriteImages",
      vendor_from as "vendorFrom", channels, live, every_hours as "everyHours"
    from catalogue where company_id = ${tx.companyId} and listener_id = ${listenerId}`)

export const saveCatalogue = (tx: Tx, listenerId: number, c: Catalogue, now: Date) =>
  tx.run(sql`
    insert into catalogue (company_id, listener_id, products, price_location_id, price_when_changed, descriptions, boxes, overwrite_images, vendor_from, channels, live, every_hours, changed_at)
    values (${tx.companyId}, ${listenerId}, ${c.products}, ${c.priceLocationId}, ${c.priceWhenChanged}, ${c.descriptions}, ${c.boxes}, ${c.overwriteImages}, ${c.vendorFrom}, ${c.channels}, ${c.live}, ${c.everyHours}, ${now})
    on conflict (company_id, listener_id) do update set products = excluded.products, price_location_id = excluded.price_location_id, price_when_changed = excluded.price_when_changed,
      descriptions = excluded.descriptions, boxes = excluded.boxes, overwrite_images = excluded.overwrite_images, vendor_from = excluded.vendor_from, channels = excluded.channels, live = excluded.live,
      every_hours = excluded.every_hours, next_run_at = case when catalogue.every_hours is not distinct from excluded.every_hours then catalogue.next_run_at end, changed_at = excluded.changed_at`)

/** A row of the view that waits, and which product it is of. */
export interface Waiting {
  entity: Entity
  entityId: number
  locationId: number
  op: 'upsert' | 'delete' | 'unlink'
  wanted: number
}

/** The product of the most urgent row that waits, in these lanes, the first of them first. */
export const nextProduct = async (tx: Tx, listenerId: number, lanes: readonly Lane[] = LANES): Promise<number | null> => {
  for (const lane of lanes) {
    const row = await tx.maybe<{ id: number }>(sql`
      select case r.entity when 'product' then r.entity_id when 'article' then r.parent_id else (select a.product_id from article a where a.company_id = r.company_id and a.id = r.entity_id) end as id from view_row r
      where r.company_id = ${tx.companyId} and r.listener_id = ${listenerId} and r.lane = ${lane} and r.wanted > r.told and r.refusal is null and not r.waits order by r.seq limit 1`)
    if (row !== null) return row.id
  }
  return null
}

/** All that waits of one product, the rejected too: what is written is written whole. */
export const waitingOf = (tx: Tx, listenerId: number, productId: number) =>
  tx.rows<Waiting>(sql`
    select r.entity, r.entity_id as "entityId", r.location_id as "locationId", r.op, r.wanted
    from (select 'product' as entity, ${productId}::bigint as id union all
          select e.entity, a.id from article a cross join (values ('article'), ('price')) as e(entity) where a.company_id = ${tx.companyId} and a.product_id = ${productId}) f
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

/** Of these, those that never had a Webshop box here: one that somebody unticked stays so. */
export const neverBoxed = async (tx: Tx, listenerId: number, articleIds: number[]): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select a.id from unnest(${articleIds}::bigint[]) as a(id)
      where not exists (select from link k where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = a.id) order by a.id`)
  ).map((row) => row.id)

/** Prices go with every product from now on, or others than before: all of them wait again, in the slow lane. */
export const markPrices = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`
    insert into view_row as r (company_id, listener_id, entity, entity_id, location_id, lane)
    select w.* from (
      select company_id, listener_id, entity, entity_id, location_id, lane from view_row
      where company_id = ${tx.companyId} and listener_id = ${listenerId} and entity = 'price' and op = 'upsert' order by entity_id for update) w
    on conflict (company_id, listener_id, entity, entity_id, location_id) do update set wanted = r.wanted + 1, seq = null, refusal = null, refused_at = null, retry_at = null,
      lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end, dirty_since = case when r.wanted > r.told then r.dirty_since else ${now} end`)

/** When something of it can be told: now (`waits`), or when what was put off comes back; null = nothing waits. */
export const productsDue = (tx: Tx, listenerId: number) =>
  tx.one<{ waits: boolean; runs: boolean; again: Date | null }>(sql`
    select exists (select from view_row where company_id = ${tx.companyId} and listener_id = ${listenerId} and wanted > told and refusal is null and not waits) as waits,
           exists (select from view_run where company_id = ${tx.companyId} and listener_id = ${listenerId} and state in ('filling', 'draining')) as runs,
           (select min(retry_at) from view_row where company_id = ${tx.companyId} and listener_id = ${listenerId} and refusal is not null) as again`)

/** Of which products these are, by the thing's own key: `articleId` = the article itself, or the product's first that lives. */
export const productsOf = (tx: Tx, things: readonly { entity: Entity; entityId: number }[]) =>
  tx.rows<{ entity: Entity; entityId: number; id: number; name: string; articleId: number | null }>(sql`
    select t.entity, t.id as "entityId", p.id, p.name,
      coalesce(a.id, (select min(f.id) from article f where f.company_id = p.company_id and f.product_id = p.id and f.archived_at is null)) as "articleId"
    from unnest(${things.map((each) => each.entity)}::text[], ${things.map((each) => each.entityId)}::bigint[]) as t(entity, id)
    left join article a on a.company_id = ${tx.companyId} and a.id = t.id and t.entity in ('article', 'price')
    left join image i on i.company_id = ${tx.companyId} and i.id = t.id and t.entity = 'image'
    join product p on p.company_id = ${tx.companyId} and p.id = case t.entity when 'product' then t.id when 'image' then i.product_id else a.product_id end`)
