/** Exchanging the key: every box of a company is opened with whichever key sealed it and sealed with the newest. */
import type { Tx } from '../../db/open.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import { boxesForUpdate, disconnectAll, sealingKeys, updateBoxes } from './reseal.sql.ts'
import { openFields, sealFields, viewOwner } from './sealed.ts'

/** Returns how many listeners' boxes were sealed anew. `fromCompany` = the company's id when they were sealed, where it has another now. Doing it twice does no harm. */
export async function resealCompany(tx: Tx, box: SecretBox, fromCompany: number = tx.companyId): Promise<number> {
  const listeners = await boxesForUpdate(tx)
  for (const { id, hookAddress, settings, keep } of listeners) {
    const owner = (companyId: number) => hookAddress ?? viewOwner(companyId)
    const again = (what: 'settings' | 'keep', sealed: Buffer) =>
      sealFields(box, tx.companyId, what, owner(tx.companyId), openFields(box, fromCompany, what, owner(fromCompany), sealed))
    await updateBoxes(tx, id, again('settings', settings), keep === null ? null : again('keep', keep))
  }
  return listeners.length
}

/** The keys that sealed this company's boxes and that `box` can't open. */
export async function unknownKeys(tx: Tx, knows: (keyId: string) => boolean): Promise<string[]> {
  return (await sealingKeys(tx)).map((row) => row.key).filter((key) => !knows(key))
}

/** What was sealed with a key nobody has here: connections are as good as disconnected, and what a view called is forgotten. */
export async function dropSecrets(tx: Tx, box: SecretBox): Promise<void> {
  for (const { id, hookAddress } of await boxesForUpdate(tx)) await updateBoxes(tx, id, sealFields(box, tx.companyId, 'settings', hookAddress ?? viewOwner(tx.companyId), {}), null)
  await disconnectAll(tx)
}
