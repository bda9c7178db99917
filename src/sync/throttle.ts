/** What a failed call means for its whole connection: wait, stop and say why, or slow down. The error is the retry policy. */
import type { RemoteError } from '../connectors/contract.ts'
import { listenerById, updateQuiet, updateState } from '../core/listeners/listeners.sql.ts'
import { unreachable } from '../kit/assert.ts'
import { backoffMs } from '../kit/backoff.ts'
import type { SyncDeps } from './deps.ts'

const BUSY_FIRST_MS = 1_000
const STRANGE_FIRST_MS = 2_000
const MOST_MS = 300_000
/** A request that will never work as it is: the work that needed it goes on with other things after this. */
const REFUSED_FIRST_MS = 500

/** How often in a row a connection failed, in this process; forgotten at the first answer that isn't a failure. */
const inARow = new WeakMap<SyncDeps['db'], Map<string, number>>()
const countsOf = (deps: SyncDeps) => {
  const counts = inARow.get(deps.db) ?? new Map<string, number>()
  inARow.set(deps.db, counts)
  return counts
}

/** None of these count as tries of a row (S6). Returns until when the connection keeps quiet; null = paused until a person acts. */
export async function remoteFailed(deps: SyncDeps, companyId: number, listenerId: number, error: RemoteError): Promise<Date | null> {
  const now = deps.clock.now()
  const counts = countsOf(deps)
  const key = `${companyId}:${listenerId}`
  const times = counts.get(key) ?? 0
  counts.set(key, times + 1)
  const facts = { company: companyId, listener: listenerId, code: error.code, kind: error.kind }
  if (error.kind === 'denied') {
    deps.log.warn(facts, 'the remote denied us; the connection is paused')
    await deps.db.inCompany(companyId, async (tx) => {
      tx.show(listenerId)
      const listener = await listenerById(tx, listenerId)
      // Only a running connection is paused by an answer; one that a person stopped or left keeps its own reason.
      if (listener?.state === 'active') await updateState(tx, listenerId, 'paused', { code: error.code, facts: error.facts, at: now.toISOString() })
    })
    return null
  }
  const until = new Date(now.getTime() + waitMs(error, times))
  deps.log.warn({ ...facts, until: until.toISOString() }, 'the remote is left alone for a while')
  await deps.db.inCompany(companyId, async (tx) => {
    tx.show(listenerId)
    await updateQuiet(tx, listenerId, until)
  })
  return until
}

/** A whole drain or push went well. */
export function remoteAnswered(deps: SyncDeps, companyId: number, listenerId: number): void {
  countsOf(deps).delete(`${companyId}:${listenerId}`)
}

export function waitMs(error: Pick<RemoteError, 'kind' | 'retryAfterMs'>, times: number, random: () => number = Math.random): number {
  switch (error.kind) {
    case 'busy':
      return error.retryAfterMs ?? backoffMs(times, BUSY_FIRST_MS, MOST_MS, random)
    case 'strange':
      return Math.max(error.retryAfterMs ?? 0, backoffMs(times, STRANGE_FIRST_MS, MOST_MS, random))
    case 'refused':
      return backoffMs(times, REFUSED_FIRST_MS, MOST_MS, random)
    case 'denied':
      return 0
    default:
      return unreachable(error.kind)
  }
}
