/** Reads the customers of a connection that asks for them: everybody once, then whoever changed, so that a lost hook is made good. */
import type { Feed } from '../connectors/contract.ts'
import { applyWaiting } from './apply.ts'
import type { SyncDeps } from './deps.ts'
import { feedCursor, saveFeedCursor } from './feed-cursor.sql.ts'
import { storePage } from './inbox.ts'
import type { Line } from './line.ts'
import { isStopped } from './rights.ts'
import type { Fence } from './turn.ts'

/** Hooks tell at once; this only finds what they lost. */
const EVERY_MS = 15 * 60_000
/** At a poll: the rest at the next ones, so that a long list holds up nothing. */
const MOST_PAGES = 20

/** What this connection's settings ask for of what its connector carries. */
export const readsOf = ({ connector, settings }: Pick<Line, 'connector' | 'settings'>): readonly Feed[] => connector.reads?.(settings) ?? connector.carries.in

export async function sweepCustomers(deps: SyncDeps, line: Line, fence: Fence): Promise<void> {
  if (!readsOf(line).includes('customers') || isStopped(line.listener.health, 'customers')) return
  let at = await fence.inTurn((tx) => feedCursor(tx, line.listenerId, 'customers'))
  const began = deps.clock.now()
  if (at.beganAt === null && at.endedAt !== null && began.getTime() - at.endedAt.getTime() < EVERY_MS) return
  at = { ...at, beganAt: at.beganAt ?? began }
  for (let n = 0; n < MOST_PAGES && at.beganAt !== null; n += 1) {
    await fence.ensure()
    const page = await line.remote.pull('customers', { cursor: at.cursor }, 'backfill')
    const now = deps.clock.now()
    const next = page.more ? { ...at, cursor: page.cursor } : { ...at, cursor: page.cursor, beganAt: null, endedAt: now }
    await fence.inTurn(async (tx) => {
      await storePage(tx, line.listenerId, page.events, null, { actor: `listener:${line.listenerId}`, now })
      await saveFeedCursor(tx, line.listenerId, 'customers', next)
    })
    await applyWaiting(deps, line.companyId, line.listenerId)
    at = next
  }
}
