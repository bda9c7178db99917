/** First-time set-up with a shop that has products already: what it shows, what becomes of each, and what a person chose. Carried out once, and then never again. */

export type ImportState = 'reading' | 'judging' | 'ready' | 'importing' | 'stocking' | 'done' | 'cancelled'
export type Verdict = 'link' | 'make' | 'left-out'
export type Became = 'linked' | 'made' | 'left-out'

/** What a person chose when they had seen the preview. */
export interface Choices {
  /** Products we don't have are made; false = those we have are linked, and no more. */
  makes: boolean
  /** Of products that are made. */
  images: boolean
  prices: boolean
  /** The shop's numbers are taken over where nobody of ours has ever counted. Goes with `boxes`. */
  stock: boolean
  /** Articles get their Webshop box. */
  boxes: boolean
}

export interface ImportRow {
  id: number
  listenerId: number
  state: ImportState
  /** The shop's, of the walk that goes on. */
  cursor: string | null
  /** When the latest page was read. */
  pageAt: Date | null
  walkOver: boolean
  walked: number
  /** The product judged last. */
  judged: number
  /** Null = nobody has chosen yet. */
  choices: Choices | null
  runId: number | null
  startedBy: string
  startedAt: Date
  confirmedBy: string | null
  confirmedAt: Date | null
  endedAt: Date | null
}

/** A product as a shop shows it. The same shape as the connectors' RemoteProduct; the room `core` knows no connector, so it says it itself. */
export interface ShopProduct {
  productRef: string
  title: string
  description: string | null
  vendor: string | null
  active: boolean
  options: string[]
  variants: ShopVariant[]
  images: { imageRef: string; url: string; alt: string; itemRef: string | null }[]
}
export interface ShopVariant {
  itemRef: string
  articleNumber: string | null
  optionValues: string[]
  barcode: string | null
  priceMinor: number | null
  regularMinor: number | null
  tracked: boolean | null
  levels: { placeRef: string; value: number | null; active: boolean }[]
}

/** Why a variant is left out, or a part of what is made. Each has words in the ui. */
export const LEFT_OUT = [
  'no-number',
  'number-wrong',
  'number-twice',
  'number-in-several',
  'number-former',
  'archived',
  'linked-elsewhere',
  'barcode-taken',
  'name-wrong',
  'options-wrong',
  'too-many-variants',
  'product-split',
  'product-differs',
  'not-asked',
  'new-since',
  'gone-since',
  'changed-since',
  'refused',
] as const
export type LeftOut = (typeof LEFT_OUT)[number]
export const NOTES = ['barcode-wrong', 'barcode-twice', 'currency', 'description-long', 'vendor-long', 'image-gone', 'image-refused', 'image-failed', 'images-many'] as const
export type Note = (typeof NOTES)[number]
