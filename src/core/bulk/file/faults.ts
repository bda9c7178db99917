/** What can be wrong with a row of a file, and what is said of one that goes in all the same. The words are the page's. */

export const FAULTS = [
  'number-missing',
  'number-twice',
  'number-scientific',
  'barcode-check',
  'barcode-scientific',
  'barcode-twice',
  'price-unread',
  'price-decimals',
  'price-negative',
  'vat-unread',
  'vat-nobody-has',
  'yes-or-no',
  'stock-unread',
  'stock-part',
  'too-long',
  'control-characters',
  'mixed-encoding',
  'quote-wrong',
  'too-many-cells',
] as const
export type FaultCode = (typeof FAULTS)[number]

export interface Fault {
  /** Which column, from 0; null = the row as a whole. */
  column: number | null
  code: FaultCode
  /** What stood there, cut short. */
  value: string
  /** Of what is in the file twice: the row where it was first. */
  row?: number
}

const SHOWN = 100
/** Of a cell, and never half a letter. */
export const cutShort = (text: string): string => (text.length > SHOWN ? [...text].slice(0, SHOWN).join('') : text)

/** zero-restored: a barcode had lost its leading zeros · vat-many: more than one VAT class has that rate, the first was taken. */
export const NOTES = ['zero-restored', 'vat-many'] as const
export type NoteCode = (typeof NOTES)[number]
