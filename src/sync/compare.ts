/**
 * The comparison: every number of a shop is read, a page at a time, and held beside what we believe. It finds what no event told: a hand
 * edit, a lost hook, a number that could not be sent. It never writes to the shop: a difference is a request to look, and the ordinary
 * way decides (R24).
 */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { articlesOfItems } from '../core/listings/listings.sql.ts'
import { lockRun, type RunRow, updateCursor, updateRunState } from '../core/runs/runs.sql.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { cellKey } from '../core/told/row.ts'
import { sizeOf } from '../db/courtesy.ts'
import type { Tx } from '../db/open.ts'
import { type Compared, comparedCells, countCompared, nextCompared } from './compare.sql.ts'
import type { SyncDeps } from './deps.ts'
import { nameStuck, recordDifferences, settleRested } from './difference.sql.ts'
import type { Line } from './line.ts'
import { takeIn } from './matcher.ts'
import { grouped, parts } from './parts.ts'
import { rematch } from './rematch.ts'
import type { Fence } from './turn.ts'

/** One page. Always did something. */
export async function compareNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  const { listenerId } = line
  const { look } = line.connector.limits
  const by: By = { actor: `listener:${listenerId}`, now: deps.clock.now() }
  const page = await fence.inTurn(async (tx) => {
    const next = await nextCompared(tx, listenerId, Number(run.cursor ?? 0), look)
    const articleIds = next.map((row) => row.articleId)
    return { next, articleIds, before: await comparedCells(tx, listenerId, articleIds, by.now) }
  })
  const last = page.articleIds.at(-1)
  if (last === undefined) {
    await fence.inTurn(async (tx) => {
      // A person may have paused or cancelled it meanwhile.
      if ((await lockRun(tx, run.id))?.state === run.state) await updateRunState(tx, run.id, 'done', deps.clock.now())
    })
    return true
  }
  const events: RemoteEvent[] = []
  for (const keys of parts([...new Set(page.next.flatMap((row) => row.itemRefs))], look)) {
    await fence.ensure()
    events.push(...(await line.remote.pull('stock', { keys }, 'backfill')).events)
  }
  await fence.inTurn(async (tx) => {
    const news = await takeIn(tx, listenerId, events, by.now)
    if (news.length > 0) {
      const moved = (await articlesOfItems(tx, listenerId, news)).map((row) => row.articleId)
      await rematch(tx, listenerId, moved, by, { news })
    }
    const cells = (await comparedCells(tx, listenerId, page.articleIds, by.now)).filter((cell) => cell.shows !== null)
    const differ = differing(cells, page.before)
    if (differ.length > 0) await report(tx, listenerId, differ, by)
    await countCompared(tx, run.id, { cells: cells.length, differ: differ.length })
    await updateCursor(tx, run.id, String(last))
  }, sizeOf(events.length))
  return true
}

/**
 * A number that was believed just before it was read was no difference: an order taken in since moved the belief. What can't be told is
 * held beside what it should show, the others beside what we believe.
 */
function differing(cells: Compared[], before: Compared[]): Compared[] {
  const believed = new Map(before.map((cell) => [cellKey(cell), cell.believed]))
  const floor = (value: number | null | undefined) => Math.max(0, value ?? 0)
  return cells.filter((cell) => {
    if (cell.takes) return cell.reason === null && cell.theirs !== cell.believed && cell.theirs !== believed.get(cellKey(cell))
    if (cell.reason !== null) return floor(cell.theirs) !== cell.ours
    return floor(cell.theirs) !== floor(cell.believed) && cell.theirs !== believed.get(cellKey(cell))
  })
}

async function report(tx: Tx, listenerId: number, differ: Compared[], by: By): Promise<void> {
  await recordDifferences(
    tx,
    listenerId,
    'compare',
    differ.filter((cell) => !cell.takes),
    by.now,
  )
  const toLook = differ.filter((cell) => cell.reason === null)
  for (const [locationId, group] of grouped(toLook, (cell) => cell.locationId))
    await askLooks(tx, listenerId, { articleIds: group.map((cell) => cell.articleId), locationIds: [locationId] }, { lane: 'backfill', why: 'asked' }, by)
}

/** Nothing else is to be done: what came to rest is settled, what can't be told says so. */
export async function settleDifferences(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  await fence.inTurn(async (tx) => {
    await nameStuck(tx, line.listenerId)
    await settleRested(tx, line.listenerId, deps.clock.now())
  })
}
