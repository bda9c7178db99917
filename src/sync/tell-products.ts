/** Products a shop is told of, one at a time (docs/decisions/0017). What was sampled with a product is what is acknowledged; what changed meanwhile goes again. */
import { type ProductPut, RemoteError } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { Catalogue } from '../core/catalogue/catalogue.ts'
import { catalogueOf, neverBoxed } from '../core/catalogue/catalogues.sql.ts'
import { type Composed, composeNext } from '../core/catalogue/compose-product.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { tickBox } from '../core/told/tick-box.ts'
import { acknowledge, type Said } from '../core/views/ack.ts'
import { letGo, makeReady } from '../core/views/changes.ts'
import { type ViewRow, versionOf } from '../core/views/view.ts'
import { catalogueViewById } from '../core/views/views.sql.ts'
import type { Tx } from '../db/open.ts'
import { fingerprint } from '../kit/id.ts'
import { takeIn } from './matcher.ts'
import { rematch } from './rematch.ts'
import type { Work } from './work.ts'

interface Telling {
  view: ViewRow
  catalogue: Catalogue
  composed: Composed
}
/** Why nothing of a product was told. `retryAt` null = until it changes, or a person says so. */
interface Rejected {
  kind: 'rejected'
  code: string
  retryAt: Date | null
}

/** The most urgent product; `slowFirst` = what a run queued first. False when none waits. */
export async function tellProduct(work: Work, slowFirst: boolean): Promise<boolean> {
  const { line, turn } = work
  if (line.remote.putProduct === undefined) return false
  // What is queued here gets its place at the commit, so it is read in a transaction of its own.
  const queued = await turn.inTurn((tx) => ofView(tx, work, (view) => makeReady(tx, view, byOf(work))))
  const telling = await turn.inTurn((tx) => ofView(tx, work, (view) => composed(tx, work, view, slowFirst)), 'big')
  if (telling === null) return (await turn.inTurn((tx) => ofView(tx, work, (view) => letGo(tx, view, byOf(work))))) === true || queued === true
  const { product, refusal } = telling.composed
  if (refusal !== null || product === null) await settle(work, telling, { kind: 'rejected', code: refusal ?? 'ambiguous', retryAt: null })
  else if (product.productRef === null && product.variants.length === 0) await settle(work, telling, { kind: 'done', productRef: null, items: [] })
  else await put(work, telling, product)
  return true
}

const byOf = ({ deps, line }: Work): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })
const ofView = async <T>(tx: Tx, { line }: Work, then: (view: ViewRow) => Promise<T>): Promise<T | null> => {
  const view = await catalogueViewById(tx, line.listenerId)
  return view === null || view.entities.length === 0 ? null : then(view)
}

async function composed(tx: Tx, { line, deps }: Work, view: ViewRow, slowFirst: boolean): Promise<Telling | null> {
  const catalogue = await catalogueOf(tx, line.listenerId)
  const next = catalogue === null ? null : await composeNext(tx, view, catalogue, slowFirst, deps.clock.now())
  return catalogue === null || next === null ? null : { view, catalogue, composed: next }
}

async function put(work: Work, telling: Telling, product: NonNullable<Composed['product']>): Promise<void> {
  const { line, turn, deps } = work
  await turn.ensure()
  work.doing = 'write'
  const key = fingerprint(JSON.stringify([line.listenerId, telling.composed.productId, product])).toString('base64url')
  try {
    const said = await line.remote.putProduct?.({ ...product, images: [] }, key, 'backfill')
    if (said !== undefined) await settle(work, telling, said.kind === 'refused' ? { kind: 'rejected', code: said.code, retryAt: null } : said)
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    await putOff(work, telling, error, new Date(deps.clock.now().getTime() + line.listener.maxFlightMs))
  }
  work.doing = 'read'
}

/** One that will never go as it is stands in nobody's way. One whose effect is unknown comes back once it can't land any more. */
async function putOff(work: Work, telling: Telling, error: RemoteError, landed: Date): Promise<void> {
  if (error.kind === 'refused') return settle(work, telling, { kind: 'rejected', code: error.code, retryAt: null })
  if (error.executed === 'unknown') await settle(work, telling, { kind: 'rejected', code: 'unsure', retryAt: landed })
  throw error
}

async function settle(work: Work, { view, catalogue, composed: { waiting, priceless, articleIds } }: Telling, outcome: Settled): Promise<void> {
  const { line, turn } = work
  const by = byOf(work)
  const { items = [], productRef = null } = outcome.kind === 'done' ? outcome : {}
  const refs = new Map(items.map((item) => [item.articleNumber, item.itemRef]))
  const numbers = new Map([...articleIds].map(([number, id]) => [id, number]))
  const said = waiting.map((row): Said => {
    const externalId = row.entity === 'product' ? productRef : row.entity === 'article' ? (refs.get(numbers.get(row.entityId) ?? '') ?? null) : null
    const rejection = outcome.kind === 'rejected' ? outcome : row.entity === 'price' && priceless.includes(row.entityId) ? { code: 'price-missing', retryAt: null } : null
    return {
      entity: row.entity,
      id: row.entityId,
      locationId: row.locationId,
      version: versionOf(view.epoch, row.wanted),
      status: rejection === null ? 'applied' : 'rejected',
      externalId,
      externalVersion: null,
      error: rejection?.code ?? null,
      retryAt: rejection?.retryAt ?? null,
    }
  })
  await turn.inTurn(async (tx) => {
    // The order of everybody's locks: orders, what is told, the view.
    await lockOrders(tx, line.listenerId)
    if (items.length > 0) {
      const news = await takeIn(
        tx,
        line.listenerId,
        items.map((listing) => ({ kind: 'listing-seen', listing })),
        by.now,
      )
      const ids = items.flatMap((item) => articleIds.get(item.articleNumber ?? '') ?? [])
      if (catalogue.boxes) await tickBox(tx, line.listenerId, await neverBoxed(tx, line.listenerId, ids), by)
      await rematch(tx, line.listenerId, ids, by, { news })
    }
    await acknowledge(tx, view, { cursor: null, results: said }, by)
  })
}
type Settled = Rejected | (Extract<ProductPut, { kind: 'done' }> | { kind: 'done'; productRef: null; items: [] })
