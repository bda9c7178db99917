/** What a cell says, as pure rules: prices to whole minor units without a float, VAT, yes and no, barcodes, pieces. A text in the answer is what is wrong. */
import { gtin14 } from '../../articles/barcode.ts'
import type { FaultCode, NoteCode } from './faults.ts'
import type { Decimal } from './read-as.ts'

export type Said<Value> = { value: Value; note?: NoteCode } | { fault: FaultCode }

/** A number with what people write around it: '1 234,50 kr', 'kr. 99:-', '−5'. Null = it is none. `part` = the digits behind the mark. */
interface Amount {
  minus: boolean
  whole: string
  part: string
}
export function amountOf(cell: string, decimal: Decimal): Amount | null {
  const bare = cell
    .replace(/(?<!\p{L})(sek|nok|dkk|eur|kr)(?!\p{L})\.?|:-|,-|€/giu, '')
    .replace(/[\s'’]/g, '')
    .replace(/[−–]/g, '-')
  const found = /^([-+]?)(\d[\d.,]*|[.,]\d+)$/.exec(bare)
  if (found === null) return null
  const [, sign, digits = ''] = found
  const { whole, part } = split(digits, decimal)
  return /^\d*$/.test(whole) && /^\d*$/.test(part) && whole.length <= 12 ? { minus: sign === '-', whole: whole === '' ? '0' : whole, part } : null
}

/** Which mark is the decimal one. Both there: the last. One alone, with three digits behind each: thousands, unless the file's own decimal mark. */
function split(digits: string, decimal: Decimal): { whole: string; part: string } {
  const at = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  if (at < 0) return { whole: digits, part: '' }
  const mark = digits[at] ?? ''
  const other = mark === ',' ? '.' : ','
  const isGroups = new RegExp(`^[1-9]\\d{0,2}(\\${mark}\\d{3})+$`).test(digits)
  if (isGroups && (mark !== decimal || digits.indexOf(mark) < at)) return { whole: digits.replaceAll(mark, ''), part: '' }
  const front = digits.slice(0, at)
  const whole = new RegExp(`^[1-9]\\d{0,2}(\\${other}\\d{3})+$`).test(front) ? front.replaceAll(other, '') : front
  return { whole, part: digits.slice(at + 1) }
}

/** Nobody's price has more digits in front of the mark. */
const MOST_DIGITS = 10

export function priceOf(cell: string, decimal: Decimal): Said<number> {
  const amount = amountOf(cell, decimal)
  if (amount === null || amount.whole.length > MOST_DIGITS) return { fault: 'price-unread' }
  // Three digits behind the mark may as well be thousands, so even zeros are asked about; 12,5000 from a database is 12,50.
  const part = amount.part.length === 3 ? amount.part : amount.part.replace(/0+$/, '')
  if (part.length > 2) return { fault: 'price-decimals' }
  const minor = Number(amount.whole) * 100 + Number(part.padEnd(2, '0'))
  return amount.minus && minor !== 0 ? { fault: 'price-negative' } : { value: minor }
}

/** '25', '25 %', '0,25' -> 2500. A class by its own name is that class. */
export function vatOf(cell: string, decimal: Decimal, rates: { class: string; rateBp: number }[]): Said<string[]> {
  const named = rates.find((rate) => rate.class === cell.trim().toLowerCase())
  if (named !== undefined) return { value: [named.class] }
  const amount = amountOf(cell.replace('%', ''), decimal)
  if (amount === null || amount.minus) return { fault: 'vat-unread' }
  const isShare = Number(amount.whole) === 0 && Number(amount.part) > 0 && !cell.includes('%')
  const [whole, part] = isShare ? [amount.part.slice(0, 2).padEnd(2, '0'), amount.part.slice(2)] : [amount.whole, amount.part]
  const rest = part.replace(/0+$/, '')
  const classes = rest.length > 2 ? [] : rates.filter((rate) => rate.rateBp === Number(whole) * 100 + Number(rest.padEnd(2, '0'))).map((rate) => rate.class)
  if (classes.length === 0) return { fault: 'vat-nobody-has' }
  return classes.length > 1 ? { value: classes, note: 'vat-many' } : { value: classes }
}

const YES = new Set(['ja', 'j', 'yes', 'y', '1', 'x', 'true', 'sant', 'sann', 'sand', 'on', 'på'])
const NO = new Set(['nej', 'nei', 'n', 'no', '0', 'false', 'falskt', 'usann', 'falsk', 'off', 'av'])
/** `more` = what else means yes or no in that column. */
export function yesOrNo(cell: string, more: Record<string, boolean> = {}): Said<boolean> {
  const word = cell.trim().toLowerCase()
  const own = Object.hasOwn(more, word) ? more[word] : undefined
  if (own !== undefined) return { value: own }
  return YES.has(word) ? { value: true } : NO.has(word) ? { value: false } : { fault: 'yes-or-no' }
}

/** Excel makes 7,35005E+12 of a long number; what stood there is gone. */
export const isScientific = (cell: string): boolean => /^\d([.,]\d+)?e\+\d{1,2}$/i.test(cell.trim())

/** The code to the letter, but for what stands around and between its digits. Lost zeros come back if the check digit then holds. */
export function barcodeOf(cell: string): Said<string> {
  if (isScientific(cell)) return { fault: 'barcode-scientific' }
  const code = cell.replace(/[\s-]/g, '')
  if (gtin14(code) !== null) return { value: code }
  const padded = /^\d{7}$/.test(code) ? code.padStart(8, '0') : /^\d{9,11}$/.test(code) ? code.padStart(12, '0') : code
  return padded !== code && gtin14(padded) !== null ? { value: padded, note: 'zero-restored' } : { fault: 'barcode-check' }
}

const MOST_PIECES = 1_000_000
export function piecesOf(cell: string, decimal: Decimal): Said<number> {
  const amount = amountOf(cell.replace(/\b(st|stk|pcs)\b\.?/i, ''), decimal)
  if (amount === null || Number(amount.whole) > MOST_PIECES) return { fault: 'stock-unread' }
  if (/[1-9]/.test(amount.part)) return { fault: 'stock-part' }
  return { value: amount.minus && Number(amount.whole) !== 0 ? -Number(amount.whole) : Number(amount.whole) }
}
