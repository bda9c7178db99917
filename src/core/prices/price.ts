/** Which price holds, as pure rules (docs/prices.md): the regular one, offers beside it, and the lowest there was. Money in minor units, null = no price. */

/** A regular price became another; those of one article in the order they were made. */
export interface RegularChange {
  at: Date
  /** Null = the article's own, which holds wherever no location has one of its own. */
  locationId: number | null
  /** Null = no price any more; at a location: none of its own. */
  newMinor: number | null
}
export interface Offer {
  id: number
  /** Null = everywhere. */
  locationId: number | null
  priceMinor: number
  validFrom: Date
  /** It holds up to then and not at it. Null = until somebody ends it. */
  validTo: Date | null
}
/** What has been and is to be, of one article. */
export interface PriceFacts {
  regular: RegularChange[]
  offers: Offer[]
}
export interface Holds<O extends Offer = Offer> {
  priceMinor: number | null
  regularMinor: number | null
  /** Null = the regular price holds. */
  offer: O | null
}
export type OfferState = 'coming' | 'active' | 'past'

export function offerState({ validFrom, validTo }: Pick<Offer, 'validFrom' | 'validTo'>, now: Date): OfferState {
  if (validTo !== null && validTo <= now) return 'past'
  return validFrom > now ? 'coming' : 'active'
}

/** P1: the lowest of the regular price and the offers that hold there; of equal ones the regular price, then the offer that was made first. `place` null = where nothing of its own holds. */
export function holdsNow<O extends Offer>(regularMinor: number | null, offers: readonly O[], place: number | null, at: Date): Holds<O> {
  let best: O | null = null
  for (const offer of offers) {
    if (offerState(offer, at) !== 'active' || (offer.locationId !== null && offer.locationId !== place)) continue
    if (best === null || offer.priceMinor < best.priceMinor || (offer.priceMinor === best.priceMinor && offer.id < best.id)) best = offer
  }
  if (best === null || (regularMinor !== null && regularMinor <= best.priceMinor)) return { priceMinor: regularMinor, regularMinor, offer: null }
  return { priceMinor: best.priceMinor, regularMinor, offer: best }
}

export function priceAt({ regular, offers }: PriceFacts, place: number | null, at: Date): Holds {
  return holdsNow(regularAt(regular, place, at), offers, place, at)
}

function regularAt(regular: RegularChange[], place: number | null, at: Date): number | null {
  const latest = (locationId: number | null) => regular.findLast((change) => change.locationId === locationId && change.at <= at)?.newMinor ?? null
  return (place === null ? null : latest(place)) ?? latest(null)
}

/**
 * P5: the lowest price that held at any time from `from` up to, not including, `until`. Null = there was none. What held for no time at all (two changes at
 * one moment) is no price that anybody was asked.
 */
export function lowestBetween(facts: PriceFacts, place: number | null, from: Date, until: Date): number | null {
  const moments = [from, ...facts.regular.map((change) => change.at), ...facts.offers.flatMap((offer) => [offer.validFrom, ...(offer.validTo === null ? [] : [offer.validTo])])]
  const prices = moments.filter((at) => at >= from && at < until).flatMap((at) => priceAt(facts, place, at).priceMinor ?? [])
  return prices.length === 0 ? null : Math.min(...prices)
}
