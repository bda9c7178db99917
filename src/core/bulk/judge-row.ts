/** What becomes of one row of a file, beside what is here: an article is made or changed, or it is left out and said why. Pure; by the exact number, and nothing is ever guessed. */
import type { Found } from '../articles/articles.sql.ts'
import { type Fault, type Fields, faultOf } from './bulk.ts'
import type { ArticleNow } from './facts.sql.ts'
import type { Fault as FileFault } from './file/faults.ts'
import type { ReadRow, Wanted } from './file/read-as.ts'
import { faulty, flagsOf, type Judged, judgeChange, ticked } from './judge.ts'

/** What is here of the rows of one part. */
export interface Beside {
  /** By the number, or one it had before. */
  found(number: string): Found | null
  now(articleId: number): ArticleNow
  /** The article that has the barcode. */
  ownerOf(code: string): Found | null
  /** Whether a store was chosen: without one a column of stock says nothing. */
  counts: boolean
}
/** Its product, by what the file calls it. */
export type Variant = NonNullable<Wanted['product']>
export interface NewRow extends Judged {
  n: number
  articleId: number | null
  number: string | null
  name: string | null
  product: Variant | null
  notes: string[]
  cells: string[]
}

export function judgeRow({ n, number, name, wanted, faults, notes, cells }: ReadRow, beside: Beside): NewRow {
  const row = { n, articleId: null, number, name, product: wanted?.product ?? null, notes, cells }
  if (wanted === null) return { ...row, ...faulty(faults.map(ofFile)) }
  const found = beside.found(wanted.number)
  if (found?.moved === true) return { ...row, ...faulty([faultOf(null, 'number-former', found.number)]) }
  const taken = (wanted.barcodes ?? []).flatMap((code) => {
    const owner = beside.ownerOf(code)
    return owner === null || owner.articleId === found?.articleId ? [] : [faultOf('barcodes', 'barcode-taken', owner.number)]
  })
  if (taken.length > 0) return { ...row, articleId: found?.articleId ?? null, ...faulty(taken) }
  if (found === null) return { ...row, ...judgeNew(fieldsOf(wanted, null, beside.counts)) }
  const now = beside.now(found.articleId)
  return { ...row, articleId: now.articleId, name: now.name, ...judgeChange(now, fieldsOf(wanted, now, beside.counts)) }
}

const ofFile = ({ column, code, value, row }: FileFault): Fault => ({ column, field: null, code, value: value === '' ? null : value, row: row ?? null })

function judgeNew(wanted: Fields): Judged {
  const tracked = wanted.stockTracked ?? true
  const faults = [
    ...(wanted.name === undefined ? [faultOf('name', 'name-missing')] : []),
    ...(typeof wanted.onHand === 'number' && !tracked ? [faultOf('onHand', 'stock-untracked', wanted.onHand)] : []),
    ...(ticked(wanted) && !tracked ? [faultOf('boxed', 'webshop-untracked')] : []),
  ]
  if (faults.length > 0) return faulty(faults)
  const { boxed, ...after } = wanted
  const boxes = Object.entries(boxed ?? {}).filter(([, box]) => box)
  if (boxes.length > 0) Object.assign(after, { boxed: Object.fromEntries(boxes) })
  return { verdict: 'make', before: {}, after, flags: flagsOf({}, after, null), faults: [] }
}

/** An article that has one of several classes of the same rate keeps it. */
function fieldsOf({ number: _, vatClasses = [], product: _product, onHand, ...plain }: Wanted, now: ArticleNow | null, counts: boolean): Fields {
  const vatClass = now !== null && vatClasses.includes(now.vatClass) ? now.vatClass : vatClasses[0]
  const said = { ...plain, vatClass, ...(counts ? { onHand } : {}) }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
