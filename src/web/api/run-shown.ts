/** A run as its page shows it: how far it has come, how fast it goes, what is left, and why it waits when it does. */
import type { ListenerRow } from '../../core/listeners/listener.ts'
import { paceFrom, paceOf } from '../../core/runs/pace.ts'
import type { Tx } from '../../db/open.ts'
import { stoppedBy } from '../../sync/rights.ts'
import type { Answered } from '../contract/routes.ts'
import { found } from '../handlers.ts'
import { listRead } from './run-ids.sql.ts'
import { type RunRow, runLooked, runPage, runProgress, turnExpired, undoLooked } from './runs.sql.ts'

type Shown = Answered<'runs.show'>

async function runShown(tx: Tx, listener: ListenerRow, run: RunRow, now: Date): Promise<Shown> {
  const { cursor, goingSince, why, ...row } = run
  const undoable = (run.kind === 'first-sync' || run.kind === 'sync-all') && run.confirmedAt !== null && run.endedAt !== null
  const shown: Shown = { ...row, why: why === null ? null : { code: why.code ?? 'unknown', facts: why.facts ?? {} }, looked: null, marked: 0, pace: null, waits: null, undoable }
  if (run.endedAt !== null) return shown
  if (run.state === 'looking' || (run.state === 'paused' && run.confirmedAt === null)) {
    const looked =
      run.kind === 'match'
        ? await listRead(tx, listener.id)
        : run.ofId !== null
          ? await undoLooked(tx, listener.id, run.ofId, Number(cursor ?? 0))
          : await runLooked(tx, listener.id, Number(cursor ?? 0))
    return { ...shown, looked, waits: await waitsFor(tx, listener, run, 0, now) }
  }
  if (run.state === 'ready') return shown
  const from = paceFrom(goingSince ?? now, now)
  const { told, marked, held, lately } = await runProgress(tx, { listenerId: listener.id, runId: run.id, from, now })
  const done = run.done + told
  const waits = await waitsFor(tx, listener, run, marked > 0 && held === marked ? held : 0, now)
  const left = Math.max(0, run.total - run.same - run.failed - done)
  return { ...shown, done, marked, waits, pace: run.state === 'sending' && waits === null ? paceOf({ told: lately, left, from, now }) : null }
}

/** One run of this connection. Refuses one that isn't its own. */
export async function oneRunShown(tx: Tx, listener: ListenerRow, runId: number, now: Date): Promise<Shown> {
  const [run] = await runPage(tx, { listenerId: listener.id, id: runId, active: false, beforeId: null, limit: 1 })
  return runShown(tx, listener, found(run), now)
}

export async function runsShown(tx: Tx, listener: ListenerRow, runs: RunRow[], now: Date): Promise<Shown[]> {
  const shown: Shown[] = []
  for (const run of runs) shown.push(await runShown(tx, listener, run, now))
  return shown
}

/** Why nothing moves although nobody paused the run; null = it moves, or should. */
async function waitsFor(tx: Tx, listener: ListenerRow, run: RunRow, held: number, now: Date): Promise<Shown['waits']> {
  if (run.state === 'paused') return null
  if (listener.state !== 'active') return { code: 'connection-stopped', facts: { ...listener.stateWhy?.facts, reason: listener.stateWhy?.code ?? 'person' } }
  const stopped = stoppedBy(listener.health).find(({ what }) => what === 'stock' || what === 'articles')
  if (stopped !== undefined) return { code: 'connection-stopped', facts: { scope: stopped.scope, reason: 'scope-missing' } }
  if (listener.quietUntil !== null && listener.quietUntil > now) return { code: 'shop-asked', facts: { until: listener.quietUntil.toISOString() } }
  if (await turnExpired(tx, listener.id, now)) return { code: 'taken-over', facts: {} }
  return held > 0 ? { code: 'on-hold', facts: { n: held } } : null
}
