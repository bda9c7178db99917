/** What a shopkeeper may send for a CSV and isn't one, told by its bytes. */
import { Refusal } from '../../refusal.ts'
import { unmarkedWide } from './decode.ts'

const WORKBOOKS = ['PK\x03\x04', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']
const OTHERS = ['%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\x7fELF', 'MZ\x90', '{\\rtf']
/** What some systems name .xls: a spreadsheet opens them, and saves them as CSV. */
const MARKUP = /^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table)\b/i

/** A zip is told from a workbook, which is one, by what lies in it. Throws {Refusal} file-workbook, file-not-text, file-empty. */
export function refuseOthers(bytes: Uint8Array): void {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 8192)).toString('latin1')
  if (head.trim() === '') throw new Refusal('file-empty')
  if (WORKBOOKS.some((mark) => head.startsWith(mark)))
    throw new Refusal(head.startsWith('PK') && !/\[Content_Types\]|xl\/|mimetypeapplication\/vnd\.oasis/.test(head) ? 'file-not-text' : 'file-workbook')
  if (MARKUP.test(head)) throw new Refusal('file-workbook')
  if (OTHERS.some((mark) => head.startsWith(mark)) || isBinary(bytes)) throw new Refusal('file-not-text')
}

/** Text has no NUL and its like, but for UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return !isWide && unmarkedWide(bytes) === null && bytes.subarray(0, 8192).some((byte) => byte < 9 || (byte > 13 && byte < 32))
}
