/** "Why isn't it in sync?" over HTTP: what everyone who is to hear of an article knows of it, put together from what each page says by itself. */
import { articlesByIds } from '../../core/articles/articles.sql.ts'
import { type ListenerRow, pausedByAnswer } from '../../core/listeners/listener.ts'
import { allListeners } from '../../core/listeners/listeners.sql.ts'
import { type MasterSays, mastersSay } from '../../core/master/numbers.sql.ts'
import { allViews } from '../../core/views/views.sql.ts'
import type { Tx } from '../../db/open.ts'
import { stoppedBy } from '../../sync/rights.ts'
import type { SyncCode } from '../contract/article-sync.ts'
import { STANDINGS, type Standing } from '../contract/standings.ts'
import type { WebDeps } from '../deps.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { roleOf } from './connection-page.ts'
import { linesAtShop } from './sync-at-shop.ts'
import { type Line, line, type Of, type Rest } from './sync-line.ts'
import { linesOfView } from './sync-of-view.ts'

export const articleSync: Pick<Handlers, 'articles.sync'> = {
  'articles.sync': inCompany(async (tx, { params, deps }) => {
    const article = found((await articlesByIds(tx, [params.articleId]))[0])
    const lines: Line[] = []
    const masters = await mastersSay(tx, [article.articleId])
    for (const listener of await allListeners(tx))
      if (listener.kind === 'connection' && listener.state !== 'gone') lines.push(...(await linesOfConnection(tx, deps, listener, article, masters)))
    for (const view of await allViews(tx)) lines.push(...(await linesOfView(tx, { listenerId: view.id, name: view.name, role: 'view' }, view, article.articleId)))
    return { standing: worst(lines), lines: lines.toSorted((one, other) => STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing)) }
  }),
}

const worst = (lines: Line[]): Standing => STANDINGS.find((each) => lines.some(({ standing }) => standing === each)) ?? 'left-alone'

/** The connection itself comes first: while it stands still nothing else is worth saying. */
async function linesOfConnection(tx: Tx, deps: WebDeps, listener: ListenerRow, article: { articleId: number; stockTracked: boolean }, masters: MasterSays[]): Promise<Line[]> {
  const role = roleOf(deps.sync.connectors[listener.code])
  const of = { listenerId: listener.id, name: listener.name, role }
  const lines =
    role === 'erp' ? masters.filter((each) => each.connectionId === listener.id).map((says) => lineOfMaster(of, says)) : await linesAtShop(tx, deps, of, listener, article, masters)
  // Of an article it is told nothing of, it says no more than that.
  if (lines.every(({ standing }) => standing === 'left-alone')) return lines
  if (listener.state === 'setup') return [line(of, 'setup')]
  if (listener.state === 'paused') return [line(of, 'paused', whyPaused(listener))]
  const stopped = stoppedBy(listener.health).find(({ what }) => what === 'stock')
  const waits = lines.some(({ standing }) => standing === 'waiting')
  if (stopped !== undefined && waits) return [line(of, 'right-missing', { facts: { scope: stopped.scope } }), ...lines.filter(({ standing }) => standing !== 'waiting')]
  const { trouble } = listener
  return trouble !== null && waits ? [line(of, 'failing', { facts: { why: trouble.code, ...trouble.facts }, since: new Date(trouble.since) }), ...lines] : lines
}

const whyPaused = (listener: ListenerRow): Rest =>
  listener.stateWhy === null
    ? {}
    : { facts: { why: listener.stateWhy.code, ...listener.stateWhy.facts, ...(pausedByAnswer(listener) ? {} : { by: 'person' }) }, since: new Date(listener.stateWhy.at) }

const lineOfMaster = (of: Of, { locationId, number, why, at }: MasterSays): Line =>
  line(of, why === 'not-ticked' ? 'not-boxed' : (why ?? masterCode(number)), { about: 'stock', locationId, since: at, facts: number === null ? {} : { theirs: number } })
const masterCode = (number: number | null): SyncCode => (number === null ? 'not-asked' : 'taken-over')
