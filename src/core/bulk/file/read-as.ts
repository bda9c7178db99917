/** How a file is read, as it was guessed or as a person said. */
import type { Fault, NoteCode } from './faults.ts'
import type { Field } from './fields.ts'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]
export const SEPARATORS = [';', '\t', ',', '|'] as const
export type Separator = (typeof SEPARATORS)[number]
export const DECIMALS = [',', '.'] as const
export type Decimal = (typeof DECIMALS)[number]

export interface ReadAs {
  encoding: Encoding
  separator: Separator
  decimal: Decimal
  /** One per heading, in order. */
  columns: (Field | null)[]
}
export interface FileLook extends ReadAs {
  headings: string[]
  /** The first rows, as they stand. */
  sample: string[][]
  rows: number
  layout: 'articles' | 'shopify'
}

/** What of a company a file is read against. */
export interface ReadFacts {
  /** Today's rates. */
  vatRates: { class: string; rateBp: number }[]
}

/** What a row asks for. What isn't there, or is an empty cell, changes nothing. */
export interface Wanted {
  number: string
  name?: string | undefined
  priceMinor?: number | undefined
  /** Every class with the rate that was said; an article that has one of them keeps it, a new one gets the first. */
  vatClasses?: string[] | undefined
  barcodes?: string[] | undefined
  stockTracked?: boolean | undefined
  archived?: boolean | undefined
  /** By connection. */
  boxed?: Record<number, boolean> | undefined
  /** How many there are, at the place chosen for the file. */
  onHand?: number | undefined
  /** A variant: its product by the name the file calls it by (Shopify's Handle). Absent = the article is its own product. */
  product?: { ref: string; name: string; options: { name: string; value: string }[] } | undefined
}
/** `n` = the row in the file as a spreadsheet counts it: the headings are row 1. */
export interface ReadRow {
  n: number
  /** Shown in lists, also of a row with faults; null = it couldn't be read. */
  number: string | null
  name: string | null
  /** As they stand, under the headings. */
  cells: string[]
  /** Null = the row has faults. */
  wanted: Wanted | null
  faults: Fault[]
  notes: NoteCode[]
}
