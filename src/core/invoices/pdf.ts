/** What is a PDF that can be kept, and when one that isn't there is asked for again. Pure. */
import { createHash } from 'node:crypto'
import { backoffMs } from '../../kit/backoff.ts'

/** What the last try found. missing = the ERP has none (yet) · erased = it named somebody who was forgotten. */
export type Found = 'there' | 'missing' | 'not-a-pdf' | 'too-large' | 'erased'

/** Larger than any invoice; what is larger is no invoice. */
export const MOST_BYTES = 10 * 1024 * 1024
const BEGINS = '%PDF-'
/** Then a person has to ask. With the pauses below that is a day after it was wanted. */
export const MOST_TRIES = 14
const PAUSE_MS = { first: 20_000, most: 6 * 3_600_000 }

/** Null = there was nothing. */
export function judge(bytes: Uint8Array | null): Exclude<Found, 'erased'> {
  if (bytes === null) return 'missing'
  if (bytes.length > MOST_BYTES) return 'too-large'
  return Buffer.from(bytes.subarray(0, BEGINS.length)).toString('latin1') === BEGINS ? 'there' : 'not-a-pdf'
}

/** After so many tries; null = not by itself. What is too large stays so. */
export function nextTryAt(found: Exclude<Found, 'erased'>, tries: number, now: Date): Date | null {
  if (found === 'there' || found === 'too-large' || tries >= MOST_TRIES) return null
  return new Date(now.getTime() + backoffMs(tries - 1, PAUSE_MS.first, PAUSE_MS.most))
}

export const contentOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
