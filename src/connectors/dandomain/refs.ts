/** The shop's two kinds of things that hold stock, and its places. Refs are text. Pure. */

/** A shop without stock locations has one stock, so it is one place. */
export const PLACE = 'webshop'
export const placeOf = (location: string): string => `location:${location}`
/** The location's id; null = the shop's one stock. */
export const locationIn = (placeRef: string): string | null => /^location:(\d{1,18})$/.exec(placeRef)?.[1] ?? null

/** `number` = everything that carries it, where a person has said that the same number is the same goods. A variant is reached through its product. */
export type Ref = { kind: 'product'; id: string } | { kind: 'variant'; id: string; productId: string } | { kind: 'number'; number: string }

export const productRef = (id: string): string => `product:${id}`
export const variantRef = (productId: string, id: string): string => `variant:${productId}:${id}`
export const numberRef = (number: string): string => `number:${number}`

/** Null when it is no ref of ours. */
export function readRef(ref: string): Ref | null {
  if (ref.startsWith('number:') && ref.length > 7) return { kind: 'number', number: ref.slice(7) }
  const found = /^(?:product:(\d{1,18})|variant:(\d{1,18}):(\d{1,18}))$/.exec(ref)
  if (found === null) return null
  return found[1] === undefined ? { kind: 'variant', productId: found[2] ?? '', id: found[3] ?? '' } : { kind: 'product', id: found[1] }
}
