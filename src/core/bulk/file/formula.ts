/** Text in a cell that a spreadsheet would run, or make a number of: written so that it stays text, and read back as it was. */

/** Led by an apostrophe it is no formula (OWASP's "CSV injection"). */
const RUNS = /^'*\s*[=+\-@\t\r\n]/
/** Digits and what a spreadsheet takes for numbers, dates and powers of ten: 007, 7350053850019, 1-2, 12E3. */
const NUMBERED = /^[\d\s.,:/E+-]*\d[\d\s.,:/E+-]*$/i

export const escaped = (text: string): string => (RUNS.test(text) ? `'${text}` : text)
/** Of numbers and barcodes: ="007" shows 007 in every spreadsheet, and is saved as such. */
export const kept = (text: string): string => (NUMBERED.test(text) ? `="${text}"` : escaped(text))

export function unescaped(cell: string): string {
  const inside = /^="([^"]*)"$/.exec(cell)
  if (inside !== null) return inside[1] ?? ''
  return cell.startsWith("'") && RUNS.test(cell.slice(1)) ? cell.slice(1) : cell
}
