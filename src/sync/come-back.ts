/** A connection that an answer stopped looks by itself whether it may go on: bills are paid, rights given back, shops unlocked, without anybody coming here to say so. */
import { pausedByAnswer } from '../core/listeners/listener.ts'
import type { SyncDeps } from './deps.ts'
import { dropKeys, dueKeys } from './inbox.sql.ts'
import type { Line } from './line.ts'
import { goOn } from './setup.ts'
import { waitsUntil } from './throttle.ts'
import type { Fence } from './turn.ts'
import { askedWell, missingRight } from './well.ts'

/** When it looks again: after a pause that grows, or at once when a hook says that something about the shop has changed. Null = a person stopped it. */
export async function comesBackAt(deps: SyncDeps, { companyId, listenerId, listener }: Line): Promise<Date | null> {
  if (!pausedByAnswer(listener)) return null
  const now = deps.clock.now()
  const until = waitsUntil(listener, now)
  if (until === null) return now
  const asked = await deps.db.inCompany(companyId, (tx) => dueKeys(tx, listenerId, now))
  return asked.some((key) => key.feed === 'check' && key.tries === 0) ? now : until
}

/** RemoteError = not yet; it says why. */
export async function comeBack(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  const askedAt = deps.clock.now()
  const asked = (await fence.inTurn((tx) => dueKeys(tx, line.listenerId, askedAt))).filter((key) => key.feed === 'check').map((key) => key.key)
  const missing = missingRight(await askedWell(deps, line, asked))
  await fence.inTurn((tx) => dropKeys(tx, line.listenerId, 'check', asked, askedAt))
  if (missing !== null) throw missing
  return goOn(deps, line.companyId, line.listenerId)
}
