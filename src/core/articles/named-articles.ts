/** Exact look-ups. A number an article had before still leads to it (`moved`); nothing is ever guessed (S10). */
import type { Tx } from '../../db/open.ts'
import { Refusal } from '../refusal.ts'
import { articlesByGtins, articlesByIds, articlesByNumbers, type Found } from './articles.sql.ts'
import { gtin14 } from './barcode.ts'

/** Those that are found, by the number asked for. */
async function foundByNumber(tx: Tx, numbers: string[]): Promise<Map<string, Found>> {
  if (numbers.length === 0) return new Map()
  return new Map((await articlesByNumbers(tx, [...new Set(numbers)])).map((found) => [found.asked, found]))
}

/** How a caller names an article: exactly one of the three. */
export interface Named {
  articleId?: number | undefined
  articleNumber?: string | undefined
  barcode?: string | undefined
}

/** One article per line, in order. The first line that leads nowhere refuses the whole. */
export async function namedArticles(tx: Tx, lines: Named[]): Promise<Found[]> {
  const ids = lines.flatMap((line) => line.articleId ?? [])
  const gtins = lines.flatMap((line) => (line.barcode === undefined ? [] : (gtin14(line.barcode) ?? [])))
  const byId = new Map(ids.length === 0 ? [] : (await articlesByIds(tx, ids)).map((found) => [found.articleId, found]))
  const byGtin = new Map(gtins.length === 0 ? [] : (await articlesByGtins(tx, gtins)).map((found) => [found.asked, found]))
  const byNumber = await foundByNumber(
    tx,
    lines.flatMap((line) => line.articleNumber ?? []),
  )
  return lines.map((line, n) => {
    if (line.articleId !== undefined) return byId.get(line.articleId) ?? unknownArticle(n, 'articleId', line.articleId)
    if (line.articleNumber !== undefined) return byNumber.get(line.articleNumber) ?? unknownArticle(n, 'articleNumber', line.articleNumber)
    return byGtin.get(gtin14(line.barcode ?? '') ?? '') ?? unknownArticle(n, 'barcode', line.barcode ?? '')
  })
}

function unknownArticle(line: number, field: string, article: string | number): never {
  throw new Refusal('unknown-article', { field: `lines.${line}.${field}`, article })
}
