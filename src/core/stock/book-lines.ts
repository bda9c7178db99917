/** Documents whose lines simply move pieces: sales, goods receipts, corrections. */
import type { Tx } from '../../db/open.ts'
import type { Found } from '../articles/articles.sql.ts'
import { type Named, namedArticles } from '../articles/named-articles.ts'
import type { By } from '../by.ts'
import { openLocation, ownLocation } from '../locations/change-location.ts'
import { pricesAt } from '../prices/prices-of.ts'
import { Refusal } from '../refusal.ts'
import { alreadyHere, contentHash, given, givenContent, givenSource, pastTime, piecesOf, storeDocument } from './document.ts'
import type { DocumentRow, DocumentType, Given, StoredLine } from './documents.sql.ts'
import { levelsAt } from './levels.sql.ts'
import { type Movement, type MovementKind, postMovements } from './post-movements.ts'

export interface Line extends Named {
  quantity: number
  unitPriceMinor?: number | undefined
  unitCostMinor?: number | undefined
}
export interface LinesDocument {
  ref: string
  locationId: number
  occurredAt?: Date | undefined
  lines: Line[]
  reason?: Given['reason'] | undefined
  note?: string | null | undefined
}
export interface Booked {
  documentId: number
  ref: string
  repeated: boolean
  occurredAt: Date
  lines: { line: number; articleId: number; articleNumber: string; quantity: number; onHand: number | null; available: number | null }[]
}
/** How one type of document reads its lines. */
export interface Reading {
  type: DocumentType
  /** May name articles that aren't kept in stock: those are written down and move nothing. */
  untracked: boolean
  move(pieces: number): { kind: MovementKind; onHand: number }
}

export async function bookLines(tx: Tx, input: LinesDocument, reading: Reading, by: By): Promise<Booked> {
  const bodyHash = contentHash(content(input, reading.move(1).kind))
  const before = await alreadyHere(tx, reading.type, input.ref, bodyHash)
  if (before !== null) return await booked(tx, before, true)

  const location = await (reading.type === 'sale' ? openLocation : ownLocation)(tx, input.locationId)
  const occurredAt = pastTime(input.occurredAt, by.now, 'time-in-future', 'occurredAt')
  const articles = await namedArticles(tx, input.lines)
  const price = reading.type === 'sale' ? await unsaidPrices(tx, articles, input, location.id, occurredAt) : () => undefined
  const lines = articles.map((article, n): StoredLine => {
    const line = input.lines[n] as Line
    if (!article.stockTracked && !reading.untracked) throw new Refusal('not-tracked', { field: `lines.${n}`, article: article.number })
    const unitPriceMinor = line.unitPriceMinor ?? price(article.articleId)
    return {
      article: article.articleId,
      number: article.number,
      quantity: piecesOf(line.quantity, article.pack, `lines.${n}.quantity`),
      ...(unitPriceMinor === undefined ? {} : { price: unitPriceMinor }),
      ...(line.unitCostMinor === undefined ? {} : { cost: line.unitCostMinor }),
      ...(article.stockTracked ? {} : { tracked: false }),
    }
  })
  const { row, repeated } = await storeDocument(tx, {
    type: reading.type,
    ref: input.ref,
    locationId: location.id,
    occurredAt,
    postedAt: by.now,
    actor: by.actor,
    bodyHash,
    lines,
    ...given(input),
  })
  if (!repeated) await postMovements(tx, movements(row, reading), by.now)
  return await booked(tx, row, repeated)
}

/** Whoever sold without saying for how much asked the price that held there then (P7). */
async function unsaidPrices(tx: Tx, articles: Found[], { lines }: LinesDocument, locationId: number, at: Date): Promise<(articleId: number) => number | undefined> {
  const ids = articles.flatMap((article, n) => (lines[n]?.unitPriceMinor === undefined ? [article.articleId] : []))
  if (ids.length === 0) return () => undefined
  const prices = await pricesAt(tx, ids, locationId, at)
  return (articleId) => prices.get(articleId)
}

function movements(row: DocumentRow, reading: Reading): Movement[] {
  return row.lines.flatMap((line, n) => {
    if (line.tracked === false) return []
    return {
      key: `${row.type}:${row.ref}:${n + 1}`,
      articleId: line.article,
      locationId: row.locationId,
      ...reading.move(line.quantity),
      at: row.occurredAt,
      source: { type: row.type, ref: row.ref, line: n + 1, document: row.id, ...givenSource(row) },
      actor: row.actor,
      ...(line.cost === undefined ? {} : { unitCostMinor: line.cost }),
    }
  })
}

const content = (input: LinesDocument, kind: MovementKind) => [
  kind,
  input.locationId,
  input.occurredAt?.toISOString() ?? null,
  input.lines.map((l) => [l.articleId ?? null, l.articleNumber ?? null, l.barcode ?? null, l.quantity, l.unitPriceMinor ?? null, l.unitCostMinor ?? null]),
  ...givenContent(given(input)),
]

async function booked(tx: Tx, row: DocumentRow, repeated: boolean): Promise<Booked> {
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
    lines: row.lines.map((line, n) => {
      const level = levels.get(line.article)
      return {
        line: n + 1,
        articleId: line.article,
        articleNumber: line.number,
        quantity: line.quantity,
        onHand: level?.onHand ?? null,
        available: level === undefined ? null : level.onHand - level.reserved,
      }
    }),
  }
}
