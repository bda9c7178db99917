/** What is wrong with a product of a shop whatever we have here: pure rules, the limits of the forms a person fills in (web/contract/articles). */
import { gtin14 } from '../articles/barcode.ts'
import type { LeftOut, Note, ShopProduct, ShopVariant } from './import.ts'

const MOST = { name: 300, number: 100, options: 3, optionName: 50, value: 100, values: 250, variants: 250, description: 20_000, vendor: 100 }
const CONTROL = /\p{Cc}/u
const fits = (text: string, most: number): boolean => text !== '' && text.length <= most && !CONTROL.test(text)

/** What keeps the product from being made as a whole. Its variants that we have can be linked all the same. */
export function productFault(product: ShopProduct): LeftOut | null {
  const { options, variants } = product
  if (!fits(product.title, MOST.name)) return 'name-wrong'
  if (variants.length > MOST.variants) return 'too-many-variants'
  if (options.length > MOST.options || new Set(options).size < options.length || !options.every((name) => fits(name, MOST.optionName))) return 'options-wrong'
  if (!variants.every(({ optionValues }) => optionValues.length === options.length && optionValues.every((value) => fits(value, MOST.value)))) return 'options-wrong'
  if (options.some((_, n) => new Set(variants.map((variant) => variant.optionValues[n])).size > MOST.values)) return 'options-wrong'
  const combinations = new Set(variants.map(({ optionValues }) => JSON.stringify(optionValues)))
  return options.length > 0 && combinations.size < variants.length ? 'options-wrong' : null
}

/** Without a number nobody can say what it is. */
export function numberFault({ articleNumber }: ShopVariant): LeftOut | null {
  if (articleNumber === null || articleNumber === '') return 'no-number'
  return fits(articleNumber, MOST.number) ? null : 'number-wrong'
}

/** Null = it has none that we can keep. */
export const barcodeOf = ({ barcode }: ShopVariant): string | null => (barcode === null ? null : gtin14(barcode))

/** Parts of what is made that can't come along. */
export function variantNotes(variant: ShopVariant, sameCurrency: boolean): Note[] {
  return [
    ...(variant.barcode !== null && variant.barcode !== '' && barcodeOf(variant) === null ? (['barcode-wrong'] as const) : []),
    ...(variant.priceMinor !== null && !sameCurrency ? (['currency'] as const) : []),
  ]
}
export function productNotes({ description, vendor }: ShopProduct): Note[] {
  return [
    ...(description !== null && description.length > MOST.description ? (['description-long'] as const) : []),
    ...(vendor !== null && vendor !== '' && !fits(vendor, MOST.vendor) ? (['vendor-long'] as const) : []),
  ]
}
export function faceOf({ description, vendor, active }: ShopProduct): { description: string | null; vendor: string | null; active: boolean } {
  return {
    description: description === null || description.trim() === '' || description.length > MOST.description ? null : description,
    vendor: vendor !== null && fits(vendor, MOST.vendor) ? vendor : null,
    active,
  }
}
