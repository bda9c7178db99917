/** Takes a listener's order snapshots in: an older one is ignored, the rest are posted as differences (R5, R9, R26). */
import type { Tx } from '../../db/open.ts'
import { sameText } from '../../kit/json.ts'
import type { By } from '../by.ts'
import type { ListenerRow } from '../listeners/listener.ts'
import { compareStamps, type Order, type Snapshot } from './order.ts'
import { lockOrders, ordersByRef, type StoredOrder } from './orders.sql.ts'
import { type Posting, postOrders, type Standing } from './post-orders.ts'

/** saved · older: nothing new in it · same-stamp: a hook that says something else under the stamp we have; only a read can settle it. */
export type Saved = 'saved' | 'older' | 'same-stamp'
export interface Taken {
  order: Order
  takenFrom: 'hook' | 'read'
}

/** `listener` as it stands in this transaction. An incomplete order must not come here: it is pulled by key instead. */
export async function saveOrder(tx: Tx, listener: ListenerRow, order: Order, takenFrom: 'hook' | 'read', by: By): Promise<Saved> {
  return (await saveOrders(tx, listener, [{ order, takenFrom }], by))[0] ?? 'older'
}

/** Many at once, in the order they came; the same order may come several times. */
export async function saveOrders(tx: Tx, listener: ListenerRow, taken: Taken[], by: By): Promise<Saved[]> {
  if (taken.length === 0) return []
  await lockOrders(tx, listener.id)
  const standing = new Map<string, StoredOrder | Standing>((await ordersByRef(tx, listener.id, [...new Set(taken.map((t) => t.order.orderRef))])).map((row) => [row.orderRef, row]))
  const latest = new Map<string, Latest>(standing)
  const postings: Posting[] = []
  const saved = taken.map(({ order, takenFrom }): Saved => {
    const { customer, ...snapshot } = order
    const verdict = verdictOf(snapshot, takenFrom, latest.get(order.orderRef) ?? null)
    if (verdict !== 'saved') return verdict
    latest.set(order.orderRef, { stamp: order.stamp, snapshot, goneAt: null })
    postings.push({ snapshot, customer, takenFrom, doubtArticles: new Set(), goneAt: null })
    return 'saved'
  })
  await postOrders(tx, listener, postings, standing, by)
  return saved
}

type Latest = Pick<Standing, 'stamp' | 'snapshot' | 'goneAt'>

/** Reads are made one after the other under the connection's turn, so of two with one stamp the later is right; a hook may be late. */
function verdictOf(snapshot: Snapshot, takenFrom: 'hook' | 'read', before: Latest | null): Saved {
  if (before === null) return 'saved'
  if (before.goneAt !== null) return takenFrom === 'read' && changedAfter(snapshot.stamp, before.goneAt, before.stamp) ? 'saved' : 'older'
  const later = compareStamps(snapshot.stamp, before.stamp)
  if (later !== 0) return later > 0 ? 'saved' : 'older'
  if (sameText(snapshot) === sameText(before.snapshot)) return 'older'
  return takenFrom === 'read' ? 'saved' : 'same-stamp'
}

/** What was deleted comes back only in a read of something that happened to it since: hooks and pages that were on their way tell of it for a while. */
function changedAfter(stamp: string, goneAt: Date, before: string): boolean {
  const at = Date.parse(stamp)
  return compareStamps(stamp, before) > 0 && (Number.isNaN(at) || at > goneAt.getTime())
}
