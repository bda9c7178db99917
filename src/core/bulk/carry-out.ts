/** Carries out a part of what was previewed, by the verbs a person uses, each row as it was seen; what is otherwise by now is left, and said. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { sameText } from '../../kit/json.ts'
import { gtin14 } from '../articles/barcode.ts'
import { type ArticleChange, changeArticle, dropBarcode, giveBarcode } from '../articles/change-article.ts'
import type { By } from '../by.ts'
import { holdOrders } from '../orders/hold-orders.ts'
import { countStock } from '../stock/count-stock.ts'
import { undoCounts } from '../stock/undo-counts.ts'
import { tickBox, untickBox } from '../told/tick-box.ts'
import type { BulkChangeRow } from './bulk.sql.ts'
import type { Fields } from './bulk.ts'
import { type ArticleNow, articlesNow, lockArticles } from './facts.sql.ts'
import { makeArticle } from './make-article.ts'
import type { Outcome, RowToDo } from './rows.sql.ts'
import { didOf } from './undo.sql.ts'
import { undoJudge } from './undo-judge.ts'

/** All or none: a refusal of one row is the caller's to part from the others. */
export async function carryOutRows(tx: Tx, bulk: BulkChangeRow, rows: RowToDo[], by: By): Promise<Outcome[]> {
  // Numbers appear and boxes are ticked: the orders of all connections come before any article, as everybody takes them.
  if (rows.some((row) => row.verdict === 'make' || row.after.boxed !== undefined)) await holdOrders(tx)
  const ids = rows.flatMap((row) => row.articleId ?? [])
  const ns = rows.map((row) => row.n)
  await lockArticles(tx, ids)
  const standing = new Map((await articlesNow(tx, ids, bulk.locationId)).map((now) => [now.articleId, now]))
  const outcomes: Outcome[] = []
  const undo = bulk.kind === 'undo' ? await undoJudge(tx, bulk, ns) : null
  for (const row of rows) {
    const now = row.articleId === null ? null : must(standing.get(row.articleId), 'the article')
    if (now !== null && !(undo === null ? asSeen(now, row) : sameButPieces(undo(now, row.n).after, row.after)))
      outcomes.push({ n: row.n, state: 'failed', articleId: row.articleId, code: 'changed-meanwhile' })
    else outcomes.push({ n: row.n, state: 'done', articleId: now === null ? await makeArticle(tx, bulk.id, row, by) : await change(tx, now, row.after, by), code: null })
  }
  const done = outcomes.flatMap(({ n, state, articleId }, at) => (state === 'done' ? [{ n, articleId: must(articleId, 'the article'), after: rows[at]?.after ?? {} }] : []))
  await (undo === null ? countThem : takeBackCounts)(tx, bulk, rows[0]?.n ?? 0, done, by)
  await boxThem(tx, done, by)
  return outcomes
}

/** Whether every field that is to change still stands as a person saw it, or already as it is to be. */
function asSeen(now: ArticleNow, { before, after }: RowToDo): boolean {
  const { barcodes: _, boxed: was = {}, ...plain } = before
  const fieldsStand = (Object.keys(plain) as (keyof typeof plain)[]).every((field) => now[field] === before[field] || now[field] === after[field])
  return fieldsStand && Object.keys(was).every((id) => [was[id], after.boxed?.[id]].includes(now.boxed[id] ?? false))
}

/** The same fields go back to the same; pieces move on while people look. */
const sameButPieces = ({ onHand: now, ...after }: Fields, { onHand: seen, ...shown }: Fields): boolean =>
  sameText(after) === sameText(shown) && (now === undefined) === (seen === undefined) && (now === null) === (seen === null)

async function change(tx: Tx, now: ArticleNow, after: Fields, by: By): Promise<number> {
  const { barcodes, boxed: _, onHand: _counted, ...plain } = after
  if (Object.keys(plain).length > 0) await changeArticle(tx, now.articleId, plain satisfies ArticleChange, by)
  if (barcodes !== undefined) await giveBarcodes(tx, now, barcodes, by)
  return now.articleId
}

async function giveBarcodes(tx: Tx, now: ArticleNow, wanted: string[], by: By): Promise<void> {
  const has = new Set(now.barcodes.map(gtin14))
  const keeps = new Set(wanted.map(gtin14))
  for (const code of now.barcodes) if (!keeps.has(gtin14(code))) await dropBarcode(tx, now.articleId, code, by)
  for (const code of wanted) if (!has.has(gtin14(code))) await giveBarcode(tx, now.articleId, { code, pack: 1 }, by)
}

interface Done {
  n: number
  articleId: number
  after: Fields
}

/** One count for the whole part, as somebody who counts a shelf hands it in. */
async function countThem(tx: Tx, { id, locationId }: BulkChangeRow, first: number, done: Done[], by: By): Promise<void> {
  const lines = done.flatMap(({ articleId, after: { onHand } }) => (typeof onHand === 'number' ? [{ articleId, counted: onHand }] : []))
  if (lines.length > 0) await countStock(tx, { ref: `bulk-${id}-${first}`, locationId: must(locationId, 'where it is counted'), lines }, by)
}

/** By what they had added: what was sold and received since the preview too stays. */
async function takeBackCounts(tx: Tx, { id, ofId, locationId }: BulkChangeRow, first: number, done: Done[], by: By): Promise<void> {
  const counted = done.filter(({ after }) => after.onHand !== undefined)
  if (counted.length === 0) return
  const ns = counted.map((each) => each.n)
  const pieces = new Map((await didOf(tx, must(ofId, 'what is undone'), locationId, ns)).map((did) => [did.n, did.pieces]))
  const lines = counted.map(({ n, articleId }) => ({ articleId, pieces: pieces.get(n) ?? 0 }))
  await undoCounts(tx, { ref: `bulk-${id}-${first}`, locationId: must(locationId, 'where it was counted'), lines }, by)
}

async function boxThem(tx: Tx, done: Done[], by: By): Promise<void> {
  const listeners = new Set(done.flatMap(({ after }) => Object.keys(after.boxed ?? {})))
  for (const listener of listeners) {
    const wanted = (boxed: boolean) => done.flatMap(({ articleId, after }) => (after.boxed?.[listener] === boxed ? [articleId] : []))
    const [ticked, unticked] = [wanted(true), wanted(false)]
    if (ticked.length > 0) await tickBox(tx, Number(listener), ticked, by)
    if (unticked.length > 0) await untickBox(tx, Number(listener), unticked, by)
  }
}
