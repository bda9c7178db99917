/** Which of our locations is which of the remote's places. */
import type { Health } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { deletePlaces, insertPlace, listenerById, livingLocations, lockListener, placesOf, updateWays } from '../core/listeners/listeners.sql.ts'
import { boxedArticles } from '../core/listings/listings.sql.ts'
import { evaluateOpenOrders } from '../core/orders/evaluate-again.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { relink } from '../core/told/ask-looks.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'

export interface PlacePair {
  locationId: number
  placeRef: string
}

/** All pairs at once. On a running connection open orders and every number are looked at anew: they may be somebody else's now. */
export async function mapPlaces(deps: SyncDeps, companyId: number, id: number, pairs: PlacePair[], by: By): Promise<void> {
  await deps.db.inCompany(companyId, async (tx) => {
    await lockListener(tx, id)
    const listener = await listenerById(tx, id)
    if (listener === null || listener.state === 'gone') throw new Refusal('not-found')
    if (listener.health === null) throw new Refusal('not-ready', { missing: 'credentials' })
    refuseWrong(pairs, listener.health as Health, listener.manyPlaces)
    const living = new Set(
      (
        await livingLocations(
          tx,
          pairs.map((pair) => pair.locationId),
        )
      ).map((row) => row.id),
    )
    const strange = pairs.findIndex((pair) => !living.has(pair.locationId))
    if (strange >= 0) throw new Refusal('unknown-location', { field: `places.${strange}.locationId` })
    const before = await placesOf(tx, id)
    if (sameText(before) === sameText(pairs)) return
    await lockOrders(tx, id)
    await deletePlaces(tx, id)
    for (const pair of pairs) await insertPlace(tx, id, { ...pair, name: nameOf(listener.health as Health, pair.placeRef) })
    const kept = pairs.some((pair) => pair.locationId === listener.defaultLocationId)
    await updateWays(tx, id, { ...listener, defaultLocationId: kept ? listener.defaultLocationId : (pairs[0]?.locationId ?? null) })
    if (listener.countsFrom === null) return
    await evaluateOpenOrders(tx, must(await listenerById(tx, id), 'the listener'), by)
    await relink(
      tx,
      id,
      (await boxedArticles(tx, id)).map((row) => row.articleId),
      by,
    )
  })
}

function refuseWrong(pairs: PlacePair[], health: Health, manyPlaces: boolean): void {
  if (pairs.length === 0) throw new Refusal('place-missing', { field: 'places' })
  if (!manyPlaces && pairs.length > 1) throw new Refusal('place-taken', { field: 'manyPlaces' })
  for (const [n, pair] of pairs.entries()) {
    const place = health.places.find((p) => p.ref === pair.placeRef)
    if (place === undefined) throw new Refusal('place-unknown', { field: `places.${n}.placeRef`, place: pair.placeRef })
    if (!place.active || place.unusable !== null) throw new Refusal('place-unusable', { field: `places.${n}.placeRef`, place: place.name, reason: place.unusable ?? 'inactive' })
    const twice = pairs.findIndex((other) => other.placeRef === pair.placeRef || other.locationId === pair.locationId)
    if (twice !== n) throw new Refusal('place-taken', { field: `places.${n}.${pairs[twice]?.placeRef === pair.placeRef ? 'placeRef' : 'locationId'}` })
  }
}

const nameOf = (health: Health, ref: string): string => health.places.find((place) => place.ref === ref)?.name ?? ref
const sameText = (pairs: PlacePair[]): string => JSON.stringify(pairs.map((pair) => [pair.locationId, pair.placeRef]).sort((a, b) => Number(a[0]) - Number(b[0])))
