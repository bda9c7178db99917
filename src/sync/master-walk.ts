/** The walk over everything a master has: at first, when a person asks, and every night. What it alone finds has been told by nobody, and is counted so that the shop learns of it. */
import type { RemoteEvent } from '../connectors/contract.ts'
import { companyById } from '../core/companies/companies.sql.ts'
import { allListeners } from '../core/listeners/listeners.sql.ts'
import { markUnseenGone } from '../core/listings/listings.sql.ts'
import { must } from '../kit/assert.ts'
import type { SyncDeps } from './deps.ts'
import { type FeedCursor, feedCursor, saveFeedCursor } from './feed-cursor.sql.ts'
import { keysAsked } from './inbox.sql.ts'
import type { Line } from './line.ts'
import { numbersByKey, openDesk, sandwich, sweep } from './master.ts'
import { isChange } from './master-numbers.ts'
import { countChanges } from './master-tally.sql.ts'
import { isNightFor } from './night.ts'
import type { Fence } from './turn.ts'

const HOUR_MS = 3_600_000
/** A night with less than this behind the last walk needs none of its own. */
const LEAST_MS = 12 * HOUR_MS
/** Whoever is switched off at night walks by day. */
const MOST_MS = 36 * HOUR_MS

/** One page of it; false when none goes on and none is due. */
export async function walkMaster(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  const now = deps.clock.now()
  const { walk, timeZone } = await fence.inTurn(async (tx) => ({
    walk: await feedCursor(tx, line.listenerId, 'articles'),
    timeZone: must(await companyById(tx, line.companyId), 'the company').timeZone,
  }))
  if (!isWalkDue(walk, line.listenerId, now, timeZone)) return false
  const desk = await openDesk(deps, line, fence)
  if (desk.locationId === null) return false
  await fence.ensure()
  const standing: FeedCursor = walk.beganAt === null ? { cursor: null, beganAt: now, endedAt: walk.endedAt, found: 0 } : walk
  let [next, page, told]: [FeedCursor, RemoteEvent[], Set<string>] = [standing, [], new Set()]
  await sandwich(desk, {
    numbers: async (also) => {
      // What was changed a moment ago is told by the sweep.
      told = new Set([...also, ...(walk.endedAt === null ? [] : (await sweep(desk)).numbers)])
      const read = await line.remote.pull('articles', { cursor: standing.cursor }, 'backfill')
      page = read.events
      next = read.more ? { ...standing, cursor: read.cursor } : { ...standing, cursor: null, beganAt: null, endedAt: now }
      return [...page, ...(await numbersByKey(desk, also))]
    },
    afterwards: async (tx, { said }) => {
      const changed = page.flatMap((event) => (event.kind === 'listing-seen' && isChange(said(event.listing.itemRef)) ? [event.listing.itemRef] : []))
      const asked = new Set((await keysAsked(tx, line.listenerId, 'stock', changed)).map((row) => row.key))
      const walked = changed.filter((key) => !told.has(key) && !asked.has(key)).length
      await countChanges(tx, line.listenerId, now, { called: 0, swept: 0, walked })
      await saveFeedCursor(tx, line.listenerId, 'articles', { ...next, found: standing.found + walked })
      if (next.beganAt !== null || standing.beganAt === null) return
      await markUnseenGone(tx, line.listenerId, standing.beganAt, now)
      // After a restore the shops have waited for it.
      if (walk.endedAt === null) for (const listener of await allListeners(tx)) tx.ring(listener.id)
    },
  })
  return true
}

/** `beganAt` without an end goes on; never ended = the first. */
function isWalkDue({ beganAt, endedAt }: FeedCursor, listenerId: number, now: Date, timeZone: string): boolean {
  if (beganAt !== null || endedAt === null) return true
  const sinceMs = now.getTime() - endedAt.getTime()
  return sinceMs > MOST_MS || (sinceMs > LEAST_MS && isNightFor(listenerId, now, timeZone))
}
