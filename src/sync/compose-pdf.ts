/** An invoice's PDF as a document of the shop whose order it is for: handed over once for each content. */
import { bytesOf, type OutgoingPdf, outgoingPdf } from '../core/invoices/outgoing-pdf.ts'
import { noteHanded } from '../core/invoices/pdfs.sql.ts'
import type { DocumentFlight } from '../core/told/documents.sql.ts'
import type { Composer } from './composer.ts'

export const pdfComposer: Composer = {
  async compose(tx, line, row) {
    const letter = await outgoingPdf(tx, line.listenerId, row.entityId)
    return letter === null ? null : { letter, documentRef: null }
  },
  async whole(tx, flight) {
    const { documentId, orderRef, invoiceNumber, sha256 } = letterOf(flight)
    return { kind: 'invoice-pdf', orderRef, invoiceNumber, sha256, bytes: await bytesOf(tx, documentId) }
  },
  async done(tx, _line, row, _documentRef, by) {
    if (row.flight !== null) await noteHanded(tx, letterOf(row.flight), by.now)
  },
}

const letterOf = (flight: DocumentFlight): OutgoingPdf => flight.letter as OutgoingPdf
