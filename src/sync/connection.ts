/**
 * The work of one connection in one process, a step at a time: take the turn, close what is open, poll, tell what is dirty. The worker
 * calls `step` until nothing is left to do now; tests call it on a fake clock.
 */
import { randomUUID } from 'node:crypto'
import { RemoteError } from '../connectors/contract.ts'
import { listenerById } from '../core/listeners/listeners.sql.ts'
import { fast } from '../core/told/belief.ts'
import { type CellNow, cellKey } from '../core/told/row.ts'
import { lockNextDirty, nextHoldEnd, readCells, saveCells } from '../core/told/told.sql.ts'
import { claimed, confirmed } from '../core/told/transitions.ts'
import { sizeOf } from '../db/courtesy.ts'
import { type Letter, sendBatch, storeBatch } from './batch.ts'
import { endFarWaits } from './clock-set-back.sql.ts'
import { comeBack, comesBackAt } from './come-back.ts'
import { settleDifferences } from './compare.ts'
import { decideFast } from './decide.ts'
import type { SyncDeps } from './deps.ts'
import { drain } from './drain.ts'
import { type Due, whatIsDue } from './due.ts'
import { fetchPdf } from './fetch-pdfs.ts'
import { documentKinds, handOverNext } from './hand-over.ts'
import { stepImport } from './import-products.ts'
import { type Line, lineOfRow } from './line.ts'
import { drainMaster } from './master.ts'
import { walkMaster } from './master-walk.ts'
import { closeOpenBatches } from './replay.ts'
import { countSent, stepRuns } from './runs.ts'
import { slowPath } from './slow-path.ts'
import { tellProduct } from './tell-products.ts'
import { tellStocking } from './tell-stocking.ts'
import { LONGEST_WAIT_MS, remoteAnswered, remoteFailed, waitMs, waitsUntil } from './throttle.ts'
import { type Turn, TurnLost, takeTheTurn } from './turn.ts'
import { isExplained } from './well.ts'
import { rulesOf, type Work } from './work.ts'

export interface Stepped {
  /** Something was done: step again at once. */
  did: boolean
  /** Nothing to do before this, unless rung. Null = only when rung. */
  nextAt: Date | null
}

export interface Connection {
  step(): Promise<Stepped>
  /** Finishes nothing, keeps nothing, lets another process have the turn. */
  letGo(): Promise<void>
  /** As after a kill -9: forgets everything and tells nobody. Tests only reach for it. */
  die(): void
}

/** Taking the turn and looking for what it inherits is a third of what a sale waits for on its way to the shop. */
const IDLE_MS = 3_000
/** Clocks are moved a little all the time; that hurts nobody. */
const CLOCK_SLACK_MS = 60_000
/** Of five batches one is kept for backfill while live changes keep coming (S12). */
const LIVE_BATCHES_IN_A_ROW = 4
/** Somebody may be watching a run. */
const COUNT_EVERY_MS = 5_000

export function openConnection(deps: SyncDeps, companyId: number, listenerId: number): Connection {
  const holder = randomUUID()
  const slow = slowPath()
  let turn: Turn | null = null
  let inherited = false
  /** Nothing to do since the last step: the turn is kept until then. */
  let idleUntil: Date | null = null
  let liveInARow = 0
  /** Bulk work has to wait until then, and a sale has not. */
  let backfillFrom: Date | null = null
  let stockedLast = false
  let readLast = false
  let toldProductLast = false
  /** Of five products one is kept for what a run queued, while live changes keep coming. */
  let productsInARow = 0
  let countedAt: Date | null = null
  /** Cells the last claim found: more of the same is big work. */
  let lastClaimed = 0
  /** Halved when the remote refuses a batch as a whole, doubled back when one is taken (R29). */
  let most: number | null = null
  /** Of the last step; an earlier one now means that the clock was set back. */
  let seenAt: Date | null = null
  const log = deps.log.child({ company: companyId, listener: listenerId })

  const forget = () => {
    slow.forget()
    turn = null
    inherited = false
    idleUntil = null
  }

  async function step(): Promise<Stepped> {
    const { line, due } = await look()
    const now = deps.clock.now()
    if (line === null || due === null) return stand(null)
    const isPaused = line.listener.state === 'paused'
    if (line.listener.state !== 'active') {
      const comesBack = isPaused ? await comesBackAt(deps, line) : null
      if (comesBack === null || comesBack > now) return stand(comesBack)
    } else {
      const quiet = waitsUntil(line.listener, now)
      if (quiet !== null) return { did: false, nextAt: quiet }
    }
    if (seenAt === null || now.getTime() < seenAt.getTime() - CLOCK_SLACK_MS) await endFarWaitsOf(deps, line)
    seenAt = now
    if (turn === null) {
      const taken = await takeTheTurn(deps.db, deps.clock, companyId, listenerId, holder)
      // Somebody else works: look again when their lease is over.
      if ('busyUntil' in taken) return { did: false, nextAt: taken.busyUntil }
      turn = taken
    }
    const work: Work = { deps, line, turn, rules: rulesOf(line), doing: 'read' }
    try {
      await turn.ensure()
      if (isPaused) await comeBack(deps, line, turn)
      else if (!due.tells && slow.size > 0) await letGo()
      else if (!(await act(work, due))) {
        // Nothing is left to do: whatever failed has gone well since, or isn't wanted any more.
        for (const of of ['read', 'write'] as const) await remoteAnswered(deps, line, of)
        return rest(await nextDue())
      }
      idleUntil = null
      return { did: true, nextAt: null }
    } catch (error) {
      if (error instanceof TurnLost) {
        log.warn({}, 'the turn was taken over')
        forget()
        return { did: true, nextAt: null }
      }
      if (!(error instanceof RemoteError)) {
        await letGo()
        throw error
      }
      if (error.only === 'backfill' && inherited) {
        backfillFrom = new Date(deps.clock.now().getTime() + waitMs(error, 0))
        return { did: true, nextAt: null }
      }
      inherited = false
      if (await isExplained(deps, line, error)) return { did: true, nextAt: null }
      if (error.kind === 'refused') most = Math.max(1, Math.floor((most ?? line.connector.limits.batch) / 2))
      await remoteFailed(deps, companyId, listenerId, error, work.doing)
      return { did: true, nextAt: null }
    }
  }

  /** The connection as it is now, and what it has to ask the shop. */
  const look = () =>
    deps.db.inCompany(companyId, async (tx) => {
      const listener = await listenerById(tx, listenerId)
      const line = lineOfRow(deps, companyId, listener)
      return { line, due: listener === null ? null : await whatIsDue(tx, listener, line === null ? [] : documentKinds(line)) }
    })

  /** One thing, the most urgent first. */
  async function act(work: Work, due: Due): Promise<boolean> {
    if (!inherited && due.tells) {
      // Flights of a dead worker, a timeout or the last turn: closed before anything is claimed.
      if (await closeOpenBatches(work)) return true
      inherited = true
    }
    const now = deps.clock.now()
    const polls = due.pollAt !== null && due.pollAt <= now
    const asks = polls || (due.keysAt !== null && due.keysAt <= now)
    const handsOver = due.documentsAt !== null && due.documentsAt <= now
    if (work.line.connector.carries.master === true) {
      // Calls that never end don't keep orders from going over: they take turns.
      if (handsOver && (readLast || !asks) && (await handOverNext(work))) {
        readLast = false
        return true
      }
      readLast = asks
      if (asks) await drainMaster(deps, work.line, work.turn, polls ? 'poll' : 'keys')
      return asks || (await fetchPdf(deps, work.line, work.turn)) || (await walkMaster(deps, work.line, work.turn))
    }
    if (asks) {
      await drain(deps, work.line, work.turn, polls ? 'poll' : 'keys')
      return true
    }
    // Before the first dry run was confirmed the shop's numbers are only read. Products wait for nobody but the person who has them sent.
    const besides = async () => (await product(work, due, now)) || (await imports(work, due))
    if (work.line.listener.firstSyncedAt === null) return (due.run && (await stepRuns(deps, work.line, work.turn))) || (await besides())
    if (!due.tells) return (handsOver && (await handOverNext(work))) || (await besides()) || (due.leavesNumbers && due.run && (await stepRuns(deps, work.line, work.turn)))
    const backfillsTurn = liveInARow >= LIVE_BATCHES_IN_A_ROW
    if (!backfillsTurn && (await tell(work, 'live'))) return true
    const backfillWaits = backfillFrom !== null && backfillFrom > now
    if (await slow.advance(work, !backfillWaits)) return true
    // A sale goes first, and bulk work after.
    if (handsOver && (await handOverNext(work))) return true
    // What a person asked the shop to put right takes turns with bulk work.
    if (!stockedLast && due.stocking && (await stock(work))) return true
    stockedLast = false
    if (due.run && (countedAt === null || now.getTime() - countedAt.getTime() >= COUNT_EVERY_MS)) {
      countedAt = now
      await countSent(deps, work.line, work.turn)
    }
    // Products take turns with bulk work too: a price is told while a whole catalogue's numbers are.
    if (!toldProductLast && (await product(work, due, now))) return true
    toldProductLast = false
    if (!backfillWaits && (await tell(work, 'backfill'))) return true
    if (due.stocking && (await stock(work))) return true
    if (await product(work, due, now)) return true
    if (backfillsTurn && (await tell(work, 'live'))) return true
    if (!backfillWaits && due.run && (await stepRuns(deps, work.line, work.turn))) return true
    if (!backfillWaits && (await imports(work, due))) return true
    if (due.differences) await settleDifferences(deps, work.line, work.turn)
    return false
  }

  /** Claims dirty cells of a lane. Those the fast path may take are composed in the same transaction and sent; the others go round (R14). */
  async function tell(work: Work, lane: 'live' | 'backfill'): Promise<boolean> {
    const { line, rules } = work
    const limit = Math.min(most ?? line.connector.limits.batch, line.connector.limits.batch, slow.room)
    const claim = await work.turn.inTurn(async (tx) => {
      const now = deps.clock.now()
      const locked = await lockNextDirty(tx, line.listenerId, work.turn.token, lane, now, rules.compares && rules.ruleKnown && !rules.resendPending, limit)
      if (locked.length === 0) return null
      const cells = await readCells(
        tx,
        line.listenerId,
        locked.map((r) => ({ articleId: r.entity_id, locationId: r.location_id })),
      )
      const letters: Letter[] = []
      const saved: CellNow[] = []
      const round: CellNow[] = []
      for (const row of cells.map((c) => claimed(c, work.turn.token))) {
        if (!fast(row, rules)) {
          round.push(row)
          continue
        }
        const decision = decideFast(row)
        if (decision.kind === 'write') letters.push({ row, sample: row, decision, answers: [] })
        else saved.push(confirmed(row, { version: row.wanted, anchor: row.anchor, doubt: row.doubt, answers: [], value: decision.value, now }))
      }
      if (saved.length + round.length > 0) await saveCells(tx, line.listenerId, [...saved, ...round])
      return { claimed: cells.length, round, letters, batch: letters.length > 0 ? await storeBatch(tx, work, letters, lane) : null }
    }, sizeOf(lastClaimed))
    lastClaimed = claim?.claimed ?? 0
    if (claim === null) {
      if (lane === 'live') liveInARow = 0
      return false
    }
    liveInARow = lane === 'live' ? liveInARow + 1 : 0
    slow.take(claim.round, deps.clock.now())
    if (claim.batch === null) return true
    const fates = await sendBatch(work, claim.batch, false)
    if ([...fates.values()].includes('unknown')) inherited = false
    if ([...fates.values()].includes('done') && most !== null) most = most * 2 >= line.connector.limits.batch ? null : most * 2
    // The shop shows something else than we believed: look, in the same turn.
    const stale = claim.letters.map((l) => l.row).filter((row) => fates.get(cellKey(row)) === 'stale')
    if (stale.length > 0) await takeStale(work, stale)
    return true
  }

  async function stock(work: Work): Promise<boolean> {
    stockedLast = await tellStocking(work)
    // A row of it whose answer was lost is closed before anything else is claimed.
    if (stockedLast) inherited = false
    return stockedLast
  }

  async function product(work: Work, { productsAt }: Due, now: Date): Promise<boolean> {
    // Products are bulk work: a shop that asked for that to wait is told of none, and of sales all the same.
    if (productsAt === null || productsAt > now || (backfillFrom !== null && backfillFrom > now)) return false
    toldProductLast = await tellProduct(work, productsInARow >= LIVE_BATCHES_IN_A_ROW)
    productsInARow = productsInARow >= LIVE_BATCHES_IN_A_ROW ? 0 : productsInARow + 1
    return toldProductLast
  }

  /** Where no numbers are told, the take-over of an import is worked on all the same. */
  const imports = async (work: Work, due: Due): Promise<boolean> =>
    due.imports && ((!due.tells && due.run && (await stepRuns(deps, work.line, work.turn))) || (await stepImport(deps, work.line, work.turn)))

  async function takeStale(work: Work, stale: CellNow[]): Promise<void> {
    const rows = await work.turn.inTurn((tx) => readCells(tx, work.line.listenerId, stale))
    slow.take(
      rows.filter((row) => row.held === work.turn.token),
      deps.clock.now(),
      1,
    )
  }

  async function nextDue(): Promise<Date | null> {
    return deps.db.inCompany(companyId, async (tx) => {
      const listener = await listenerById(tx, listenerId)
      if (listener === null) return null
      const line = lineOfRow(deps, companyId, listener)
      const { pollAt, keysAt, tells, documentsAt, productsAt } = await whatIsDue(tx, listener, line === null ? [] : documentKinds(line))
      const now = deps.clock.now()
      const bulkAt = backfillFrom !== null && backfillFrom > now ? backfillFrom : null
      if (!tells) return earliest([pollAt, keysAt, documentsAt, bulkAt ?? productsAt])
      const roundAt = slow.nextAt()
      return earliest([
        await nextHoldEnd(tx, listenerId, now),
        bulkAt === null || (roundAt !== null && roundAt > now) ? roundAt : null,
        bulkAt,
        pollAt,
        keysAt,
        documentsAt,
        bulkAt === null ? productsAt : null,
      ])
    })
  }

  /** Nothing to do now: the turn is kept a little while for the next sale, and then given back unless cells are on their way round. */
  async function rest(nextAt: Date | null): Promise<Stepped> {
    const now = deps.clock.now()
    if (slow.size > 0 || turn === null) return { did: false, nextAt }
    idleUntil ??= new Date(now.getTime() + IDLE_MS)
    if (idleUntil > now) return { did: false, nextAt: earliest([nextAt, idleUntil]) }
    await letGo()
    return { did: false, nextAt }
  }

  /** It isn't to be worked on: another process may as well have the turn. */
  async function stand(nextAt: Date | null): Promise<Stepped> {
    if (turn !== null) await letGo()
    return { did: false, nextAt }
  }

  async function letGo(): Promise<void> {
    const mine: Turn | null = turn
    forget()
    if (mine !== null) await mine.giveBack()
  }

  return { step, letGo, die: forget }
}

/** Before the first step too: a process that died while the clock was wrong left the same behind. */
async function endFarWaitsOf(deps: SyncDeps, { companyId, listenerId, listener }: Line): Promise<void> {
  const now = deps.clock.now()
  const later = (ms: number) => new Date(now.getTime() + ms)
  await deps.db.inCompany(companyId, (tx) => endFarWaits(tx, listenerId, { now, longest: later(LONGEST_WAIT_MS), lands: later(listener.maxFlightMs) }))
}

export function earliest(times: (Date | null)[]): Date | null {
  const given = times.filter((t): t is Date => t !== null)
  return given.length === 0 ? null : new Date(Math.min(...given.map((t) => t.getTime())))
}
