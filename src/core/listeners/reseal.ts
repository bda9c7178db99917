/** Exchanging the key: every box of a company is opened with whichever key sealed it and sealed with the newest. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import { boxesForUpdate, sealingKeys, updateBoxes } from './reseal.sql.ts'
import { openFields, sealFields } from './sealed.ts'

/** Returns how many listeners' boxes were sealed anew. Doing it twice does no harm. */
export async function resealCompany(tx: Tx, box: SecretBox): Promise<number> {
  const listeners = await boxesForUpdate(tx)
  for (const { id, hookAddress, settings, keep } of listeners) {
    const owner = must(hookAddress, 'hook address')
    const again = (what: 'settings' | 'keep', sealed: Buffer) => sealFields(box, tx.companyId, what, owner, openFields(box, tx.companyId, what, owner, sealed))
    await updateBoxes(tx, id, again('settings', settings), keep === null ? null : again('keep', keep))
  }
  return listeners.length
}

/** The keys that sealed this company's boxes and that `box` can't open. */
export async function unknownKeys(tx: Tx, knows: (keyId: string) => boolean): Promise<string[]> {
  return (await sealingKeys(tx)).map((row) => row.key).filter((key) => !knows(key))
}
