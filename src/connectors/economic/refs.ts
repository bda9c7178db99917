/** What things of e-conomic are called here: a product is its number; a document is its kind and its number. */

/** An agreement has one stock, so it is one place. */
export const PLACE = 'agreement'

export type DocumentKind = 'order' | 'draft' | 'booked'
export interface DocumentRef {
  kind: DocumentKind
  number: number
}
export const documentRef = (kind: DocumentKind, number: number): string => `${kind}/${number}`

/** Null when it is none of ours. */
export function readDocumentRef(text: string): DocumentRef | null {
  const [, kind, number] = /^(order|draft|booked)\/([1-9]\d{0,8})$/.exec(text) ?? []
  return kind === undefined ? null : { kind: kind as DocumentKind, number: Number(number) }
}

/** "The booked documents that name this order", where no document is known yet. */
const NAMED = 'named/'
export const readNamed = (text: string): string | null => (text.startsWith(NAMED) && text.length > NAMED.length ? text.slice(NAMED.length) : null)
