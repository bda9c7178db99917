/** When a connection's turn has to ask the remote something: its feed, single keys, an order's place, a run that goes on. */
import type { ListenerRow } from '../core/listeners/listener.ts'
import type { Tx } from '../db/open.ts'
import { nextAsks } from './due.sql.ts'

export interface Due {
  /** The feed from its cursor: every so often, hooks or not. */
  pollAt: Date
  /** Single keys: hooks that only said "look", orders without a place, new ticks nobody has looked for. Null = none. */
  keysAt: Date | null
  run: boolean
  /** A person asked the shop to put an article right. */
  stocking: boolean
  /** Somewhere theirs is not ours, and nothing has settled it yet. */
  differences: boolean
}

export async function whatIsDue(tx: Tx, listener: ListenerRow): Promise<Due> {
  const asks = await nextAsks(tx, listener.id)
  const keys = [asks.looks, asks.routes, asks.ticked ? new Date(0) : null].filter((t): t is Date => t !== null)
  return {
    pollAt: listener.polledAt === null ? new Date(0) : new Date(listener.polledAt.getTime() + listener.pollEveryMs),
    keysAt: keys.length === 0 ? null : new Date(Math.min(...keys.map((t) => t.getTime()))),
    run: asks.run,
    stocking: asks.stocking,
    differences: asks.differences,
  }
}
