/** What a master showed, as numbers of our articles, and what came of each key somebody asked for. */
import type { RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { type NumberRead, stockArticles } from '../core/master/numbers.sql.ts'
import { type Master, recount } from '../core/master/take-documents.ts'
import { type NumberTaken, takeNumbers } from '../core/master/take-numbers.ts'
import { lockLevels } from '../core/stock/levels.sql.ts'
import type { Tx } from '../db/open.ts'
import type { CallResult } from './called.sql.ts'

interface Outcome {
  result: CallResult
  before: number | null
  after: number | null
}
export interface Taken {
  /** By the master's number. */
  articles: ReadonlyMap<string, number>
  /** What came of a number somebody asked for. */
  said(key: string): Outcome
}

/** Its numbers, and which pieces of these orders they contain. Where it is master of no location, neither is any matter of ours. */
export async function takeOver(
  tx: Tx,
  { master, locationId }: { master: Omit<Master, 'locationId'>; locationId: number | null },
  numbers: NumberRead[],
  orders: number[],
  by: By,
): Promise<ReadonlyMap<number, NumberTaken>> {
  if (locationId === null) return new Map()
  await lockLevels(
    tx,
    locationId,
    numbers.map((number) => number.articleId).sort((a, b) => a - b),
    by.now,
  )
  const taken = await takeNumbers(tx, { ...master, locationId }, numbers, by)
  await recount(tx, { ...master, locationId }, orders, by)
  return taken
}

/** Whole numbers of articles of ours that are kept in stock; anything else is unknown and sets nothing (L7). */
export async function numbersIn(tx: Tx, events: RemoteEvent[], askedAt: Date): Promise<{ numbers: NumberRead[]; articles: Map<string, number>; seen: Map<string, number | null> }> {
  const seen = new Map<string, number | null>()
  for (const event of events)
    if (event.kind === 'listing-seen' && event.listing.articleNumber !== null) seen.set(event.listing.articleNumber, event.listing.levels[0]?.value ?? null)
  const articles = new Map((await stockArticles(tx, [...seen.keys()])).map((row) => [row.number, row.articleId]))
  const numbers = new Map<number, NumberRead>()
  for (const [number, articleId] of articles) {
    const value = seen.get(number) ?? null
    if (value !== null) numbers.set(articleId, { articleId, value, readAt: askedAt })
  }
  return { numbers: [...numbers.values()], articles, seen }
}

export function outcomeOf(key: string, seen: ReadonlyMap<string, number | null>, articles: ReadonlyMap<string, number>, taken: ReadonlyMap<number, NumberTaken>): Outcome {
  const nothing = { before: null, after: null }
  if (!seen.has(key)) return { result: 'not-there', ...nothing }
  const articleId = articles.get(key)
  if (articleId === undefined) return { result: 'unknown-article', before: null, after: seen.get(key) ?? null }
  const number = taken.get(articleId)
  if (number === undefined) return { result: 'no-number', ...nothing }
  return { result: number.before === number.after ? 'same' : 'changed', ...number }
}

/** Another number than the one taken over before; the first one is none. */
export const isChange = ({ result, before }: Outcome): boolean => result === 'changed' && before !== null
