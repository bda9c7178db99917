/** SQL of the article pages: one row per article, and what belongs to the articles of one page. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { literal, nameHas, numberFrom } from './sought.ts'

export interface ArticleShown {
  id: number
  productId: number
  number: string
  name: string
  optionValues: Record<string, string>
  priceMinor: number | null
  vatClass: string
  vatRateBp: number | null
  stockTracked: boolean
  imageId: number | null
  createdAt: Date
  changedAt: Date
  archivedAt: Date | null
}
export interface ArticlesAsked {
  /** Start of the number, or words of the name. */
  q: string | null
  ids: number[] | null
  connectionId: number | null
  state: string | null
  stock: 'negative' | 'uncounted' | null
  archived: boolean
  productId: number | null
  changedAfter: Date | null
  afterNumber: string | null
  limit: number
}
/** By number, from where the last page ended. The state is asked only where a connection is named. */
export const articlePage = (tx: Tx, asked: ArticlesAsked, today: Date) =>
  tx.rows<ArticleShown>(sql`
    select a.id, a.product_id as "productId", a.number, a.name, a.option_values as "optionValues", a.price_minor as "priceMinor", a.vat_class as "vatClass",
           (select r.rate_bp from vat_rate r where r.company_id = a.company_id and r.class = a.vat_class
              and r.valid_from <= (${today}::timestamptz at time zone (select c.time_zone from company c where c.id = a.company_id))::date order by r.valid_from desc limit 1) as "vatRateBp",
           (select i.id from image i where i.company_id = a.company_id and i.product_id = a.product_id and i.removed_at is null
              order by i.article_id is not distinct from a.id desc, i.article_id is null desc, i.position, i.id limit 1) as "imageId",
           a.stock_tracked as "stockTracked", a.created_at as "createdAt", a.changed_at as "changedAt", a.archived_at as "archivedAt"
    from article a
    where a.company_id = ${tx.companyId} and (${asked.ids}::bigint[] is null or a.id = any (${asked.ids}::bigint[])) and (${asked.ids !== null} or (a.archived_at is not null) = ${asked.archived})
      and (${asked.q}::text is null or a.sought like ${numberFrom(asked.q)} or a.sought like ${nameHas(asked.q)})
      and (${asked.connectionId}::bigint is null or exists (
            select from article_state s where s.company_id = a.company_id and s.listener_id = ${asked.connectionId} and s.article_id = a.id and (${asked.state}::text is null or s.state = ${asked.state})))
      and (${asked.stock}::text is distinct from 'negative' or exists (
            select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known and v.on_hand - v.reserved < 0))
      and (${asked.stock}::text is distinct from 'uncounted' or (a.stock_tracked and not exists (
            select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known)))
      and (${asked.productId}::bigint is null or a.product_id = ${asked.productId}) and (${asked.changedAfter}::timestamptz is null or a.changed_at > ${asked.changedAfter})
      and (${asked.afterNumber}::text is null or a.number > ${asked.afterNumber})
    order by a.number limit ${asked.limit}`)

export const articleCount = async (tx: Tx, q: string | null, archived: boolean): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`
      select count(*) as n from article a where a.company_id = ${tx.companyId} and (a.archived_at is not null) = ${archived}
        and (${q}::text is null or a.sought like ${numberFrom(q)} or a.sought like ${nameHas(q)})`)
  ).n

export const barcodesOf = (tx: Tx, ids: number[]) =>
  tx.rows<{ articleId: number; code: string; pack: number }>(
    sql`select article_id as "articleId", code, pack from barcode where company_id = ${tx.companyId} and article_id = any (${ids}::bigint[]) order by article_id, gtin14`,
  )
/** Of one article; 0 = none has any. */
export const mostBarcodes = async (tx: Tx): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select coalesce(max(n), 0)::integer as n from (select count(*) as n from barcode where company_id = ${tx.companyId} group by article_id) b`)).n
export const pricesOf = (tx: Tx, ids: number[]) =>
  tx.rows<{ articleId: number; locationId: number; priceMinor: number }>(sql`
    select article_id as "articleId", location_id as "locationId", price_minor as "priceMinor" from price_at_location
    where company_id = ${tx.companyId} and article_id = any (${ids}::bigint[]) order by article_id, location_id`)
/** Every living location, and others where there is something; without a movement there are no numbers (L7). */
export const levelsOf = (tx: Tx, ids: number[]) =>
  tx.rows<{ articleId: number; locationId: number; onHand: number | null; reserved: number | null; available: number | null }>(sql`
    select a.id as "articleId", l.id as "locationId", v.on_hand as "onHand", v.reserved, v.on_hand - v.reserved as available
    from unnest(${ids}::bigint[]) as a(id)
    cross join (select id, archived_at from location where company_id = ${tx.companyId}) l
    left join level v on v.company_id = ${tx.companyId} and v.article_id = a.id and v.location_id = l.id and v.known
    where l.archived_at is null or v.on_hand <> 0 or v.reserved <> 0 order by a.id, l.id`)
export const statesOf = (tx: Tx, ids: number[]) =>
  tx.rows<{ articleId: number; connectionId: number; name: string; boxed: boolean; state: string; itemRef: string | null }>(sql`
    select s.article_id as "articleId", s.listener_id as "connectionId", c.name, s.boxed, s.state, s.item_ref as "itemRef"
    from article_state s join listener c on c.company_id = s.company_id and c.id = s.listener_id
    where s.company_id = ${tx.companyId} and s.article_id = any (${ids}::bigint[]) and c.state <> 'gone' order by s.article_id, s.listener_id`)
/** A remote's own id of an article, exactly. */
export const articlesByRemoteRef = (tx: Tx, remoteRef: string, connectionId: number | null) =>
  tx.rows<{ id: number }>(sql`
    select distinct article_id as id from link where company_id = ${tx.companyId} and item_ref = ${remoteRef} and (${connectionId}::bigint is null or listener_id = ${connectionId})`)

/** What is in a view, and what its reader calls it, exactly; either may be left open. */
export const idsInView = (tx: Tx, entity: 'article' | 'product', externalId: string | null, viewId: number | null) =>
  tx.rows<{ id: number }>(sql`
    select distinct entity_id as id from view_row
    where company_id = ${tx.companyId} and entity = ${entity} and op = 'upsert' and (${externalId}::text is null or external_id = ${externalId}) and (${viewId}::bigint is null or listener_id = ${viewId})`)

export interface ProductShown {
  id: number
  name: string
  options: { name: string; values: string[] }[]
  description: string | null
  vendor: string | null
  active: boolean
  createdAt: Date
  articles: { id: number; number: string; name: string; optionValues: Record<string, string> }[]
}
export const productPage = (tx: Tx, asked: { ids: number[] | null; q: string | null; afterId: number | null; limit: number }) =>
  tx.rows<ProductShown>(sql`
    select p.id, p.name, p.options, p.description, p.vendor, p.active, p.created_at as "createdAt",
           coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number, 'name', a.name, 'optionValues', a.option_values) order by a.id)
                     from article a where a.company_id = p.company_id and a.product_id = p.id), '[]') as articles
    from product p
    where p.company_id = ${tx.companyId} and (${asked.ids}::bigint[] is null or p.id = any (${asked.ids}::bigint[])) and (${asked.q}::text is null or p.name ilike ${`%${literal(asked.q ?? '')}%`})
      and (${asked.afterId}::bigint is null or p.id > ${asked.afterId})
    order by p.id limit ${asked.limit}`)

/** Names of who did something: people and keys of this company only. */
export const actorNames = (tx: Tx, people: number[], keys: number[], listeners: number[]) =>
  tx.rows<{ actor: string; name: string }>(sql`
    select 'person:' || p.id as actor, p.name from person p join membership m on m.person_id = p.id where m.company_id = ${tx.companyId} and p.id = any (${people}::bigint[])
    union all select 'key:' || id, name from api_key where company_id = ${tx.companyId} and id = any (${keys}::bigint[])
    union all select 'listener:' || id, name from listener where company_id = ${tx.companyId} and id = any (${listeners}::bigint[])`)
