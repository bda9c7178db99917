/** The cells of a row by what their columns are; empty ones aren't there. A product said over many rows (Shopify's) lends its own to each of them. */
import type { Field } from './fields.ts'

export interface Cell {
  column: number
  text: string
}
export type Cells = ReadonlyMap<Field, Cell[]>

export function cellsOf(cells: string[], columns: (Field | null)[]): Cells {
  const found = new Map<Field, Cell[]>()
  // Shopify leads numbers by an apostrophe, so that a spreadsheet keeps them.
  const led = columns.includes('product') ? /^'(?=\d)/ : /^(?!)/
  for (const [column, field] of columns.entries()) {
    const text = (cells[column] ?? '').trim().replace(led, '')
    if (field !== null && text !== '') found.set(field, [...(found.get(field) ?? []), { column, text }])
  }
  return found
}

/** What Shopify says in the first row of a product alone. */
const OF_THE_PRODUCT: Field[] = ['name', 'active', 'archived', 'option1-name', 'option2-name', 'option3-name']
const OF_A_VARIANT: Field[] = ['number', 'price', 'barcode', 'option1-value']

/** Null = the row has no variant, but another picture of a product. */
export function inheriting(): (cells: Cells) => Cells | null {
  const products = new Map<string, Cells>()
  return (cells) => {
    const ref = cells.get('product')?.[0]?.text
    if (ref === undefined) return cells
    const product = products.get(ref)
    if (product === undefined) {
      products.set(ref, cells)
      return cells
    }
    if (!OF_A_VARIANT.some((field) => cells.has(field))) return null
    return new Map([...[...product].filter(([field]) => OF_THE_PRODUCT.includes(field)), ...cells])
  }
}
