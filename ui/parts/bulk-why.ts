/** Why a row of a bulk change is left out, or wasn't done, in words. */
import type { i18n } from 'i18next'
import { fill, problems } from '../../src/web/contract/problems.ts'
import type { BulkChange, BulkRow } from '../bulk-queries.ts'
import { pieces } from '../format.ts'
import { currentLocale } from '../words.ts'

type Fault = BulkRow['faults'][number]

/** What of an article a fault can blame, by the word its column has in a file. */
const BLAMED = {
  name: 'bulk-field.name',
  priceMinor: 'bulk-change.price',
  vatClass: 'bulk-field.vat',
  stockTracked: 'bulk-field.tracked',
  archived: 'bulk-change.archived',
  barcodes: 'bulk-field.barcode',
  boxed: 'bulk-field.webshop',
  onHand: 'bulk-field.stock',
} as const
const isBlamed = (column: string): column is keyof typeof BLAMED => column in BLAMED

/** "Försäljningspris: ”129,905” har fler än två decimaler." */
export function faultWords(words: i18n, { column, field, code, value, row }: Fault, { readAs }: BulkChange): string {
  const known = `bulk-fault.${code}`
  const said = words.exists(known) ? words.t(known as 'bulk-fault.number-twice', { value: value ?? '', row: row === null ? '' : pieces(row) }) : codeWords(code)
  const heading = column !== null ? readAs?.headings[column] : field !== null && isBlamed(field) ? words.t(BLAMED[field]) : undefined
  return heading === undefined ? said : `${heading}: ${said}`
}

/** In few words, for a list of causes. */
export function faultName(words: i18n, code: string): string {
  const known = `bulk-fault-name.${code}`
  return words.exists(known) ? words.t(known as 'bulk-fault-name.number-missing') : rowCodeWords(words, code)
}

export function rowCodeWords(words: i18n, code: string): string {
  const own = `bulk-code.${code}`
  return words.exists(own) ? words.t(own as 'bulk-code.not-done') : codeWords(code)
}

/** What is said of a row that goes in all the same. */
export function noteWords(words: i18n, note: string): string {
  const known = `bulk-note.${note}`
  return words.exists(known) ? words.t(known as 'bulk-note.zero-restored') : note
}

/** A refusal of the call that the row came to. */
function codeWords(code: string): string {
  const problem = code in problems ? problems[code as keyof typeof problems] : null
  return problem === null ? code : fill(problem.words[currentLocale()], {})
}
