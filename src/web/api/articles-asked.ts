/** Which articles a list is asked for: by exact look-ups, or by search and filters. */
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'
import type { Asked } from '../contract/routes.ts'
import { type ArticlesAsked, articlesByRemoteRef, idsInView } from './articles.sql.ts'
import { namedExactly, onlyOne } from './named-exactly.ts'

export interface LookedUp {
  ids: number[]
  /** Which of them were asked for by a number they had before. */
  moved: Set<number>
}
type Query = Asked<'articles.export', 'query'>

/** Null = no exact look-up was asked. */
async function lookUp(tx: Tx, query: Query): Promise<LookedUp | null> {
  const { number, barcode, remoteRef, externalId = null, viewId = null } = query
  onlyOne([number, barcode, remoteRef, externalId ?? viewId?.toString()])
  const idsOf = (rows: { id: number }[]): LookedUp => ({ ids: rows.map((row) => row.id), moved: new Set() })
  if (remoteRef !== undefined) return idsOf(await articlesByRemoteRef(tx, remoteRef, query.connectionId ?? null))
  if (externalId !== null || viewId !== null) return idsOf(await idsInView(tx, 'article', externalId, viewId))
  const rows = await namedExactly(tx, query)
  return rows === null ? null : { ids: rows.map((row) => row.articleId), moved: new Set(rows.filter((row) => row.moved).map((row) => row.articleId)) }
}

/** Throws {Refusal} bad-input. */
export async function articlesAsked(tx: Tx, query: Query): Promise<{ exact: LookedUp | null; asked: Omit<ArticlesAsked, 'afterNumber' | 'limit'> }> {
  const exact = await lookUp(tx, query)
  const { q = null, connectionId = null, state = null, stock = null, archived = false, productId = null, changedAfter = null } = query
  if (state !== null && connectionId === null) throw new Refusal('bad-input', { field: 'connectionId', reason: 'missing' })
  const ids = exact?.ids ?? null
  return { exact, asked: { q, ids, connectionId: exact === null ? connectionId : null, state, stock, archived, productId, changedAfter } }
}
