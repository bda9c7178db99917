/** Takes a master's numbers over: posts by how much each differs from the last, so that what happened here and isn't in it stays (R38). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { type Movement, postMovements } from '../stock/post-movements.ts'
import { basesOf, type NumberRead, saveNumbers } from './numbers.sql.ts'

/** Returns how many articles got another number. Whoever calls has locked what else the transaction will post. */
export async function takeNumbers(tx: Tx, master: { listenerId: number; locationId: number }, numbers: NumberRead[], by: By): Promise<number> {
  if (numbers.length === 0) return 0
  const { listenerId, locationId } = master
  const bases = new Map(
    (
      await basesOf(
        tx,
        locationId,
        [...numbers.map((n) => n.articleId)].sort((a, b) => a - b),
      )
    ).map((row) => [row.articleId, row]),
  )
  const taken = numbers.map((number) => ({ ...number, before: must(bases.get(number.articleId), 'a base') }))
  // The first one is posted even when nothing differs: from then on the number is known (L7).
  const changed = taken.filter(({ value, before }) => before.version === 0 || value !== before.base)
  const movements = changed.map(
    ({ articleId, value, readAt, before }): Movement => ({
      key: `master:${locationId}:${articleId}:${listenerId}:${before.version + 1}`,
      articleId,
      locationId,
      kind: 'master-set',
      onHand: value - before.base,
      at: readAt < by.now ? readAt : by.now,
      source: { type: 'master', listener: listenerId, number: value },
      actor: by.actor,
    }),
  )
  await postMovements(tx, movements, by.now)
  const news = new Set(changed.map((number) => number.articleId))
  await saveNumbers(
    tx,
    locationId,
    taken.map(({ articleId, value, readAt, before }) => ({ articleId, value, readAt, version: before.version + (news.has(articleId) ? 1 : 0) })),
  )
  return changed.length
}
