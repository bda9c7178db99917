/** Changes an article. A rename keeps the old number reserved for it: look-ups by the old one still find it and say it moved. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { notePrice } from '../prices/note-price.ts'
import { deletePrice, pricesOfArticle, putPrice } from '../prices/prices.sql.ts'
import { Refusal } from '../refusal.ts'
import { type ArticleRow, articleForUpdate, deleteBarcode, endNumber, productOptions, takeNumber, touchArticle, updateArticle, variantsOf } from './articles.sql.ts'
import { gtin14 } from './barcode.ts'
import { addBarcode, numberIsFree } from './create-article.ts'
import { isVariant } from './variants.ts'

export interface ArticleChange {
  number?: string | undefined
  name?: string | undefined
  optionValues?: Record<string, string> | undefined
  priceMinor?: number | null | undefined
  vatClass?: string | undefined
  stockTracked?: boolean | undefined
  archived?: boolean | undefined
}

export async function changeArticle(tx: Tx, id: number, input: ArticleChange, by: By): Promise<{ renamed: boolean }> {
  const now = await thisArticle(tx, id)
  const next: ArticleRow = {
    ...now,
    number: input.number ?? now.number,
    name: input.name ?? now.name,
    optionValues: input.optionValues ?? now.optionValues,
    priceMinor: input.priceMinor === undefined ? now.priceMinor : input.priceMinor,
    vatClass: input.vatClass ?? now.vatClass,
    stockTracked: input.stockTracked ?? now.stockTracked,
    archivedAt: input.archived === undefined ? now.archivedAt : input.archived ? (now.archivedAt ?? by.now) : null,
  }
  const renamed = next.number !== now.number
  if (renamed) {
    await numberIsFree(tx, next.number, id)
    if ((await takeNumber(tx, next.number, id, by.now)) === 0) throw new Refusal('number-taken', { field: 'number', number: next.number })
    await endNumber(tx, now.number, by.now)
  }
  if (input.optionValues !== undefined) await stillVariant(tx, now, next)
  await updateArticle(tx, next, by.now)
  await notePrice(tx, id, { locationId: null, oldMinor: now.priceMinor, newMinor: next.priceMinor }, by)
  return { renamed }
}

export async function giveBarcode(tx: Tx, articleId: number, barcode: { code: string; pack: number }, by: By): Promise<void> {
  await thisArticle(tx, articleId)
  await addBarcode(tx, articleId, barcode)
  await touchArticle(tx, articleId, by.now)
}

export async function dropBarcode(tx: Tx, articleId: number, code: string, by: By): Promise<void> {
  await thisArticle(tx, articleId)
  const gtin = gtin14(code)
  if (gtin === null || (await deleteBarcode(tx, articleId, gtin)) === 0) throw new Refusal('not-found')
  await touchArticle(tx, articleId, by.now)
}

/** Null = the article's own price holds there again. The location is checked by the caller. */
export async function priceAtLocation(tx: Tx, articleId: number, input: { locationId: number; priceMinor: number | null }, by: By): Promise<void> {
  await thisArticle(tx, articleId)
  const oldMinor = (await pricesOfArticle(tx, articleId)).find((price) => price.locationId === input.locationId)?.priceMinor ?? null
  await notePrice(tx, articleId, { locationId: input.locationId, oldMinor, newMinor: input.priceMinor }, by)
  if (input.priceMinor === null) await deletePrice(tx, articleId, input.locationId)
  else await putPrice(tx, articleId, input.locationId, input.priceMinor)
  await touchArticle(tx, articleId, by.now)
}

async function thisArticle(tx: Tx, id: number): Promise<ArticleRow> {
  const article = await articleForUpdate(tx, id)
  if (article === null) throw new Refusal('not-found')
  return article
}

async function stillVariant(tx: Tx, now: ArticleRow, next: ArticleRow): Promise<void> {
  const product = await productOptions(tx, now.productId)
  const same = JSON.stringify(now.optionValues)
  const all = (await variantsOf(tx, now.productId)).map((other) => other.optionValues)
  const others = all.filter((other) => JSON.stringify(other) !== same)
  if (product === null || !isVariant(product.options, next.optionValues, others)) throw new Refusal('variant-wrong', { field: 'optionValues', number: next.number })
}
