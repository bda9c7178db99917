/** What a failed call means for its whole connection: wait, stop and say why, or slow down. The error is the retry policy. */
import type { RemoteError } from '../connectors/contract.ts'
import { type ListenerRow, pausedByAnswer, type Trouble } from '../core/listeners/listener.ts'
import { listenerById, lockListener, updateQuiet, updateState, updateTrouble } from '../core/listeners/listeners.sql.ts'
import type { Tx } from '../db/open.ts'
import { unreachable } from '../kit/assert.ts'
import { backoffMs } from '../kit/backoff.ts'
import type { SyncDeps } from './deps.ts'
import { askKeys } from './inbox.sql.ts'
import type { Line } from './line.ts'

const BUSY_FIRST_MS = 1_000
const STRANGE_FIRST_MS = 2_000
const MOST_MS = 300_000
/** A request that will never work as it is: the work that needed it goes on with other things after this. */
const REFUSED_FIRST_MS = 500
/** Somebody has to do something in the shop: one question a minute at first, four an hour later. */
const DENIED_FIRST_MS = 60_000
const DENIED_MOST_MS = 900_000
/** The shop answers and only a right is missing: it may be given back any minute, and orders are still read meanwhile. */
const RIGHT_MISSING_MS = 60_000
/** Shopify gives up on a hook after four hours; others sooner. After this long the subscriptions are looked at. */
const HOOKS_DOUBTED_MS = 600_000
/** No answer makes us wait longer than this; a wait that ends later was written by a clock that was wrong. */
export const LONGEST_WAIT_MS = 3_600_000

/** None of these count as tries of a row (S6). `of` = what we were doing. Returns until when the connection keeps quiet. */
export async function remoteFailed(deps: SyncDeps, companyId: number, listenerId: number, error: RemoteError, of: Trouble['of'] = 'read'): Promise<Date> {
  const now = deps.clock.now()
  return deps.db.inCompany(companyId, async (tx) => {
    tx.show(listenerId)
    await lockListener(tx, listenerId)
    const listener = await listenerById(tx, listenerId)
    const before = listener?.trouble ?? null
    const until = new Date(now.getTime() + waitMs(error, before?.times ?? 0))
    deps.log.warn({ company: companyId, listener: listenerId, code: error.code, kind: error.kind, until: until.toISOString() }, 'the remote is left alone for a while')
    // One that a person stopped or left keeps its own reason.
    if (listener === null || (listener.state !== 'active' && !pausedByAnswer(listener))) return until
    await updateTrouble(tx, listenerId, { code: error.code, facts: error.facts, of, since: before?.since ?? now.toISOString(), times: (before?.times ?? 0) + 1 })
    await updateQuiet(tx, listenerId, until)
    if (error.kind === 'denied') await updateState(tx, listenerId, 'paused', { code: error.code, facts: error.facts, at: listener.stateWhy?.at ?? now.toISOString() })
    return until
  })
}

/** Until when it is left alone; null = ask. */
export function waitsUntil({ quietUntil }: Pick<ListenerRow, 'quietUntil'>, now: Date): Date | null {
  return quietUntil !== null && quietUntil > now && quietUntil.getTime() - now.getTime() <= LONGEST_WAIT_MS ? quietUntil : null
}

/** A whole drain or push went well, or nothing is left to do. */
export async function remoteAnswered(deps: SyncDeps, line: Line, of: Trouble['of']): Promise<void> {
  const { trouble } = line.listener
  if (trouble?.of !== of) return
  line.listener.trouble = null
  const now = deps.clock.now()
  await deps.db.inCompany(line.companyId, async (tx) => {
    tx.show(line.listenerId)
    await updateTrouble(tx, line.listenerId, null)
    await updateQuiet(tx, line.listenerId, null)
    if (now.getTime() - Date.parse(trouble.since) >= HOOKS_DOUBTED_MS) await doubtHooks(tx, line.listenerId, now)
  })
}

/** While nobody heard them, hooks may have failed until the remote gave them up: the turn looks at its subscriptions. */
export async function doubtHooks(tx: Tx, listenerId: number, now: Date): Promise<void> {
  await askKeys(tx, listenerId, 'subscriptions', [''], now)
  tx.ring(listenerId)
}

export function waitMs(error: Pick<RemoteError, 'kind' | 'retryAfterMs'> & { code?: string }, times: number, random: () => number = Math.random): number {
  switch (error.kind) {
    case 'busy':
      return Math.min(LONGEST_WAIT_MS, error.retryAfterMs ?? backoffMs(times, BUSY_FIRST_MS, MOST_MS, random))
    case 'strange':
      return Math.min(LONGEST_WAIT_MS, Math.max(error.retryAfterMs ?? 0, backoffMs(times, STRANGE_FIRST_MS, MOST_MS, random)))
    case 'refused':
      return backoffMs(times, REFUSED_FIRST_MS, MOST_MS, random)
    case 'denied':
      return error.code === 'scope-missing' ? RIGHT_MISSING_MS : backoffMs(times, DENIED_FIRST_MS, DENIED_MOST_MS, random)
    default:
      return unreachable(error.kind)
  }
}
