/** What stands still for want of a right is looked at again by itself: it may be given back any minute. */
import { listenerById } from '../core/listeners/listeners.sql.ts'
import type { Tx } from '../db/open.ts'
import { askKeyLater } from './inbox.sql.ts'
import { stoppedBy } from './rights.ts'

const RIGHT_MISSING_MS = 60_000

/** Asks the turn for a check a minute from now, where anything is stopped. */
export async function checkAgain(tx: Tx, listenerId: number, now: Date): Promise<void> {
  const listener = await listenerById(tx, listenerId)
  if (stoppedBy(listener?.health).length > 0) await askKeyLater(tx, listenerId, 'check', '', { now, at: new Date(now.getTime() + RIGHT_MISSING_MS) })
}
