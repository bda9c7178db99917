/** Which location a connection is master of: the one its place is mapped to, and nobody else is master of (docs/decisions/0014). */
import type { Connector, Health } from '../connectors/contract.ts'
import type { ListenerRow } from '../core/listeners/listener.ts'
import { placesOf, updateFirstSynced } from '../core/listeners/listeners.sql.ts'
import { masteredLocations, updateMaster } from '../core/locations/locations.sql.ts'
import { forgetNumbers } from '../core/master/numbers.sql.ts'
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'
import { feedCursor, saveFeedCursor } from './feed-cursor.sql.ts'

/** As it is set: its number is what there is at the location its place is mapped to, or the back office's own is. */
export async function settleMaster(tx: Tx, listener: Pick<ListenerRow, 'id' | 'health'>, connector: Connector<unknown>, settings: unknown, now: Date): Promise<void> {
  if (connector.carries.master !== true) return
  const learned = (listener.health as Health | null)?.learned ?? {}
  if (connector.masterSwitch === undefined || connector.masterSwitch.isOn(settings, learned)) await becomeMaster(tx, listener.id, now)
  else await leaveMaster(tx, listener.id, now)
}

/** From now on its number is what there is. Its numbers are read from the start. */
async function becomeMaster(tx: Tx, listenerId: number, now: Date): Promise<void> {
  const [place, second] = await placesOf(tx, listenerId)
  if (place === undefined || second !== undefined) throw new Refusal('place-missing', { field: 'places', reason: 'one-place' })
  const standing = await masteredLocations(tx)
  const other = standing.find((location) => location.id === place.locationId && location.masterId !== listenerId)
  if (other !== undefined) throw new Refusal('place-taken', { field: 'places.0.locationId', place: place.name, store: String(other.id) })
  if (standing.some((location) => location.id === place.locationId)) return
  await leaveMaster(tx, listenerId, now)
  await forgetNumbers(tx, place.locationId)
  await updateMaster(tx, place.locationId, listenerId, now)
  // It is read and never written: there is no dry run to confirm.
  await updateFirstSynced(tx, listenerId, now)
  await startWalk(tx, listenerId, now)
}

/** The back office is master again, from the number that stands. What the ERP counted stays counted: it is in that number. */
export async function leaveMaster(tx: Tx, listenerId: number, now: Date): Promise<void> {
  for (const { id, masterId } of await masteredLocations(tx)) if (masterId === listenerId) await updateMaster(tx, id, null, now)
}

/** *Hent alt nu*: everything is read from the start. Pressed while it goes on it is the same walk. */
export async function startWalk(tx: Tx, listenerId: number, now: Date): Promise<void> {
  const walk = await feedCursor(tx, listenerId, 'articles')
  if (walk.beganAt === null) await saveFeedCursor(tx, listenerId, 'articles', { cursor: null, beganAt: now, endedAt: walk.endedAt })
  tx.ring(listenerId)
}
