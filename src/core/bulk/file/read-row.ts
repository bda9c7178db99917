/** One row: every cell is read, and every fault is said, so that nobody has to mend a file one fault at a time. */
import type { Cell, Cells } from './cells.ts'
import { isOfAnother } from './decode.ts'
import { cutShort, type Fault, type FaultCode, type NoteCode } from './faults.ts'
import { type Field, webshopOf } from './fields.ts'
import type { ReadAs, ReadFacts, ReadRow, Wanted } from './read-as.ts'
import { LONGEST_ROW, type Row } from './records.ts'
import { barcodeOf, isScientific, piecesOf, priceOf, type Said, vatOf, yesOrNo } from './values.ts'

const LONGEST_NUMBER = 100
const LONGEST_NAME = 300
const LONGEST_OPTION = 50
const LONGEST_VALUE = 100

export function readRow(row: Row, cells: Cells, { columns, decimal, encoding }: ReadAs, facts: ReadFacts): ReadRow {
  const faults: Fault[] = wholeRow(row, columns.length, encoding)
  const notes: NoteCode[] = []
  const read = <Value>({ column, text }: Cell, said: Said<Value>): Value | undefined => {
    if ('fault' in said) faults.push({ column, code: said.fault, value: cutShort(text) })
    else if (said.note !== undefined && !notes.includes(said.note)) notes.push(said.note)
    return 'fault' in said ? undefined : said.value
  }
  const take = <Value>(field: Field, said: (text: string) => Said<Value>): Value | undefined => {
    const cell = cells.get(field)?.[0]
    return cell === undefined ? undefined : read(cell, said(cell.text))
  }
  const number = take('number', (text) => (isScientific(text) ? { fault: 'number-scientific' } : textOf(text, LONGEST_NUMBER)))
  if (!cells.has('number') && !row.broken) faults.push({ column: null, code: 'number-missing', value: '' })
  const title = take('name', (text) => textOf(text, LONGEST_NAME))
  const options = ([1, 2, 3] as const).flatMap((n) => {
    const name = take(`option${n}-name`, (text) => textOf(text, LONGEST_OPTION))
    const value = take(`option${n}-value`, (text) => textOf(text, LONGEST_VALUE))
    return name === undefined || value === undefined || value === 'Default Title' ? [] : [{ name, value }]
  })
  const name = title === undefined ? undefined : [title, ...options.map((option) => option.value)].join(', ')
  const ref = take('product', (text) => textOf(text, LONGEST_NAME))
  const active = take('active', (text) => yesOrNo(text, STATUSES))
  const asked: Omit<Wanted, 'number'> = {
    name,
    priceMinor: take('price', (text) => priceOf(text, decimal)),
    vatClasses: take('vat', (text) => vatOf(text, decimal, facts.vatRates)),
    barcodes: many(cells.get('barcode')?.map((cell) => read(cell, barcodeOf(cell.text)))),
    stockTracked: take('tracked', (text) => yesOrNo(text, TRACKERS)),
    archived: take('archived', (text) => yesOrNo(text)) ?? (active === undefined ? undefined : !active),
    boxed: boxesOf(columns, take),
    onHand: take('stock', (text) => piecesOf(text, decimal)),
    product: ref === undefined || title === undefined || options.length === 0 ? undefined : { ref, name: title, options },
  }
  const shown = { n: row.n, number: cutShort(cells.get('number')?.[0]?.text ?? '') || null, name: name ?? null, cells: row.cells, faults, notes }
  return { ...shown, wanted: number === undefined || faults.length > 0 ? null : { number, ...asked } }
}

/** Shopify's words for a product's state and for who counts a variant. */
const STATUSES = { active: true, draft: true, unlisted: true, archived: false }
const TRACKERS = { shopify: true }

function wholeRow(row: Row, headings: number, encoding: ReadAs['encoding']): Fault[] {
  const fault = (column: number | null, code: FaultCode, text = ''): Fault => ({ column, code, value: cutShort(text) })
  const [line = ''] = row.cells
  if (row.broken) return [fault(null, line.length > LONGEST_ROW ? 'too-long' : 'quote-wrong', line)]
  const extra = row.cells.slice(headings).find((cell) => cell.trim() !== '')
  const foreign = row.cells.findIndex((cell) => isOfAnother(cell, encoding))
  return [
    ...(extra === undefined ? [] : [fault(null, 'too-many-cells', extra)]),
    ...(foreign < 0 ? [] : [fault(foreign < headings ? foreign : null, 'mixed-encoding', row.cells[foreign])]),
  ]
}

function textOf(text: string, most: number): Said<string> {
  if (/\p{Cc}/u.test(text)) return { fault: 'control-characters' }
  return text.length > most ? { fault: 'too-long' } : { value: text }
}

function many(codes: (string | undefined)[] | undefined): string[] | undefined {
  const read = [...new Set(codes?.flatMap((code) => code ?? []))]
  return read.length === 0 ? undefined : read
}

function boxesOf(columns: (Field | null)[], take: (field: Field, said: (text: string) => Said<boolean>) => boolean | undefined): Record<number, boolean> | undefined {
  const boxes = columns.flatMap((field) => {
    const connectionId = webshopOf(field)
    const boxed = field === null || connectionId === null ? undefined : take(field, (text) => yesOrNo(text))
    return connectionId === null || boxed === undefined ? [] : [[connectionId, boxed] as const]
  })
  return boxes.length === 0 ? undefined : Object.fromEntries(boxes)
}
