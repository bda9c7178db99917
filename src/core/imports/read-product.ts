/** A product of a shop as the preview keeps it: what a person sees of it, and what is wrong with it whatever we have. */
import { barcodeOf, numberFault, productFault, productNotes, variantNotes } from './faults.ts'
import type { ShopProduct, ShopVariant } from './import.ts'
import type { ReadItem, ReadProduct } from './imports.sql.ts'

/** `whole`: it is kept itself, to be carried out. */
export const readProduct = (product: ShopProduct, whole: boolean): ReadProduct => ({
  productRef: product.productRef,
  title: product.title,
  options: product.options,
  images: product.images.length,
  fault: productFault(product),
  notes: productNotes(product),
  body: whole ? product : null,
})

/** `places` = those of the shop that are mapped. */
export const readItem = (product: ShopProduct, variant: ShopVariant, position: number, places: string[], sameCurrency: boolean): ReadItem => ({
  productRef: product.productRef,
  itemRef: variant.itemRef,
  position,
  number: variant.articleNumber === '' ? null : variant.articleNumber,
  gtin14: barcodeOf(variant),
  values: variant.optionValues,
  priceMinor: variant.priceMinor,
  pieces: piecesOf(variant, places),
  fault: numberFault(variant),
  notes: variantNotes(variant, sameCurrency),
})

/** Null = the shop says nothing of any of them: that isn't none (L7). */
function piecesOf({ levels }: ShopVariant, places: string[]): number | null {
  const said = levels.flatMap((level) => (places.includes(level.placeRef) && level.active && level.value !== null ? [level.value] : []))
  return said.length === 0 ? null : said.reduce((sum, value) => sum + value, 0)
}
