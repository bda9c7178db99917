/** Evaluates stored orders again because something of ours changed: an article got the number a line asked for, a place was mapped, a loss was decided. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import type { ListenerRow } from '../listeners/listener.ts'
import { orderSource } from '../listeners/listeners.sql.ts'
import { lockOrders, openOrderIds, ordersById, ordersWithUnknownNumber } from './orders.sql.ts'
import { postOrders } from './post-orders.ts'

/** `doubt` = articles of which nothing of the shop may be believed afterwards; 'named' = every article the orders name. */
export async function evaluateAgain(tx: Tx, listener: ListenerRow, orderIds: number[], doubt: ReadonlySet<number> | 'named', by: By): Promise<void> {
  if (orderIds.length === 0) return
  await lockOrders(tx, listener.id)
  const orders = await ordersById(tx, orderIds)
  const articles = doubt === 'named' ? new Set(orders.flatMap((order) => order.effects.articles)) : doubt
  const postings = orders.map((order) => ({ snapshot: order.snapshot, customer: null, takenFrom: order.takenFrom, doubtArticles: articles }))
  await postOrders(tx, listener, postings, new Map(orders.map((order) => [order.orderRef, order])), by)
}

/** The article of this number has just appeared: lines that waited for it post now. Returns how many orders had some. */
export async function connectUnknownLines(tx: Tx, articleId: number, number: string, by: By): Promise<number> {
  const waiting = await ordersWithUnknownNumber(tx, number)
  for (const listenerId of new Set(waiting.map((order) => order.listenerId))) {
    const listener = must(await orderSource(tx, listenerId), 'the listener')
    await evaluateAgain(
      tx,
      listener,
      waiting.filter((order) => order.listenerId === listenerId).map((order) => order.id),
      new Set([articleId]),
      by,
    )
  }
  return waiting.length
}

/** Other places are ours now, or orders count from another moment: open orders count as they now should. `doubt` as in evaluateAgain. */
export async function evaluateOpenOrders(tx: Tx, listener: ListenerRow, doubt: readonly number[] | 'named', by: By): Promise<void> {
  await evaluateAgain(
    tx,
    listener,
    (await openOrderIds(tx, listener.id)).map((row) => row.id),
    doubt === 'named' ? doubt : new Set(doubt),
    by,
  )
}
