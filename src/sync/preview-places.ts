/** What it would mean to give the stores these places: per store how many numbers would be sent, and what ends. Reads the shop, as a dry run does, and writes nothing to it. */
import type { By } from '../core/by.ts'
import type { MappedPlace } from '../core/listeners/listener.ts'
import { listenerById, placesOf } from '../core/listeners/listeners.sql.ts'
import { openOrderIds } from '../core/orders/orders.sql.ts'
import { previewStores, previewTaken, type StoreCounts, type TakenCounts } from '../core/runs/preview.sql.ts'
import { nextArticles } from '../core/runs/runs.sql.ts'
import { planForMany } from '../db/for-many.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'
import { refuseDirections } from './directions.ts'
import { judged, type PlacePair, type PlaceWays, readPairs } from './map-places.ts'
import { takeIn } from './matcher.ts'
import { lineOf, refusing } from './setup.ts'

export interface PlacesPreview {
  stores: (StoreCounts &
    MappedPlace & {
      /** Null = the store had none. */
      before: string | null
      directionBefore: MappedPlace['direction'] | null
      /** Null = nothing is taken in. */
      takes: TakenCounts | null
    })[]
  /** Places that would belong to no store any more: the shop's numbers there stay as they are. */
  ends: MappedPlace[]
  /** Open orders that are reckoned anew. */
  openOrders: number
}

export async function previewPlaces(deps: SyncDeps, companyId: number, id: number, typed: PlacePair[], by: By, ways: PlaceWays = {}): Promise<PlacesPreview> {
  const pairs = await readPairs(deps, companyId, id, typed, by)
  const { places } = await deps.db.inCompany(companyId, async (tx) => {
    const listener = must(await listenerById(tx, id), 'the listener')
    const wanted = await judged(tx, listener, { pairs, typed, ways })
    await refuseDirections(tx, listener, must(deps.connectors[listener.code], 'the connector'), wanted.places, await placesOf(tx, id))
    return wanted
  })
  await refusing(() => readNumbers(deps, companyId, id))
  return deps.db.inCompany(companyId, async (tx) => {
    const before = await placesOf(tx, id)
    await planForMany(tx, null)
    const counts = await previewStores(tx, id, places)
    const taken = await previewTaken(tx, id, places)
    return {
      stores: counts.map((count, n) => {
        const place = must(places[n], 'the place')
        const old = before.find((each) => each.locationId === count.locationId)
        return {
          ...count,
          ...place,
          before: old?.placeRef ?? null,
          directionBefore: old?.direction ?? null,
          takes: place.direction === 'in' && old?.direction !== 'in' ? must(taken[n], 'the counts') : null,
        }
      }),
      ends: before.filter((old) => !places.some((place) => place.placeRef === old.placeRef)),
      openOrders: (await openOrderIds(tx, id)).length,
    }
  })
}

/** Places nobody looks at yet may have changed since the shop's list was read. */
async function readNumbers(deps: SyncDeps, companyId: number, id: number): Promise<void> {
  const line = await lineOf(deps, companyId, id)
  for (let after = 0; ; ) {
    const next = await deps.db.inCompany(companyId, (tx) => nextArticles(tx, id, after, line.connector.limits.look))
    const last = next.at(-1)
    if (last === undefined) return
    const askedAt = deps.clock.now()
    const page = await line.remote.pull('stock', { keys: next.map((row) => row.itemRef) }, 'backfill')
    await deps.db.inCompany(companyId, (tx) => takeIn(tx, id, page.events, askedAt))
    after = last.articleId
  }
}
