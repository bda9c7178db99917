/** Orders that were deleted in the shop: what they still held is free again, what was shipped or lost stays a fact, and nothing of the shop's number is believed (R9). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import type { ListenerRow } from '../listeners/listener.ts'
import { lockOrders, ordersByRef, type StoredOrder } from './orders.sql.ts'
import { postOrders } from './post-orders.ts'

/** Whoever asks for an order that was just placed may be answered by somebody who hasn't heard of it yet. */
const TOO_YOUNG_MS = 600_000

export interface Gone {
  orderRef: string
  at: string
  /** Null = the remote said that it was deleted; else it was not shown, and every order placed since then is. */
  showsSince: string | null
}

/** Orders nobody has heard of are passed by, and so is what not being shown doesn't prove. Returns how many are gone now. */
export async function ordersGone(tx: Tx, listener: ListenerRow, gone: Gone[], by: By): Promise<number> {
  if (gone.length === 0) return 0
  await lockOrders(tx, listener.id)
  const said = new Map(gone.map((each) => [each.orderRef, each]))
  const orders = await ordersByRef(tx, listener.id, [...said.keys()])
  const lost = orders.flatMap((order) => {
    const its = said.get(order.orderRef)
    return its !== undefined && order.goneAt === null && isProof(its, order) ? [{ order, goneAt: earlier(new Date(its.at), by.now) }] : []
  })
  const postings = lost.map(({ order, goneAt }) => ({
    snapshot: order.snapshot,
    customer: null,
    takenFrom: order.takenFrom,
    // Whether the shop put its pieces back when it was deleted, nobody says.
    doubtArticles: new Set(order.effects.articles),
    goneAt,
  }))
  await postOrders(tx, listener, postings, new Map(lost.map(({ order }) => [order.orderRef, order])), by)
  return lost.length
}

function isProof({ at, showsSince }: Gone, { snapshot }: StoredOrder): boolean {
  if (showsSince === null) return true
  const placedAt = Date.parse(snapshot.placedAt)
  return placedAt >= Date.parse(showsSince) && placedAt <= Date.parse(at) - TOO_YOUNG_MS
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)
