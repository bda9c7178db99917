/** Columns a person chose once hold for the next file with the same headings, whatever their order. */
import { fingerprint } from '../../../kit/id.ts'
import type { Field } from './fields.ts'
import { plainHeading } from './headings.ts'

/** By heading; of headings that are there twice, by which of them. */
export type Remembered = Record<string, Field | null>

const names = (headings: string[]): string[] => {
  const plain = headings.map(plainHeading)
  return plain.map((name, at) => `${name}#${plain.slice(0, at).filter((each) => each === name).length}`)
}
/** No index of the database takes a longer key. */
const LONGEST_KEY = 1_000
/** What a mapping is found by again: the headings themselves, or a print of very many. */
export function headingsKey(headings: string[]): string {
  const key = names(headings).sort().join(' ')
  return key.length > LONGEST_KEY ? fingerprint(key).toString('base64url') : key
}
export const toRemember = (headings: string[], columns: (Field | null)[]): Remembered => Object.fromEntries(names(headings).map((name, at) => [name, columns[at] ?? null]))
export const recalled = (headings: string[], mapping: Remembered): (Field | null)[] => names(headings).map((name) => mapping[name] ?? null)
