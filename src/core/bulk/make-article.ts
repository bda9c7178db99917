/** A row of a file becomes an article: on its own, or as a variant beside those of the same product. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { productForUpdate } from '../articles/articles.sql.ts'
import { changeArticle } from '../articles/change-article.ts'
import { createArticle } from '../articles/create-article.ts'
import { putProduct } from '../articles/put-product.ts'
import type { By } from '../by.ts'
import { connectUnknownLines } from '../orders/evaluate-again.ts'
import { Refusal } from '../refusal.ts'
import type { Variant } from './judge-row.ts'
import { homesOf, type RowToDo, saveOutcomes } from './rows.sql.ts'

/** The orders of all connections must be held: a number appears. */
export async function makeArticle(tx: Tx, bulkId: number, row: RowToDo, by: By): Promise<number> {
  const { name = '', priceMinor = null, vatClass, stockTracked, barcodes = [], archived } = row.after
  const number = must(row.number, 'the number')
  const place = row.product === null ? {} : await placeOf(tx, bulkId, row.product, by)
  const made = await createArticle(tx, { number, name, priceMinor, vatClass, stockTracked, barcodes: barcodes.map((code) => ({ code, pack: 1 })), ...place }, by)
  if (archived === true) await changeArticle(tx, made.id, { archived }, by)
  await connectUnknownLines(tx, made.id, made.number, by)
  // Known at once, so that the next variant finds the product.
  await saveOutcomes(tx, bulkId, [{ n: row.n, state: 'done', articleId: made.id, code: null }])
  return made.id
}

/** Its product with the row's values among its own: the one that is here, or a new one. */
async function placeOf(tx: Tx, bulkId: number, { ref, name, options }: Variant, by: By): Promise<{ productId: number; optionValues: Record<string, string> }> {
  const [home, ...others] = await homesOf(tx, bulkId, ref)
  if (others.length > 0) throw new Refusal('variant-wrong')
  const standing = home === undefined ? null : must(await productForUpdate(tx, home.productId), 'the product')
  if (standing !== null && (standing.options.length !== options.length || !options.every((option, n) => standing.options[n]?.name === option.name)))
    throw new Refusal('variant-wrong')
  const values = (n: number) => standing?.options[n]?.values ?? []
  const both = options.map((option, n) => ({ name: option.name, values: [...new Set([...values(n), option.value])] }))
  const productId = await putProduct(tx, home?.productId ?? null, { name: standing?.name ?? name, options: both }, by)
  return { productId, optionValues: Object.fromEntries(options.map((option) => [option.name, option.value])) }
}
