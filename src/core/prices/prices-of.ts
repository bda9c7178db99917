/** What articles cost, with the offer that makes it so and the lowest price of the thirty days before it; and what they cost at a moment. */
import type { Tx } from '../../db/open.ts'
import { type DatedOffer, offersSince } from './offers.sql.ts'
import { type Holds, holdsNow, lowestBetween, type PriceFacts, priceAt } from './price.ts'
import { regularChanges, standingPrices } from './prices.sql.ts'

export interface OfferShown extends DatedOffer {
  /** The lowest price at the place asked about in the thirty days before the offer began; null = there was none. */
  lowest30DaysMinor: number | null
}
/** `regularMinor` of a place is its own; null = the article's holds there. */
export interface PriceHere {
  priceMinor: number | null
  regularMinor: number | null
  offer: OfferShown | null
}
export interface Prices extends PriceHere {
  articleId: number
  number: string
  currency: string
  /** Locations with a regular price or an offer of their own, in order. Everywhere else the article's price holds. */
  atLocations: (PriceHere & { locationId: number })[]
}

/** By article, in no order. */
export async function pricesOf(tx: Tx, articleIds: number[], now: Date): Promise<Prices[]> {
  const standing = await standingPrices(tx, articleIds)
  const active = (await offersSince(tx, articleIds, now)).filter((offer) => offer.validFrom <= now)
  const offersOf = byArticle(active)
  const lowest = await lowestBefore(tx, active)
  return standing.map(({ articleId, number, currency, priceMinor, own }) => {
    const offers = offersOf(articleId)
    const here = (regularMinor: number | null, place: number | null) => shown(holdsNow(regularMinor, offers, place, now), (offer) => lowest(offer, place))
    const places = new Set([...own.map((each) => each.locationId), ...offers.flatMap((offer) => offer.locationId ?? [])])
    const atLocations = [...places]
      .sort((a, b) => a - b)
      .map((locationId) => {
        const regularMinor = own.find((each) => each.locationId === locationId)?.priceMinor ?? null
        return { locationId, ...here(regularMinor ?? priceMinor, locationId), regularMinor }
      })
    return { articleId, number, currency, ...here(priceMinor, null), atLocations }
  })
}

const shown = ({ priceMinor, regularMinor, offer }: Holds<DatedOffer>, lowest: (offer: DatedOffer) => number | null): PriceHere => ({
  priceMinor,
  regularMinor,
  offer: offer === null ? null : { ...offer, lowest30DaysMinor: lowest(offer) },
})

/** Of each offer, at the place asked about: the lowest price of the thirty days before it begins. Of one that is to come: as far as is known now. */
export async function lowestBefore(tx: Tx, offers: DatedOffer[]): Promise<(offer: DatedOffer, place: number | null) => number | null> {
  if (offers.length === 0) return () => null
  const since = new Date(Math.min(...offers.map((offer) => offer.lowestSince.getTime())))
  const facts = await factsSince(
    tx,
    offers.map((offer) => offer.articleId),
    since,
  )
  return (offer, place) => lowestBetween(facts(offer.articleId), place, offer.lowestSince, offer.validFrom)
}

/** What each article cost at a location at a moment, by article; those without a price then are left out. */
export async function pricesAt(tx: Tx, articleIds: number[], locationId: number, at: Date): Promise<Map<number, number>> {
  const facts = await factsSince(tx, articleIds, at)
  return new Map(
    [...new Set(articleIds)].flatMap((id) => {
      const { priceMinor } = priceAt(facts(id), locationId, at)
      return priceMinor === null ? [] : [[id, priceMinor] as const]
    }),
  )
}

async function factsSince(tx: Tx, articleIds: number[], since: Date): Promise<(articleId: number) => PriceFacts> {
  const regular = byArticle(await regularChanges(tx, articleIds, since))
  const offers = byArticle(await offersSince(tx, articleIds, since))
  return (articleId) => ({ regular: regular(articleId), offers: offers(articleId) })
}

function byArticle<Row extends { articleId: number }>(rows: Row[]): (articleId: number) => Row[] {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.articleId)
    if (group === undefined) groups.set(row.articleId, [row])
    else group.push(row)
  }
  return (articleId) => groups.get(articleId) ?? []
}
