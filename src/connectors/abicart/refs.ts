/** Abicart's two kinds of things that hold stock, each with uids of its own: an article, and a variant ("kundens val"). Refs and uids are text. Pure. */
import { z } from 'zod'

/** A shop has one stock, so it is one place. */
export const PLACE = 'webshop'

export type Kind = 'article' | 'variant'
export interface Ref {
  kind: Kind
  uid: string
}

/** Numbers today, text in old answers (reference: API classes, "uid"). */
export const uid = z.union([z.number().int().nonnegative().transform(String), z.string().regex(/^\d{1,30}$/)])

export const refOf = (kind: Kind, id: string): string => `${kind}:${id}`

/** Null when it is no ref of ours. */
export function readRef(ref: string): Ref | null {
  const found = /^(article|variant):(\d{1,30})$/.exec(ref)
  return found === null ? null : { kind: found[1] as Kind, uid: found[2] as string }
}

/** As a filter or a first parameter takes it: a number while one can hold it. */
export const asked = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id)

/** Uids grow with time; as text the longer one is the larger. */
export const compareUids = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
