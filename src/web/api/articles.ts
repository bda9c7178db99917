/** Articles, products and exact look-ups over HTTP. */

import { formerNumbers } from '../../core/articles/articles.sql.ts'
import { changeArticle, dropBarcode, giveBarcode, priceAtLocation } from '../../core/articles/change-article.ts'
import { changeProduct } from '../../core/articles/change-product.ts'
import { createArticle, type NewArticle } from '../../core/articles/create-article.ts'
import { createProduct } from '../../core/articles/create-product.ts'
import type { By } from '../../core/by.ts'
import { openLocation } from '../../core/locations/change-location.ts'
import { mastersSay } from '../../core/master/numbers.sql.ts'
import { connectUnknownLines } from '../../core/orders/evaluate-again.ts'
import { holdOrders } from '../../core/orders/hold-orders.ts'
import type { Tx } from '../../db/open.ts'
import { unappliedArticles } from '../../sync/apply.ts'
import { articleForm } from '../contract/articles.ts'
import type { Answered, Asked } from '../contract/routes.ts'
import { cursorOf, idAfter, pageOf, textAfter } from '../cursors.ts'
import { byItself, found, type Handlers, inCompany, watched } from '../handlers.ts'
import { isHeldByMessage, stateShown } from './article-state.ts'
import { type ArticleShown, articleCount, articlePage, barcodesOf, idsInView, levelsOf, pricesOf, productPage, statesOf } from './articles.sql.ts'
import { articlesAsked } from './articles-asked.ts'
import { eachLine } from './batch.ts'
import { exportArticles } from './export-articles.ts'
import { namedExactly, onlyOne } from './named-exactly.ts'
import { afterRename } from './numbers.ts'
import { timeline } from './timeline.ts'

type Shown = Answered<'articles.list'>['items'][number]

/** Rows with everything that belongs to them, in a handful of statements however many they are. */
async function whole(tx: Tx, rows: ArticleShown[], moved: ReadonlySet<number> = new Set()): Promise<Shown[]> {
  const ids = rows.map((row) => row.id)
  const barcodes = groups(await barcodesOf(tx, ids))
  const prices = groups(await pricesOf(tx, ids))
  const levels = groups(await levelsOf(tx, ids))
  const stateRows = await statesOf(tx, ids)
  const states = groups(stateRows)
  const held = new Map<number, number[] | 'all'>()
  for (const { state, connectionId } of stateRows) if (state === 'checking' && !held.has(connectionId)) held.set(connectionId, await unappliedArticles(tx, connectionId))
  return rows.map((row) => ({
    ...row,
    barcodes: barcodes(row.id),
    prices: prices(row.id),
    levels: levels(row.id),
    connections: states(row.id).map((each) => ({ ...each, state: stateShown(each.state), heldByMessage: isHeldByMessage(each, held.get(each.connectionId) ?? []) })),
    moved: moved.has(row.id),
  }))
}
function groups<Row extends { articleId: number }>(rows: Row[]): (articleId: number) => Row[] {
  const by = new Map<number, Row[]>()
  for (const row of rows) by.set(row.articleId, [...(by.get(row.articleId) ?? []), row])
  return (articleId) => by.get(articleId) ?? []
}

const everything = { q: null, connectionId: null, state: null, stock: null, archived: false, productId: null, changedAfter: null, afterNumber: null }

async function show(tx: Tx, id: number, now: Date): Promise<Answered<'articles.show'>> {
  const [article] = await whole(tx, await articlePage(tx, { ...everything, ids: [id], limit: 1 }, now))
  return { ...found(article), formerNumbers: await formerNumbers(tx, id), masters: await mastersSay(tx, [id]) }
}

async function productIds(tx: Tx, query: Asked<'products.list', 'query'>): Promise<number[] | null> {
  const { number, barcode, externalId = null, viewId = null } = query
  onlyOne([number, barcode, externalId ?? viewId?.toString()])
  if (externalId !== null || viewId !== null) return (await idsInView(tx, 'product', externalId, viewId)).map((row) => row.id)
  const rows = await namedExactly(tx, query)
  if (rows === null) return null
  const ids = rows.map((row) => row.articleId)
  return (await articlePage(tx, { ...everything, ids, limit: ids.length }, new Date(0))).map((row) => row.productId)
}

async function make(tx: Tx, input: NewArticle, by: By): Promise<{ id: number; number: string }> {
  await holdOrders(tx)
  const made = await createArticle(tx, input, by)
  await connectUnknownLines(tx, made.id, made.number, by)
  return made
}

type ArticleRoute = Exclude<Extract<keyof Handlers, `articles.${string}` | `products.${string}`>, 'articles.sync'>
export const articles: Pick<Handlers, ArticleRoute> = {
  'articles.list': inCompany(async (tx, { query, by }) => {
    const { limit, cursor, ...filter } = query
    const { exact, asked } = await articlesAsked(tx, filter)
    const rows = await articlePage(tx, { ...asked, afterNumber: textAfter(cursor), limit: limit + 1 }, by.now)
    const shown = await whole(tx, rows.slice(0, limit), exact?.moved)
    const { next } = pageOf(
      rows,
      limit,
      (row) => cursorOf(row.number),
      () => null,
    )
    const { q, stock, archived, productId, changedAfter } = asked
    const counted = cursor === undefined && filter.connectionId === undefined && stock === null && productId === null && changedAfter === null
    return { items: shown, next, total: !counted ? null : exact === null ? await articleCount(tx, q, archived) : next === null ? shown.length : null }
  }),
  'articles.export': byItself(exportArticles),
  'articles.live': watched(
    () => null,
    async (_, { deps }) => ({ at: deps.sync.clock.now() }),
  ),
  'articles.make': inCompany(async (tx, { body, by }) => await show(tx, (await make(tx, body, by)).id, by.now)),
  'articles.make-many': byItself(async (companyId, ask) => await eachLine(ask, companyId, ask.body.articles, articleForm, async (tx, form) => await make(tx, form, ask.by))),
  'articles.show': inCompany(async (tx, { params, by }) => await show(tx, params.articleId, by.now)),
  'articles.change': inCompany(async (tx, { params, body, by }) => {
    const listeners = body.number === undefined ? [] : await holdOrders(tx)
    const { renamed } = await changeArticle(tx, params.articleId, body, by)
    if (renamed) await afterRename(tx, listeners, params.articleId, by)
    return await show(tx, params.articleId, by.now)
  }),
  'articles.timeline': inCompany(timeline),
  'articles.add-barcode': inCompany(async (tx, { params, body, by }) => {
    await giveBarcode(tx, params.articleId, body, by)
    return await show(tx, params.articleId, by.now)
  }),
  'articles.drop-barcode': inCompany(async (tx, { params, by }) => {
    await dropBarcode(tx, params.articleId, params.code, by)
    return await show(tx, params.articleId, by.now)
  }),
  'articles.price': inCompany(async (tx, { params, body, by }) => {
    await openLocation(tx, body.locationId)
    await priceAtLocation(tx, params.articleId, body, by)
    return await show(tx, params.articleId, by.now)
  }),
  'products.list': inCompany(async (tx, { query }) => {
    const rows = await productPage(tx, { ids: await productIds(tx, query), q: query.q ?? null, afterId: idAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      (row) => row,
    )
  }),
  'products.make': inCompany(async (tx, { body, by }) => {
    await holdOrders(tx)
    const made = await createProduct(tx, body, by)
    for (const article of made.articles) await connectUnknownLines(tx, article.id, article.number, by)
    return found((await productPage(tx, { ids: [made.id], q: null, afterId: null, limit: 1 }))[0])
  }),
  'products.change': inCompany(async (tx, { params, body, by }) => {
    await changeProduct(tx, params.productId, body, by)
    return found((await productPage(tx, { ids: [params.productId], q: null, afterId: null, limit: 1 }))[0])
  }),
  'products.show': inCompany(async (tx, { params }) => found((await productPage(tx, { ids: [params.productId], q: null, afterId: null, limit: 1 }))[0])),
}
