/** What is seen of a product and its variants by looking at them. */
import type { Item, OptionValue, Product, ProductOption } from './state.ts'

/** A shop's own limits, shown by `shop.resourceLimits`. */
export const MOST_VARIANTS = 2048
export const MOST_OPTIONS = 3

/** A product that comes in one form only has one option with one value, in these words. */
export const STANDALONE = { option: 'Title', value: 'Default Title' } as const
export const isStandalone = (product: Product): boolean => {
  const [option] = product.options
  return product.options.length === 1 && option?.name === STANDALONE.option && option.values.length === 1 && option.values[0]?.name === STANDALONE.value
}

export const titleOfVariant = (item: Item): string => item.values.map((value) => value.name).join(' / ')
/** As a buyer reads it on a receipt. */
export const fullTitle = (item: Item): string => (isStandalone(item.product) ? item.product.title : `${item.product.title} - ${titleOfVariant(item)}`)
export const positionOf = (item: Item): number => item.product.variants.indexOf(item) + 1
export const selectedOptions = (item: Item) => item.product.options.map((option, at) => ({ name: option.name, value: item.values[at]?.name ?? '', optionValue: item.values[at] }))
/** Only values some variant has. */
export const usedValues = (product: Product, option: ProductOption) => {
  const at = product.options.indexOf(option)
  const used = new Set(product.variants.map((item) => item.values[at]))
  return option.values.filter((value) => used.has(value))
}
export const usedIn = (product: Product): Set<OptionValue> => new Set(product.variants.flatMap((item) => item.values))
/** A value goes with the last variant that had it; one that never had any stays. */
export function dropUnused(product: Product, before: ReadonlySet<OptionValue>): void {
  const now = usedIn(product)
  for (const option of product.options) option.values = option.values.filter((value) => now.has(value) || !before.has(value))
}
/** Sold to nobody unless it is active, wherever it has been put. */
export const isSold = (product: Product): boolean => product.status === 'ACTIVE' || product.status === 'UNLISTED'

/** As it stands in the address: lower case, letters and numerals, joined by hyphens. */
export function handleFrom(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain === '' ? 'product' : plain
}
