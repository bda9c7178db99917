/** What is booked for an order of ours has a PDF: it is wanted, tried for, and kept as it came. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { contentOf, judge, nextTryAt } from './pdf.ts'
import { keepRow, nextPdf, noteTry, orderOfDocument, wantRows } from './pdfs.sql.ts'

/** `since` = when the ERP became master: what is for an order from before is left alone unless a person asked. */
export async function wantPdfs(tx: Tx, erp: { listenerId: number; since: Date }, orderIds: number[], by: By): Promise<void> {
  if (orderIds.length > 0) await wantRows(tx, erp.listenerId, orderIds, erp.since, by.now)
}

export interface Wanted {
  documentId: number
  documentRef: string
  /** This try counted in. */
  tries: number
}
/** Put off before it is asked for: a question that fails comes back later. */
export async function beginTry(tx: Tx, listenerId: number, now: Date): Promise<Wanted | null> {
  const next = await nextPdf(tx, listenerId, now)
  if (next === null) return null
  const tries = next.tries + 1
  // One that never answers is given up like one that is never there.
  await noteTry(tx, next.documentId, { tries, nextTryAt: nextTryAt('missing', tries, now), found: nextTryAt('missing', tries, now) === null ? 'missing' : null })
  return { ...next, tries }
}

/** `bytes` null = there is none (yet); 'unreadable' = what came is no PDF. Returns the order it is for, once it is there. */
export async function endTry(tx: Tx, wanted: Wanted, bytes: Uint8Array | null | 'unreadable', by: By): Promise<number | null> {
  const found = bytes === 'unreadable' ? 'not-a-pdf' : judge(bytes)
  if (found !== 'there') {
    await noteTry(tx, wanted.documentId, { tries: wanted.tries, nextTryAt: nextTryAt(found, wanted.tries, by.now), found })
    return null
  }
  const pdf = bytes as Uint8Array
  await keepRow(tx, wanted.documentId, { bytes: pdf, sha256: contentOf(pdf) }, by.now)
  return (await orderOfDocument(tx, wanted.documentId))?.orderId ?? null
}
