/** What becomes of each variant of a product: it is one of ours, it is made, or it is left out and why. Pure; by the exact number, and nothing is ever guessed (S10). */
import type { LeftOut, Note, Verdict } from './import.ts'

/** A variant, and what is known here of its number and its barcode. */
export interface ItemFacts {
  itemRef: string
  /** Wrong whatever we have. */
  fault: LeftOut | null
  /** Of its whole product: it can't be made. */
  productFault: LeftOut | null
  notes: Note[]
  /** Items of the shop that carry the number, and in how many products. */
  carriers: number
  products: number
  /** Items of the shop that carry the barcode; 0 = it has none. */
  barcodeCarriers: number
  /** The article of ours that has the number, or had it. */
  ours: { articleId: number; productId: number; former: boolean; archived: boolean /** The item it is linked to in this shop. */; itemRef: string | null } | null
  /** The article of ours that has the barcode. */
  barcodeOf: number | null
  /** Names of what the shop's product differs in; and ours, where it has the number. */
  options: string[]
  ourOptions: string[] | null
}
export interface Judged {
  itemRef: string
  verdict: Verdict
  code: LeftOut | null
  notes: Note[]
  articleId: number | null
}

/** All variants of one product of the shop. */
export function judge(items: ItemFacts[]): Judged[] {
  const linked = items.filter((item) => linkFault(item) === null && item.ours !== null)
  const homes = new Set(linked.map((item) => item.ours?.productId))
  const fits = linked.every((item) => JSON.stringify(item.ourOptions) === JSON.stringify(item.options))
  return items.map((item): Judged => {
    const notes = [...item.notes, ...(item.barcodeCarriers > 1 ? (['barcode-twice'] as const) : [])]
    const leftOut = (code: LeftOut): Judged => ({ itemRef: item.itemRef, verdict: 'left-out', code, notes: [], articleId: null })
    const fault = linkFault(item)
    if (fault !== null) return leftOut(fault)
    if (item.ours !== null) return { itemRef: item.itemRef, verdict: 'link', code: null, notes: [], articleId: item.ours.articleId }
    if (item.productFault !== null) return leftOut(item.productFault)
    // The same goods under another number: made as well they would be two.
    if (item.barcodeOf !== null) return leftOut('barcode-taken')
    if (homes.size > 1) return leftOut('product-split')
    if (!fits) return leftOut('product-differs')
    return { itemRef: item.itemRef, verdict: 'make', code: null, notes, articleId: null }
  })
}

/** Why it is none of ours for certain, and can't be made either. */
function linkFault({ fault, carriers, products, ours, itemRef }: ItemFacts): LeftOut | null {
  if (fault !== null) return fault
  if (products > 1) return 'number-in-several'
  if (carriers > 1) return 'number-twice'
  if (ours === null) return null
  if (ours.former) return 'number-former'
  if (ours.archived) return 'archived'
  return ours.itemRef !== null && ours.itemRef !== itemRef ? 'linked-elsewhere' : null
}
