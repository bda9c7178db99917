/** When a number appears or moves: orders that wait for it, and links that were found by it. */
import { articlesByIds } from '../../core/articles/articles.sql.ts'
import type { By } from '../../core/by.ts'
import { livingListeners } from '../../core/listeners/listeners.sql.ts'
import { connectUnknownLines } from '../../core/orders/evaluate-again.ts'
import { lockOrders } from '../../core/orders/orders.sql.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { rematch } from '../../sync/rematch.ts'

/**
 * Before numbers change: an order coming in at this moment either sees the new number, or is seen by us afterwards as one that waits for it.
 * The locks are taken before any article row, as everybody who takes in orders does.
 */
export async function holdOrders(tx: Tx): Promise<number[]> {
  const ids = (await livingListeners(tx)).map((listener) => listener.id)
  for (const id of ids) await lockOrders(tx, id)
  return ids
}

export async function afterRename(tx: Tx, listenerIds: number[], articleId: number, by: By): Promise<void> {
  const { number } = must((await articlesByIds(tx, [articleId]))[0], 'the renamed article')
  await connectUnknownLines(tx, articleId, number, by)
  for (const id of listenerIds) await rematch(tx, id, [articleId], by, { ids: 'take' })
}
