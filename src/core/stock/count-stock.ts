/** A count: each line is compared with the book as it was when that line was counted, so a shop can count while it sells (L9). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { Found } from '../articles/articles.sql.ts'
import { type Named, namedArticles } from '../articles/named-articles.ts'
import type { By } from '../by.ts'
import { ownLocation } from '../locations/change-location.ts'
import { Refusal } from '../refusal.ts'
import { alreadyHere, contentHash, given, givenContent, givenSource, pastTime, piecesOf, storeDocument } from './document.ts'
import { type DocumentRow, type Given, insertCountLine, type StoredLine } from './documents.sql.ts'
import { bookAt, levelsAt, lockLevels } from './levels.sql.ts'
import { type Movement, postMovements } from './post-movements.ts'

export interface CountLine extends Named {
  counted: number
  countedAt?: Date | undefined
}
export interface Count {
  ref: string
  locationId: number
  countedAt?: Date | undefined
  lines: CountLine[]
  reason?: Given['reason'] | undefined
  note?: string | null | undefined
}
export interface Counted {
  documentId: number
  ref: string
  repeated: boolean
  occurredAt: Date
  lines: { line: number; articleId: number; articleNumber: string; counted: number; book: number | null; difference: number; onHand: number; countedAt: Date }[]
}

/** What the book said of each line at its time: a look before booking, which locks and changes nothing. */
export async function compareCount(tx: Tx, input: Omit<Count, 'ref'>, by: By): Promise<{ articleId: number; counted: number; book: number | null; difference: number }[]> {
  const location = await ownLocation(tx, input.locationId)
  const articles = await namedArticles(tx, input.lines)
  countable(articles)
  const ids = articles.map((article) => article.articleId)
  const lines = await linesOf(tx, input, articles, timesOf(input, by), new Set((await levelsAt(tx, location.id, ids)).keys()))
  return lines.map(({ article, quantity, book = null, difference = 0 }) => ({ articleId: article, counted: quantity, book, difference }))
}

export async function countStock(tx: Tx, input: Count, by: By): Promise<Counted> {
  const bodyHash = contentHash(content(input))
  const before = await alreadyHere(tx, 'count', input.ref, bodyHash)
  if (before !== null) return await counted(tx, before, true)

  const location = await ownLocation(tx, input.locationId)
  const articles = await namedArticles(tx, input.lines)
  countable(articles)
  const times = timesOf(input, by)
  // The cells are ours from here on: nothing can be booked on them between reading the book and posting the difference.
  const levels = await lockLevels(
    tx,
    location.id,
    articles.map((article) => article.articleId),
    by.now,
  )
  const known = new Set([...levels.values()].flatMap((level) => (level.known ? [level.articleId] : [])))
  const lines = await linesOf(tx, input, articles, times, known)
  const occurredAt = new Date(Math.max(...times.map((time) => time.getTime())))
  const { row, repeated } = await storeDocument(tx, {
    type: 'count',
    ref: input.ref,
    locationId: location.id,
    occurredAt,
    postedAt: by.now,
    actor: by.actor,
    bodyHash,
    lines,
    ...given(input),
  })
  if (!repeated) await postLines(tx, row, by)
  return await counted(tx, row, repeated)
}

const timesOf = (input: Omit<Count, 'ref'>, by: By): Date[] =>
  input.lines.map((line, n) => pastTime(line.countedAt ?? input.countedAt, by.now, 'counted-in-future', `lines.${n}.countedAt`))

/** Each line beside the book as it was at its time; `known` = articles whose level is. */
async function linesOf(tx: Tx, input: Omit<Count, 'ref'>, articles: Found[], times: Date[], known: ReadonlySet<number>): Promise<StoredLine[]> {
  const lines: StoredLine[] = []
  for (const [n, article] of articles.entries()) {
    const pieces = piecesOf(input.lines[n]?.counted ?? 0, article.pack, `lines.${n}.counted`)
    const at = must(times[n], 'the time of a line')
    const book = await bookAt(tx, { articleId: article.articleId, locationId: input.locationId }, at)
    lines.push({
      article: article.articleId,
      number: article.number,
      quantity: pieces,
      book: known.has(article.articleId) ? book : null,
      difference: pieces - book,
      at: at.toISOString(),
    })
  }
  return lines
}

/** Two lines of one article would quietly overrule each other, so they are refused; a recount is a count of its own. */
function countable(articles: Found[]): void {
  const seen = new Set<number>()
  for (const [n, article] of articles.entries()) {
    if (!article.stockTracked) throw new Refusal('not-tracked', { field: `lines.${n}`, article: article.number })
    if (seen.has(article.articleId)) throw new Refusal('bad-input', { field: `lines.${n}`, reason: 'twice' })
    seen.add(article.articleId)
  }
}

/** Every line posts, also without a difference: the first count makes a level known, and the timeline shows that somebody looked. */
async function postLines(tx: Tx, row: DocumentRow, by: By): Promise<void> {
  const movements: Movement[] = []
  for (const [n, line] of row.lines.entries()) {
    const key = `count:${row.ref}:${n + 1}`
    const at = new Date(must(line.at, 'the time of a count line'))
    const { id } = await insertCountLine(
      tx,
      { key, articleId: line.article, locationId: row.locationId, countedAt: at, counted: line.quantity, book: line.book ?? null, actor: row.actor },
      by.now,
    )
    movements.push({
      key,
      articleId: line.article,
      locationId: row.locationId,
      kind: 'count',
      onHand: line.difference ?? 0,
      at,
      source: { type: 'count', ref: row.ref, line: n + 1, document: row.id, counted: line.quantity, ...bookOf(line), ...givenSource(row) },
      actor: row.actor,
      countLineId: id,
    })
  }
  await postMovements(tx, movements, by.now)
}

/** Left out where nothing was known. */
const bookOf = ({ book = null }: StoredLine): { book?: number } => (book === null ? {} : { book })

const content = (input: Count) => [
  input.locationId,
  input.countedAt?.toISOString() ?? null,
  input.lines.map((l) => [l.articleId ?? null, l.articleNumber ?? null, l.barcode ?? null, l.counted, l.countedAt?.toISOString() ?? null]),
  ...givenContent(given(input)),
]

async function counted(tx: Tx, row: DocumentRow, repeated: boolean): Promise<Counted> {
  const levels = await levelsAt(
    tx,
    row.locationId,
    row.lines.map((line) => line.article),
  )
  return {
    documentId: row.id,
    ref: row.ref,
    repeated,
    occurredAt: row.occurredAt,
    lines: row.lines.map((line, n) => ({
      line: n + 1,
      articleId: line.article,
      articleNumber: line.number,
      counted: line.quantity,
      book: line.book ?? null,
      difference: line.difference ?? 0,
      onHand: must(levels.get(line.article), 'a counted level').onHand,
      countedAt: new Date(must(line.at, 'the time of a count line')),
    })),
  }
}
