/** What every document shares: a ref that makes it one however often it is sent (L3), a time that isn't in the future, quantities that make sense. */
import type { Tx } from '../../db/open.ts'
import { fingerprint } from '../../kit/id.ts'
import { Refusal } from '../refusal.ts'
import { type DocumentRow, type DocumentType, documentByRef, type Given, insertDocument } from './documents.sql.ts'

export const MOST_PIECES = 1_000_000
/** How far ahead a clock may be; then it happened now. A till that is wrong must still be able to sell, but a wrong time spoils a count. */
const AHEAD_MS = { 'time-in-future': 24 * 3600_000, 'counted-in-future': 2 * 60_000 }

/** The same content gives the same hash, whatever the order of its keys was on the wire. */
export const contentHash = (content: unknown): Buffer => fingerprint(JSON.stringify(content))

/** The document that is already there under this ref. Another content under it is refused: never a silent duplicate, never a silent loss. */
export async function alreadyHere(tx: Tx, type: DocumentType, ref: string, bodyHash: Buffer): Promise<DocumentRow | null> {
  const before = await documentByRef(tx, type, ref)
  if (before !== null && !before.bodyHash.equals(bodyHash)) throw new Refusal('key-reused', { field: 'ref', ref })
  return before
}

/** Stores it, or finds that the same one was stored a moment ago. */
export async function storeDocument(tx: Tx, document: Omit<DocumentRow, 'id'>): Promise<{ row: DocumentRow; repeated: boolean }> {
  const made = await insertDocument(tx, document)
  if (made !== null) return { row: { ...document, id: made.id }, repeated: false }
  const before = await alreadyHere(tx, document.type, document.ref, document.bodyHash)
  if (before === null) throw new Error(`document ${document.type} is neither new nor there`)
  return { row: before, repeated: true }
}

/** What was given as the reason; nothing said is null. */
export const given = (input: { reason?: Given['reason'] | undefined; note?: string | null | undefined }): Given => ({ reason: input.reason ?? null, note: input.note ?? null })
/** As it stands on each movement. */
export const givenSource = ({ reason, note }: Given): Record<string, string> => ({ ...(reason === null ? {} : { reason }), ...(note === null ? {} : { note }) })
/** A document without a reason is the same one as before there were reasons. */
export const givenContent = ({ reason, note }: Given): unknown[] => (reason === null && note === null ? [] : [reason, note])

/** A little ahead of us means now; more is a clock to put right. */
export function pastTime(at: Date | undefined, now: Date, refusal: keyof typeof AHEAD_MS, field: string): Date {
  if (at === undefined || (at > now && at.getTime() <= now.getTime() + AHEAD_MS[refusal])) return now
  if (at > now) throw new Refusal(refusal, { field })
  return at
}

/** Scans times pack, within what a shop could mean. */
export function piecesOf(quantity: number, pack: number, field: string): number {
  const pieces = quantity * pack
  if (!Number.isSafeInteger(pieces) || Math.abs(pieces) > MOST_PIECES) throw new Refusal('quantity-absurd', { field })
  return pieces
}
