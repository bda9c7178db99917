/** The rows of a separated text, one by one, however long it is. What is quoted wrongly costs its own line and no other. */
import Papa from 'papaparse'
import type { Separator } from './read-as.ts'

/** `broken` = quoted wrongly, or far too long: the line is its only cell. */
export interface Row {
  /** As a spreadsheet counts rows, from 1. */
  n: number
  cells: string[]
  broken: boolean
}
/** Letters: no row is longer; one that seems to be has mostly lost a quote. */
export const LONGEST_ROW = 128 * 1024

export function* records(text: string, separator: Separator): Generator<Row> {
  let at = 0
  let n = 0
  while (at < text.length) {
    const { rows, end, broken } = readWindow(text, at, separator)
    for (const cells of rows) yield { n: ++n, cells, broken: false }
    at = end
    if (!broken) continue
    const line = endOfLine(text, at)
    yield { n: ++n, cells: [text.slice(at, line).trimEnd()], broken: true }
    at = line
  }
}

/** Whole rows from `at` on; `end` = where the next one begins. `broken` = that one is. */
function readWindow(text: string, at: number, separator: Separator): { rows: string[][]; end: number; broken: boolean } {
  const isLast = at + LONGEST_ROW >= text.length
  const rows: { cells: string[]; end: number; wrong: boolean }[] = []
  Papa.parse<string[]>(text.slice(at, at + LONGEST_ROW), {
    delimiter: separator,
    newline: '\n',
    fastMode: false,
    step: ({ data, errors, meta }, parser) => {
      rows.push({ cells: data, end: meta.cursor, wrong: errors.length > 0 })
      if (errors.length > 0) parser.abort()
    },
  })
  const wrong = rows.findIndex((row) => row.wrong)
  // The last row of a window may go on beyond it.
  const whole = wrong >= 0 ? rows.slice(0, wrong) : isLast ? rows : rows.slice(0, -1)
  if (isLast && wrong < 0) return { rows: whole.map((row) => row.cells), end: text.length, broken: false }
  return { rows: whole.map((row) => row.cells), end: at + (whole.at(-1)?.end ?? 0), broken: isLast || whole.length === 0 }
}

const endOfLine = (text: string, from: number): number => {
  const found = text.indexOf('\n', from)
  return found < 0 ? text.length : found + 1
}
