/** When a connection's turn has to ask the remote something: its feed, single keys, an order's place, a run that goes on. */
import { productsDue } from '../core/catalogue/waiting.sql.ts'
import { importGoesOn } from '../core/imports/imports.sql.ts'
import type { ListenerRow } from '../core/listeners/listener.ts'
import type { Tx } from '../db/open.ts'
import { nextAsks } from './due.sql.ts'
import { isStopped } from './rights.ts'

export interface Due {
  /** The feed from its cursor: every so often, hooks or not. Null = orders may not be read. */
  pollAt: Date | null
  /** Single keys: hooks that only said "look", orders without a place, new ticks nobody has looked for. Null = none. */
  keysAt: Date | null
  run: boolean
  /** An import of the shop's products goes on. */
  imports: boolean
  /** A person asked the shop to put an article right. */
  stocking: boolean
  /** Somewhere theirs is not ours, and nothing has settled it yet. */
  differences: boolean
  /** When a product can be told next, where the shop is told of products. Null = none waits. */
  productsAt: Date | null
  /** Numbers may be told. */
  tells: boolean
  /** A person has the shop's numbers left alone; what reads them may go on. */
  leavesNumbers: boolean
  /** A document waits to be handed over; in the future: one that failed waits until then. Null = none does. */
  documentsAt: Date | null
}

export async function whatIsDue(tx: Tx, listener: ListenerRow, documents: string[]): Promise<Due> {
  const [orders, articles, stock, products] = (['orders', 'articles', 'stock', 'products'] as const).map((what) => !isStopped(listener.health, what))
  const asks = await nextAsks(tx, listener.id, stoppedFeeds(listener.health), documents)
  const keys = [asks.looks, orders ? asks.routes : null, asks.ticked && articles ? new Date(0) : null].filter((t): t is Date => t !== null)
  return {
    pollAt: !orders ? null : listener.polledAt === null ? new Date(0) : new Date(listener.polledAt.getTime() + listener.pollEveryMs),
    keysAt: keys.length === 0 ? null : new Date(Math.min(...keys.map((t) => t.getTime()))),
    run: asks.run && articles === true && stock === true,
    imports: articles === true && (await importGoesOn(tx, listener.id)),
    stocking: asks.stocking && stock === true && asks.stock,
    differences: asks.differences,
    productsAt: products === true ? await whenProducts(tx, listener.id) : null,
    // After a restore an ERP's numbers are those of the backup until all of them were read; one that can't be read holds nobody up.
    tells: stock === true && asks.stock && !(listener.resendPending && asks.master),
    leavesNumbers: !asks.stock,
    documentsAt: asks.documents,
  }
}

async function whenProducts(tx: Tx, listenerId: number): Promise<Date | null> {
  const { waits, runs, again } = await productsDue(tx, listenerId)
  return waits || runs ? new Date(0) : again
}

/** Feeds of which nothing may be asked while a right is missing. */
export const stoppedFeeds = (health: unknown): string[] => [
  ...(isStopped(health, 'orders') ? ['orders'] : []),
  ...(isStopped(health, 'articles') ? ['articles', 'stock'] : []),
  ...(isStopped(health, 'customers') ? ['customers'] : []),
]
