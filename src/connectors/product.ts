/** A product on its way to a shop. What `push` is for numbers, `putProduct` is for these: kinds product, article, price and image of CHANGE_KINDS. */
import type { RemoteListing } from './contract.ts'

/** What is written of a product; the rest stays as the shop has it. One that is made is written whole. */
export const PARTS = ['details', 'description', 'price'] as const
export type Part = (typeof PARTS)[number]

export interface OutgoingProduct {
  /** What it is called there; null = nobody knows that it is there: it is looked for by its article numbers, and made only when none of them is. */
  productRef: string | null
  name: string
  /** False = it isn't sold: hidden there, never deleted. */
  active: boolean
  /** Text without markup; null = none. */
  description: string | null
  vendor: string | null
  /** Names of what the variants differ in; none = one variant. */
  options: string[]
  /** ISO 4217. */
  currency: string
  variants: OutgoingVariant[]
  write: readonly Part[]
}
export interface OutgoingVariant {
  articleNumber: string
  /** Null = not there as far as we know. */
  itemRef: string | null
  /** One for each of the product's options, in their order. */
  optionValues: string[]
  /** GTIN as text; null = none. */
  barcode: string | null
  /** With VAT, in minor units; null = it isn't told. */
  priceMinor: number | null
  stockTracked: boolean
}
export type ProductPut =
  /** `items`: its variants as they stand there now, by our numbers. */
  | { kind: 'done'; productRef: string; items: RemoteListing[] }
  /** Nothing of it was done, and won't be as it is. `code` has words in the connector's `words` or among the common ones. */
  | { kind: 'refused'; code: string; said: string }
