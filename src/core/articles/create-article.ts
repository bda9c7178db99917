/** A new article, with its number, barcodes and product. A number is never used again for another article, not even long after. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { notePrice } from '../prices/note-price.ts'
import { Refusal } from '../refusal.ts'
import { insertArticle, insertBarcode, insertProduct, numberOwner, productOptions, takeNumber, variantsOf } from './articles.sql.ts'
import { gtin14 } from './barcode.ts'
import { newProduct } from './product.ts'
import { isVariant } from './variants.ts'

export interface NewArticle {
  number: string
  name: string
  /** Absent = its own product. */
  productId?: number | undefined
  optionValues?: Record<string, string> | undefined
  priceMinor?: number | null | undefined
  vatClass?: string | undefined
  stockTracked?: boolean | undefined
  barcodes?: { code: string; pack: number }[] | undefined
}

/** Lines of orders that waited for this number are connected by the caller in the same transaction (core/orders comes after articles). */
export async function createArticle(tx: Tx, input: NewArticle, by: By): Promise<{ id: number; productId: number; number: string }> {
  await numberIsFree(tx, input.number, null)
  const optionValues = input.optionValues ?? {}
  if (input.productId !== undefined) await fitsProduct(tx, input.productId, input.number, optionValues)
  const productId = input.productId ?? (await insertProduct(tx, newProduct(input.name, []), by.now)).id
  const { number, name, priceMinor = null, vatClass = 'standard', stockTracked = true } = input
  const made = await insertArticle(tx, { productId, number, name, optionValues, priceMinor, vatClass, stockTracked }, by.now)
  if (made === null || (await takeNumber(tx, number, made.id, by.now)) === 0) throw new Refusal('number-taken', { field: 'number', number })
  await notePrice(tx, made.id, { locationId: null, oldMinor: null, newMinor: priceMinor }, by)
  for (const [n, barcode] of (input.barcodes ?? []).entries()) await addBarcode(tx, made.id, barcode, `barcodes.${n}.code`)
  return { id: made.id, productId, number }
}

export async function addBarcode(tx: Tx, articleId: number, barcode: { code: string; pack: number }, field = 'code'): Promise<void> {
  const gtin = gtin14(barcode.code)
  if (gtin === null) throw new Refusal('barcode-invalid', { field, code: barcode.code })
  if ((await insertBarcode(tx, articleId, gtin, barcode.code, barcode.pack)) === 0) throw new Refusal('barcode-taken', { field, code: barcode.code })
}

/** Free for `articleId` (null = for a new one). Its own former number is. */
export async function numberIsFree(tx: Tx, number: string, articleId: number | null): Promise<void> {
  const owner = await numberOwner(tx, number)
  if (owner !== null && owner.articleId !== articleId) throw new Refusal(owner.until === null ? 'number-taken' : 'number-reserved', { field: 'number', number })
}

async function fitsProduct(tx: Tx, productId: number, number: string, values: Record<string, string>): Promise<void> {
  const product = await productOptions(tx, productId)
  if (product === null) throw new Refusal('not-found', { field: 'productId' })
  const others = await variantsOf(tx, productId)
  if (
    !isVariant(
      product.options,
      values,
      others.map((other) => other.optionValues),
    )
  )
    throw new Refusal('variant-wrong', { field: 'optionValues', number })
}
