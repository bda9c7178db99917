/** What a shop is handed of an invoice: which order it is for, and the PDF as the ERP gave it. */
import type { Tx } from '../../db/open.ts'
import { fileOf, invoicesForShops, orderOfDocument } from './pdfs.sql.ts'

/** All of it but the bytes. `sha256` in hex. */
export interface OutgoingPdf {
  documentId: number
  orderId: number
  orderRef: string
  invoiceNumber: string
  sha256: string
}
/** Null = nothing (any more): it is for no order of this shop now, a later one is booked, or the order has been handed this very content. */
export async function outgoingPdf(tx: Tx, listenerId: number, documentId: number): Promise<OutgoingPdf | null> {
  const orderId = (await orderOfDocument(tx, documentId))?.orderId ?? null
  const [latest] = orderId === null ? [] : await invoicesForShops(tx, [orderId])
  if (latest === undefined || latest.documentId !== documentId || latest.listenerId !== listenerId || latest.handed) return null
  const { orderRef, invoiceNumber, sha256 } = latest
  return { documentId, orderId: latest.orderId, orderRef, invoiceNumber, sha256 }
}

/** Empty once it was erased, which no shop takes. */
export const bytesOf = async (tx: Tx, documentId: number): Promise<Uint8Array> => (await fileOf(tx, documentId))?.bytes ?? new Uint8Array()
