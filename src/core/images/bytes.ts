/** Where the bytes of images are: in the database, or in a folder beside it when there is one. Once of each content, however many products show it. */
import type { Tx } from '../../db/open.ts'
import type { Folder } from '../../kit/folder.ts'
import { deleteUnseen, forgetImages, insertBytes, nextInDatabase, readBytes, setMoved } from './images.sql.ts'
import type { Picture } from './picture.ts'

export const fileOf = (companyId: number, sha256: string): string => `${companyId}/${sha256}`

/** The row first: whoever deletes the same content holds it until its file is gone too. */
export async function keepBytes(tx: Tx, { sha256, bytes }: Picture, folder: Folder | null): Promise<void> {
  await insertBytes(tx, sha256, folder === null ? bytes : null)
  if (folder !== null) await folder.put(fileOf(tx.companyId, sha256), bytes)
}

/** Null = they are nowhere. */
export async function bytesOf(tx: Tx, sha256: string, folder: Folder | null): Promise<Buffer | null> {
  const row = await readBytes(tx, sha256)
  return row === null ? null : (row.bytes ?? (await folder?.get(fileOf(tx.companyId, sha256))) ?? null)
}

/** What was deleted before then is gone for good, and bytes that nothing shows any more. */
export async function forgetRemoved(tx: Tx, before: Date, folder: Folder | null): Promise<void> {
  await forgetImages(tx, before)
  for (const { sha256 } of await deleteUnseen(tx)) await folder?.drop(fileOf(tx.companyId, sha256))
}

/** One that lies in the database, as after a restore, goes into the folder. False = none did. */
export async function moveOut(tx: Tx, folder: Folder): Promise<boolean> {
  const row = await nextInDatabase(tx)
  if (row === null) return false
  await folder.put(fileOf(tx.companyId, row.sha256), row.bytes)
  await setMoved(tx, row.sha256)
  return true
}
