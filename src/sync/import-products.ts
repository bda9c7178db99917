/** First-time set-up with a shop that has products already, a step at a time: what it has is read and judged; what a person then chose is read anew and carried out. */
import type { RemoteProduct } from '../connectors/contract.ts'
import { companyById } from '../core/companies/companies.sql.ts'
import type { ImportRow, ImportState } from '../core/imports/import.ts'
import {
  factsOf,
  forgetRead,
  leaveOutUnseen,
  nextRead,
  productsAfter,
  saveVerdicts,
  standingImport,
  updateJudged,
  updateState,
  updateWalk,
  upsertItems,
  upsertProducts,
} from '../core/imports/imports.sql.ts'
import { judge } from '../core/imports/judge.ts'
import { readItem, readProduct } from '../core/imports/read-product.ts'
import { placesOf } from '../core/listeners/listeners.sql.ts'
import { articlesOfItems } from '../core/listings/listings.sql.ts'
import { planForMany } from '../db/for-many.ts'
import type { Tx } from '../db/open.ts'
import { must, unreachable } from '../kit/assert.ts'
import { carryOut, fetchImage } from './carry-out.ts'
import type { SyncDeps } from './deps.ts'
import { type Importing, onImport } from './importing.ts'
import type { Line } from './line.ts'
import { takeIn } from './matcher.ts'
import { grouped, parts } from './parts.ts'
import { rematch } from './rematch.ts'
import { takeNumbers } from './take-numbers.ts'
import type { Fence } from './turn.ts'

/** Judged in one step. */
const PRODUCTS_A_STEP = 200
/** A shop's cursor is good for a day; a walk that stood still for longer begins again. */
const CURSOR_MS = 20 * 3_600_000

/** False when it waits: for a person, or for the take-over of the shop's numbers. */
export async function stepImport(deps: SyncDeps, line: Line, fence: Fence): Promise<boolean> {
  const row = await fence.inTurn((tx) => standingImport(tx, line.listenerId))
  if (row === null) return false
  const step: Importing = { deps, line, fence, row }
  switch (row.state) {
    case 'reading':
      return readPage(step)
    case 'judging':
      return judgeNext(step)
    case 'importing':
      return carryOutNext(step)
    case 'stocking':
      return takeNumbers(step)
    case 'ready':
    case 'done':
    case 'cancelled':
      return false
    default:
      return unreachable(row.state)
  }
}

/** The next page of what the shop has. While it is carried out the products themselves are kept until they are ours. */
async function readPage(step: Importing): Promise<boolean> {
  const { deps, line, fence, row } = step
  if (line.remote.readProducts === undefined) return false
  const late = row.pageAt !== null && deps.clock.now().getTime() - row.pageAt.getTime() > CURSOR_MS
  if (late && row.cursor !== null) return onImport(step, (tx) => beginWalkAgain(tx, row))
  await fence.ensure()
  const now = deps.clock.now()
  const page = await line.remote.readProducts(row.cursor, 'backfill')
  const listings = row.state === 'importing' ? await listingsOf(step, page.products) : []
  return onImport(step, async (tx) => {
    await planForMany(tx, page.products.length)
    await keep(tx, step, page.products)
    if (listings.length > 0) await takeListings(tx, line, listings, now)
    await updateWalk(tx, row.id, { cursor: page.cursor, walked: row.walked + page.products.length, pageAt: now, walkOver: !page.more })
    if (!page.more && row.state === 'reading') await updateState(tx, row.id, 'judging', now)
  })
}

async function beginWalkAgain(tx: Tx, row: ImportRow): Promise<void> {
  if (row.state === 'reading') await forgetRead(tx, row.id)
  await updateWalk(tx, row.id, { cursor: null, walked: 0, pageAt: null, walkOver: false })
}

async function keep(tx: Tx, { line, row }: Importing, products: RemoteProduct[]): Promise<void> {
  const places = (await placesOf(tx, line.listenerId)).map((place) => place.placeRef)
  const same = await sameCurrency(tx, line)
  // The same product twice in one page (a page that moved while it was read): the last word counts.
  const unique = [...new Map(products.map((product) => [product.productRef, product])).values()]
  await upsertProducts(
    tx,
    row.id,
    unique.map((product) => readProduct(product, row.state === 'importing')),
  )
  const items = unique.flatMap((product) => product.variants.map((variant, n) => readItem(product, variant, n, places, same)))
  await upsertItems(tx, row.id, [...new Map(items.map((item) => [item.itemRef, item])).values()])
}

/** Prices of another currency are none of ours. */
async function sameCurrency(tx: Tx, { companyId, listener }: Line): Promise<boolean> {
  const health = listener.health as { account?: { currency?: string | null } } | null
  return health?.account?.currency === must(await companyById(tx, companyId), 'the company').currency
}

/** Its variants as the shop lists them: what links and levels go by. */
async function listingsOf({ line, fence }: Importing, products: RemoteProduct[]) {
  const found = []
  for (const keys of parts(
    products.flatMap((product) => product.variants.map((variant) => variant.itemRef)),
    line.connector.limits.look,
  )) {
    await fence.ensure()
    found.push(...(await line.remote.pull('stock', { keys }, 'backfill')).events)
  }
  return found
}

async function takeListings(tx: Tx, { listenerId }: Line, events: Awaited<ReturnType<typeof listingsOf>>, now: Date): Promise<void> {
  const news = await takeIn(tx, listenerId, events, now)
  const articleIds = (await articlesOfItems(tx, listenerId, news)).map((row) => row.articleId)
  await rematch(tx, listenerId, articleIds, { actor: `listener:${listenerId}`, now }, { news })
}

async function judgeNext(step: Importing): Promise<boolean> {
  const { deps, line, row } = step
  return onImport(step, async (tx) => {
    const products = await productsAfter(tx, row.id, row.judged, PRODUCTS_A_STEP)
    if (products.length === 0) return updateState(tx, row.id, 'ready', deps.clock.now())
    const facts = await factsOf(tx, line.listenerId, row.id, products)
    const verdicts = [...grouped(facts, (fact) => fact.n).values()].flatMap(judge)
    await saveVerdicts(tx, row.id, verdicts)
    return updateJudged(tx, row.id, products.at(-1) ?? row.judged)
  })
}

async function carryOutNext(step: Importing): Promise<boolean> {
  const { deps, line, fence, row } = step
  const { next, same } = await fence.inTurn(async (tx) => ({ next: await nextRead(tx, row.id), same: await sameCurrency(tx, line) }))
  if (next?.state === 'images') return fetchImage(step, next)
  if (next !== null) return carryOut(step, next, same)
  if (!row.walkOver) return readPage(step)
  return onImport(step, async (tx) => {
    await leaveOutUnseen(tx, row.id)
    await updateState(tx, row.id, nextState(row), deps.clock.now())
  })
}

const nextState = ({ choices }: ImportRow): ImportState => (choices?.stock === true && choices.boxes ? 'stocking' : 'done')
