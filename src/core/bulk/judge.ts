/** What becomes of one article: what of it changes, what a person should look at, and why it is left out. Pure. */
import { gtin14 } from '../articles/barcode.ts'
import { type BulkFlag, type BulkVerdict, type Change, type Fault, type Fields, faultOf } from './bulk.ts'
import type { ArticleNow } from './facts.sql.ts'

export interface Judged {
  verdict: BulkVerdict
  before: Fields
  after: Fields
  flags: BulkFlag[]
  faults: Fault[]
}
/** A change of more than this part of what stands is shown apart. */
const MUCH = 0.5

export const faulty = (faults: Fault[]): Judged => ({ verdict: 'fault', before: {}, after: {}, flags: [], faults })

/** An article that is here, and how it is wanted. */
export function judgeChange(now: ArticleNow, wanted: Fields): Judged {
  const faults = changeFaults(now, wanted)
  if (faults.length > 0) return faulty(faults)
  const { before, after } = differing(now, wanted)
  if (Object.keys(after).length === 0) return { verdict: 'same', before, after, flags: [], faults: [] }
  return { verdict: 'change', before, after, flags: flagsOf(before, after, now.onHand), faults: [] }
}

/** How an edit wants one article; a fault where it can't be said. */
export function wantedOf(now: ArticleNow, change: Change): Fields | Fault {
  const { pricePercent, wholeUnits, boxed, priceMinor, vatClass, stockTracked, archived } = change
  if (pricePercent !== undefined && now.priceMinor === null) return faultOf('priceMinor', 'no-price')
  const price = pricePercent === undefined ? priceMinor : byPercent(now.priceMinor ?? 0, pricePercent, wholeUnits === true)
  return {
    ...(price === undefined ? {} : { priceMinor: price }),
    ...(vatClass === undefined ? {} : { vatClass }),
    ...(stockTracked === undefined ? {} : { stockTracked }),
    ...(archived === undefined ? {} : { archived }),
    ...(boxed === undefined ? {} : { boxed: { [boxed.connectionId]: boxed.boxed } }),
  }
}

/** Half a unit up, as a shopkeeper rounds. A percentage has at most four decimals, so the sum is exact. */
export function byPercent(priceMinor: number, percent: number, wholeUnits: boolean): number {
  const parts = 1_000_000n + BigInt(Math.round(percent * 10_000))
  const unit = wholeUnits ? 100n : 1n
  const whole = 1_000_000n * unit
  return Number(((BigInt(priceMinor) * parts * 2n + whole) / (whole * 2n)) * unit)
}

export const ticked = ({ boxed = {} }: Fields): boolean => Object.values(boxed).includes(true)

function changeFaults(now: ArticleNow, wanted: Fields): Fault[] {
  const tracked = wanted.stockTracked ?? now.stockTracked
  const faults: Fault[] = []
  if (typeof wanted.onHand === 'number' && !tracked) faults.push(faultOf('onHand', 'stock-untracked', wanted.onHand))
  if (!tracked && ticked(wanted)) faults.push(faultOf('boxed', 'webshop-untracked'))
  return faults
}

/** Only what is said, and differs. */
function differing(now: ArticleNow, wanted: Fields): { before: Fields; after: Fields } {
  const before: Fields = {}
  const after: Fields = {}
  const plain = <K extends 'name' | 'priceMinor' | 'vatClass' | 'stockTracked' | 'archived' | 'onHand'>(field: K) => {
    const value = wanted[field]
    if (value === undefined || value === now[field]) return
    Object.assign(before, { [field]: now[field] })
    Object.assign(after, { [field]: value })
  }
  for (const field of ['name', 'priceMinor', 'vatClass', 'stockTracked', 'archived', 'onHand'] as const) plain(field)
  const fresh = newBarcodes(now, wanted)
  if (fresh.length > 0) {
    before.barcodes = now.barcodes
    after.barcodes = [...now.barcodes, ...fresh]
  }
  const boxes = Object.entries(wanted.boxed ?? {}).filter(([id, boxed]) => boxed !== (now.boxed[id] ?? false))
  if (boxes.length > 0) {
    before.boxed = Object.fromEntries(boxes.map(([id, boxed]) => [id, !boxed]))
    after.boxed = Object.fromEntries(boxes)
  }
  return { before, after }
}

/** Barcodes are added, and never silently taken away. */
function newBarcodes(now: ArticleNow, { barcodes = [] }: Fields): string[] {
  const has = new Set(now.barcodes.map(gtin14))
  return barcodes.filter((code) => !has.has(gtin14(code)))
}

export const flagsOf = (before: Fields, after: Fields, onHand: number | null): BulkFlag[] => [
  ...moved(before.priceMinor, after.priceMinor, 'price-to-zero', 'price-over-half'),
  ...moved(before.onHand, after.onHand, 'stock-to-zero', 'stock-over-half'),
  ...(after.archived === true && (after.onHand ?? onHand ?? 0) > 0 ? (['archived-with-stock'] as const) : []),
]
function moved(from: number | null | undefined, to: number | null | undefined, toZero: BulkFlag, overHalf: BulkFlag): BulkFlag[] {
  if (typeof to !== 'number') return []
  // Of pieces nothing at all was known before the first count; a price of nothing is worth a look whatever it was.
  if (to === 0 && from !== 0 && (typeof from === 'number' || toZero === 'price-to-zero')) return [toZero]
  return typeof from === 'number' && from !== 0 && Math.abs(to - from) > Math.abs(from) * MUCH ? [overHalf] : []
}
