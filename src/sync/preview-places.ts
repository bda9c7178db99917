/** What it would mean to give the stores these places: per store how many numbers would be sent, and what ends. Reads the shop, as a dry run does, and writes nothing to it. */
import type { By } from '../core/by.ts'
import type { PlaceRow } from '../core/listeners/listener.ts'
import { listenerById, placesOf } from '../core/listeners/listeners.sql.ts'
import { openOrderIds } from '../core/orders/orders.sql.ts'
import { previewStores, type StoreCounts } from '../core/runs/preview.sql.ts'
import { nextArticles } from '../core/runs/runs.sql.ts'
import { planForMany } from '../db/for-many.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'
import { judged, type PlacePair, type PlaceWays, readPairs } from './map-places.ts'
import { takeIn } from './matcher.ts'
import { lineOf, refusing } from './setup.ts'

export interface PlacesPreview {
  stores: (StoreCounts & { placeRef: string; name: string /** Null = the store had none. */; before: string | null })[]
  /** Places that would belong to no store any more: the shop's numbers there stay as they are. */
  ends: PlaceRow[]
  /** Open orders that are reckoned anew. */
  openOrders: number
}

export async function previewPlaces(deps: SyncDeps, companyId: number, id: number, typed: PlacePair[], by: By, ways: PlaceWays = {}): Promise<PlacesPreview> {
  const pairs = await readPairs(deps, companyId, id, typed, by)
  const { places } = await deps.db.inCompany(companyId, async (tx) => judged(tx, must(await listenerById(tx, id), 'the listener'), { pairs, typed, ways }))
  await refusing(() => readNumbers(deps, companyId, id))
  return deps.db.inCompany(companyId, async (tx) => {
    const before = await placesOf(tx, id)
    await planForMany(tx, null)
    const counts = await previewStores(tx, id, places)
    return {
      stores: counts.map((count, n) => ({ ...count, ...must(places[n], 'the place'), before: before.find((old) => old.locationId === count.locationId)?.placeRef ?? null })),
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
