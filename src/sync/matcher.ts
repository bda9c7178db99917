/** Finds our articles in the shop: the list of everything it has, joined by number in the database, and single look-ups for new ticks (S10). */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { Listing } from '../core/listings/listing.ts'
import { articlesOfItems, lookingArticles, markGone, markOthersGone, markUnseenGone, numbersOf, updateWalk, upsertFound, type Walk, walkOf } from '../core/listings/listings.sql.ts'
import { saveListings } from '../core/listings/save-listings.ts'
import { isCheckingIds } from '../core/runs/check-ids.sql.ts'
import { type Size, sizeOf } from '../db/courtesy.ts'
import { planForMany } from '../db/for-many.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import { lookAtTaken } from './look-at-taken.ts'
import { parts } from './parts.ts'
import { rematch } from './rematch.ts'
import type { Fence } from './turn.ts'

/** Younger than this, the list itself answers; older, the shop is asked for each number. */
const FRESH_MS = 10 * 60_000
/** More numbers than this are cheaper to find by reading the list. */
const MOST_SINGLE = 500
/** Between two walks over everything the shop has. */
const SWEEP_MS = 6 * 3_600_000

const byOf = (deps: SyncDeps, line: Line): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })
/** Inside the turn where there is one; a person's "match now" has none and needs none: it writes only what the shop shows. */
const inside = <T>(deps: SyncDeps, line: Line, fence: Fence | null, work: (tx: Tx) => Promise<T>, size: Size = 'small'): Promise<T> =>
  fence === null ? deps.db.inCompany(line.companyId, work, size) : fence.inTurn(work, size)

/** Exact number: one item = matched, none = missing, several = ambiguous; a saved id stays unless a person takes another. Returns how many links changed. */
export async function matchLinks(deps: SyncDeps, line: Line, fence: Fence | null, articleIds: number[] | 'all', ids: 'keep' | 'take' = 'keep'): Promise<number> {
  const asked = articleIds !== 'all' && articleIds.length <= MOST_SINGLE
  if (asked) await lookUp(deps, line, fence, articleIds)
  else if ((await inside(deps, line, fence, (tx) => walkOf(tx, line.listenerId))).at === null) await refreshListings(deps, line, true, fence)
  return inside(deps, line, fence, (tx) => rematch(tx, line.listenerId, articleIds === 'all' ? null : articleIds, byOf(deps, line), { asked, ids }))
}

/** New ticks: from the list while it is young, else the shop is asked for their numbers. */
export async function matchWaiting(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  const { looking, walk } = await fence.inTurn(async (tx) => ({ looking: await lookingArticles(tx, line.listenerId, MOST_SINGLE + 1), walk: await walkOf(tx, line.listenerId) }))
  if (looking.length === 0) return
  const articleIds = looking.map((row) => row.articleId)
  const fresh = walk.at !== null && deps.clock.now().getTime() - walk.at.getTime() < FRESH_MS
  if (fresh) await fence.inTurn((tx) => rematch(tx, line.listenerId, looking.length > MOST_SINGLE ? null : articleIds, byOf(deps, line)))
  else await matchLinks(deps, line, fence, looking.length > MOST_SINGLE ? 'all' : articleIds)
}

/** One page at a time, so that a long list never holds up what is live: everything is read anew every few hours, whatever hooks said or didn't. */
export async function sweepListings(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  const walk = await fence.inTurn((tx) => walkOf(tx, line.listenerId))
  const due = walk.at === null || deps.clock.now().getTime() - walk.at.getTime() >= SWEEP_MS
  if (walk.from === null && !due) return
  await nextPage(deps, line, fence, walk.from === null ? { ...walk, cursor: null, from: deps.clock.now() } : walk)
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
  let walk: Walk | null = await inside(deps, line, fence, (tx) => walkOf(tx, line.listenerId))
  if (walk.from === null && (full || walk.cursor === null)) walk = { ...walk, cursor: null, from: deps.clock.now() }
  while (walk !== null) walk = await nextPage(deps, line, fence, walk)
}

/** The next walk reads everything, whatever was read before. */
export const walkFromStart = async (tx: Tx, listenerId: number, now: Date): Promise<number> =>
  updateWalk(tx, listenerId, { ...(await walkOf(tx, listenerId)), cursor: null, from: now })

/** One page of the walk in progress; false when none is. */
export async function walkOn(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  const walk = await fence.inTurn((tx) => walkOf(tx, line.listenerId))
  if (walk.from === null) return false
  await nextPage(deps, line, fence, walk)
  return true
}

/** Takes in one page. Null when it was the last. */
async function nextPage(deps: SyncDeps, line: Line, fence: Fence | null, walk: Walk): Promise<Walk | null> {
  await fence?.ensure()
  const askedAt = deps.clock.now()
  const page = await line.remote.pull('articles', { cursor: walk.cursor }, 'backfill')
  const next: Walk = page.more ? { ...walk, cursor: page.cursor } : { at: askedAt, cursor: page.cursor, from: null }
  await inside(
    deps,
    line,
    fence,
    async (tx) => {
      const news = await takeIn(tx, line.listenerId, page.events, askedAt)
      // What a person's check finds is seen before it is saved; what it makes uncertain is frozen at once.
      const ids = (await isCheckingIds(tx, line.listenerId)) ? 'hold' : 'keep'
      if (news.length > 0) {
        await planForMany(tx, news.length)
        const articleIds = (await articlesOfItems(tx, line.listenerId, news)).map((row) => row.articleId)
        await rematch(tx, line.listenerId, articleIds, byOf(deps, line), { news, ids })
      }
      if (!page.more && walk.from !== null && (await markUnseenGone(tx, line.listenerId, walk.from, askedAt)) > 0)
        await rematch(tx, line.listenerId, null, byOf(deps, line), { ids })
      await lookAtTaken(tx, line.listenerId, page.events, byOf(deps, line))
      await updateWalk(tx, line.listenerId, next)
    },
    sizeOf(page.events.length),
  )
  return page.more ? next : null
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
