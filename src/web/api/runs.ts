/** Runs over HTTP: first sync, sync all, taking over the shop's numbers. Dry run first, then a person confirms. */
import type { By } from '../../core/by.ts'
import { asksTwice } from '../../core/runs/flags.ts'
import type { Tx } from '../../db/open.ts'
import { cancelRun, confirmRun, goOnWithRun, pauseRun, startRun } from '../../sync/runs.ts'
import { startUndo } from '../../sync/start-undo.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf, rankedAfter, rankedCellAfter } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { byItself, type Handlers, inCompany } from '../handlers.ts'
import { ourArticles } from './boxes.ts'
import { itemPages, thisConnection, thisWebshop } from './connection-page.ts'
import { foundLinkCounts, foundLinkPage } from './run-ids.sql.ts'
import { oneRunShown, runsShown } from './run-shown.ts'
import { type RunCount, runCounts, runItemPage, runPage } from './runs.sql.ts'

const thisRun = async (tx: Tx, connectionId: number, id: number, now: Date) => oneRunShown(tx, await thisConnection(tx, connectionId), id, now)
const show = (companyId: number, { sync }: WebDeps, connectionId: number, runId: number) => sync.db.inCompany(companyId, (tx) => thisRun(tx, connectionId, runId, sync.clock.now()))

/** A button of a run was pressed: answered with the run as it is afterwards. */
async function pressed(
  companyId: number,
  ask: { params: { connectionId: number; runId: number }; deps: WebDeps; by: By },
  button: typeof confirmRun,
): Promise<Answered<'runs.show'>> {
  const { connectionId, runId } = ask.params
  await show(companyId, ask.deps, connectionId, runId)
  await button(ask.deps.sync, companyId, runId, ask.by)
  return await show(companyId, ask.deps, connectionId, runId)
}

/** What would change, what is unusual about it, and what is left out and why. */
function summaryOf(counts: RunCount[]): Answered<'runs.summary'> {
  const states: Answered<'runs.summary'>['states'] = {}
  const flags: Answered<'runs.summary'>['flags'] = {}
  const reasons = new Map<string, Answered<'runs.summary'>['reasons'][number]>()
  for (const { state, code, flag, n } of counts) {
    states[state] = (states[state] ?? 0) + n
    if (flag !== null) flags[flag] = (flags[flag] ?? 0) + n
    if ((state !== 'refused' && state !== 'skipped') || code === null) continue
    const standing = reasons.get(`${state} ${code}`)
    reasons.set(`${state} ${code}`, { state, code, n: (standing?.n ?? 0) + n })
  }
  const flagged = Object.values(flags).reduce((sum, each) => sum + each, 0)
  return { states, flags, flagged, asksTwice: asksTwice(flagged, states.send ?? 0), reasons: [...reasons.values()].sort((a, b) => b.n - a.n) }
}

export const runs: Pick<Handlers, Extract<keyof Handlers, `runs.${string}`>> = {
  'runs.list': inCompany(async (tx, { params, query, by }) => {
    const listener = await thisConnection(tx, params.connectionId)
    const rows = await runPage(tx, { listenerId: listener.id, id: null, active: false, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      (row) => row,
    )
    return { items: await runsShown(tx, listener, page.items, by.now), next: page.next }
  }),
  'runs.start': byItself(async (companyId, ask) => {
    const { connectionId } = ask.params
    await ask.deps.sync.db.inCompany(companyId, (tx) => thisWebshop(tx, ask.deps.sync, connectionId))
    const { id } = await startRun(ask.deps.sync, companyId, connectionId, ask.body.kind, ask.by)
    return await show(companyId, ask.deps, connectionId, id)
  }),
  'runs.take-over': byItself(async (companyId, ask) => {
    const { connectionId } = ask.params
    const { articleIds } = ask.body
    const chosen = await ask.deps.sync.db.inCompany(companyId, async (tx) => {
      await thisWebshop(tx, ask.deps.sync, connectionId)
      return articleIds === undefined ? null : await ourArticles(tx, articleIds)
    })
    const { id } = await startRun(ask.deps.sync, companyId, connectionId, 'take-over', ask.by, chosen)
    return await show(companyId, ask.deps, connectionId, id)
  }),
  'runs.show': inCompany((tx, { params, by }) => thisRun(tx, params.connectionId, params.runId, by.now)),
  'runs.summary': inCompany(async (tx, { params, by }) => {
    await thisRun(tx, params.connectionId, params.runId, by.now)
    return summaryOf(await runCounts(tx, params.runId))
  }),
  'runs.items': inCompany(async (tx, { params, query, by }) => {
    await thisRun(tx, params.connectionId, params.runId, by.now)
    const { state = null, code = null, flag = null, flagged = false, cursor, limit } = query
    const rows = await runItemPage(tx, { runId: params.runId, state, code, flag, flagged, after: rankedCellAfter(cursor), limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      (row) => cursorOf(row.rank, row.articleId, row.locationId),
      ({ rank: _, ...row }) => row,
    )
  }),
  'runs.ids': inCompany(async (tx, { params, query, by, deps }) => {
    const listener = await thisConnection(tx, params.connectionId)
    await thisRun(tx, params.connectionId, params.runId, by.now)
    const itemUrl = itemPages(deps.sync, tx.companyId, listener)
    const rows = await foundLinkPage(tx, { runId: params.runId, verdict: query.verdict ?? null, after: rankedAfter(query.cursor), limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.rank, row.articleId),
      ({ rank: _, ...row }) => ({ ...row, wasUrl: itemUrl(row.wasRef), nowUrl: itemUrl(row.nowRef) }),
    )
    return { ...page, counts: Object.fromEntries((await foundLinkCounts(tx, params.runId)).map((row) => [row.verdict, row.n])) }
  }),
  'runs.undo': byItself(async (companyId, ask) => {
    const { connectionId, runId } = ask.params
    await show(companyId, ask.deps, connectionId, runId)
    const { id } = await startUndo(ask.deps.sync, companyId, runId, ask.by)
    return await show(companyId, ask.deps, connectionId, id)
  }),
  'runs.confirm': byItself((companyId, ask) => pressed(companyId, ask, confirmRun)),
  'runs.pause': byItself((companyId, ask) => pressed(companyId, ask, pauseRun)),
  'runs.go-on': byItself((companyId, ask) => pressed(companyId, ask, goOnWithRun)),
  'runs.cancel': byItself((companyId, ask) => pressed(companyId, ask, cancelRun)),
}
