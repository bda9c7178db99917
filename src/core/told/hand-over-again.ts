/** A person says: hand it over (again), whatever was said of it before. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type DocumentKind, refusedDocuments, sendAnew } from './documents.sql.ts'
import { wantHandedOver } from './want-handed-over.ts'

/** `anew`: what it was called there is forgotten, and it becomes a new document. One that is on its way goes to its end first. */
export async function handOverAgain(tx: Tx, listenerId: number, kind: DocumentKind, entityId: number, anew: boolean, by: By): Promise<void> {
  await wantHandedOver(tx, listenerId, kind, [entityId], by)
  await sendAnew(tx, listenerId, kind, entityId, anew)
}

/** Everything it said no to goes once more. Returns how many. */
export async function handOverRefused(tx: Tx, listenerId: number, kind: DocumentKind, by: By): Promise<number> {
  const ids = (await refusedDocuments(tx, listenerId, kind)).map((row) => row.entityId)
  await wantHandedOver(tx, listenerId, kind, ids, by)
  return ids.length
}
