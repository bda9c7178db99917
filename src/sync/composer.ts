/** How a document of one kind is made: what it is now, and what follows from its having gone over. */
import type { Document } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { DocumentFlight, DocumentRow } from '../core/told/documents.sql.ts'
import type { Tx } from '../db/open.ts'
import type { Line } from './line.ts'

/** A document as it is kept while it is on its way: all of it but the bytes, which have a place of their own. */
export type Letter =
  | Extract<Document, { kind: 'order' }>['order']
  | Omit<Extract<Document, { kind: 'invoice-pdf' }>, 'kind' | 'bytes'>
  | Omit<Extract<Document, { kind: 'order-status' }>, 'kind'>

export interface Composer {
  /**
   * What the listener is to have now. Null = nothing (any more). Refused = a person has to do something first; the code as in HandedOver. `documentRef`: what it is called there now. `hash`: what tells it
   * from what went last, where that isn't all of the letter.
   */
  compose(tx: Tx, line: Line, row: DocumentRow, by: By): Promise<{ letter: Letter; documentRef: string | null; hash?: string } | { refused: string; said: string } | null>
  /** The whole document of a stored letter. */
  whole(tx: Tx, flight: DocumentFlight): Promise<Document>
  /** The answer was lost: what it is called there, where that is known since. Null = it isn't. */
  found?(tx: Tx, line: Line, row: DocumentRow): Promise<string | null>
  /** It is there now, under this name. */
  done?(tx: Tx, line: Line, row: DocumentRow, documentRef: string | null, by: By): Promise<void>
}
