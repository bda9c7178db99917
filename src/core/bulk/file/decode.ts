/** Bytes as text: which encoding a file is in, and where it isn't. */
import type { Encoding } from './read-as.ts'

const BOMS: [Encoding, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** By the mark in front; without one by what every other byte is, UTF-8 if everything is, else what most of the lines with foreign letters are. */
export function guessEncoding(bytes: Uint8Array): Encoding {
  for (const [encoding, bom] of BOMS) if (bom.every((byte, n) => bytes[n] === byte)) return encoding
  const wide = unmarkedWide(bytes)
  if (wide !== null) return wide
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    const lines = decode(bytes, 'windows-1252').split('\n')
    const foreign = lines.filter((line) => /[\u0080-\uffff]/.test(line)).length
    return lines.filter(isUtf8Shown).length * 2 > foreign ? 'utf-8' : 'windows-1252'
  }
}

/** UTF-16 without a mark: every second byte of Latin letters is 0, and never the others. */
export function unmarkedWide(bytes: Uint8Array): Encoding | null {
  const head = bytes.subarray(0, 8192)
  const zeros = [0, 1].map((odd) => head.filter((byte, n) => byte === 0 && n % 2 === odd).length)
  const [even = 0, odd = 0] = zeros
  if (Math.min(even, odd) > 0 || Math.max(even, odd) < head.length * 0.4) return null
  return head.length === 0 ? null : odd > 0 ? 'utf-16le' : 'utf-16be'
}

export function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'windows-1252')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (each) => HIGH[each.charCodeAt(0) - 0x80] ?? each)
  return new TextDecoder(encoding).decode(bytes)
}

/** What Windows-1252 has where Latin-1 has nothing, 80 to 9F (the WHATWG's index). Node's own decoder mistakes the one for the other. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** UTF-8 read as Windows-1252: 'Ã¥' for 'å', 'â€“' for a dash. */
const UTF8_SHOWN = new RegExp(`Ã[\\xa0-\\xbf${HIGH}]|â€[${HIGH}]`)
const isUtf8Shown = (text: string): boolean => UTF8_SHOWN.test(text)

/** The text isn't in the encoding of the rest of the file. */
export const isOfAnother = (text: string, encoding: Encoding): boolean => (encoding === 'windows-1252' ? isUtf8Shown(text) : text.includes('\ufffd'))
