/** Takes a master's numbers over: posts by how much each differs from the last, so that what happened here and isn't in it stays (R38). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { type Movement, postMovements } from '../stock/post-movements.ts'
import { type Base, basesOf, type NumberRead, saveNumbers } from './numbers.sql.ts'

/** An article's number before and after; null = it was never told before. */
export interface NumberTaken {
  before: number | null
  after: number
}
/** Whoever calls has locked what else the transaction will post. By article. */
export async function takeNumbers(tx: Tx, master: { listenerId: number; locationId: number }, numbers: NumberRead[], by: By): Promise<Map<number, NumberTaken>> {
  if (numbers.length === 0) return new Map()
  const articleIds = [...numbers.map((n) => n.articleId)].sort((a, b) => a - b)
  return takeOn(tx, master, numbers, await basesOf(tx, master.locationId, articleIds), by)
}

/** The same, where it is known what on hand owes to the master. */
export async function takeOn(
  tx: Tx,
  { listenerId, locationId }: { listenerId: number; locationId: number },
  numbers: NumberRead[],
  standing: Base[],
  by: By,
): Promise<Map<number, NumberTaken>> {
  const bases = new Map(standing.map((row) => [row.articleId, row]))
  const taken = numbers.map((number) => ({ ...number, before: must(bases.get(number.articleId), 'a base') }))
  // The first one is posted even when nothing differs: from then on the number is known (L7).
  const changed = taken.filter(({ value, committed = 0, before }) => before.version === 0 || value + committed !== before.base)
  const movements = changed.map(
    ({ articleId, value, committed = 0, readAt, before }): Movement => ({
      // Versions begin anew with each master, also when it is the same one as before.
      key: `master:${locationId}:${articleId}:${listenerId}:${before.since.getTime()}:${before.version + 1}`,
      articleId,
      locationId,
      kind: 'master-set',
      onHand: value + committed - before.base,
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
    taken.map(({ before, ...number }) => ({ ...number, version: before.version + (news.has(number.articleId) ? 1 : 0) })),
  )
  return new Map(taken.map(({ articleId, value, before }) => [articleId, { before: before.number, after: value }]))
}
