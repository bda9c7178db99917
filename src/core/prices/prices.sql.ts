/** SQL of regular prices and of what has become of every price. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { RegularChange } from './price.ts'

export const pricesOfArticle = (tx: Tx, articleId: number) =>
  tx.rows<{ locationId: number; priceMinor: number }>(
    sql`select location_id as "locationId", price_minor as "priceMinor" from price_at_location where company_id = ${tx.companyId} and article_id = ${articleId}`,
  )
export const putPrice = (tx: Tx, articleId: number, locationId: number, priceMinor: number) =>
  tx.run(sql`
    insert into price_at_location (company_id, article_id, location_id, price_minor) values (${tx.companyId}, ${articleId}, ${locationId}, ${priceMinor})
    on conflict (company_id, article_id, location_id) do update set price_minor = excluded.price_minor`)
export const deletePrice = (tx: Tx, articleId: number, locationId: number) =>
  tx.run(sql`delete from price_at_location where company_id = ${tx.companyId} and article_id = ${articleId} and location_id = ${locationId}`)

export interface PriceChange {
  articleId: number
  locationId: number | null
  kind: 'regular' | 'offer-made' | 'offer-changed' | 'offer-began' | 'offer-ended' | 'offer-dropped'
  /** Of a regular price what it was and became; of an offer its own price. */
  oldMinor: number | null
  newMinor: number | null
  offerId: number | null
  validFrom: Date | null
  validTo: Date | null
  at: Date
  actor: string
}
/** Only ever added (P4). */
export const insertChanges = (tx: Tx, changes: PriceChange[]) =>
  tx.run(sql`
    insert into price_change (company_id, article_id, location_id, kind, old_minor, new_minor, offer_id, valid_from, valid_to, at, actor)
    select ${tx.companyId}, "articleId", "locationId", kind, "oldMinor", "newMinor", "offerId", "validFrom", "validTo", at, actor
    from rows from (jsonb_to_recordset(${JSON.stringify(changes)}) as ("articleId" bigint, "locationId" bigint, kind text, "oldMinor" bigint, "newMinor" bigint, "offerId" bigint,
      "validFrom" timestamptz, "validTo" timestamptz, at timestamptz, actor text)) with ordinality
      as r("articleId", "locationId", kind, "oldMinor", "newMinor", "offerId", "validFrom", "validTo", at, actor, n)
    order by r.n`)

/** Regular prices as they stood at `since` and have been made since, in the order they were made. */
export const regularChanges = (tx: Tx, articleIds: number[], since: Date) =>
  tx.rows<RegularChange & { articleId: number }>(sql`
    select article_id as "articleId", location_id as "locationId", new_minor as "newMinor", at from (
      select id, article_id, location_id, new_minor, at from price_change
      where company_id = ${tx.companyId} and kind = 'regular' and article_id = any (${articleIds}::bigint[]) and at > ${since}
      union all
      (select distinct on (article_id, location_id) id, article_id, location_id, new_minor, at from price_change
       where company_id = ${tx.companyId} and kind = 'regular' and article_id = any (${articleIds}::bigint[]) and at <= ${since}
       order by article_id, location_id, at desc, id desc)) c
    order by at, id`)

export interface Standing {
  articleId: number
  number: string
  currency: string
  priceMinor: number | null
  /** Where a location has a regular price of its own. */
  own: { locationId: number; priceMinor: number }[]
}
export const standingPrices = (tx: Tx, articleIds: number[]) =>
  tx.rows<Standing>(sql`
    select a.id as "articleId", a.number, c.currency, a.price_minor as "priceMinor",
           coalesce((select jsonb_agg(jsonb_build_object('locationId', x.location_id, 'priceMinor', x.price_minor) order by x.location_id)
             from price_at_location x where x.company_id = a.company_id and x.article_id = a.id), '[]') as own
    from article a join company c on c.id = a.company_id where a.company_id = ${tx.companyId} and a.id = any (${articleIds}::bigint[])`)

/** A wall time where the company is, as a moment: '2026-11-27T08:00'. One that summer time skips is an hour later; of one that comes twice, the later. */
export const localMoment = async (tx: Tx, text: string): Promise<Date> =>
  (await tx.one<{ at: Date }>(sql`select ${text}::timestamp at time zone time_zone as at from company where id = ${tx.companyId}`)).at
