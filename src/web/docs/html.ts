/** HTML by template: whatever is put in is escaped, unless it was made here too. */

const MADE = Symbol('made here')
export interface Html {
  [MADE]: true
  text: string
}
type Piece = Html | (Html | null)[] | string | number | null | undefined

export const html = (parts: TemplateStringsArray, ...pieces: Piece[]): Html => made(parts.reduce((text, part, n) => text + shown(pieces[n - 1]) + part))
/** What is HTML already and ours: the built-in pages' own text. */
export const trusted = (text: string): Html => made(text)

const made = (text: string): Html => ({ [MADE]: true, text })
function shown(piece: Piece): string {
  if (piece === null || piece === undefined) return ''
  if (Array.isArray(piece)) return piece.map((each) => each?.text ?? '').join('')
  return typeof piece === 'object' ? piece.text : escaped(String(piece))
}
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Words with `code` in backticks. */
export const words = (text: string): Html => trusted(escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>'))
