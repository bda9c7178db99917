/** A first look at a file: how it seems to be written, what its columns seem to be, and how much there is of it. */
import { Refusal } from '../../refusal.ts'
import { cutShort } from './faults.ts'
import { guessColumns, isShopify, type Webshop } from './headings.ts'
import type { Decimal, FileLook, ReadAs } from './read-as.ts'
import { openTable } from './table.ts'

const MOST_ROWS = 50_000
const A_SAMPLE = 5

/** `said` = what a person chose instead of our guesses. Throws {Refusal} file-workbook, file-not-text, file-empty, file-too-wide, file-no-rows, file-too-long. */
export function look(bytes: Uint8Array, webshops: Webshop[], said: Partial<ReadAs> = {}): FileLook {
  const { encoding, separator, headings, rows } = openTable(bytes, said)
  const guessed = said.columns ?? guessColumns(headings, webshops)
  const columns = headings.map((_, at) => guessed[at] ?? null)
  const layout = isShopify(headings) ? 'shopify' : 'articles'
  const sample: string[][] = []
  const votes: Record<Decimal, number> = { ',': 0, '.': 0 }
  let n = 0
  for (const { cells } of rows()) {
    if (++n > MOST_ROWS) throw new Refusal('file-too-long', { most: MOST_ROWS })
    if (sample.length < A_SAMPLE) sample.push(headings.map((_, at) => cutShort(cells[at] ?? '')))
    for (const [at, field] of columns.entries()) vote(votes, field === 'price' ? cells[at] : undefined)
  }
  if (n === 0) throw new Refusal('file-no-rows')
  const fallback: Decimal = layout === 'shopify' || separator === ',' ? '.' : ','
  const decimal = said.decimal ?? (votes[','] === votes['.'] ? fallback : votes[','] > votes['.'] ? ',' : '.')
  return { encoding, separator, decimal, columns, headings, sample, rows: n, layout }
}

/** A mark with one or two digits behind it, last of all digits, is a decimal mark. */
function vote(votes: Record<Decimal, number>, cell: string | undefined): void {
  const mark = /([.,])\d{1,2}(?!\d|[.,]\d)/.exec(cell ?? '')?.[1]
  if (mark === ',' || mark === '.') votes[mark]++
}
