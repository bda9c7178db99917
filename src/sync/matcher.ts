/** Finds our articles in the shop: the list of everything it has, joined by number in the database, and single look-ups for new ticks (S10). */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { Listing } from '../core/listings/listing.ts'
import { articlesOfItems, lookingArticles, markGone, markOthersGone, markUnseenGone, numbersOf, updateWalk, upsertFound, walkOf } from '../core/listings/listings.sql.ts'
import { saveListings } from '../core/listings/save-listings.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import { parts } from './parts.ts'
import { rematch } from './rematch.ts'
import type { Fence } from './turn.ts'

/** Younger than this, the list itself answers; older, the shop is asked for each number. */
const FRESH_MS = 10 * 60_000
/** More numbers than this are cheaper to find by reading the list. */
const MOST_SINGLE = 500

const byOf = (deps: SyncDeps, line: Line): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })
/** Inside the turn where there is one; a person's "match now" has none and needs none: it writes only what the shop shows. */
const inside = <T>(deps: SyncDeps, line: Line, fence: Fence | null, work: (tx: Tx) => Promise<T>): Promise<T> =>
  fence === null ? deps.db.inCompany(line.companyId, work) : fence.inTurn(work)

/** Exact number: one item = matched, none = missing, several = ambiguous. Returns how many links changed. */
export async function matchLinks(deps: SyncDeps, line: Line, fence: Fence | null, articleIds: number[] | 'all'): Promise<number> {
  const walk = await inside(deps, line, fence, (tx) => walkOf(tx, line.listenerId))
  const fresh = walk.at !== null && deps.clock.now().getTime() - walk.at.getTime() < FRESH_MS
  if (articleIds === 'all' || articleIds.length > MOST_SINGLE) {
    if (walk.at === null) await refreshListings(deps, line, true, fence)
  } else if (!fresh) await lookUp(deps, line, fence, articleIds)
  return inside(deps, line, fence, (tx) => rematch(tx, line.listenerId, articleIds === 'all' ? null : articleIds, byOf(deps, line)))
}

/** What is looked for since the last time: new ticks. */
export async function matchWaiting(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  const looking = await fence.inTurn((tx) => lookingArticles(tx, line.listenerId, MOST_SINGLE + 1))
  if (looking.length === 0) return false
  await matchLinks(deps, line, fence, looking.length > MOST_SINGLE ? 'all' : looking.map((row) => row.articleId))
  return true
}

/** Asks the shop for these very numbers. */
async function lookUp(deps: SyncDeps, line: Line, fence: Fence | null, articleIds: number[]): Promise<void> {
  const numbers = (await inside(deps, line, fence, (tx) => numbersOf(tx, articleIds))).map((row) => row.number)
  for (const part of parts(numbers, line.connector.limits.look)) {
    await fence?.ensure()
    const askedAt = deps.clock.now()
    const found = await line.remote.match(part)
    await inside(deps, line, fence, async (tx) => {
      const items = found.flatMap((match) => match.itemRefs.map((itemRef) => ({ itemRef, number: match.articleNumber })))
      await markOthersGone(
        tx,
        line.listenerId,
        part,
        items.map((item) => item.itemRef),
        askedAt,
      )
      if (items.length > 0) await upsertFound(tx, line.listenerId, items, askedAt)
    })
  }
}

/**
 * Reads the shop's list: all of it, or what is new since the last walk. A whole walk that was broken off goes on where it was;
 * only its end says what has gone. Links of everything that changed are matched page by page.
 */
export async function refreshListings(deps: SyncDeps, line: Line, full: boolean, fence: Fence | null = null): Promise<void> {
  let walk = await inside(deps, line, fence, (tx) => walkOf(tx, line.listenerId))
  if (walk.from === null && (full || walk.cursor === null)) walk = { ...walk, cursor: null, from: deps.clock.now() }
  for (;;) {
    await fence?.ensure()
    const askedAt = deps.clock.now()
    const page = await line.remote.pull('articles', { cursor: walk.cursor }, 'backfill')
    walk = { ...walk, cursor: page.cursor }
    await inside(deps, line, fence, async (tx) => {
      const news = await takeIn(tx, line.listenerId, page.events, askedAt)
      if (news.length > 0)
        await rematch(
          tx,
          line.listenerId,
          (await articlesOfItems(tx, line.listenerId, news)).map((row) => row.articleId),
          byOf(deps, line),
        )
      if (page.more) return updateWalk(tx, line.listenerId, walk)
      if (walk.from !== null) {
        await markUnseenGone(tx, line.listenerId, walk.from, askedAt)
        await rematch(tx, line.listenerId, null, byOf(deps, line))
      }
      return updateWalk(tx, line.listenerId, { at: askedAt, cursor: walk.cursor, from: null })
    })
    if (!page.more) return
  }
}

/** The sights of a page; seen when they were asked for. Returns the items that are news. */
export async function takeIn(tx: Tx, listenerId: number, events: RemoteEvent[], askedAt: Date): Promise<string[]> {
  const seen: Listing[] = []
  const gone: string[] = []
  for (const event of events) {
    if (event.kind === 'listing-seen') seen.push(event.listing)
    if (event.kind === 'listing-gone') gone.push(event.itemRef)
  }
  if (gone.length > 0) await markGone(tx, listenerId, gone, askedAt)
  return [...(await saveListings(tx, listenerId, seen, askedAt)), ...gone]
}
