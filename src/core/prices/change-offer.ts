/** Changes an offer, or ends it. Once it has begun only its end and the campaign's name may change: what it cost then is history (P3). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { openLocation } from '../locations/change-location.ts'
import { Refusal } from '../refusal.ts'
import { datesFrom } from './make-offers.ts'
import { deleteOffer, type OfferRow, offerForUpdate, updateOffer } from './offers.sql.ts'
import { offerState } from './price.ts'
import { insertChanges, type PriceChange } from './prices.sql.ts'

/** Undefined = as it is. */
export interface OfferChange {
  priceMinor?: number | undefined
  locationId?: number | null | undefined
  campaign?: string | null | undefined
  validFrom?: Date | undefined
  validTo?: Date | null | undefined
}

/** Throws {Refusal} not-found, offer-over, offer-begun, offer-dates, unknown-location. */
export async function changeOffer(tx: Tx, id: number, change: OfferChange, by: By): Promise<void> {
  const { offer, begun } = await livingOffer(tx, id, by)
  const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<OfferRow>
  const next: OfferRow = { ...offer, ...said }
  if (begun) {
    for (const field of ['priceMinor', 'locationId', 'validFrom'] as const) if (Number(next[field] ?? 0) !== Number(offer[field] ?? 0)) throw new Refusal('offer-begun', { field })
    if (next.validTo !== null && next.validTo <= by.now) throw new Refusal('offer-dates', { field: 'validTo' })
  } else {
    Object.assign(next, datesFrom(next, by.now))
    if (next.locationId !== null && next.locationId !== offer.locationId) await openLocation(tx, next.locationId)
  }
  if (sameOffer(next, offer)) return
  await updateOffer(tx, { ...next, begun: next.validFrom <= by.now }, by.now)
  await insertChanges(tx, [{ ...noteOf(next, by), kind: 'offer-changed', oldMinor: offer.priceMinor, newMinor: next.priceMinor }])
}

/** One that holds ends now; one that is to come is taken away (`began` false). Throws {Refusal} not-found, offer-over. */
export async function endOffer(tx: Tx, id: number, by: By): Promise<{ began: boolean }> {
  const { offer, begun } = await livingOffer(tx, id, by)
  if (begun) await updateOffer(tx, { ...offer, validTo: by.now, begun: true, ended: true }, by.now)
  else await deleteOffer(tx, id)
  const note = noteOf(begun ? { ...offer, validTo: by.now } : offer, by)
  await insertChanges(tx, [{ ...note, kind: begun ? 'offer-ended' : 'offer-dropped', oldMinor: offer.priceMinor, newMinor: null }])
  return { began: begun }
}

async function livingOffer(tx: Tx, id: number, by: By): Promise<{ offer: OfferRow; begun: boolean }> {
  const offer = await offerForUpdate(tx, id)
  if (offer === null) throw new Refusal('not-found')
  const state = offerState(offer, by.now)
  if (state === 'past') throw new Refusal('offer-over')
  return { offer, begun: state === 'active' }
}

const sameOffer = (a: OfferRow, b: OfferRow): boolean =>
  a.priceMinor === b.priceMinor &&
  a.locationId === b.locationId &&
  a.campaign === b.campaign &&
  a.validFrom.getTime() === b.validFrom.getTime() &&
  a.validTo?.getTime() === b.validTo?.getTime()

const noteOf = ({ articleId, locationId, id, validFrom, validTo }: OfferRow, by: By): Omit<PriceChange, 'kind' | 'oldMinor' | 'newMinor'> => ({
  articleId,
  locationId,
  offerId: id,
  validFrom,
  validTo,
  at: by.now,
  actor: by.actor,
})
