/** An offer for one or many articles, all or none: their own prices, one time, one place or everywhere. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { openLocation } from '../locations/change-location.ts'
import { Refusal } from '../refusal.ts'
import { insertOffers } from './offers.sql.ts'
import { insertChanges } from './prices.sql.ts'

export interface NewOffers {
  lines: { articleId: number; priceMinor: number }[]
  /** Null = everywhere. */
  locationId: number | null
  campaign: string | null
  /** Null, or past = from now on: nothing is on offer before somebody has said so. */
  validFrom: Date | null
  validTo: Date | null
}

/** Ids in the order of the lines. Throws {Refusal} unknown-location, offer-dates, bad-input. */
export async function makeOffers(tx: Tx, { lines, locationId, campaign, ...time }: NewOffers, by: By): Promise<number[]> {
  if (locationId !== null) await openLocation(tx, locationId)
  const twice = lines.findIndex((line, n) => lines.findIndex((other) => other.articleId === line.articleId) < n)
  if (twice >= 0) throw new Refusal('bad-input', { field: `lines.${twice}`, reason: 'twice' })
  const { validFrom, validTo } = datesFrom(time, by.now)
  const offers = lines.map((line) => ({ ...line, locationId, campaign, validFrom, validTo, begun: validFrom <= by.now }))
  const ids = await insertOffers(tx, offers, by)
  const made = { kind: 'offer-made' as const, locationId, validFrom, validTo, at: by.now, actor: by.actor, oldMinor: null }
  await insertChanges(
    tx,
    lines.map(({ articleId, priceMinor }, n) => ({ ...made, articleId, newMinor: priceMinor, offerId: ids[n] ?? null })),
  )
  return ids
}

/** An offer ends after it began, and not before now. Throws {Refusal} offer-dates. */
export function datesFrom(said: { validFrom: Date | null; validTo: Date | null }, now: Date): { validFrom: Date; validTo: Date | null } {
  const validFrom = said.validFrom === null || said.validFrom < now ? now : said.validFrom
  if (said.validTo !== null && said.validTo <= validFrom) throw new Refusal('offer-dates', { field: 'validTo' })
  return { validFrom, validTo: said.validTo }
}
