/** When a number moves: orders that wait for the new one, and links that were found by the old. */
import { articlesByIds } from '../../core/articles/articles.sql.ts'
import type { By } from '../../core/by.ts'
import { connectUnknownLines } from '../../core/orders/evaluate-again.ts'
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { rematch } from '../../sync/rematch.ts'

export async function afterRename(tx: Tx, listenerIds: number[], articleId: number, by: By): Promise<void> {
  const { number } = must((await articlesByIds(tx, [articleId]))[0], 'the renamed article')
  await connectUnknownLines(tx, articleId, number, by)
  for (const id of listenerIds) await rematch(tx, id, [articleId], by, { ids: 'take' })
}
