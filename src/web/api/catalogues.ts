/** Products a shop is told of, over HTTP. */
import type { By } from '../../core/by.ts'
import { USUAL } from '../../core/catalogue/catalogue.ts'
import { catalogueOf, nextRunOf } from '../../core/catalogue/catalogues.sql.ts'
import { mustBeHere, setCatalogue } from '../../core/catalogue/set-catalogue.ts'
import { retryTelling, sizeOfTelling, startTelling } from '../../core/catalogue/start-telling.ts'
import { countTold, toldProducts } from '../../core/catalogue/told.sql.ts'
import { productsOf } from '../../core/catalogue/waiting.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { changeResend, ourProducts } from '../../core/views/resend.ts'
import { lagOf, rejectedRows } from '../../core/views/rows.sql.ts'
import { latestResend, type Resend } from '../../core/views/runs.sql.ts'
import type { ViewRow } from '../../core/views/view.ts'
import { catalogueViewById } from '../../core/views/views.sql.ts'
import type { Tx } from '../../db/open.ts'
import { askKeys } from '../../sync/inbox.sql.ts'
import { lineOfRow } from '../../sync/line.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import type { WebDeps } from '../deps.ts'
import { type Handlers, inCompany } from '../handlers.ts'
import { namedActors } from './actors.ts'
import { thisConnection } from './connection-page.ts'
import { resendShown } from './resend-shown.ts'

type CatalogueRoute = Extract<keyof Handlers, `catalogues.${string}`>

/** A page counts no further. */
const MOST_COUNTED = 10_000
const MOST_LISTED = 500

export const catalogues: Pick<Handlers, CatalogueRoute> = {
  'catalogues.show': inCompany(async (tx, { params, deps }) => shown(tx, await thisShop(tx, deps, params.connectionId))),
  'catalogues.set': inCompany(async (tx, { params, body, deps, by }) => {
    await mustBeHere(tx, body.priceLocationId ?? null)
    const listenerId = await thisShop(tx, deps, params.connectionId)
    const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    const before = (await catalogueOf(tx, listenerId)) ?? USUAL
    await setCatalogue(tx, listenerId, { ...before, ...said }, by)
    // Whether the rights suffice depends on what is told.
    if (body.products !== undefined && body.products !== before.products) await askKeys(tx, listenerId, 'check', [''], by.now)
    return await shown(tx, listenerId)
  }),
  'catalogues.tell': inCompany(async (tx, { params, body, deps, by }) => {
    if (body.products !== null) await ourProducts(tx, body.products)
    const view = await thisView(tx, deps, params.connectionId)
    const { run, repeated } = await startTelling(tx, view, body, by)
    return { ...(await runShown(tx, view, run)), repeated }
  }),
  'catalogues.size': inCompany(async (tx, { params, body, deps, by }) => {
    if (body.products !== null) await ourProducts(tx, body.products)
    const view = await thisView(tx, deps, params.connectionId)
    const items = await sizeOfTelling(tx, view, body, by.now)
    return { items, minutes: view.ratePerMin === null ? null : items / view.ratePerMin }
  }),
  'catalogues.told': inCompany(async (tx, { params, query, deps }) => {
    const listenerId = await thisShop(tx, deps, params.connectionId)
    const which = { runId: query.runId ?? null, productId: query.productId ?? null, outcome: query.outcome ?? null, before: idAfter(query.cursor), limit: query.limit + 1 }
    return pageOf(
      await toldProducts(tx, listenerId, which),
      query.limit,
      (row) => cursorOf(row.id),
      (row) => ({ ...row, parts: row.parts as Answered<'catalogues.told'>['items'][number]['parts'] }),
    )
  }),
  'catalogues.pause-run': inCompany((tx, ask) => turnRun(tx, ask, 'pause')),
  'catalogues.resume-run': inCompany((tx, ask) => turnRun(tx, ask, 'resume')),
  'catalogues.cancel-run': inCompany((tx, ask) => turnRun(tx, ask, 'cancel')),
  'catalogues.rejected': inCompany(async (tx, { params, deps }) => {
    const view = await catalogueViewById(tx, await thisShop(tx, deps, params.connectionId))
    const rows = view === null ? [] : await rejectedRows(tx, view.id, null, null, MOST_LISTED)
    const products = new Map((await productsOf(tx, rows)).map(({ entity, entityId, ...product }) => [`${entity} ${entityId}`, product]))
    return {
      items: rows.map(({ entity, entityId: id, title, error: code, at, retryAt }) => ({
        entity: entity as 'product',
        id,
        title,
        product: products.get(`${entity} ${id}`) ?? null,
        code,
        at,
        retryAt,
      })),
    }
  }),
  'catalogues.retry': inCompany(async (tx, { params, deps, by }) => ({ items: await retryTelling(tx, await thisView(tx, deps, params.connectionId), by) })),
}

async function turnRun(
  tx: Tx,
  { params, deps, by }: { params: { connectionId: number; runId: number }; deps: WebDeps; by: By },
  verb: 'pause' | 'resume' | 'cancel',
): Promise<Answered<'catalogues.pause-run'>> {
  const view = await thisView(tx, deps, params.connectionId)
  const run = await changeResend(tx, view, params.runId, verb, by)
  tx.ring(view.id)
  return await runShown(tx, view, run)
}

/** A connection whose shop can be told of products. */
async function thisShop(tx: Tx, deps: WebDeps, connectionId: number): Promise<number> {
  const line = lineOfRow(deps.sync, tx.companyId, await thisConnection(tx, connectionId))
  if (line === null) throw new Refusal('not-connected')
  if (!line.connector.carries.out.includes('product')) throw new Refusal('not-ready', { missing: 'products' })
  return line.listenerId
}

async function thisView(tx: Tx, deps: WebDeps, connectionId: number): Promise<ViewRow> {
  const view = await catalogueViewById(tx, await thisShop(tx, deps, connectionId))
  if (view === null || view.entities.length === 0) throw new Refusal('not-ready', { missing: 'catalogue' })
  return view
}

async function shown(tx: Tx, listenerId: number): Promise<Answered<'catalogues.show'>> {
  const view = await catalogueViewById(tx, listenerId)
  const catalogue = (await catalogueOf(tx, listenerId)) ?? USUAL
  const nextRunAt = view?.state === 'active' ? await nextRunOf(tx, listenerId) : null
  if (view === null) return { ...catalogue, nextRunAt, waiting: 0, rejected: 0, run: null }
  const { live, backfill, refused } = await lagOf(tx, view.id, MOST_COUNTED)
  const run = await latestResend(tx, view.id)
  return { ...catalogue, nextRunAt, waiting: live + backfill, rejected: refused, run: run === null ? null : await runShown(tx, view, run) }
}

async function runShown(tx: Tx, view: ViewRow, run: Resend): Promise<Answered<'catalogues.pause-run'>> {
  const { looked, made, changed, nothing, refused } = await countTold(tx, view.id, run)
  // What was looked at and never told had nothing to be told.
  const unchanged = nothing + Math.max(0, looked - made - changed - nothing - refused)
  const startedBy = (await namedActors(tx, [run.startedBy]))(run.startedBy)
  // What waited when it began goes with it, beside what it came upon.
  return { ...(await resendShown(tx, view, run)), expected: Math.max(run.expected, run.marked), startedBy, products: { made, changed, unchanged, refused } }
}
