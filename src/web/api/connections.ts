/** Connections over HTTP: the guide's buttons and the page's lists. What the remote is asked is asked outside any transaction. */
import type { Connector } from '../../connectors/contract.ts'
import { askLooks, retryRefused, setBuffer } from '../../core/told/ask-looks.ts'
import type { Tx } from '../../db/open.ts'
import { disconnect } from '../../sync/disconnect.ts'
import { mapPlaces } from '../../sync/map-places.ts'
import { previewPlaces } from '../../sync/preview-places.ts'
import { startRun } from '../../sync/runs.ts'
import { activate, checkConnection, createConnection, pause, resume, saveSettings, saveWays, subscribe } from '../../sync/setup.ts'
import type { Answered, RouteId } from '../contract/routes.ts'
import { cursorOf, pageOf, textAfter } from '../cursors.ts'
import { type Ask, byItself, type Handlers, inCompany, watched } from '../handlers.ts'
import { boxArticles, ourArticles } from './boxes.ts'
import { connectionHeads, connectionPage, headOf, NOTHING_WAITS, roleOf, thisConnection, thisWebshop } from './connection-page.ts'
import { listingPage } from './connections.sql.ts'
import type { MessageRoute } from './messages.ts'
import { oneRunShown } from './run-shown.ts'
import type { ShopArticleRoute } from './shop-articles.ts'

type Noun = 'connectors' | 'connections'

function connectorShown(connector: Connector<unknown>): Answered<'connectors.list'>['items'][number] {
  const { code, title, needs, settings, guide, words, carries } = connector
  return {
    code,
    title,
    role: roleOf(connector),
    needs,
    fields: settings.fields.map((field) => ({
      name: field.name,
      label: field.label,
      help: field.help,
      secret: field.secret === true,
      optional: field.optional === true,
      options: [...(field.options ?? [])],
      placeholder: field.placeholder ?? null,
      locked: field.locked ?? null,
      unless: field.unless ?? null,
    })),
    guide: guide.map((step) => ({ ...step, doneWhen: [...step.doneWhen] })),
    words: { ...words },
    carries: { in: [...carries.in], out: [...carries.out], hooks: carries.hooks, comparesAtRemote: carries.stock.compare === 'remote' },
  }
}

/** The page as it stands after what was done. */
const page = (companyId: number, ask: Ask<RouteId>, id: number) => ask.deps.sync.db.inCompany(companyId, (tx) => connectionPage(tx, ask.deps.sync, id))

/** A step of the guide: done outside any transaction, then shown. */
type StepAsk = Pick<Ask<'connections.check'>, 'deps' | 'params' | 'by'>
const step = (work: (companyId: number, ask: StepAsk) => Promise<unknown>) => async (companyId: number, ask: StepAsk) => {
  const { sync } = ask.deps
  await sync.db.inCompany(companyId, (tx) => thisConnection(tx, ask.params.connectionId))
  await work(companyId, ask)
  return await sync.db.inCompany(companyId, (tx) => connectionPage(tx, sync, ask.params.connectionId))
}

async function someArticles(tx: Tx, ids: number[] | undefined): Promise<number[] | null> {
  return ids === undefined ? null : await ourArticles(tx, ids)
}

/** Those about its articles are in shop-articles.ts, what was said in messages.ts. */
export const connections: Omit<Pick<Handlers, Extract<keyof Handlers, `${Noun}.${string}`>>, ShopArticleRoute | MessageRoute> = {
  'connectors.list': inCompany(async (_tx, { deps }) => ({
    items: Object.values(deps.sync.connectors)
      .filter((connector) => connector.practice !== true)
      .map(connectorShown),
  })),
  'connections.list': inCompany(async (tx, { deps }) => ({ items: await connectionHeads(tx, deps.sync) })),
  'connections.make': byItself(async (companyId, ask) => await page(companyId, ask, (await createConnection(ask.deps.sync, companyId, ask.body, ask.by)).id)),
  'connections.show': inCompany(async (tx, { params, deps }) => await connectionPage(tx, deps.sync, params.connectionId)),
  'connections.live': watched(
    ({ params }) => params.connectionId,
    async (tx, { params, deps }) => await connectionPage(tx, deps.sync, params.connectionId),
  ),
  'connections.settings': byItself(async (companyId, ask) => {
    const { sync } = ask.deps
    const id = ask.params.connectionId
    const { settings, ...ways } = ask.body
    await sync.db.inCompany(companyId, (tx) => thisConnection(tx, id))
    if (settings !== undefined) await saveSettings(sync, companyId, id, settings, ask.by)
    if (Object.values(ways).some((value) => value !== undefined)) await saveWays(sync, companyId, id, ways, ask.by)
    return await page(companyId, ask, id)
  }),
  'connections.check': byItself(step((companyId, { deps, params, by }) => checkConnection(deps.sync, companyId, params.connectionId, by))),
  'connections.preview-places': byItself(async (companyId, { deps, params, body, by }) => {
    await deps.sync.db.inCompany(companyId, (tx) => thisConnection(tx, params.connectionId))
    const { places, ...ways } = body
    return await previewPlaces(deps.sync, companyId, params.connectionId, places, by, ways)
  }),
  'connections.places': byItself(async (companyId, ask) => {
    const { places, ...ways } = ask.body
    await mapPlaces(ask.deps.sync, companyId, ask.params.connectionId, places, ask.by, ways)
    return await page(companyId, ask, ask.params.connectionId)
  }),
  'connections.activate': byItself(step((companyId, { deps, params, by }) => activate(deps.sync, companyId, params.connectionId, by))),
  'connections.subscribe': byItself(step((companyId, { deps, params, by }) => subscribe(deps.sync, companyId, params.connectionId, by))),
  'connections.pause': byItself(step((companyId, { deps, params, by }) => pause(deps.sync, companyId, params.connectionId, by))),
  'connections.resume': byItself(step((companyId, { deps, params, by }) => resume(deps.sync, companyId, params.connectionId, by))),
  'connections.disconnect': byItself(async (companyId, { deps, params, by }) => {
    const listener = await deps.sync.db.inCompany(companyId, (tx) => thisConnection(tx, params.connectionId))
    const left = await disconnect(deps.sync, companyId, params.connectionId, by)
    return { ...headOf(deps.sync, { ...listener, state: 'gone', stateWhy: null }, {}, NOTHING_WAITS), ...left }
  }),
  'connections.match': byItself(async (companyId, { deps, params, by }) => {
    await deps.sync.db.inCompany(companyId, (tx) => thisWebshop(tx, deps.sync, params.connectionId))
    const { id } = await startRun(deps.sync, companyId, params.connectionId, 'match', by)
    return await deps.sync.db.inCompany(companyId, async (tx) => oneRunShown(tx, await thisConnection(tx, params.connectionId), id, by.now))
  }),

  'connections.box': inCompany(async (tx, { params, body, by, deps }) => {
    const { id } = await thisWebshop(tx, deps.sync, params.connectionId)
    return await boxArticles(tx, id, body, by)
  }),
  'connections.buffer': inCompany(async (tx, { params, body, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const ids = await ourArticles(tx, body.articleIds)
    await setBuffer(tx, id, ids, body.buffer, by)
    return { articles: ids.length }
  }),
  'connections.retry': inCompany(async (tx, { params, body, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    return { cells: await retryRefused(tx, id, await someArticles(tx, body.articleIds), by, body.state) }
  }),
  'connections.looks': inCompany(async (tx, { params, body, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const ids = await someArticles(tx, body.articleIds)
    return { cells: await askLooks(tx, id, ids === null ? null : { articleIds: ids, locationIds: null }, { lane: ids === null ? 'backfill' : 'live', why: 'asked' }, by) }
  }),
  'connections.listings': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const rows = await listingPage(tx, { listenerId: id, number: query.number ?? null, only: query.only ?? null, afterRef: textAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.itemRef),
      (row) => row,
    )
  }),
}
