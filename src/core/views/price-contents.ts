/** What a view says of an article's price: what it costs now, and why. Minor units of the company's currency, VAT included as the shop states its prices. */
import type { Tx } from '../../db/open.ts'
import { type OfferShown, pricesOf } from '../prices/prices-of.ts'
import type { Content } from './contents.sql.ts'

/** `locations` null = what differs anywhere. The fields stand in one order always: a hash is taken of them. */
export async function priceContents(tx: Tx, ids: number[], locations: number[] | null, now: Date): Promise<Content[]> {
  return (await pricesOf(tx, ids, now)).map(({ articleId, number, currency, priceMinor, regularMinor, offer, atLocations }) => {
    const places = atLocations.filter((place) => locations?.includes(place.locationId) !== false)
    const byPlace = <T>(of: (place: (typeof places)[number]) => T | null) =>
      Object.fromEntries(places.flatMap((place) => (of(place) === null ? [] : [[String(place.locationId), of(place)]])))
    const data = {
      ...{ articleId, number, currency, priceMinor, regularMinor, offer: offerSaid(offer) },
      atLocations: byPlace((place) => place.priceMinor),
      regularAtLocations: byPlace((place) => place.regularMinor),
      offersAtLocations: byPlace((place) => offerSaid(place.offer)),
    }
    return { id: articleId, location: 0, data }
  })
}

const offerSaid = (offer: OfferShown | null) =>
  offer === null
    ? null
    : {
        id: offer.id,
        campaign: offer.campaign,
        priceMinor: offer.priceMinor,
        validFrom: offer.validFrom.toISOString(),
        validTo: offer.validTo?.toISOString() ?? null,
        lowest30DaysMinor: offer.lowest30DaysMinor,
      }
