/** Offers begin and end by themselves: whoever listens hears it then, and the history says it with the moment itself, however late anybody looked (P6). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { beginOffers, endOffers, type OfferRow } from './offers.sql.ts'
import { insertChanges, type PriceChange } from './prices.sql.ts'

/** At most this many in one transaction. True = there may be more. */
const A_PART = 500

export async function turnOffers(tx: Tx, by: By): Promise<boolean> {
  const began = await beginOffers(tx, by.now, A_PART)
  const ended = await endOffers(tx, by.now, A_PART)
  const note = (offer: OfferRow, kind: PriceChange['kind'], oldMinor: number | null, newMinor: number | null, at: Date): PriceChange => {
    const { articleId, locationId, id: offerId, validFrom, validTo } = offer
    return { articleId, locationId, kind, oldMinor, newMinor, offerId, validFrom, validTo, at, actor: by.actor }
  }
  const changes = [
    ...began.map((offer) => note(offer, 'offer-began', null, offer.priceMinor, offer.validFrom)),
    ...ended.map((offer) => note(offer, 'offer-ended', offer.priceMinor, null, offer.validTo ?? by.now)),
  ]
  if (changes.length > 0) await insertChanges(tx, changes)
  return began.length === A_PART || ended.length === A_PART
}
