/**
 * For a shop that neither compares nor has keys: the rows of a batch are read right before they are written, and what no longer is as the last look
 * saw it isn't written. What happens between this read and the write is overwritten until it has been read; the window is one request (S7).
 */
import { type Change, type Outcome, RemoteError, type RemoteListing } from '../contract.ts'
import { pullItemsByRef } from './articles.ts'
import type { ToyClient } from './client.ts'

/** Per row why it may not be written, or null. */
export async function readFirst(client: ToyClient, rows: Change[]): Promise<(Outcome | null)[]> {
  const seen = await listings(
    client,
    rows.map((row) => row.itemRef),
  )
  return rows.map((row) => judge(row, seen.get(row.itemRef)))
}

async function listings(client: ToyClient, refs: string[]): Promise<Map<string, RemoteListing>> {
  try {
    const { events } = await pullItemsByRef(client, [...new Set(refs)])
    return new Map(events.flatMap((event) => (event.kind === 'listing-seen' ? [[event.listing.itemRef, event.listing]] : [])))
  } catch (error) {
    // Whatever became of the read, nothing has been written.
    if (!(error instanceof RemoteError)) throw error
    const { kind, code, message, retryAfterMs, only, facts } = error
    throw new RemoteError(kind, code, message, { executed: 'no', only, facts, cause: error, ...(retryAfterMs === null ? {} : { retryAfterMs }) })
  }
}

function judge(change: Change, listing: RemoteListing | undefined): Outcome | null {
  const refuse = (code: 'item-gone' | 'link-moved' | 'not-tracked' | 'not-stocked'): Outcome => ({ kind: 'refused', code, said: 'read before writing' })
  if (listing === undefined) return refuse('item-gone')
  if (change.kind !== 'stock') return null
  if (listing.articleNumber !== change.articleNumber) return refuse('link-moved')
  if (listing.tracked === false) return refuse('not-tracked')
  const level = listing.levels.find((l) => l.placeRef === change.placeRef)
  if (level === undefined || !level.active) return refuse('not-stocked')
  return change.expected !== null && level.value !== change.expected ? { kind: 'stale', shows: level.value } : null
}
