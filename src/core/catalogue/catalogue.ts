/** What a shop is told of our products, and how (docs/decisions/0017). */

export interface Catalogue {
  /** False = it is told of none; what it has been told stays there. */
  products: boolean
  /** Whose prices go; null = the article's own. */
  priceLocationId: number | null
  /** True = a price goes when it was changed here and only then; false = ours goes along whenever anything of the product goes. */
  priceWhenChanged: boolean
  descriptions: boolean
  /** Products that are made there get their Webshop box, so that their stock is told too. */
  boxes: boolean
}

/** A product as it is to stand in the shop. The same shape as the connectors' OutgoingProduct; the room `core` knows no connector, so it says it itself. */
export interface ProductToTell {
  productRef: string | null
  name: string
  active: boolean
  description: string | null
  vendor: string | null
  options: string[]
  currency: string
  variants: VariantToTell[]
  /** What of it is written. */
  write: ('details' | 'description' | 'price')[]
}
export interface VariantToTell {
  articleNumber: string
  itemRef: string | null
  optionValues: string[]
  barcode: string | null
  priceMinor: number | null
  stockTracked: boolean
}
