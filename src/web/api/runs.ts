/** Runs over HTTP: first sync, sync all, taking over the shop's numbers. Dry run first, then a person confirms. */
import type { By } from '../../core/by.ts'
import type { Tx } from '../../db/open.ts'
import { cancelRun, confirmRun, goOnWithRun, pauseRun, startRun } from '../../sync/runs.ts'
import type { Answered } from '../contract/routes.ts'
import { cellAfter, cursorOf, idAfter, pageOf } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'
import { runShown, thisConnection } from './connection-page.ts'
import { runItemPage, runPage } from './connections.sql.ts'

async function thisRun(tx: Tx, connectionId: number, id: number): Promise<Answered<'runs.show'>> {
  const { id: listenerId } = await thisConnection(tx, connectionId)
  return runShown(found((await runPage(tx, { listenerId, id, active: false, beforeId: null, limit: 1 }))[0]))
}
const show = (companyId: number, { sync }: WebDeps, connectionId: number, runId: number) => sync.db.inCompany(companyId, (tx) => thisRun(tx, connectionId, runId))

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

export const runs: Pick<Handlers, Extract<keyof Handlers, `runs.${string}`>> = {
  'runs.list': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const rows = await runPage(tx, { listenerId: id, id: null, active: false, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(rows, query.limit, (row) => cursorOf(row.id), runShown)
  }),
  'runs.start': byItself(async (companyId, ask) => {
    const { connectionId } = ask.params
    await ask.deps.sync.db.inCompany(companyId, (tx) => thisConnection(tx, connectionId))
    const { id } = await startRun(ask.deps.sync, companyId, connectionId, ask.body.kind, ask.by)
    return await show(companyId, ask.deps, connectionId, id)
  }),
  'runs.show': inCompany(async (tx, { params }) => await thisRun(tx, params.connectionId, params.runId)),
  'runs.items': inCompany(async (tx, { params, query }) => {
    await thisRun(tx, params.connectionId, params.runId)
    const rows = await runItemPage(tx, { runId: params.runId, state: query.state ?? null, after: cellAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.articleId, row.locationId),
      (row) => row,
    )
  }),
  'runs.confirm': byItself((companyId, ask) => pressed(companyId, ask, confirmRun)),
  'runs.pause': byItself((companyId, ask) => pressed(companyId, ask, pauseRun)),
  'runs.go-on': byItself((companyId, ask) => pressed(companyId, ask, goOnWithRun)),
  'runs.cancel': byItself((companyId, ask) => pressed(companyId, ask, cancelRun)),
}
