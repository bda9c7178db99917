/** A bulk change comes to rest, seen or over: what becomes of its rows is counted once, and kept. */
import type { Tx } from '../../db/open.ts'
import { saveState } from './bulk.sql.ts'
import { saveTallies, talliesOf } from './tallies.sql.ts'

export async function settle(tx: Tx, id: number, state: 'ready' | 'done' | 'cancelled', now: Date): Promise<void> {
  await saveState(tx, id, state, now)
  await saveTallies(tx, id, await talliesOf(tx, id))
}
