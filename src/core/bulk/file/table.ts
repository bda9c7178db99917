/** A file as a table: its headings and its rows, in the encoding and with the separator said. */
import { Refusal } from '../../refusal.ts'
import { decode, guessEncoding } from './decode.ts'
import { cutShort } from './faults.ts'
import { unescaped } from './formula.ts'
import { isKnown } from './headings.ts'
import { type Encoding, SEPARATORS, type Separator } from './read-as.ts'
import { type Row, records } from './records.ts'
import { refuseOthers } from './refuse-others.ts'

export interface Table {
  encoding: Encoding
  separator: Separator
  headings: string[]
  /** Below the headings, empty ones left out. */
  rows(): Generator<Row>
}

/** Nobody says more of an article; a person would look through every one. */
const MOST_COLUMNS = 500

/** Throws {Refusal} file-workbook, file-not-text, file-empty, file-too-wide. */
export function openTable(bytes: Uint8Array, said: { encoding?: Encoding | undefined; separator?: Separator | undefined } = {}): Table {
  refuseOthers(bytes)
  const encoding = said.encoding ?? guessEncoding(bytes)
  const decoded = decode(bytes, encoding)
  // No text has one, and no database keeps it.
  if (decoded.includes('\0')) throw new Refusal('file-not-text')
  const { text, told } = withoutSeparatorLine(decoded.replaceAll('\ufeff', '').replace(/\r\n?/g, '\n'))
  const separator = said.separator ?? told ?? guessSeparator(text)
  const [first] = filled(records(text, separator))
  if (first === undefined || !/[^\s;,|]/.test(text)) throw new Refusal('file-empty')
  if (first.cells.length > MOST_COLUMNS) throw new Refusal('file-too-wide', { most: MOST_COLUMNS })
  return { encoding, separator, headings: first.cells.map((cell) => cutShort(unescaped(cell).trim())), rows: () => below(text, separator) }
}

function* filled(rows: Generator<Row>): Generator<Row> {
  for (const row of rows) if (row.broken || row.cells.some((cell) => cell.trim() !== '')) yield row
}

function* below(text: string, separator: Separator): Generator<Row> {
  const rows = filled(records(text, separator))
  rows.next()
  for (const row of rows) yield { ...row, cells: row.cells.map(unescaped) }
}

/** Excel's own line: 'sep=;' alone, first of all. */
function withoutSeparatorLine(text: string): { text: string; told: Separator | null } {
  const found = /^"?sep=(.)"?\n/i.exec(text)
  const told = SEPARATORS.find((each) => each === found?.[1]) ?? null
  return found === null ? { text, told } : { text: text.slice(found[0].length), told }
}

/** The one that makes most headings that are known out of the first row; then the one that makes most columns. */
function guessSeparator(text: string): Separator {
  const tries = SEPARATORS.map((separator) => {
    const [first] = filled(records(text, separator))
    const cells = first?.broken === false ? first.cells : []
    return { separator, known: cells.filter((cell) => isKnown(cell)).length, columns: cells.length }
  })
  tries.sort((a, b) => b.known - a.known || b.columns - a.columns)
  return tries[0]?.separator ?? ';'
}
