/**
 * One send: composed and stored in a transaction, sent, and its answer settled in another (R12, R13, R15, R29). No transaction spans
 * the network call. The same code settles a replay, whoever composed it.
 */
import { randomUUID } from 'node:crypto'
import { type Change, type Outcome, RemoteError } from '../connectors/contract.ts'
import { noteSends } from '../core/told/events.sql.ts'
import { type CellNow, cellKey, type Flight, type Rules } from '../core/told/row.ts'
import { lockCells, readCells, saveCells } from '../core/told/told.sql.ts'
import { done, MOST_TRIES, notExecuted, refused, released, sent, unknowable, unknown } from '../core/told/transitions.ts'
import { sizeOf } from '../db/courtesy.ts'
import type { Tx } from '../db/open.ts'
import { assert, unreachable } from '../kit/assert.ts'
import { deleteBatch, forgetFlights, insertBatch, type StoredBatch } from './batch.sql.ts'
import type { Decision } from './decide.ts'
import { noteTold, waitedMs } from './measure.ts'
import { type Fate, type Sent, sendsOf } from './send-events.ts'
import { isStocking, settleStocking } from './settle-stocking.ts'
import { remoteAnswered } from './throttle.ts'
import { noteWritten } from './undo-run.ts'
import type { Work } from './work.ts'

/** A cell to be told. `row` is as it stands now; `sample` is what the decision rests on, its version never newer than its value (R11). */
export interface Letter {
  row: CellNow
  sample: CellNow
  decision: Extract<Decision, { kind: 'write' }> | { kind: 'adjust'; delta: number; value: number }
  answers: string[]
}

/** A difference is checked again after this; at least the feed's lag (R20). */
export const GRACE_MS = 60_000
const PARTIAL_HOLD_MS = 5_000
/** A whole assortment that may only be lowered until somebody says that nothing is missing (R36): what lowers it goes out at once all the same (R23a). */
const RESTORED_HOLD_MS = 15 * 60_000

/** Cut only: looked at again after this, or when a send that may land can't any more (R23). */
export function partialHoldMs(row: CellNow, now: Date, { resendPending }: Pick<Rules, 'resendPending'>): number {
  const lands = row.looks.map((look) => (look.notBefore === undefined ? 0 : Date.parse(look.notBefore) - now.getTime()))
  return Math.max(resendPending ? RESTORED_HOLD_MS : PARTIAL_HOLD_MS, ...lands)
}

const toChange = ({ row: cell, decision }: Letter): Change =>
  decision.kind === 'adjust'
    ? { kind: 'stock-adjust', itemRef: cell.itemRef, placeRef: cell.placeRef, articleNumber: cell.articleNumber, delta: decision.delta }
    : { kind: 'stock', itemRef: cell.itemRef, placeRef: cell.placeRef, articleNumber: cell.articleNumber, value: decision.value, expected: decision.expected }

/** R12: stores the batch and each row's flight. The rows must be locked and are saved here. */
export async function storeBatch(tx: Tx, work: Work, letters: Letter[], lane: 'live' | 'backfill'): Promise<StoredBatch> {
  const now = work.deps.clock.now()
  const batch = await insertBatch(
    tx,
    work.line.listenerId,
    {
      key: `e${work.line.listener.epoch}-${randomUUID()}`,
      rows: letters.map(toChange),
      cells: letters.map(({ row }) => ({ articleId: row.articleId, locationId: row.locationId })),
      lane,
      sentAt: now,
    },
    work.turn.token,
  )
  await saveCells(
    tx,
    work.line.listenerId,
    letters.map(({ row, sample, decision, answers }, n) => {
      const purpose: Flight['kind'] = decision.kind === 'adjust' ? 'confirm' : decision.purpose
      const flight: Flight = {
        batch: batch.id,
        row: n,
        value: decision.value,
        seen: sample.seen,
        doubt: sample.doubt,
        version: sample.wanted,
        sentAt: now.toISOString(),
        answers,
        kind: purpose,
        replaces: decision.kind === 'adjust' ? decision.value - decision.delta : decision.expected,
        available: sample.available,
      }
      return sent(row, decision.kind === 'write' && purpose === 'carry' ? { ...flight, drift: decision.drift } : flight)
    }),
  )
  return batch
}

/** Sends a stored batch and settles what is known of it. A RemoteError of the whole is settled first and then thrown on. */
export async function sendBatch(work: Work, batch: StoredBatch, replayed: boolean): Promise<Map<string, Fate>> {
  await work.turn.ensure()
  let outcomes: Outcome[]
  try {
    work.doing = 'write'
    outcomes = await work.line.remote.push({ key: batch.key, rows: batch.rows }, batch.lane)
    work.doing = 'read'
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    await settleFailure(work, batch, error, replayed)
    throw error
  }
  assert(outcomes.length === batch.rows.length, 'a connector answers every row it was given')
  await remoteAnswered(work.deps, work.line, 'write')
  return settle(work, batch, outcomes, replayed, true)
}

/** A failure of the whole: certainly not executed ends every flight; else they stay open and are replayed (R29, R15). */
function settleFailure(work: Work, batch: StoredBatch, error: RemoteError, replayed: boolean): Promise<Map<string, Fate>> {
  // A replay that isn't executed says nothing about the first send.
  if (error.executed === 'unknown' || replayed)
    return settle(
      work,
      batch,
      batch.rows.map(() => ({ kind: 'unknown' })),
      replayed,
      false,
    )
  const outcome: Outcome = error.kind === 'refused' && batch.rows.length === 1 ? { kind: 'refused', code: 'value-refused', said: error.message } : { kind: 'not-sent' }
  return settle(
    work,
    batch,
    batch.rows.map(() => outcome),
    replayed,
    false,
  )
}

/** The one confirm transaction (R13, R28). Rows whose flight isn't of this batch any more are left alone. Only an answer of its own counts as a row's try (S6). */
async function settle(work: Work, batch: StoredBatch, outcomes: Outcome[], replayed: boolean, answered: boolean): Promise<Map<string, Fate>> {
  const { line, turn, deps } = work
  const waited: number[] = []
  const settledFates = await turn.inTurn(async (tx) => {
    const now = deps.clock.now()
    if (isStocking(batch)) {
      await settleStocking(tx, line.listenerId, batch, outcomes, answered, now)
      if (outcomes.every((o) => o.kind !== 'unknown')) await deleteBatch(tx, batch.id)
      return new Map<string, Fate>()
    }
    await lockCells(tx, line.listenerId, batch.cells)
    const fates = new Map<string, Fate>()
    const changed: CellNow[] = []
    const sent: Sent[] = []
    const written: CellNow[] = []
    for (const cell of await readCells(tx, line.listenerId, batch.cells)) {
      if (cell.flight?.batch !== batch.id) continue
      const outcome = outcomes[cell.flight.row] as Outcome
      const { next, fate } = settled(cell, outcome, { now, replayed, ownFault: answered, rules: work.rules })
      fates.set(cellKey(cell), fate)
      if (fate === 'done') written.push(cell)
      changed.push(next)
      sent.push({ cell, change: batch.rows[cell.flight.row] as Change, outcome, fate })
      const ms = fate === 'done' ? waitedMs(cell, line.listener.firstSyncedAt, now) : null
      if (ms !== null) waited.push(ms)
    }
    if (changed.length > 0) await saveCells(tx, line.listenerId, changed)
    const events = sendsOf(sent, batch.sentAt)
    if (events.length > 0) await noteSends(tx, line.listenerId, events, now)
    await noteWritten(tx, line.listenerId, written, now)
    if (outcomes.every((o) => o.kind !== 'unknown')) {
      await forgetFlights(tx, line.listenerId, batch, null)
      await deleteBatch(tx, batch.id)
    }
    return fates
  }, sizeOf(batch.cells.length))
  noteTold(deps, line.companyId, line.listenerId, waited)
  return settledFates
}

function settled(cell: CellNow, outcome: Outcome, by: { now: Date; replayed: boolean; ownFault: boolean; rules: Rules }): { next: CellNow; fate: Fate } {
  switch (outcome.kind) {
    case 'done':
      return { next: done(cell, { now: by.now, replayed: by.replayed, graceMs: cell.flight?.kind === 'partial' ? partialHoldMs(cell, by.now, by.rules) : GRACE_MS }), fate: 'done' }
    case 'stale':
      return { next: by.replayed ? released(notExecuted(cell)) : notExecuted(cell), fate: 'stale' }
    case 'not-sent':
      return { next: released(notExecuted(cell)), fate: 'not-sent' }
    case 'refused':
      return { next: refused(cell, outcome.code, outcome.said), fate: 'refused' }
    case 'unknown': {
      const next = unknown(cell, by.ownFault)
      if (next.tries < MOST_TRIES) return { next, fate: 'unknown' }
      return { next: refused(unknowable(next, lookAfter(cell, by.rules.maxFlightMs, by.now)), 'remote-strange', ''), fate: 'refused' }
    }
    default:
      return unreachable(outcome)
  }
}

/** R16: an unknown send is settled only by a look that begins after it can't land any more. One sent "later than now" was sent under a clock that was wrong. */
export const lookAfter = (cell: CellNow, maxFlightMs: number, now: Date) => ({
  id: randomUUID(),
  why: 'unknown-send' as const,
  notBefore: new Date(Math.min(Date.parse(cell.flight?.sentAt ?? ''), now.getTime()) + maxFlightMs).toISOString(),
})
