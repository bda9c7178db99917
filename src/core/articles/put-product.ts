/** A product as somebody says it stands: made, or changed where it differs. Articles nobody names are left alone unless they are said to go. */
import type { Tx } from '../../db/open.ts'
import { sameText } from '../../kit/json.ts'
import type { By } from '../by.ts'
import { pricesOfArticle } from '../prices/prices.sql.ts'
import { Refusal } from '../refusal.ts'
import { type ArticleRow, articlesOfProduct, barcodesOfArticle, insertProduct, productForUpdate, updateProduct } from './articles.sql.ts'
import { gtin14 } from './barcode.ts'
import { type ArticleChange, changeArticle, dropBarcode, giveBarcode, priceAtLocation } from './change-article.ts'
import { createArticle } from './create-article.ts'
import { newProduct, type ProductFace, withFace } from './product.ts'
import { isVariant, type Option } from './variants.ts'

export interface ArticleAsIs {
  /** Absent = the product's article of this number, or a new one. */
  articleId?: number | undefined
  number: string
  /** Absent = as it is; a new one is called by the product and its values. */
  name?: string | undefined
  optionValues?: Record<string, string> | undefined
  priceMinor?: number | null | undefined
  /** Only of the locations named; null = the article's own price holds there again. Checked by the caller. */
  prices?: { locationId: number; priceMinor: number | null }[] | undefined
  vatClass?: string | undefined
  stockTracked?: boolean | undefined
  /** All it has; others are taken away. */
  barcodes?: { code: string; pack: number }[] | undefined
  archived?: boolean | undefined
}
export interface ProductAsIs extends ProductFace {
  name: string
  options: Option[]
  articles: ArticleAsIs[]
  /** What becomes of the product's articles that aren't among `articles`. */
  missing: 'keep' | 'archive'
}
/** One article of those named, in their order. */
export interface PutArticle {
  id: number
  number: string
  what: 'made' | 'renamed' | 'stands'
}

/** `id` null = a new one. Its articles come after it (putArticles). Throws {Refusal} not-found, bad-input. */
export async function putProduct(tx: Tx, id: number | null, input: Pick<ProductAsIs, 'name' | 'options'> & ProductFace, by: By): Promise<number> {
  const { name, options } = input
  if (new Set(options.map((option) => option.name)).size !== options.length) throw new Refusal('bad-input', { field: 'options', reason: 'twice' })
  if (id === null) return (await insertProduct(tx, newProduct(name, options, input), by.now)).id
  await articlesOfProduct(tx, id)
  const standing = await productForUpdate(tx, id)
  if (standing === null) throw new Refusal('not-found')
  const next = withFace({ ...standing, name, options }, input)
  if (sameText(next) !== sameText(standing)) await updateProduct(tx, id, next, by.now)
  return id
}

/** The orders of all connections must be locked: numbers appear and move. Throws {Refusal} with the field, as in `articles.2.number`. */
export async function putArticles(tx: Tx, productId: number, input: ProductAsIs, by: By): Promise<PutArticle[]> {
  const twice = input.articles.findIndex((line, n) => input.articles.findIndex((other) => other.number === line.number) < n)
  if (twice >= 0) throw new Refusal('bad-input', { field: `articles.${twice}.number`, reason: 'twice' })
  const standing = await articlesOfProduct(tx, productId)
  const rows = input.articles.map((line) => standing.find((row) => (line.articleId === undefined ? row.number === line.number : row.id === line.articleId)) ?? null)
  if (input.missing === 'archive') for (const row of standing) if (!rows.includes(row) && row.archivedAt === null) await changeArticle(tx, row.id, { archived: true }, by)
  const put: PutArticle[] = []
  for (const [n, line] of input.articles.entries()) put.push(await inLine(n, () => putArticle(tx, productId, input, line, rows[n] ?? null, by)))
  // Taken away everywhere first: a barcode may move from one article to the next.
  for (const [n, line] of input.articles.entries()) await dropOthers(tx, put[n]?.id ?? 0, line, by)
  for (const [n, line] of input.articles.entries()) await inLine(n, () => giveRest(tx, put[n]?.id ?? 0, line, by))
  for (const row of await articlesOfProduct(tx, productId))
    if (row.archivedAt === null && !isVariant(input.options, row.optionValues, [])) throw new Refusal('variant-wrong', { field: 'options', number: row.number })
  return put
}

async function putArticle(tx: Tx, productId: number, product: ProductAsIs, line: ArticleAsIs, row: ArticleRow | null, by: By): Promise<PutArticle> {
  if (row === null) {
    const values = product.options.map((option) => line.optionValues?.[option.name] ?? '')
    const { number, name = [product.name, ...values].join(', '), optionValues, priceMinor, vatClass, stockTracked } = line
    const made = await createArticle(tx, { productId, number, name, optionValues, priceMinor, vatClass, stockTracked }, by)
    if (line.archived === true) await changeArticle(tx, made.id, { archived: true }, by)
    return { id: made.id, number, what: 'made' }
  }
  const change = changeOf(row, line)
  const renamed = Object.keys(change).length > 0 && (await changeArticle(tx, row.id, change, by)).renamed
  return { id: row.id, number: line.number, what: renamed ? 'renamed' : 'stands' }
}

/** Only what is said, and differs. */
function changeOf(row: ArticleRow, line: ArticleAsIs): ArticleChange {
  const { number, name, optionValues, priceMinor, vatClass, stockTracked, archived } = line
  return {
    ...(number === row.number ? {} : { number }),
    ...(name === undefined || name === row.name ? {} : { name }),
    ...(optionValues === undefined || sameText(optionValues) === sameText(row.optionValues) ? {} : { optionValues }),
    ...(priceMinor === undefined || priceMinor === row.priceMinor ? {} : { priceMinor }),
    ...(vatClass === undefined || vatClass === row.vatClass ? {} : { vatClass }),
    ...(stockTracked === undefined || stockTracked === row.stockTracked ? {} : { stockTracked }),
    ...(archived === undefined || archived === (row.archivedAt !== null) ? {} : { archived }),
  }
}

async function dropOthers(tx: Tx, articleId: number, { barcodes }: ArticleAsIs, by: By): Promise<void> {
  if (barcodes === undefined) return
  for (const has of await barcodesOfArticle(tx, articleId))
    if (!barcodes.some((wanted) => wanted.code === has.code && wanted.pack === has.pack)) await dropBarcode(tx, articleId, has.code, by)
}

async function giveRest(tx: Tx, articleId: number, { barcodes = [], prices = [] }: ArticleAsIs, by: By): Promise<void> {
  const has = new Set((barcodes.length === 0 ? [] : await barcodesOfArticle(tx, articleId)).map((barcode) => barcode.gtin14))
  for (const [n, barcode] of barcodes.entries()) if (!has.has(gtin14(barcode.code) ?? '')) await inLine(n, () => giveBarcode(tx, articleId, barcode, by), 'barcodes')
  const standing = new Map((prices.length === 0 ? [] : await pricesOfArticle(tx, articleId)).map((price) => [price.locationId, price.priceMinor]))
  for (const price of prices) if ((standing.get(price.locationId) ?? null) !== price.priceMinor) await priceAtLocation(tx, articleId, price, by)
}

/** A refusal says which line is to blame. */
async function inLine<T>(n: number, work: () => Promise<T>, list = 'articles'): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, { ...error.facts, field: [list, n, ...(error.facts.field === undefined ? [] : [error.facts.field])].join('.') })
  }
}
