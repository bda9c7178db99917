/** Which of the shop's places a store may have, and how many stores may have one; what is wrong is refused by name. */
import type { Health } from '../connectors/contract.ts'
import type { PlaceRow } from '../core/listeners/listener.ts'
import { livingLocations } from '../core/listeners/listeners.sql.ts'
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'

/** `shown` = what the person called it. */
export function usablePlace(health: Pick<Health, 'places'>, ref: string, { field, shown }: { field: string; shown: string }): Health['places'][number] {
  const place = health.places.find((each) => each.ref === ref)
  if (place === undefined) throw new Refusal('place-unknown', { field, place: shown, reason: 'place-not-there' })
  if (!place.active || place.unusable !== null) throw new Refusal('place-unusable', { field, place: place.name, reason: place.unusable ?? 'place-inactive' })
  return place
}

/** Without Multipla distributionsställen exactly one store is the webshop's. */
export async function refuseMany(tx: Tx, places: Pick<PlaceRow, 'locationId'>[]): Promise<void> {
  if (places.length < 2) return
  const stores = await livingLocations(
    tx,
    places.map((place) => place.locationId),
  )
  throw new Refusal('many-places-off', { field: 'manyPlaces', stores: stores.map((store) => store.name).join(', ') })
}
