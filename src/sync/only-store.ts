/** A shop with one stock and a company with one store belong together without anybody saying so. */
import type { GuideStep, Health } from '../connectors/contract.ts'
import { insertPlace, type listenerById, placesOf, updateWays } from '../core/listeners/listeners.sql.ts'
import { locations } from '../core/locations/locations.sql.ts'
import type { Tx } from '../db/open.ts'

type Listener = NonNullable<Awaited<ReturnType<typeof listenerById>>>

/** Only where the guide asks for no places; a company with several stores is asked which one the shop sells from. The listener must be locked. */
export async function mapOnlyStore(tx: Tx, listener: Listener, guide: readonly GuideStep[], health: Health): Promise<void> {
  const [place, ...otherPlaces] = health.places.filter((each) => each.active && each.unusable === null)
  if (guide.some((step) => step.button === 'map-places') || place === undefined || otherPlaces.length > 0) return
  if ((await placesOf(tx, listener.id)).length > 0) return
  const [store, ...otherStores] = (await locations(tx)).filter((each) => each.archivedAt === null)
  if (store === undefined || otherStores.length > 0) return
  await insertPlace(tx, listener.id, { locationId: store.id, placeRef: place.ref, name: place.name })
  await updateWays(tx, listener.id, { ...listener, defaultLocationId: store.id })
}
