/** Which way stock goes between a store and its place in a shop: out = the shop is told our number, in = its number is what there is (docs/decisions/0018). Never both. */
import type { Connector } from '../connectors/contract.ts'
import type { Direction, ListenerRow, MappedPlace } from '../core/listeners/listener.ts'
import { placesOf, updateFirstSynced } from '../core/listeners/listeners.sql.ts'
import { locationById, masteredLocations, updateMaster } from '../core/locations/locations.sql.ts'
import { forgetNumbers } from '../core/master/numbers.sql.ts'
import { rememberLevels } from '../core/master/shop-numbers.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { cellsOnTheirWay } from '../core/told/told.sql.ts'
import type { Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'

/** As a person asked, or as it is; a place that is new to a store is told. */
export const directionOf = (locationId: number, asked: Direction | undefined, before: MappedPlace[]): Direction =>
  asked ?? before.find((place) => place.locationId === locationId)?.direction ?? 'out'

/** Of each place whose numbers are to be taken in from now on: whether the shop can, and nothing else stands in the way. */
export async function refuseDirections(tx: Tx, listener: ListenerRow, connector: Connector<unknown>, places: MappedPlace[], before: MappedPlace[]): Promise<void> {
  if (connector.carries.master === true) return
  for (const [n, place] of places.entries()) {
    if (place.direction === 'out' || isIn(before, place.locationId)) continue
    const field = `places.${n}.direction`
    const unusable = (reason: string) => new Refusal('place-unusable', { field, place: place.name, reason })
    if (connector.carries.masterOfPlaces !== true) throw unusable('numbers-out-only')
    if (!isFree(listener)) throw unusable('number-not-free')
    if (listener.countsFrom === null) throw new Refusal('not-ready', { field, missing: 'active' })
    // Of a shop that is told nothing there is no dry run to confirm.
    if (listener.firstSyncedAt === null && places.some((each) => each.direction === 'out')) throw new Refusal('not-ready', { field, missing: 'first-sync' })
    const location = must(await locationById(tx, place.locationId), 'the location')
    if (location.masterId !== null) throw new Refusal('erp-is-master', { field, location: location.name, master: location.masterName ?? '' })
    // What was sold here and not told yet would be in nobody's number.
    const { n: waiting } = listener.firstSyncedAt === null ? { n: 0 } : await cellsOnTheirWay(tx, listener.id, place.locationId)
    if (waiting > 0) throw new Refusal('numbers-on-their-way', { field, place: place.name, numbers: String(waiting) })
  }
}

/** The orders' lock must be held, and orders be reckoned at these places. Where a place keeps its direction nothing happens. */
export async function settleDirections(tx: Tx, listener: ListenerRow, places: MappedPlace[], now: Date): Promise<void> {
  const standing = (await masteredLocations(tx)).filter((location) => location.masterId === listener.id)
  for (const location of standing) if (!isIn(places, location.id)) await updateMaster(tx, location.id, null, now)
  for (const { locationId, direction } of places) {
    if (direction === 'out' || standing.some((location) => location.id === locationId)) continue
    await forgetNumbers(tx, locationId)
    await rememberLevels(tx, { listenerId: listener.id, locationId }, now)
    await updateMaster(tx, locationId, listener.id, now)
  }
  if (places.every((place) => place.direction === 'in')) await updateFirstSynced(tx, listener.id, now)
}

/**
 * Its number has each order off from the moment it is placed, and back when it is cancelled. One that falls later would have goods back that left here before the shop was told; one
 * that keeps cancelled pieces would be above ours until its number is read again.
 */
const isFree = ({ lowersItself, restores }: Pick<ListenerRow, 'lowersItself' | 'restores'>): boolean => lowersItself === 'placed' && restores !== false

/** Another number than the one that is taken in isn't chosen while it is. */
export async function refuseOtherNumber(tx: Tx, listenerId: number, manners: Pick<ListenerRow, 'lowersItself' | 'restores'>): Promise<void> {
  const taken = (await placesOf(tx, listenerId)).find((place) => place.direction === 'in')
  if (taken !== undefined && !isFree(manners)) throw new Refusal('place-unusable', { place: taken.name, reason: 'number-not-free' })
}

const isIn = (places: MappedPlace[], locationId: number): boolean => places.some((place) => place.locationId === locationId && place.direction === 'in')
