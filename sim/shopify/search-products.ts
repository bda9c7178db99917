/** Which products and variants a search finds, over the lagging index, and how they are sorted. */
import { compareIds } from './ids.ts'
import { titleOfVariant } from './product.ts'
import { compared, instant, matches, type Standing, seconds, skuMatches, type Term } from './search.ts'
import type { Item, Product } from './state.ts'

const same = (actual: string, wanted: string): boolean => actual.toLowerCase() === wanted.toLowerCase()
const oneOf = (actual: string, wanted: string): boolean => wanted.split(',').some((each) => same(actual, each.trim()))
const idIs = (term: Term, id: string): boolean => (term.comparator === '' ? id === term.value : compared(term, compareIds(id, term.value), 0))

export function productMatches(product: Product, query: Term[][]): boolean {
  if (query.length > 0 && product.indexed === null) return false
  return matches(query, (term) => {
    switch (term.field) {
      case 'id':
        return idIs(term, product.id)
      case 'title':
        return skuMatches(product.title, term.value)
      case 'handle':
        return same(product.handle, term.value)
      case 'vendor':
        return same(product.vendor, term.value)
      case 'product_type':
        return same(product.productType, term.value)
      case 'status':
        return oneOf(product.status, term.value)
      case 'tag':
        return product.tags.some((tag) => same(tag, term.value))
      case 'sku':
        return product.variants.some((item) => skuMatches(item.indexed?.sku ?? '', term.value))
      case 'barcode':
        return product.variants.some((item) => item.barcode === term.value)
      case 'created_at':
        return compared(term, seconds(product.createdAt), instant(term))
      case 'updated_at':
        return compared(term, seconds(product.indexed?.updatedAt ?? 0), instant(term))
      default:
        return true
    }
  })
}

export function variantMatches(item: Item, query: Term[][]): boolean {
  if (query.length > 0 && item.indexed === null) return false
  return matches(query, (term) => {
    switch (term.field) {
      case 'id':
        return idIs(term, item.variantId)
      case 'product_id':
        return idIs(term, item.product.id)
      case 'product_ids':
        return oneOf(item.product.id, term.value)
      case 'product_status':
        return oneOf(item.product.status, term.value)
      case 'sku':
        return skuMatches(item.indexed?.sku ?? '', term.value)
      case 'barcode':
        return item.barcode === term.value
      case 'title':
        return skuMatches(titleOfVariant(item), term.value)
      case 'vendor':
        return same(item.product.vendor, term.value)
      case 'managed':
        return String(item.tracked) === term.value
      case 'updated_at':
        return compared(term, seconds(item.indexed?.updatedAt ?? 0), instant(term))
      default:
        return true
    }
  })
}

export function productStanding(key: string): (product: Product) => Standing {
  const value = (product: Product) => {
    switch (key) {
      case 'TITLE':
        return product.title.toLowerCase()
      case 'VENDOR':
        return product.vendor.toLowerCase()
      case 'CREATED_AT':
        return product.createdAt
      case 'UPDATED_AT':
        return product.updatedAt
      default:
        return 0
    }
  }
  return (product) => ({ value: value(product), id: product.id })
}
export function variantStanding(key: string): (item: Item) => Standing {
  const value = (item: Item) => (key === 'SKU' ? (item.sku ?? '') : key === 'TITLE' ? titleOfVariant(item).toLowerCase() : 0)
  return (item) => ({ value: value(item), id: item.variantId })
}
export function byPosition(product: Product): (item: Item) => Standing {
  const places = new Map(product.variants.map((item, at) => [item, at]))
  return (item) => ({ value: places.get(item) ?? 0, id: item.variantId })
}
