/** SQL of the pages about prices and offers. */
import type { OfferRow } from '../../core/prices/offers.sql.ts'
import type { OfferState } from '../../core/prices/price.ts'
import type { PriceChange } from '../../core/prices/prices.sql.ts'
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { literal, nameHas, numberFrom } from './sought.ts'

/** Newest first. */
export const priceChangePage = (tx: Tx, asked: { articleIds: number[] | null; beforeId: number | null; limit: number }) =>
  tx.rows<PriceChange & { id: number; articleNumber: string }>(sql`
    select c.id, c.article_id as "articleId", a.number as "articleNumber", c.location_id as "locationId", c.kind, c.old_minor as "oldMinor", c.new_minor as "newMinor", c.offer_id as "offerId",
           c.valid_from as "validFrom", c.valid_to as "validTo", c.at, c.actor
    from price_change c join article a on a.company_id = c.company_id and a.id = c.article_id
    where c.company_id = ${tx.companyId} and (${asked.articleIds}::bigint[] is null or c.article_id = any (${asked.articleIds}::bigint[])) and (${asked.beforeId}::bigint is null or c.id < ${asked.beforeId})
    order by c.id desc limit ${asked.limit}`)

export interface OffersAsked {
  ids: number[] | null
  articleIds: number[] | null
  state: OfferState | null
  q: string | null
  locationId: number | null
  campaign: string | null
  beforeId: number | null
  limit: number
}
export interface OfferListed extends OfferRow {
  articleNumber: string
  articleName: string
  lowestSince: Date
  actor: string
  createdAt: Date
  changedAt: Date
}

/** Newest first. */
export const offerPage = (tx: Tx, asked: OffersAsked, now: Date) =>
  tx.rows<OfferListed>(sql`
    select o.id, o.article_id as "articleId", a.number as "articleNumber", a.name as "articleName", o.location_id as "locationId", o.price_minor as "priceMinor", o.campaign,
           o.valid_from as "validFrom", o.valid_to as "validTo", o.begun, o.ended, o.made_by as actor, o.created_at as "createdAt", o.changed_at as "changedAt",
           (o.valid_from at time zone c.time_zone - interval '30 days') at time zone c.time_zone as "lowestSince"
    from offer o join company c on c.id = o.company_id join article a on a.company_id = o.company_id and a.id = o.article_id
    where o.company_id = ${tx.companyId} and (${asked.ids}::bigint[] is null or o.id = any (${asked.ids}::bigint[])) and (${asked.articleIds}::bigint[] is null or o.article_id = any (${asked.articleIds}::bigint[]))
      and (${asked.locationId}::bigint is null or o.location_id = ${asked.locationId}) and (${asked.campaign}::text is null or o.campaign = ${asked.campaign})
      and case ${asked.state}::text when 'coming' then o.valid_from > ${now} when 'active' then o.valid_from <= ${now} and (o.valid_to is null or o.valid_to > ${now}) when 'past' then o.valid_to <= ${now} else true end
      and (${asked.q}::text is null or a.sought like ${numberFrom(asked.q)} or a.sought like ${nameHas(asked.q)} or o.campaign ilike ${`%${literal(asked.q ?? '')}%`})
      and (${asked.beforeId}::bigint is null or o.id < ${asked.beforeId})
    order by o.id desc limit ${asked.limit}`)
