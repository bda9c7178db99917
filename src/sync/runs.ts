/** Long jobs of a connection: match, first sync, sync-all, take-over, compare. A dry run first, then only differences; broken off, they go on where they were. */
import type { By } from '../core/by.ts'
import { tellsNumbers } from '../core/catalogue/catalogues.sql.ts'
import { listenerById, lockListener, updateFirstSynced } from '../core/listeners/listeners.sql.ts'
import { articlesOfItems } from '../core/listings/listings.sql.ts'
import { Refusal } from '../core/refusal.ts'
import { canBeMended, fillLeftOut, fillSyncItems, refusedOnce } from '../core/runs/dry-run.sql.ts'
import {
  fillTakeOverItems,
  insertRun,
  itemsLeft,
  lockRun,
  nextArticles,
  noteWaiting,
  noteWanted,
  type RunKind,
  type RunRow,
  type RunState,
  recount,
  runById,
  runsGoingOn,
  runsToWorkOn,
  settleItems,
  skipUnmarked,
  unaskedItems,
  updateCursor,
  updateRunState,
} from '../core/runs/runs.sql.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { clearRefusals } from '../core/told/told.sql.ts'
import { planForMany } from '../db/for-many.ts'
import type { Tx } from '../db/open.ts'
import { must, unreachable } from '../kit/assert.ts'
import { endCheck, saveNext } from './check-ids.ts'
import { compareNext } from './compare.ts'
import type { SyncDeps } from './deps.ts'
import type { Line } from './line.ts'
import { takeIn, walkFromStart, walkOn } from './matcher.ts'
import { grouped } from './parts.ts'
import { rematch } from './rematch.ts'
import { takeOverNext } from './take-over.ts'
import type { Fence } from './turn.ts'
import { beginUndo, endUndoPreview, fillUndo, nextUndone, putBackCells, stillToPutBack, takeBoxes } from './undo-run.ts'

/** So many batches of cells are marked at once; between two such steps whatever is live goes first, and a pause comes no later than they. */
const MARK_BATCHES = 4

/** While one of its kind is going on, that one is answered (S5). One about other articles takes the place of a preview nobody confirmed. */
export async function startRun(deps: SyncDeps, companyId: number, listenerId: number, kind: RunKind, by: By, articleIds: number[] | null = null): Promise<RunRow> {
  return deps.db.inCompany(companyId, async (tx) => {
    await lockListener(tx, listenerId)
    const listener = await listenerById(tx, listenerId)
    if (listener === null || listener.state === 'gone') throw new Refusal('not-found')
    if (listener.state !== 'active') throw new Refusal('not-ready', { missing: 'active' })
    if (tells(kind) && !(await tellsNumbers(tx, listenerId))) throw new Refusal('not-ready', { missing: 'stock' })
    const articles = articleIds === null ? null : [...new Set(articleIds)].sort((a, b) => a - b)
    const standing = await inTheWay(tx, listenerId, kind, (run) => run.kind !== 'undo' && String(run.articles) === String(articles), by.now)
    if (standing !== null) return standing
    const { id } = await insertRun(tx, listenerId, { kind, articles }, by.actor, by.now)
    if (kind === 'match') await walkFromStart(tx, listenerId, by.now)
    tx.ring(listenerId)
    return must(await runById(tx, id), 'the run')
  })
}

/** The one of its kind that goes on, when it is the same; a preview of something else that nobody confirmed makes way. */
export async function inTheWay(tx: Tx, listenerId: number, kind: RunKind, same: (run: RunRow) => boolean, now: Date): Promise<RunRow | null> {
  const standing = (await runsGoingOn(tx, listenerId)).find((run) => run.kind === kind || (tells(run.kind) && tells(kind)))
  if (standing === undefined || same(standing)) return standing ?? null
  if (standing.confirmedAt !== null) throw new Refusal('run-going-on')
  await updateRunState(tx, standing.id, 'cancelled', now)
  return null
}

/** A person has seen what would be sent. Pressed twice it is the same run. */
export const confirmRun = (deps: SyncDeps, companyId: number, runId: number, by: By): Promise<RunRow> =>
  change(deps, companyId, runId, by, { from: ['ready'], already: ['sending'], to: () => 'sending' })

/** Nothing more is marked until somebody goes on; what is marked is still told. Holds over restarts. */
export const pauseRun = (deps: SyncDeps, companyId: number, runId: number, by: By): Promise<RunRow> =>
  change(deps, companyId, runId, by, { from: ['looking', 'sending'], already: ['paused'], to: () => 'paused' })

/** Goes on with what it was doing when it was paused. */
export const goOnWithRun = (deps: SyncDeps, companyId: number, runId: number, by: By): Promise<RunRow> =>
  change(deps, companyId, runId, by, { from: ['paused'], already: ['looking', 'sending'], to: (run) => (run.confirmedAt === null ? 'looking' : 'sending') })

/** What was marked already is still told; nothing more is marked. */
export const cancelRun = (deps: SyncDeps, companyId: number, runId: number, by: By): Promise<RunRow> =>
  change(deps, companyId, runId, by, { from: ['looking', 'ready', 'sending', 'paused'], already: ['stopping', 'cancelled'], to: () => 'cancelled' })

interface Step {
  from: RunState[]
  /** Pressed twice: nothing is left to do. */
  already: RunState[]
  to(run: RunRow): 'looking' | 'sending' | 'paused' | 'cancelled'
}
/** The listener's lock comes before the run's, as where a run is started. */
async function change(deps: SyncDeps, companyId: number, runId: number, by: By, step: Step): Promise<RunRow> {
  return deps.db.inCompany(companyId, async (tx) => {
    const known = await runById(tx, runId)
    if (known === null) throw new Refusal('not-found')
    await lockListener(tx, known.listenerId)
    await lockRun(tx, runId)
    const run = must(await runById(tx, runId), 'the run')
    if (step.already.includes(run.state)) return run
    if (run.endedAt !== null) throw new Refusal('run-over', { state: run.state })
    if (!step.from.includes(run.state)) throw new Refusal('not-ready', { missing: step.from[0] ?? run.state, state: run.state })
    const to = step.to(run)
    if (to === 'sending' && tells(run.kind) && !(await tellsNumbers(tx, run.listenerId))) throw new Refusal('not-ready', { missing: 'stock' })
    if (to === 'cancelled') await cancel(tx, run, by.now)
    else await updateRunState(tx, runId, to, by.now)
    if (to === 'sending' && tells(run.kind)) await beginSending(tx, run, by.now)
    tx.ring(run.listenerId)
    return must(await runById(tx, runId), 'the run')
  })
}

async function beginSending(tx: Tx, run: RunRow, now: Date): Promise<void> {
  if (run.kind === 'undo') return beginUndo(tx, run, now)
  await updateFirstSynced(tx, run.listenerId, now)
  await planForMany(tx, null)
  await noteWaiting(tx, run.listenerId, run.id)
}

async function cancel(tx: Tx, run: RunRow, now: Date): Promise<void> {
  await skipUnmarked(tx, run.id)
  // Matching and comparing count otherwise: they have no items.
  if (run.kind !== 'match' && run.kind !== 'compare') await recount(tx, run.id)
  const marked = tells(run.kind) ? (await itemsLeft(tx, run.id)).n : 0
  await updateRunState(tx, run.id, marked > 0 ? 'stopping' : 'cancelled', now)
}

/** Confirming one of these lets the shop be written from then on. */
const tells = (kind: RunKind): boolean => kind === 'first-sync' || kind === 'sync-all' || kind === 'undo'

/** Says how far those have come that are being sent, for whoever watches. Sending itself waits for nothing here. */
export async function countSent(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  for (const run of await fence.inTurn((tx) => runsToWorkOn(tx, line.listenerId)))
    if (run.state === 'sending' && tells(run.kind))
      await onRun(fence, run, async (tx) => {
        await settle(tx, run, deps.clock.now())
        return true
      })
}

/** One step of the oldest run that has something to do. False when all of them wait: for a person, for rows to become clean, for the feed. */
export async function stepRuns(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  for (const run of await fence.inTurn((tx) => runsToWorkOn(tx, line.listenerId))) if (await stepRun(deps, line, fence, run)) return true
  return false
}

function stepRun(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  if (run.state === 'paused' || run.state === 'stopping') return windDown(deps, fence, run)
  switch (run.kind) {
    case 'match':
      return run.state === 'looking' ? checkNext(deps, line, fence, run) : saveIds(deps, fence, run)
    case 'first-sync':
    case 'sync-all':
    case 'undo':
      return run.state === 'looking' ? lookNext(deps, line, fence, run) : markNext(deps, line, fence, run)
    case 'take-over':
      return run.state === 'looking' ? lookNext(deps, line, fence, run) : takeOverNext(deps, line, fence, run)
    case 'compare':
      return compareNext(deps, line, fence, run)
    default:
      return unreachable(run.kind)
  }
}

/** Work on a run in a transaction of the turn, unless a person has paused or cancelled it meanwhile. Whoever writes the listener too locks it before the run. */
async function onRun(fence: Fence, run: RunRow, work: (tx: Tx) => Promise<boolean>, writes: 'run' | 'listener' = 'run'): Promise<boolean> {
  return fence.inTurn(async (tx) => {
    if (writes === 'listener') await lockListener(tx, run.listenerId)
    const standing = await lockRun(tx, run.id)
    return standing?.state === run.state ? work(tx) : true
  }, 'big')
}

/** Reads the shop's list, page by page, then says what became of every ticked article's id. */
async function checkNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  if (await walkOn(deps, line, fence)) return true
  return onRun(
    fence,
    run,
    async (tx) => {
      await endCheck(tx, run, deps.clock.now())
      return true
    },
    'listener',
  )
}

function saveIds(deps: SyncDeps, fence: Fence, run: RunRow): Promise<boolean> {
  return onRun(fence, run, async (tx) => {
    await saveNext(tx, run, deps.clock.now())
    return true
  })
}

const nextToLookAt = (tx: Tx, run: RunRow, limit: number) => {
  const after = Number(run.cursor ?? 0)
  return run.kind === 'undo' ? nextUndone(tx, run, after, limit) : nextArticles(tx, run.listenerId, after, limit, run.articles)
}

/** The dry run: reads the shop's numbers a page at a time and writes down what stands there and what is to. */
async function lookNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  const next = await fence.inTurn((tx) => nextToLookAt(tx, run, line.connector.limits.look))
  const last = next.at(-1)
  if (last === undefined) return onRun(fence, run, (tx) => endLooking(tx, run, deps.clock.now()), 'listener')
  await fence.ensure()
  const askedAt = deps.clock.now()
  const page = await line.remote.pull('stock', { keys: next.map((row) => row.itemRef) }, 'backfill')
  return onRun(fence, run, async (tx) => {
    const news = await takeIn(tx, line.listenerId, page.events, askedAt)
    if (news.length > 0) {
      const moved = (await articlesOfItems(tx, line.listenerId, news)).map((row) => row.articleId)
      await rematch(tx, line.listenerId, moved, { actor: `listener:${line.listenerId}`, now: askedAt }, { news })
    }
    const articleIds = next.map((row) => row.articleId)
    if (run.kind === 'undo') await fillUndo(tx, run, articleIds)
    else if (run.kind === 'take-over') await fillTakeOverItems(tx, line.listenerId, run.id, articleIds, run.articles !== null)
    else await fillSyncItems(tx, line.listenerId, run.id, articleIds)
    await updateCursor(tx, run.id, String(last.articleId))
    await recount(tx, run.id)
    return true
  })
}

async function endLooking(tx: Tx, run: RunRow, now: Date): Promise<boolean> {
  if (run.kind === 'undo') return endUndoPreview(tx, run, now)
  if (tells(run.kind)) {
    await planForMany(tx, null)
    await fillLeftOut(tx, run.listenerId, run.id)
  }
  await recount(tx, run.id)
  const { n } = await itemsLeft(tx, run.id)
  await updateRunState(tx, run.id, n === 0 ? 'done' : 'ready', now)
  // Nothing differs: there is nothing to confirm. A shop that tracks nothing yet has been seen as well, and may be asked to.
  if (n === 0 && tells(run.kind) && (run.total > 0 || (await canBeMended(tx, run.id)))) await updateFirstSynced(tx, run.listenerId, now)
  return true
}

/** Marks cells that differ or aren't known; the turn tells them like any other, after what is live. Done when every row is clean or refused. */
async function markNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  return onRun(fence, run, async (tx) => {
    const now = deps.clock.now()
    const by = { actor: `listener:${line.listenerId}`, now }
    await planForMany(tx, null)
    const found = await unaskedItems(tx, run.id, line.connector.limits.batch * MARK_BATCHES)
    const cells = run.kind === 'undo' ? await stillToPutBack(tx, run, found, now) : found
    const again = await refusedOnce(tx, line.listenerId, cells)
    if (again.length > 0) await clearRefusals(tx, line.listenerId, again, now, 'backfill')
    if (run.kind === 'undo') await putBackCells(tx, run, cells, now)
    else
      for (const [locationId, group] of grouped(cells, (cell) => cell.locationId))
        await askLooks(tx, line.listenerId, { articleIds: group.map((cell) => cell.articleId), locationIds: [locationId] }, { lane: 'backfill', why: 'asked' }, by)
    if (cells.length > 0) await noteWanted(tx, line.listenerId, run.id, cells)
    return (await settle(tx, run, now, found.length > 0)) || found.length > 0
  })
}

/** What has become clean or was refused is counted, and the run is over when nothing is left. False when nothing has. */
async function settle(tx: Tx, run: RunRow, now: Date, marked = false): Promise<boolean> {
  // A sale that came after the number was told is told as well, before the box goes.
  const settled = await settleItems(tx, run.listenerId, run.id, now, run.kind === 'undo')
  if (settled === 0 && !marked) return false
  if (run.kind === 'undo') await takeBoxes(tx, run, now)
  await endWhenTold(tx, run, now)
  return true
}

/** Paused or cancelled: only what was marked is seen to its end. */
async function windDown(deps: SyncDeps, fence: Fence, run: RunRow): Promise<boolean> {
  if (run.confirmedAt === null || !tells(run.kind)) return false
  return onRun(fence, run, async (tx) => {
    return settle(tx, run, deps.clock.now())
  })
}

async function endWhenTold(tx: Tx, run: RunRow, now: Date): Promise<void> {
  await recount(tx, run.id)
  if ((await itemsLeft(tx, run.id)).n === 0) await updateRunState(tx, run.id, run.state === 'stopping' ? 'cancelled' : 'done', now)
}
