/** An order's shop is to have its invoice: the latest that is booked, no credit note, and the same content once (I4, I5). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { wantHandedOver } from '../told/want-handed-over.ts'
import { invoicesForShops } from './pdfs.sql.ts'

/** `takers` = codes of the connectors that take PDFs; other shops hear of none. */
export async function shopsToTell(tx: Tx, orderIds: number[], takers: ReadonlySet<string>, by: By): Promise<void> {
  if (orderIds.length === 0 || takers.size === 0) return
  for (const { listenerId, documentId, code, handed } of await invoicesForShops(tx, orderIds))
    if (!handed && takers.has(code)) await wantHandedOver(tx, listenerId, 'invoice-pdf', [documentId], by)
}
