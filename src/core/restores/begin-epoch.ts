/** The database is an older copy of itself (R35): nothing it believes of others is true, and what it lacks is handed in again or missing for ever. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { allListeners } from '../listeners/listeners.sql.ts'
import { beginEpochs, forgetCells, insertRestore, insertRestoreKeys, longestFlightMs, raiseTurns, resendViews, walkMastersAgain } from './restores.sql.ts'

/** Whoever handed something in so long before the backup is waited for. */
const LATELY_MS = 30 * 24 * 3_600_000

/** `dataUntil` = what happened after it may be missing. Facts and the keys they were handed in under stay: whoever hands them in again changes nothing. Doing it twice does no harm. */
export async function beginEpoch(tx: Tx, input: { epoch: number; dataUntil: Date }, by: By): Promise<void> {
  const landsUntil = new Date(by.now.getTime() + (await longestFlightMs(tx)))
  await forgetCells(tx, by.now, landsUntil)
  await beginEpochs(tx, input.epoch)
  await walkMastersAgain(tx, by.now)
  await raiseTurns(tx)
  await resendViews(tx, by.now)
  await insertRestore(tx, { epoch: input.epoch, dataUntil: input.dataUntil, restoredAt: by.now })
  await insertRestoreKeys(tx, new Date(input.dataUntil.getTime() - LATELY_MS))
  for (const listener of await allListeners(tx)) tx.ring(listener.id)
}
