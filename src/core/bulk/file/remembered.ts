/** Columns a person chose once hold for the next file with the same headings, whatever their order. */
import type { Field } from './fields.ts'
import { plainHeading } from './headings.ts'

/** By heading; of headings that are there twice, by which of them. */
export type Remembered = Record<string, Field | null>

const names = (headings: string[]): string[] => {
  const plain = headings.map(plainHeading)
  return plain.map((name, at) => `${name}#${plain.slice(0, at).filter((each) => each === name).length}`)
}
/** What a mapping is found by again. */
export const headingsKey = (headings: string[]): string => names(headings).sort().join(' ')
export const toRemember = (headings: string[], columns: (Field | null)[]): Remembered => Object.fromEntries(names(headings).map((name, at) => [name, columns[at] ?? null]))
export const recalled = (headings: string[], mapping: Remembered): (Field | null)[] => names(headings).map((name) => mapping[name] ?? null)
