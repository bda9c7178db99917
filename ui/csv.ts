/** A table as a file that a Nordic Excel opens by itself: semicolons, a byte order mark, and no cell that a spreadsheet would run as a formula. */

type Value = string | number | null

/** A text that begins like a formula is led by an apostrophe; article numbers stay text to the letter. */
function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r\n]/.test(value.trimStart()) || /^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvOf = (rows: Value[][]): string => `\ufeff${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`

/** Hands the reader a file. */
export function download(name: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
