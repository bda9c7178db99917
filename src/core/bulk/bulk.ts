/** A bulk change: many articles at once, from a file or by one choice for all, seen before it is done, and undone with one press. */

export const BULK_KINDS = ['import', 'edit', 'undo'] as const
export type BulkKind = (typeof BULK_KINDS)[number]
export const BULK_STATES = ['reading', 'ready', 'working', 'done', 'cancelled', 'failed'] as const
export type BulkState = (typeof BULK_STATES)[number]
/** make: there is no such article yet · same: nothing of it changes · fault: it is left out, and said why. */
export const BULK_VERDICTS = ['make', 'change', 'same', 'fault'] as const
export type BulkVerdict = (typeof BULK_VERDICTS)[number]
/** kept: left as it is. */
export const BULK_ROW_STATES = ['waiting', 'done', 'failed', 'kept'] as const
export type BulkRowState = (typeof BULK_ROW_STATES)[number]

/** What a bulk change can set of an article. Absent = it stays as it is. */
export interface Fields {
  name?: string
  /** Null = it has none. */
  priceMinor?: number | null
  vatClass?: string
  stockTracked?: boolean
  archived?: boolean
  /** All it has, as text. */
  barcodes?: string[]
  /** Webshop boxes, by connection. */
  boxed?: Record<string, boolean>
  /** At the chosen location; null = nobody has counted it there. */
  onHand?: number | null
}

/** What an edit does to every article. */
export interface Change {
  priceMinor?: number | undefined
  /** Of the price it has; 10 = ten per cent more, -25 = a quarter off. */
  pricePercent?: number | undefined
  /** A price by percent becomes whole kronor (or euros). */
  wholeUnits?: boolean | undefined
  vatClass?: string | undefined
  stockTracked?: boolean | undefined
  archived?: boolean | undefined
  boxed?: { connectionId: number; boxed: boolean } | undefined
}

export interface Fault {
  /** The column of the file, from 0; null = the row as a whole, or there is no file. */
  column: number | null
  /** What of the article; null = all of it, or what the column says. */
  field: keyof Fields | null
  code: string
  value: string | null
  /** Of what stands in a file twice: the row where it stood first. */
  row: number | null
}
export const faultOf = (field: Fault['field'], code: string, value: string | number | null = null): Fault => ({
  column: null,
  field,
  code,
  value: value === null ? null : String(value),
  row: null,
})

/** What a person should look at before it is done. */
export const BULK_FLAGS = ['price-to-zero', 'price-over-half', 'stock-to-zero', 'stock-over-half', 'archived-with-stock'] as const
export type BulkFlag = (typeof BULK_FLAGS)[number]

export interface BulkRow {
  n: number
  articleId: number | null
  number: string | null
  name: string | null
  productKey: string | null
  verdict: BulkVerdict | null
  before: Fields
  after: Fields
  flags: BulkFlag[]
  faults: Fault[]
  state: BulkRowState
  code: string | null
}
