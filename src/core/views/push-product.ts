/** A product handed in through a view with its articles, by its external id, as it stands now (rules 15, 17, 18). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { fingerprint } from '../../kit/id.ts'
import { sameText } from '../../kit/json.ts'
import { gtin14 } from '../articles/barcode.ts'
import { type ArticleAsIs, type ProductAsIs, type PutArticle, putArticles, putProduct } from '../articles/put-product.ts'
import type { By } from '../by.ts'
import { openLocation } from '../locations/change-location.ts'
import { connectUnknownLines } from '../orders/evaluate-again.ts'
import { Refusal } from '../refusal.ts'
import { articleContents, type Content, productContents } from './contents.sql.ts'
import { priceContents } from './price-contents.ts'
import { articlesOfPushed, hasLeft, holdHandedIn, linkPushed, originIs } from './pushed.sql.ts'
import { externalIdsTaken } from './rows.sql.ts'
import { fillView } from './runs.sql.ts'
import { settlePushed } from './settle-pushed.ts'
import type { ViewRow } from './view.ts'

export type PushedArticle = Omit<ArticleAsIs, 'articleId'> & { externalId?: string | undefined }
export type PushedProduct = Omit<ProductAsIs, 'articles'> & { articles: PushedArticle[] }
export interface ProductTaken {
  id: number
  version: string
  changed: boolean
  corrected: boolean
  articles: { id: number; number: string; externalId: string | null }[]
  /** Numbers of its other articles, which nothing was said of. */
  leftAlone: string[]
}

/**
 * The orders of all connections must be locked: numbers appear and move. `renamed` = articles whose number did, for the caller to look for in the webshops.
 * Throws {Refusal} version-changed, number-taken, number-reserved, barcode-taken, barcode-invalid, variant-wrong, external-id-taken, unknown-location.
 */
export async function pushProduct(
  tx: Tx,
  view: ViewRow,
  externalId: string,
  input: PushedProduct,
  ifMatch: string | null,
  by: By,
): Promise<{ taken: ProductTaken; renamed: number[] }> {
  for (const locationId of new Set(input.articles.flatMap((line) => (line.prices ?? []).map((price) => price.locationId)))) await openLocation(tx, locationId)
  await originIs(tx, view.id)
  await holdHandedIn(tx, view.id, 'product', externalId)
  const standing = (await externalIdsTaken(tx, view.id, [{ entity: 'product', externalId }]))[0]?.entityId ?? null
  const before = standing === null ? null : versionOf(await contentsOf(tx, standing, by.now))
  if (ifMatch !== null && before !== ifMatch) throw new Refusal('version-changed', { version: before ?? '' })

  const id = await putProduct(tx, standing, input, by)
  // Linked before it has articles: they join the view because their product is there.
  await linkPushed(tx, view.id, 'product', id, externalId, false, by.now)
  const articles = await asOurs(tx, view, id, input.articles)
  const put = await putArticles(tx, id, { ...input, articles }, by)
  for (const made of put.filter((each) => each.what === 'made')) await connectUnknownLines(tx, made.id, made.number, by)
  if (await hasLeft(tx, view.id, id)) await fillView(tx, view.id, [id], { mode: 'verify', runId: null, differs: [] }, by.now)
  for (const [n, line] of input.articles.entries())
    if (line.externalId !== undefined) await linkPushed(tx, view.id, 'article', must(put[n], 'the article').id, line.externalId, false, by.now)

  const after = await contentsOf(tx, id, by.now)
  const corrected = await settle(tx, view, input, put, after, by)
  return {
    taken: {
      id,
      version: versionOf(after),
      changed: versionOf(after) !== before,
      corrected,
      articles: put.map((each, n) => ({ id: each.id, number: each.number, externalId: input.articles[n]?.externalId ?? null })),
      leftAlone: after.articles.filter((each) => !each.archived && !put.some((mine) => mine.id === each.id)).map((each) => String(each.data.number)),
    },
    renamed: put.filter((each) => each.what === 'renamed').map((each) => each.id),
  }
}

/** Articles the reader calls something are found by that, the others by their number. */
async function asOurs(tx: Tx, view: ViewRow, productId: number, lines: PushedArticle[]): Promise<ArticleAsIs[]> {
  const named = lines.flatMap(({ externalId }) => (externalId === undefined ? [] : [{ entity: 'article' as const, externalId }]))
  if (new Set(named.map((each) => each.externalId)).size < named.length) throw new Refusal('external-id-taken', { field: 'articles' })
  const linked = new Map((named.length === 0 ? [] : await externalIdsTaken(tx, view.id, named)).map((row) => [row.externalId, row.entityId]))
  const ours = new Set((await articlesOfPushed(tx, productId)).map((row) => row.id))
  return lines.map(({ externalId, ...line }, n) => {
    const articleId = externalId === undefined ? undefined : linked.get(externalId)
    if (articleId !== undefined && !ours.has(articleId)) throw new Refusal('external-id-taken', { field: `articles.${n}.externalId` })
    return { ...line, articleId }
  })
}

interface Contents {
  product: Content
  articles: (Content & { archived: boolean })[]
  prices: Content[]
}
async function contentsOf(tx: Tx, productId: number, now: Date): Promise<Contents> {
  const rows = await articlesOfPushed(tx, productId)
  const archived = new Set(rows.filter((row) => row.archived).map((row) => row.id))
  const ids = rows.map((row) => row.id)
  return {
    product: must((await productContents(tx, [productId]))[0], 'the product'),
    articles: (await articleContents(tx, ids)).map((each) => ({ ...each, archived: archived.has(each.id) })),
    prices: await priceContents(tx, ids, null, now),
  }
}

/** What stands, in short: another text when anything of it is different. */
function versionOf({ product, articles, prices }: Contents): string {
  const byId = (all: Content[]) => all.toSorted((a, b) => a.id - b.id)
  return fingerprint(JSON.stringify([product, byId(articles), byId(prices)]))
    .toString('base64url')
    .slice(0, 16)
}

/** As they are read. */
const byCode = (a: { code: string }, b: { code: string }) => ((gtin14(a.code) ?? '') < (gtin14(b.code) ?? '') ? -1 : 1)

/** What was said and became so isn't told; the rest is, marked so. True = something became something else. */
async function settle(tx: Tx, view: ViewRow, input: PushedProduct, put: PutArticle[], after: Contents, by: By): Promise<boolean> {
  const differs = (said: object, became: Record<string, unknown>) => Object.entries(said).some(([name, value]) => value !== undefined && sameText(value) !== sameText(became[name]))
  const { name, options, description, vendor, active } = input
  const ofProduct = differs({ name, options, description, vendor, active }, after.product.data)
  await settlePushed(tx, view.id, { entity: 'product', id: after.product.id }, ofProduct, by)
  let any = ofProduct
  for (const [n, { externalId: _, priceMinor, prices = [], archived = false, barcodes, ...said }] of input.articles.entries()) {
    const { id } = must(put[n], 'the article')
    const article = must(
      after.articles.find((each) => each.id === id),
      'what it became',
    )
    const price = must(
      after.prices.find((each) => each.id === id),
      'its price',
    )
    const atLocations = price.data.regularAtLocations as Record<string, number>
    const ofArticle = article.archived !== archived || differs({ ...said, barcodes: barcodes?.toSorted(byCode) }, article.data)
    const ofPrice = differs({ regularMinor: priceMinor }, price.data) || prices.some((each) => (atLocations[each.locationId] ?? null) !== each.priceMinor)
    await settlePushed(tx, view.id, { entity: 'article', id }, ofArticle, by)
    await settlePushed(tx, view.id, { entity: 'price', id }, ofPrice, by)
    any ||= ofArticle || ofPrice
  }
  return any
}
