/** What shops show of a product beside its name and its variants. */
import type { ProductRow } from './articles.sql.ts'

/** Undefined = as it is. */
export interface ProductFace {
  /** Text without markup; null = none. */
  description?: string | null | undefined
  vendor?: string | null | undefined
  /** False = it isn't sold: hidden in the shops, never deleted there. */
  active?: boolean | undefined
}

export const newProduct = (name: string, options: ProductRow['options'], face: ProductFace = {}): ProductRow =>
  withFace({ name, options, description: null, vendor: null, active: true }, face)

export const withFace = (row: ProductRow, { description, vendor, active }: ProductFace): ProductRow => ({
  ...row,
  description: description === undefined ? row.description : description,
  vendor: vendor === undefined ? row.vendor : vendor,
  active: active ?? row.active,
})
