/** After a restore somebody says that all is here again (R36): an outside system for itself, a person for everybody. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { endRestore, liftCutOnly, lockRestore, noteResent, openRestore, type Restore, type RestoreKey, restoreKeys } from './restores.sql.ts'

export interface OpenRestore extends Restore {
  /** The outside systems that are waited for, and when each said that it has handed in again. */
  keys: RestoreKey[]
}

/** Null = nothing is missing. */
export async function restoreNow(tx: Tx): Promise<OpenRestore | null> {
  const open = await openRestore(tx)
  return open === null ? null : { ...open, keys: await restoreKeys(tx) }
}

/** `keyId` null = a person, who speaks for everybody. It ends when nobody is waited for any more. Saying it twice is saying it once. */
export async function sayNothingMissing(tx: Tx, keyId: number | null, by: By): Promise<OpenRestore | null> {
  if ((await lockRestore(tx)) === null) return null
  if (keyId !== null) await noteResent(tx, keyId, by.now)
  const open = await restoreNow(tx)
  if (keyId !== null && open?.keys.some((key) => key.resentAt === null)) return open
  await endRestore(tx, by.actor, by.now)
  for (const listenerId of await liftCutOnly(tx)) tx.ring(listenerId)
  return null
}
