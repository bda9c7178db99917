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
  /** True = our pictures replace those of ours in the shop; false = they go only where the shop shows no others of the product. */
  overwriteImages: boolean
  /** Who stands as the product's supplier in the shop: its own, or the store whose prices go (the company where those are the articles' own). */
  vendorFrom: 'product' | 'location'
  /** Where in the shop products are shown, as the shop calls them; null = everywhere. */
  channels: string[] | null
  /** True = changes go at once; false = with the next run. */
  live: boolean
  /** A run that sends what differs begins every so many hours; null = only when somebody says so. */
  everyHours: 1 | 3 | 6 | 12 | 24 | null
  /** False = the shop's numbers are left alone; what changes meanwhile waits. */
  stock: boolean
}

/** Until somebody says otherwise. */
export const USUAL: Catalogue = {
  products: false,
  priceLocationId: null,
  priceWhenChanged: true,
  descriptions: false,
  boxes: true,
  overwriteImages: false,
  vendorFrom: 'product',
  channels: null,
  live: true,
  everyHours: 3,
  stock: true,
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
  images: ImageToTell[]
  formerImageRefs: string[]
  imagesWhen: 'always' | 'none-there'
  channels: string[] | null
  /** What of it is written. */
  write: ('details' | 'description' | 'price' | 'images')[]
}
export interface ImageToTell {
  imageRef: string | null
  articleNumber: string | null
  alt: string
  type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'
  sha256: string
  size: number
}
export interface VariantToTell {
  articleNumber: string
  itemRef: string | null
  optionValues: string[]
  barcode: string | null
  priceMinor: number | null
  regularMinor: number | null
  stockTracked: boolean
}
