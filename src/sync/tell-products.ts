/** Products a shop is told of, one at a time (docs/decisions/0017). What was sampled with a product is what is acknowledged; what changed meanwhile goes again. */
import { RemoteError } from '../connectors/contract.ts'
import { catalogueOf } from '../core/catalogue/catalogues.sql.ts'
import { type Composed, composeNext } from '../core/catalogue/compose-product.ts'
import { bytesOf } from '../core/images/bytes.ts'
import { letGo, makeReady } from '../core/views/changes.ts'
import type { ViewRow } from '../core/views/view.ts'
import { catalogueViewById, noteIdle } from '../core/views/views.sql.ts'
import type { Tx } from '../db/open.ts'
import { fingerprint } from '../kit/id.ts'
import { byOf, settleProduct, type Telling } from './settle-product.ts'
import type { Work } from './work.ts'

/** The most urgent product; `slowFirst` = what a run queued first. False when none waits. */
export async function tellProduct(work: Work, slowFirst: boolean): Promise<boolean> {
  const { line, turn } = work
  if (line.remote.putProduct === undefined) return false
  // What is queued here gets its place at the commit, so it is read in a transaction of its own.
  const queued = await turn.inTurn((tx) => ofView(tx, work, (view) => makeReady(tx, view, byOf(work))))
  const telling = await turn.inTurn((tx) => ofView(tx, work, (view) => composed(tx, work, view, slowFirst)), 'big')
  if (telling === null) return (await turn.inTurn((tx) => ofView(tx, work, (view) => rest(tx, work, view)))) === true || queued === true
  const { product, refusal } = telling.composed
  if (refusal !== null || product === null) await settleProduct(work, telling, { kind: 'rejected', code: refusal ?? 'ambiguous', retryAt: null })
  else if (product.productRef === null && product.variants.length === 0) await settleProduct(work, telling, { kind: 'not-there' })
  else await put(work, telling, product)
  return true
}

const ofView = async <T>(tx: Tx, { line }: Work, then: (view: ViewRow) => Promise<T>): Promise<T | null> => {
  const view = await catalogueViewById(tx, line.listenerId)
  return view === null || view.entities.length === 0 ? null : then(view)
}

async function composed(tx: Tx, { line, deps }: Work, view: ViewRow, slowFirst: boolean): Promise<Telling | null> {
  const catalogue = await catalogueOf(tx, line.listenerId)
  const next = catalogue === null ? null : await composeNext(tx, view, catalogue, slowFirst, deps.clock.now())
  return catalogue === null || next === null ? null : { view, catalogue, composed: next }
}

/** Nothing waits: what was put off may come back, and the time until something does says nothing of how fast the shop is told. */
async function rest(tx: Tx, work: Work, view: ViewRow): Promise<boolean> {
  await noteIdle(tx, view.id)
  return letGo(tx, view, byOf(work))
}

async function put(work: Work, telling: Telling, product: NonNullable<Composed['product']>): Promise<void> {
  const { line, turn, deps } = work
  await turn.ensure()
  work.doing = 'write'
  const key = fingerprint(JSON.stringify([line.listenerId, telling.composed.productId, product])).toString('base64url')
  const images = product.images.map((image) => ({ ...image, bytes: () => bytesNow(work, image.sha256) }))
  try {
    const said = await line.remote.putProduct?.({ ...product, images }, key, 'backfill')
    if (said !== undefined) await settleProduct(work, telling, said.kind === 'refused' ? { kind: 'rejected', code: said.code, retryAt: null } : said)
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    await putOff(work, telling, error, new Date(deps.clock.now().getTime() + line.listener.maxFlightMs + line.listener.feedLagMs))
  }
  work.doing = 'read'
}

/** A file is the longest of what is sent: the turn is made to last before each. */
async function bytesNow({ turn, deps }: Work, sha256: string): Promise<Buffer> {
  await turn.ensure()
  const bytes = await turn.inTurn((tx) => bytesOf(tx, sha256, deps.folder ?? null))
  if (bytes === null) throw new RemoteError('refused', 'image-missing', 'the bytes of an image are nowhere')
  return bytes
}

/** One that will never go as it is stands in nobody's way. One whose effect is unknown comes back once it can't land any more. */
async function putOff(work: Work, telling: Telling, error: RemoteError, landed: Date): Promise<void> {
  if (error.kind === 'refused') return settleProduct(work, telling, { kind: 'rejected', code: error.code, retryAt: null })
  if (error.executed === 'unknown') await settleProduct(work, telling, { kind: 'rejected', code: 'unsure', retryAt: landed })
  throw error
}
