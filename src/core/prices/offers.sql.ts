/** SQL of offers. Views hear of every change to one that has begun by themselves (migrations/0042). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Offer } from './price.ts'

export interface OfferRow extends Offer {
  articleId: number
  campaign: string | null
  begun: boolean
  ended: boolean
}
/** `lowestSince`: thirty days before it begins, by the company's calendar. */
export interface DatedOffer extends OfferRow {
  lowestSince: Date
}

/** Locked to the end. */
export const offerForUpdate = (tx: Tx, id: number) =>
  tx.maybe<OfferRow>(sql`
    select id, article_id as "articleId", location_id as "locationId", price_minor as "priceMinor", campaign, valid_from as "validFrom", valid_to as "validTo", begun, ended
    from offer where company_id = ${tx.companyId} and id = ${id} for update`)

/** In the order they were given. */
export const insertOffers = async (tx: Tx, offers: Omit<OfferRow, 'id' | 'ended'>[], by: { actor: string; now: Date }): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      insert into offer (company_id, article_id, location_id, price_minor, campaign, valid_from, valid_to, begun, made_by, created_at, changed_at)
      select ${tx.companyId}, "articleId", "locationId", "priceMinor", campaign, "validFrom", "validTo", begun, ${by.actor}, ${by.now}, ${by.now}
      from rows from (jsonb_to_recordset(${JSON.stringify(offers)}) as ("articleId" bigint, "locationId" bigint, "priceMinor" bigint, campaign text, "validFrom" timestamptz, "validTo" timestamptz, begun boolean))
        with ordinality as r("articleId", "locationId", "priceMinor", campaign, "validFrom", "validTo", begun, n)
      order by r.n returning id`)
  ).map((row) => row.id)

export const updateOffer = (tx: Tx, o: OfferRow, now: Date) =>
  tx.run(sql`
    update offer set location_id = ${o.locationId}, price_minor = ${o.priceMinor}, campaign = ${o.campaign}, valid_from = ${o.validFrom}, valid_to = ${o.validTo}, begun = ${o.begun},
           ended = ${o.ended}, changed_at = ${now}
    where company_id = ${tx.companyId} and id = ${o.id}`)

export const deleteOffer = (tx: Tx, id: number) => tx.run(sql`delete from offer where company_id = ${tx.companyId} and id = ${id}`)

/** Those that have begun or ended since somebody looked, marked so. One that is being changed right now waits for the next look. */
export const beginOffers = (tx: Tx, now: Date, most: number) =>
  tx.rows<OfferRow>(sql`
    update offer o set begun = true, changed_at = ${now} from (
      select id from offer where company_id = ${tx.companyId} and not begun and valid_from <= ${now} order by id limit ${most} for update skip locked) d
    where o.company_id = ${tx.companyId} and o.id = d.id
    returning o.id, o.article_id as "articleId", o.location_id as "locationId", o.price_minor as "priceMinor", o.campaign, o.valid_from as "validFrom", o.valid_to as "validTo", o.begun, o.ended`)
export const endOffers = (tx: Tx, now: Date, most: number) =>
  tx.rows<OfferRow>(sql`
    update offer o set ended = true, changed_at = ${now} from (
      select id from offer where company_id = ${tx.companyId} and begun and not ended and valid_to <= ${now} order by id limit ${most} for update skip locked) d
    where o.company_id = ${tx.companyId} and o.id = d.id
    returning o.id, o.article_id as "articleId", o.location_id as "locationId", o.price_minor as "priceMinor", o.campaign, o.valid_from as "validFrom", o.valid_to as "validTo", o.begun, o.ended`)

/** Of these articles, whatever holds at `since` or later. */
export const offersSince = (tx: Tx, articleIds: number[], since: Date) =>
  tx.rows<DatedOffer>(sql`
    select o.id, o.article_id as "articleId", o.location_id as "locationId", o.price_minor as "priceMinor", o.campaign, o.valid_from as "validFrom", o.valid_to as "validTo", o.begun, o.ended,
           (o.valid_from at time zone c.time_zone - interval '30 days') at time zone c.time_zone as "lowestSince"
    from offer o join company c on c.id = o.company_id
    where o.company_id = ${tx.companyId} and o.article_id = any (${articleIds}::bigint[]) and (o.valid_to is null or o.valid_to > ${since}) order by o.id`)
