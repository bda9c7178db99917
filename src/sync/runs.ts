/** Long jobs of a connection: match, first sync, sync-all, take-over, compare. A dry run first, then only differences; broken off, they go on where they were. */
import type { By } from '../core/by.ts'
import { listenerById, lockListener, updateFirstSynced } from '../core/listeners/listeners.sql.ts'
import { Refusal } from '../core/refusal.ts'
import {
  countLinks,
  fillSyncItems,
  fillTakeOverItems,
  insertRun,
  itemsLeft,
  lockRun,
  nextArticles,
  noteWanted,
  type RunKind,
  type RunRow,
  recount,
  runById,
  runsGoingOn,
  runsToWorkOn,
  settleItems,
  unaskedItems,
  updateCursor,
  updateRunState,
} from '../core/runs/runs.sql.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { planForMany } from '../db/for-many.ts'
import { must, unreachable } from '../kit/assert.ts'
import { compareNext } from './compare.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import { takeIn, walkFromStart, walkOn } from './matcher.ts'
import { grouped } from './parts.ts'
import { rematch } from './rematch.ts'
import { takeOverNext } from './take-over.ts'
import type { Fence } from './turn.ts'

/** Cells marked at once; between two such steps whatever is live goes first. */
const MARK = 1_000

/** While one of its kind is going on, that one is answered (S5). */
export async function startRun(deps: SyncDeps, companyId: number, listenerId: number, kind: RunKind, by: By): Promise<RunRow> {
  return deps.db.inCompany(companyId, async (tx) => {
    await lockListener(tx, listenerId)
    const listener = await listenerById(tx, listenerId)
    if (listener === null || listener.state === 'gone') throw new Refusal('not-found')
    if (listener.state !== 'active') throw new Refusal('not-ready', { missing: 'active' })
    const standing = (await runsGoingOn(tx, listenerId)).find((run) => run.kind === kind)
    if (standing !== undefined) return standing
    const { id } = await insertRun(tx, listenerId, kind, by.actor, by.now)
    if (kind === 'match') await walkFromStart(tx, listenerId, by.now)
    tx.ring(listenerId)
    return must(await runById(tx, id), 'the run')
  })
}

/** A person has seen what would be sent. Pressed twice it is the same run. */
export const confirmRun = (deps: SyncDeps, companyId: number, runId: number, by: By): Promise<RunRow> => change(deps, companyId, runId, { from: 'ready', to: 'sending' }, by)

/** What was marked already is still told; nothing more is marked. */
export const cancelRun = (deps: SyncDeps, companyId: number, runId: number, by: By): Promise<RunRow> => change(deps, companyId, runId, { from: null, to: 'cancelled' }, by)

async function change(deps: SyncDeps, companyId: number, runId: number, { from, to }: { from: 'ready' | null; to: 'sending' | 'cancelled' }, by: By): Promise<RunRow> {
  return deps.db.inCompany(companyId, async (tx) => {
    await lockRun(tx, runId)
    const run = await runById(tx, runId)
    if (run === null) throw new Refusal('not-found')
    if (run.state === to) return run
    if (run.endedAt !== null) throw new Refusal('run-over', { state: run.state })
    if (from !== null && run.state !== from) throw new Refusal('not-ready', { missing: 'ready', state: run.state })
    await updateRunState(tx, runId, to, by.now)
    if (to === 'sending' && tells(run.kind)) await updateFirstSynced(tx, run.listenerId, by.now)
    tx.ring(run.listenerId)
    return must(await runById(tx, runId), 'the run')
  })
}

/** Confirming one of these lets the shop be written from then on. */
const tells = (kind: RunKind): boolean => kind === 'first-sync' || kind === 'sync-all'

/** One step of the oldest run that has something to do. False when all of them wait: for a person, for rows to become clean, for the feed. */
export async function stepRuns(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  for (const run of await fence.inTurn((tx) => runsToWorkOn(tx, line.listenerId))) if (await stepRun(deps, line, fence, run)) return true
  return false
}

function stepRun(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  switch (run.kind) {
    case 'match':
      return stepMatch(deps, line, fence, run)
    case 'first-sync':
    case 'sync-all':
      return run.state === 'looking' ? lookNext(deps, line, fence, run) : markNext(deps, line, fence, run)
    case 'take-over':
      return run.state === 'looking' ? lookNext(deps, line, fence, run) : takeOverNext(deps, line, fence, run)
    case 'compare':
      return compareNext(deps, line, fence, run)
    default:
      return unreachable(run.kind)
  }
}

async function stepMatch(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  if (await walkOn(deps, line, fence)) return true
  await fence.inTurn(async (tx) => {
    const now = deps.clock.now()
    await rematch(tx, line.listenerId, null, { actor: `listener:${line.listenerId}`, now })
    await countLinks(tx, run.id, line.listenerId)
    await updateRunState(tx, run.id, 'done', now)
  })
  return true
}

/** The dry run: reads the shop's numbers a page at a time and writes down what stands there and what is to. */
async function lookNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  const next = await fence.inTurn((tx) => nextArticles(tx, line.listenerId, Number(run.cursor ?? 0), line.connector.limits.look))
  const last = next.at(-1)
  if (last === undefined) {
    await fence.inTurn(async (tx) => {
      await recount(tx, run.id)
      const { n } = await itemsLeft(tx, run.id)
      await updateRunState(tx, run.id, n === 0 ? 'done' : 'ready', deps.clock.now())
      // Nothing differs: there is nothing to confirm.
      if (n === 0 && run.total > 0 && tells(run.kind)) await updateFirstSynced(tx, line.listenerId, deps.clock.now())
    })
    return true
  }
  await fence.ensure()
  const askedAt = deps.clock.now()
  const page = await line.remote.pull('stock', { keys: next.map((row) => row.itemRef) }, 'backfill')
  await fence.inTurn(async (tx) => {
    await takeIn(tx, line.listenerId, page.events, askedAt)
    const fill = run.kind === 'take-over' ? fillTakeOverItems : fillSyncItems
    await fill(
      tx,
      line.listenerId,
      run.id,
      next.map((row) => row.articleId),
    )
    await updateCursor(tx, run.id, String(last.articleId))
    await recount(tx, run.id)
  })
  return true
}

/** Marks cells that differ or aren't known; the turn tells them like any other, after what is live. Done when every row is clean or refused. */
async function markNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  return fence.inTurn(async (tx) => {
    const now = deps.clock.now()
    const by = { actor: `listener:${line.listenerId}`, now }
    await planForMany(tx, null)
    const cells = await unaskedItems(tx, run.id, MARK)
    for (const [locationId, group] of grouped(cells, (cell) => cell.locationId))
      await askLooks(tx, line.listenerId, { articleIds: group.map((cell) => cell.articleId), locationIds: [locationId] }, { lane: 'backfill', why: 'asked' }, by)
    if (cells.length > 0) await noteWanted(tx, line.listenerId, run.id, cells)
    const settled = await settleItems(tx, line.listenerId, run.id)
    if (cells.length === 0 && settled === 0) return false
    await recount(tx, run.id)
    if ((await itemsLeft(tx, run.id)).n === 0) await updateRunState(tx, run.id, 'done', now)
    return true
  })
}
