/** How one article stands at one webshop: its number at each place, and what the shop has been told of the product. */
import { catalogueOf, nextRunOf } from '../../core/catalogue/catalogues.sql.ts'
import type { ListenerRow } from '../../core/listeners/listener.ts'
import type { MasterSays } from '../../core/master/numbers.sql.ts'
import { catalogueViewById } from '../../core/views/views.sql.ts'
import type { Tx } from '../../db/open.ts'
import { unappliedArticles } from '../../sync/apply.ts'
import type { SyncCode } from '../contract/article-sync.ts'
import type { ArticleState } from '../contract/states.ts'
import type { WebDeps } from '../deps.ts'
import { isHeldByMessage, stateShown } from './article-state.ts'
import { type ConnectionArticle, type ConnectionCell, connectionArticles, connectionCells } from './connections.sql.ts'
import { type OpenDifference, openDifferencesOf } from './differences.sql.ts'
import { cellState } from './shop-articles.ts'
import { type Line, line, type Of } from './sync-line.ts'
import { linesOfView } from './sync-of-view.ts'

interface Asked {
  articleId: number
  stockTracked: boolean
}

export async function linesAtShop(tx: Tx, deps: WebDeps, of: Of, listener: ListenerRow, article: Asked, masters: MasterSays[]): Promise<Line[]> {
  const catalogue = deps.sync.connectors[listener.code]?.carries.out.includes('product') === true ? await catalogueOf(tx, listener.id) : null
  const numbers = await linesOfStock(tx, of, listener, article, { masters, off: catalogue?.products === true && !catalogue.stock })
  return catalogue?.products === true ? [...numbers, ...(await linesOfCatalogue(tx, of, listener, article.articleId, catalogue.live))] : numbers
}

async function linesOfStock(tx: Tx, of: Of, listener: ListenerRow, { articleId, stockTracked }: Asked, here: { masters: MasterSays[]; off: boolean }): Promise<Line[]> {
  const [row] = await connectionArticles(tx, { listenerId: listener.id, articleId, state: null, q: null, afterNumber: null, limit: 1 })
  const one = (code: SyncCode) => [line(of, code, { about: 'stock' })]
  if (row?.boxed !== true) return one(row === undefined ? 'not-boxed' : stateShown(row.state))
  if (!stockTracked) return one('not-kept')
  if (here.off) return one('stock-off')
  const cells = row.link === 'matched' ? await connectionCells(tx, listener.id, [articleId]) : []
  if (cells.length === 0) return one(row.link === 'matched' ? 'place-gone' : stateShown(row.state))
  const differing = await openDifferencesOf(tx, listener.id, articleId)
  const held = isHeldByMessage({ state: 'checking', articleId }, row.state === 'checking' ? await unappliedArticles(tx, listener.id) : [])
  return cells.map((cell) =>
    lineOfCell(of, row, cell, { ...here, held, synced: listener.firstSyncedAt !== null, difference: differing.find((each) => each.locationId === cell.locationId) }),
  )
}

interface Around {
  masters: MasterSays[]
  held: boolean
  synced: boolean
  difference: OpenDifference | undefined
}
function lineOfCell(of: Of, row: ConnectionArticle, cell: ConnectionCell, { masters, held, synced, difference }: Around): Line {
  const state = cellState(cell, row, synced)
  const { locationId, target, toldValue, waitingSince, toldAt, said } = cell
  const numbers = { ...(target === null ? {} : { ours: target }), ...(toldValue === null ? {} : { theirs: toldValue }) }
  const at = { about: 'stock', locationId, facts: numbers, since: waitingSince ?? toldAt, said } as const
  if (difference !== undefined && (state === 'in-sync' || GOES_ON.includes(state))) {
    const { id, theirs, ours, reason, seenAt } = difference
    return line(of, 'differs', { ...at, since: seenAt, facts: { differenceId: id, theirs, ours, ...(reason === null ? {} : { reason }) } })
  }
  if (state === 'checking' && held) return line(of, 'held-by-message', at)
  // Where another system keeps the stock nobody counts here.
  if (state === 'no-stock-yet' && masters.some((master) => master.locationId === locationId)) return line(of, 'no-number-yet', at)
  return line(of, state, at)
}
const GOES_ON: ArticleState[] = ['waiting', 'checking']

/** One told by runs alone waits for the next of them. */
async function linesOfCatalogue(tx: Tx, of: Of, listener: ListenerRow, articleId: number, live: boolean): Promise<Line[]> {
  const view = await catalogueViewById(tx, listener.id)
  if (view === null) return []
  const lines = await linesOfView(tx, of, view, articleId)
  const nextRunAt = live ? null : await nextRunOf(tx, listener.id)
  return lines.map((each) =>
    !live && each.code === 'queued' ? line(of, 'next-run', { ...each, facts: { ...each.facts, ...(nextRunAt === null ? {} : { nextRunAt: nextRunAt.toISOString() }) } }) : each,
  )
}
