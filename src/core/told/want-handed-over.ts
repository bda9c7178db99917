/** A listener is to have this document as it is now: an ERP an order of ours, a shop the invoice's PDF. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type DocumentKind, wantDocuments } from './documents.sql.ts'

/** Asked for again while it waits it is the same; asked for while it is on its way, it goes once more if it is another document then. */
export async function wantHandedOver(tx: Tx, listenerId: number, kind: DocumentKind, entityIds: number[], by: By): Promise<void> {
  if (entityIds.length === 0) return
  await wantDocuments(tx, listenerId, kind, entityIds, by.now)
  tx.ring(listenerId)
}
