/** Takes in what a listener shows of its articles. Returns which items are news, for the matcher. */
import type { Tx } from '../../db/open.ts'
import type { Listing } from './listing.ts'
import { upsertLevels, upsertListings } from './listings.sql.ts'

/** `seenAt` = when it was asked for, or when the listener says it happened; an older sight never hides a newer one. */
export async function saveListings(tx: Tx, listenerId: number, listings: Listing[], seenAt: Date): Promise<string[]> {
  // The same item twice in one page (a page that moved while it was read): the last word counts.
  const unique = [...new Map(listings.map((listing) => [listing.itemRef, listing])).values()]
  if (unique.length === 0) return []
  const news = await upsertListings(tx, listenerId, unique, seenAt)
  const levels = unique.flatMap((listing) => [...new Map(listing.levels.map((level) => [level.placeRef, { itemRef: listing.itemRef, ...level }])).values()])
  const moved = levels.length === 0 ? [] : await upsertLevels(tx, listenerId, levels, seenAt)
  return [...new Set([...news, ...moved].map((row) => row.itemRef))]
}
