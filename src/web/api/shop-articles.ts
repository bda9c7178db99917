/** A webshop's articles over HTTP: each with its state, what the shop has of its number, and the acts that put it right. */

import type { ListenerRow } from '../../core/listeners/listener.ts'
import { walkOf } from '../../core/listings/listings.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { askStocking, leaveOut, mindAgain } from '../../core/told/ask-stocking.ts'
import type { Tx } from '../../db/open.ts'
import { unappliedArticles } from '../../sync/apply.ts'
import type { SyncDeps } from '../../sync/deps.ts'
import { findAgain } from '../../sync/find-again.ts'
import type { Answered, RouteId } from '../contract/routes.ts'
import { cursorOf, pageOf, textAfter } from '../cursors.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'
import { isHeldByMessage, stateShown } from './article-state.ts'
import { ourArticles } from './boxes.ts'
import { itemPages, stockingOf, thisConnection } from './connection-page.ts'
import { type ConnectionArticle, type ConnectionCell, connectionArticles, connectionCells } from './connections.sql.ts'
import { itemsOf } from './shop-articles.sql.ts'

export type ShopArticleRoute = Extract<RouteId, 'connections.articles' | 'connections.article' | 'connections.find' | 'connections.stocking'>

export function cellState(cell: ConnectionCell, article: { boxed: boolean; link: string; state: string }, synced: boolean): ReturnType<typeof stateShown> {
  if (!article.boxed) return stateShown(article.state)
  if (article.link !== 'matched') return article.link === 'moved' ? 'link-moved' : stateShown(article.link)
  if (cell.wanted === null || cell.told === null) return 'no-stock-yet'
  if (cell.leftOut) return 'left-out'
  if (cell.refusal !== null) return cell.stocking ? 'stocking' : stateShown(cell.refusal)
  if (cell.wanted > cell.told && !synced) return 'not-synced-yet'
  return cell.wanted <= cell.told ? 'in-sync' : cell.checking ? 'checking' : 'waiting'
}

async function shown(
  tx: Tx,
  deps: SyncDeps,
  listener: ListenerRow,
  rows: ConnectionArticle[],
): Promise<(row: ConnectionArticle) => Answered<'connections.articles'>['items'][number]> {
  const cells = await connectionCells(
    tx,
    listener.id,
    rows.map((row) => row.articleId),
  )
  const held = rows.some((row) => row.state === 'checking') ? await unappliedArticles(tx, listener.id) : []
  const itemUrl = itemPages(deps, tx.companyId, listener)
  return (row) => ({
    ...row,
    itemUrl: itemUrl(row.itemRef),
    state: stateShown(row.state),
    heldByMessage: isHeldByMessage(row, held),
    cells: cells.filter((cell) => cell.articleId === row.articleId).map((cell) => ({ ...cell, state: cellState(cell, row, listener.firstSyncedAt !== null) })),
  })
}

export const shopArticles: Pick<Handlers, ShopArticleRoute> = {
  'connections.articles': inCompany(async (tx, { params, query, deps }) => {
    const listener = await thisConnection(tx, params.connectionId)
    const asked = { listenerId: listener.id, articleId: null, state: query.state ?? null, q: query.q ?? null, afterNumber: textAfter(query.cursor), limit: query.limit + 1 }
    const rows = await connectionArticles(tx, asked)
    return pageOf(rows, query.limit, (row) => cursorOf(row.number), await shown(tx, deps.sync, listener, rows))
  }),
  'connections.article': inCompany(async (tx, { params, deps }) => {
    const listener = await thisConnection(tx, params.connectionId)
    const asked = { listenerId: listener.id, articleId: params.articleId, state: null, q: null, afterNumber: null, limit: 1 }
    const row = found((await connectionArticles(tx, asked))[0])
    const pageOfItem = itemPages(deps.sync, tx.companyId, listener)
    const items = (await itemsOf(tx, listener.id, row.articleId)).map((item) => ({ ...item, adminUrl: item.gone ? null : pageOfItem(item.itemRef) }))
    return { ...(await shown(tx, deps.sync, listener, [row]))(row), listRead: (await walkOf(tx, listener.id)).at !== null, items }
  }),
  'connections.find': byItself(async (companyId, { deps, params, body, by }) => {
    const { sync } = deps
    const ids = await sync.db.inCompany(companyId, async (tx) => {
      await thisConnection(tx, params.connectionId)
      return await ourArticles(tx, body.articleIds)
    })
    return { changed: await findAgain(sync, companyId, params.connectionId, ids, by) }
  }),
  'connections.stocking': inCompany(async (tx, { params, body, by, deps }) => {
    const listener = await thisConnection(tx, params.connectionId)
    const ids = body.articleIds === undefined ? null : await ourArticles(tx, body.articleIds)
    if (body.ask === 'leave') return { cells: await leaveOut(tx, listener.id, ids, by) }
    if (body.ask === 'mind') return { cells: await mindAgain(tx, listener.id, ids) }
    const { can, scope } = stockingOf(deps.sync, listener)
    if (can === 'right-missing') throw new Refusal('not-ready', { missing: 'rights', reason: 'scope-missing', scope: scope ?? '' })
    if (can !== 'yes') throw new Refusal('not-ready', { missing: can, reason: can })
    return { cells: await askStocking(tx, listener.id, body.ask, ids, by) }
  }),
}
