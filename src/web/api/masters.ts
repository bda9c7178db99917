/** An ERP that is master, over HTTP: its code and the lines to paste, its calls and what came of them, and "read this now". */

import { livingCodes } from '../../core/listeners/hook-code.sql.ts'
import { hookUser, makeHookCode } from '../../core/listeners/hook-code.ts'
import { locationById, locationMasteredBy } from '../../core/locations/locations.sql.ts'
import { numbersCount } from '../../core/master/numbers.sql.ts'
import { shopKnows } from '../../core/master/shop-knows.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Tx } from '../../db/open.ts'
import { startWalk } from '../../sync/become-master.ts'
import { calledPage, callsByIds, lastCalled } from '../../sync/called.sql.ts'
import { storeCalls } from '../../sync/called.ts'
import { feedCursor } from '../../sync/feed-cursor.sql.ts'
import { type Line, lineOfRow } from '../../sync/line.ts'
import { changesSince } from '../../sync/master-tally.sql.ts'
import { writeSettings } from '../../sync/setup.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { type Ask, found, type Handlers, inCompany } from '../handlers.ts'
import { thisConnection } from './connection-page.ts'

type MasterRoute = Extract<keyof Handlers, `masters.${string}`>

export const masters: Pick<Handlers, MasterRoute> = {
  'masters.show': inCompany(async (tx, { params, deps, by }) => shown(tx, deps, await lineOf(tx, deps, params.connectionId), by.now)),
  'masters.make-code': inCompany(async (tx, { params, deps, by }) => {
    const { connector, listenerId } = await lineOf(tx, deps, params.connectionId)
    if (connector.calledAt === undefined) throw new Refusal('not-ready', { missing: 'called-at' })
    const made = await makeHookCode(tx, listenerId, by)
    tx.show(listenerId)
    const user = hookUser(listenerId)
    return { ...made, user, address: addressOf(deps, connector.calledAt.path), form: connector.calledAt.form, lines: connector.calledAt.lines(user, made.code) }
  }),
  'masters.called': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const rows = await calledPage(tx, id, { key: query.number ?? null, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      // A document is called by its kind there, and people call it by its number.
      ({ key, orderId, orderName, ...row }) => ({
        ...row,
        number: row.feed === 'invoices' ? key.slice(key.indexOf('/') + 1) : key,
        order: orderId === null ? null : { id: orderId, name: orderName ?? '' },
      }),
    )
  }),
  'masters.ask': inCompany(async (tx, { params, body, deps, by }) => {
    const { listenerId, connector } = await lineOf(tx, deps, params.connectionId)
    if (connector.carries.master !== true) throw new Refusal('not-ready', { missing: 'master' })
    const again = await callsByIds(tx, listenerId, body.calls)
    if (again.length < new Set(body.calls).size) throw new Refusal('not-found', { field: 'calls' })
    const asking = [...new Set(body.numbers)].map((key) => ({ feed: 'stock', key, also: [] as string[] }))
    // Where the back office keeps the numbers there is nothing to read.
    if ((asking.length > 0 || again.some((call) => call.feed === 'stock')) && (await locationMasteredBy(tx, listenerId)) === null)
      throw new Refusal('not-ready', { missing: 'master' })
    const calls = [...asking, ...again].map((call) => ({ ...call, ignored: null }))
    await storeCalls(tx, listenerId, calls, by)
    return { numbers: calls.length }
  }),
  'masters.become': inCompany(async (tx, ask) => {
    const { line, at } = await turned(tx, ask, 'on')
    // Something else stands in the way: another system keeps its stock.
    if ((await locationMasteredBy(tx, line.listenerId)) === null) throw new Refusal('not-ready', { missing: 'master' })
    return await shown(tx, ask.deps, line, at)
  }),
  'masters.leave': inCompany(async (tx, ask) => {
    const { line, at } = await turned(tx, ask, 'off')
    return await shown(tx, ask.deps, line, at)
  }),
  'masters.known': inCompany(async (tx, { params, body, deps, by }) => {
    found(await locationById(tx, body.locationId))
    const { listenerId } = await lineOf(tx, deps, params.connectionId)
    return { articles: await shopKnows(tx, { listenerId, locationId: body.locationId }, body.articleIds ?? null, by) }
  }),
  'masters.fetch': inCompany(async (tx, { params, deps, by }) => {
    const line = await lineOf(tx, deps, params.connectionId)
    if (line.connector.carries.master !== true) throw new Refusal('not-ready', { missing: 'master' })
    if ((await locationMasteredBy(tx, line.listenerId)) === null) throw new Refusal('not-ready', { missing: 'active' })
    await startWalk(tx, line.listenerId, by.now)
    return await shown(tx, deps, line, by.now)
  }),
}

/** Seven days. */
const CHANGES_MS = 7 * 24 * 3_600_000
/** Who keeps the numbers is one of its settings, so that its own page and the store's say the same. */
async function turned(tx: Tx, { deps, params, by }: Pick<Ask<'masters.leave'>, 'deps' | 'params' | 'by'>, to: 'on' | 'off'): Promise<{ line: Line; at: Date }> {
  const { connector, listenerId, listener } = await lineOf(tx, deps, params.connectionId)
  if (connector.masterSwitch === undefined || listener.state === 'setup') throw new Refusal('not-ready', { missing: 'active' })
  const { field } = connector.masterSwitch
  await writeSettings(deps.sync, tx, listenerId, { [field]: connector.masterSwitch[to] }, by)
  tx.show(listenerId)
  return { line: await lineOf(tx, deps, params.connectionId), at: by.now }
}

async function lineOf(tx: Tx, deps: WebDeps, connectionId: number): Promise<Line> {
  const line = lineOfRow(deps.sync, tx.companyId, await thisConnection(tx, connectionId))
  if (line === null) throw new Refusal('not-connected')
  return line
}

async function shown(tx: Tx, deps: WebDeps, { listenerId, connector, settings }: Line, now: Date): Promise<Answered<'masters.show'>> {
  const mastered = await locationMasteredBy(tx, listenerId)
  const location = mastered === null ? null : await locationById(tx, mastered.id)
  const { beganAt, endedAt, found } = await feedCursor(tx, listenerId, 'articles')
  const { calledAt } = connector
  return {
    location: location === null ? null : { id: location.id, name: location.name },
    since: mastered?.masterSince ?? null,
    counts: connector.counts?.(settings) ?? 'never',
    numbers: mastered === null ? 0 : (await numbersCount(tx, mastered.id, null)).n,
    walk: { beganAt, endedAt, foundByWalk: found, numbers: mastered === null || beganAt === null ? 0 : (await numbersCount(tx, mastered.id, beganAt)).n },
    changes: await changesSince(tx, listenerId, new Date(now.getTime() - CHANGES_MS)),
    called:
      calledAt === undefined
        ? null
        : {
            address: addressOf(deps, calledAt.path),
            user: hookUser(listenerId),
            codes: (await livingCodes(tx, listenerId, now)).map(({ madeAt, endsAt }) => ({ madeAt, endsAt })),
            lastAt: { stock: null, invoices: null, ...Object.fromEntries((await lastCalled(tx, listenerId)).map(({ feed, at }) => [feed, at])) },
          },
  }
}

/** Ends in ? because the remote joins it with the data. Null = we have no address to be called at. */
const addressOf = (deps: WebDeps, path: string): string | null => (deps.sync.publicAddress === null ? null : `${deps.sync.publicAddress}${path}?`)
