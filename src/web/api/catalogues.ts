/** Products a shop is told of, over HTTP. */
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { catalogueOf, productsOf } from '../../core/catalogue/catalogues.sql.ts'
import { mustBeHere, setCatalogue } from '../../core/catalogue/set-catalogue.ts'
import { Refusal } from '../../core/refusal.ts'
import { ourProducts, startResend } from '../../core/views/resend.ts'
import { lagOf, rejectedRows, retryRefused } from '../../core/views/rows.sql.ts'
import { latestResend } from '../../core/views/runs.sql.ts'
import type { ViewRow } from '../../core/views/view.ts'
import { catalogueViewById, lockView } from '../../core/views/views.sql.ts'
import type { Tx } from '../../db/open.ts'
import { lineOfRow } from '../../sync/line.ts'
import type { Answered } from '../contract/routes.ts'
import type { WebDeps } from '../deps.ts'
import { type Handlers, inCompany } from '../handlers.ts'
import { thisConnection } from './connection-page.ts'
import { resendShown } from './resend-shown.ts'

type CatalogueRoute = Extract<keyof Handlers, `catalogues.${string}`>

/** Until somebody says otherwise. */
const USUAL: Catalogue = {
  products: false,
  priceLocationId: null,
  priceWhenChanged: true,
  descriptions: false,
  boxes: true,
  overwriteImages: false,
  vendorFrom: 'product',
  channels: null,
  live: true,
  everyHours: 3,
}
/** A page counts no further. */
const MOST_COUNTED = 10_000
const MOST_LISTED = 500

export const catalogues: Pick<Handlers, CatalogueRoute> = {
  'catalogues.show': inCompany(async (tx, { params, deps }) => shown(tx, await thisShop(tx, deps, params.connectionId))),
  'catalogues.set': inCompany(async (tx, { params, body, deps, by }) => {
    await mustBeHere(tx, body.priceLocationId ?? null)
    const listenerId = await thisShop(tx, deps, params.connectionId)
    const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    await setCatalogue(tx, listenerId, { ...((await catalogueOf(tx, listenerId)) ?? USUAL), ...said }, by)
    return await shown(tx, listenerId)
  }),
  'catalogues.tell': inCompany(async (tx, { params, body, deps, by }) => {
    if (body.products !== null) await ourProducts(tx, body.products)
    const view = await thisView(tx, await thisShop(tx, deps, params.connectionId))
    const { run, repeated } = await startResend(tx, view, body, by)
    tx.ring(view.id)
    return { ...(await resendShown(tx, view, run)), repeated }
  }),
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
  'catalogues.retry': inCompany(async (tx, { params, deps }) => {
    const view = await thisView(tx, await thisShop(tx, deps, params.connectionId))
    await lockView(tx, view.id)
    const items = await retryRefused(tx, view.id, { rows: null, due: null })
    tx.ring(view.id)
    return { items }
  }),
}

/** A connection whose shop can be told of products. */
async function thisShop(tx: Tx, deps: WebDeps, connectionId: number): Promise<number> {
  const line = lineOfRow(deps.sync, tx.companyId, await thisConnection(tx, connectionId))
  if (line === null) throw new Refusal('not-connected')
  if (!line.connector.carries.out.includes('product')) throw new Refusal('not-ready', { missing: 'products' })
  return line.listenerId
}

async function thisView(tx: Tx, listenerId: number): Promise<ViewRow> {
  const view = await catalogueViewById(tx, listenerId)
  if (view === null || view.entities.length === 0) throw new Refusal('not-ready', { missing: 'catalogue' })
  return view
}

async function shown(tx: Tx, listenerId: number): Promise<Answered<'catalogues.show'>> {
  const view = await catalogueViewById(tx, listenerId)
  const catalogue = (await catalogueOf(tx, listenerId)) ?? USUAL
  if (view === null) return { ...catalogue, waiting: 0, rejected: 0, run: null }
  const { live, backfill, refused } = await lagOf(tx, view.id, MOST_COUNTED)
  const run = await latestResend(tx, view.id)
  return { ...catalogue, waiting: live + backfill, rejected: refused, run: run === null ? null : await resendShown(tx, view, run) }
}
