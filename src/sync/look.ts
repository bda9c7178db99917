/** Reads what the shop shows of some cells, by key. Identity and value come in the same answer: a number that moved to another item is never written (S10). */
import { type Page, type Priority, REFUSED_CODES, type RefusedCode, type RemoteListing } from '../connectors/contract.ts'
import { type CellNow, cellKey } from '../core/told/row.ts'
import type { Line } from './line.ts'

export type Sight =
  | { kind: 'shows'; value: number }
  /** It can't be told as it stands; a person or the matcher acts. */
  | { kind: 'refused'; code: RefusedCode; said: string }
  /** The answer didn't hold it: unknown, which changes nothing (L7). */
  | { kind: 'absent' }

/** Every cell has a sight in the answer. */
export async function lookAt(line: Line, cells: CellNow[], priority: Priority): Promise<Map<string, Sight>> {
  const items = [...new Set(cells.map((c) => c.itemRef))]
  const listings = new Map<string, RemoteListing>()
  const gone = new Set<string>()
  for (let n = 0; n < items.length; n += line.connector.limits.look) {
    const page: Page = await line.remote.pull('stock', { keys: items.slice(n, n + line.connector.limits.look) }, priority)
    for (const event of page.events) {
      if (event.kind === 'listing-seen') listings.set(event.listing.itemRef, event.listing)
      if (event.kind === 'listing-gone') gone.add(event.itemRef)
    }
  }
  return new Map(cells.map((cell) => [cellKey(cell), sightOf(cell, listings.get(cell.itemRef), gone.has(cell.itemRef))]))
}

export function sightOf(cell: Pick<CellNow, 'articleNumber' | 'placeRef'>, listing: RemoteListing | undefined, gone: boolean): Sight {
  const refuse = (code: RefusedCode, said = ''): Sight => ({ kind: 'refused', code, said })
  if (gone) return refuse('item-gone')
  if (listing === undefined) return { kind: 'absent' }
  if (listing.articleNumber !== cell.articleNumber) return refuse('link-moved', listing.articleNumber ?? '')
  if (listing.unwritable !== null) return isCode(listing.unwritable) ? refuse(listing.unwritable) : refuse('value-refused', listing.unwritable)
  if (listing.tracked === false) return refuse('not-tracked')
  const level = listing.levels.find((l) => l.placeRef === cell.placeRef)
  if (level === undefined || !level.active) return refuse('not-stocked')
  if (level.value === null) return { kind: 'absent' }
  return { kind: 'shows', value: level.value }
}

const isCode = (text: string): text is RefusedCode => (REFUSED_CODES as readonly string[]).includes(text)
