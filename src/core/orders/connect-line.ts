/** "Connect to article": a person says what an order line with an unknown number is. The orders are applied anew, so the effect lands once (R5, L3). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { aliasOwner, articlesByIds, giveAlias } from '../articles/articles.sql.ts'
import type { By } from '../by.ts'
import { orderSource } from '../listeners/listeners.sql.ts'
import { Refusal } from '../refusal.ts'
import { chooseLine, dropChoice, lineOf, ordersWithNumberOfOther } from './choices.sql.ts'
import { evaluateAgain } from './evaluate-again.ts'

/**
 * `articleId` null = the line is nothing we keep in stock. A line with a number connects the number: every order that has it, and every later one,
 * counts on the article. A line without one connects only itself. Returns how many orders were applied anew; a repeat finds none.
 * The locks of all listeners' orders must be held.
 */
export async function connectLine(tx: Tx, input: { orderId: number; lineRef: string; articleId: number | null }, by: By): Promise<number> {
  const line = await lineOf(tx, input.orderId, input.lineRef)
  if (line === null) throw new Refusal('not-found', { field: 'lineRef' })
  const article = input.articleId === null ? null : (await articlesByIds(tx, [input.articleId]))[0]
  if (article === undefined) throw new Refusal('not-found', { field: 'articleId' })
  const number = line.articleNumber ?? ''
  if (article !== null && number !== '') {
    await connectNumber(tx, number, article.articleId, by)
    await dropChoice(tx, input.orderId, input.lineRef)
    return await applyAnew(tx, await ordersWithNumberOfOther(tx, number, article.articleId), [article.articleId, line.articleId], by)
  }
  if (number !== '' && line.articleId !== null) throw new Refusal('number-taken', { field: 'lineRef', number })
  const changed = await chooseLine(tx, { ...input, actor: by.actor }, by.now)
  return changed === 0 ? 0 : await applyAnew(tx, [{ id: input.orderId, listenerId: line.listenerId }], [input.articleId, line.articleId], by)
}

/** The number names this article from now on, beside its own. A number that some article has or had of its own stays there. */
async function connectNumber(tx: Tx, number: string, articleId: number, by: By): Promise<void> {
  const owner = await aliasOwner(tx, number)
  if (owner !== null && !owner.alias && owner.articleId !== articleId) throw new Refusal('number-taken', { field: 'lineRef', number })
  if (owner === null || owner.alias) await giveAlias(tx, number, articleId, by.now)
}

async function applyAnew(tx: Tx, orders: { id: number; listenerId: number }[], articles: (number | null)[], by: By): Promise<number> {
  const doubt = new Set(articles.filter((id) => id !== null))
  for (const listenerId of new Set(orders.map((order) => order.listenerId))) {
    const listener = must(await orderSource(tx, listenerId), 'the listener')
    await evaluateAgain(
      tx,
      listener,
      orders.filter((order) => order.listenerId === listenerId).map((order) => order.id),
      doubt,
      by,
    )
  }
  return orders.length
}
