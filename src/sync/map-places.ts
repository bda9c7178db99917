/** Which of our locations is which of the remote's places, and whether there may be several (Multipla distributionsställen). */
import type { Health } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { Direction, ListenerRow, MappedPlace } from '../core/listeners/listener.ts'
import { deletePlaces, insertPlace, listenerById, livingLocations, lockListener, placesOf, updateWays } from '../core/listeners/listeners.sql.ts'
import { boxedArticles } from '../core/listings/listings.sql.ts'
import { evaluateOpenOrders } from '../core/orders/evaluate-again.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { relink } from '../core/told/ask-looks.ts'
import type { Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'
import { settleMaster } from './become-master.ts'
import type { SyncDeps } from './deps.ts'
import { directionOf, refuseDirections, settleDirections } from './directions.ts'
import { lineOfRow } from './line.ts'
import { checkConnection } from './setup.ts'
import { refuseMany, usablePlace } from './usable-place.ts'

/** `placeRef` as a person gave it: the place's id, its address in the remote's admin, or its ref. */
export interface PlacePair {
  locationId: number
  placeRef: string
  /** Left out = as it is. */
  direction?: Direction | undefined
}
export interface PlaceWays {
  manyPlaces?: boolean | undefined
  defaultLocationId?: number | undefined
}

/** All pairs at once. On a running connection open orders and the numbers of other places are looked at anew: they may be somebody else's now. */
export async function mapPlaces(deps: SyncDeps, companyId: number, id: number, typed: PlacePair[], by: By, ways: PlaceWays = {}): Promise<void> {
  const pairs = await readPairs(deps, companyId, id, typed, by)
  await deps.db.inCompany(companyId, async (tx) => {
    await lockListener(tx, id)
    const listener = await connectionOf(tx, id)
    const { places, manyPlaces } = await judged(tx, listener, { pairs, typed, ways })
    const isMapped = (locationId: number | null | undefined) => places.some((place) => place.locationId === locationId)
    if (ways.defaultLocationId !== undefined && !isMapped(ways.defaultLocationId)) throw new Refusal('place-missing', { field: 'defaultLocationId' })
    const standIn = ways.defaultLocationId ?? (isMapped(listener.defaultLocationId) ? listener.defaultLocationId : (places[0]?.locationId ?? null))
    await lockOrders(tx, id)
    const before = await placesOf(tx, id)
    await refuseDirections(tx, listener, must(deps.connectors[listener.code], 'the connector'), places, before)
    await updateWays(tx, id, { ...listener, manyPlaces, defaultLocationId: standIn })
    if (sameText(before) === sameText(places) && standIn === listener.defaultLocationId) return
    await deletePlaces(tx, id)
    for (const place of places) await insertPlace(tx, id, place)
    const line = lineOfRow(deps, companyId, listener)
    if (line?.connector.carries.master === true) {
      if (listener.state !== 'setup') await settleMaster(tx, listener, line.connector, line.settings, by.now)
    } else if (listener.countsFrom !== null) await afterwards(tx, id, before, places, standIn !== listener.defaultLocationId, by)
  })
}

/** Told rows of a store that lost its place only rest; nothing is written to where they were told. */
async function afterwards(tx: Tx, id: number, before: MappedPlace[], places: MappedPlace[], otherDefault: boolean, by: By): Promise<void> {
  const listener = must(await listenerById(tx, id), 'the listener')
  if (otherDefault || pairsOf(before) !== pairsOf(places)) await evaluateOpenOrders(tx, listener, 'named', by)
  await settleDirections(tx, listener, places, by.now)
  const stays = ({ locationId, placeRef, direction }: MappedPlace) =>
    before.some((old) => old.locationId === locationId && old.placeRef === placeRef && old.direction === direction)
  const moved = places.filter((place) => !stays(place)).map((place) => place.locationId)
  const articleIds = moved.length === 0 ? [] : (await boxedArticles(tx, id)).map((row) => row.articleId)
  if (articleIds.length > 0) await relink(tx, id, articleIds, by, moved)
}

/** What a person typed as the remote's own refs. A place that isn't known yet may have been made since the last check, so the remote is asked again. */
export async function readPairs(deps: SyncDeps, companyId: number, id: number, typed: PlacePair[], by: By): Promise<PlacePair[]> {
  const listener = await deps.db.inCompany(companyId, async (tx) => {
    await storesOf(tx, typed)
    return connectionOf(tx, id)
  })
  const connector = must(deps.connectors[listener.code], 'the connector')
  const pairs = typed.map(({ locationId, placeRef, direction }, n) => {
    const ref = connector.placeRef(placeRef)
    if (ref === null) throw new Refusal('place-unknown', { field: `places.${n}.placeRef`, place: placeRef.slice(0, 100), reason: 'place-not-an-id' })
    return { locationId, placeRef: ref, direction }
  })
  const known = (listener.health as Health).places
  if (pairs.some((pair) => !known.some((place) => place.ref === pair.placeRef))) await checkConnection(deps, companyId, id, by)
  return pairs
}

/** @throws {Refusal} not-ready until the remote has been asked once. */
async function connectionOf(tx: Tx, id: number): Promise<ListenerRow> {
  const listener = await listenerById(tx, id)
  if (listener === null || listener.state === 'gone') throw new Refusal('not-found')
  if (listener.health === null) throw new Refusal('not-ready', { missing: 'credentials' })
  return listener
}

/** The pairs as they would be stored, or what is wrong with one, by its field. `typed` = as the person put it. */
export async function judged(
  tx: Tx,
  listener: ListenerRow,
  { pairs, typed, ways }: { pairs: PlacePair[]; typed: PlacePair[]; ways: PlaceWays },
): Promise<{ places: MappedPlace[]; manyPlaces: boolean }> {
  const places = await placesFor(tx, listener, pairs, typed)
  const manyPlaces = ways.manyPlaces ?? listener.manyPlaces
  // While it is set up the stores' pages may be filled in first and the box be ticked afterwards; activation asks for both.
  if (!manyPlaces && (listener.state !== 'setup' || ways.manyPlaces === false)) await refuseMany(tx, places)
  return { places, manyPlaces }
}

async function placesFor(tx: Tx, listener: ListenerRow, pairs: PlacePair[], typed: PlacePair[]): Promise<MappedPlace[]> {
  if (pairs.length === 0) throw new Refusal('place-missing', { field: 'places' })
  const stores = await storesOf(tx, pairs)
  const before = await placesOf(tx, listener.id)
  return pairs.map((pair, n) => {
    const field = `places.${n}.placeRef`
    const { name } = usablePlace(listener.health as Health, pair.placeRef, { field, shown: typed[n]?.placeRef ?? pair.placeRef })
    const other = pairs.slice(0, n).find((each) => each.placeRef === pair.placeRef)
    if (other !== undefined) throw new Refusal('place-taken', { field, place: name, store: stores.get(other.locationId) ?? '' })
    if (pairs.slice(0, n).some((each) => each.locationId === pair.locationId)) throw new Refusal('bad-input', { field: `places.${n}.locationId`, reason: 'twice' })
    return { locationId: pair.locationId, placeRef: pair.placeRef, name, direction: directionOf(pair.locationId, pair.direction, before) }
  })
}

/** Names by id; one that isn't ours is refused by its field. */
async function storesOf(tx: Tx, pairs: PlacePair[]): Promise<Map<number, string>> {
  const rows = await livingLocations(
    tx,
    pairs.map((pair) => pair.locationId),
  )
  const stores = new Map(rows.map((row) => [row.id, row.name]))
  const strange = pairs.findIndex((pair) => !stores.has(pair.locationId))
  if (strange >= 0) throw new Refusal('unknown-location', { field: `places.${strange}.locationId` })
  return stores
}

const pairsOf = (places: MappedPlace[]): string => JSON.stringify(sorted(places).map((place) => [place.locationId, place.placeRef]))
const sameText = (places: MappedPlace[]): string => JSON.stringify(sorted(places).map((place) => [place.locationId, place.placeRef, place.direction]))
const sorted = (places: MappedPlace[]): MappedPlace[] => places.toSorted((a, b) => a.locationId - b.locationId)
