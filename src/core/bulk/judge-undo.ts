/** What of one article a bulk change did can be put back: what still stands as it was left. What somebody has changed since is theirs. Pure. */
import { gtin14 } from '../articles/barcode.ts'
import { type Fault, type Fields, faultOf } from './bulk.ts'
import type { ArticleNow } from './facts.sql.ts'
import { faulty, type Judged } from './judge.ts'

/** What was done to it, and what has happened to it since. */
export interface Did {
  verdict: 'make' | 'change'
  before: Fields
  after: Fields
  /** It was sold, ordered, received or counted after it was made. */
  used: boolean
  /** What its own count of the stock had added. */
  pieces: number
  /** Its stock was counted or taken over after the bulk change counted it. */
  counted: boolean
}

export function judgeUndo(now: ArticleNow, did: Did): Judged {
  if (did.verdict === 'make' && did.used) return faulty([faultOf(null, 'used-since')])
  const before: Fields = {}
  const after: Fields = {}
  const faults: Fault[] = []
  const was = did.verdict === 'make' ? madeFields(did) : { before: did.before, after: did.after }
  for (const field of ['name', 'priceMinor', 'vatClass', 'stockTracked', 'archived'] as const) {
    const [old, left] = [was.before[field], was.after[field]]
    if (left === undefined || now[field] === old) continue
    if (now[field] !== left) {
      faults.push(faultOf(field, 'changed-since', now[field] === null ? null : String(now[field])))
      continue
    }
    Object.assign(before, { [field]: left })
    Object.assign(after, { [field]: old })
  }
  undoBarcodes(now, was, before, after)
  undoBoxes(now, was, before, after, faults)
  undoStock(now, { ...was, counted: did.counted, pieces: did.pieces }, before, after, faults)
  if (Object.keys(after).length > 0) return { verdict: 'change', before, after, flags: [], faults }
  return faults.length > 0 ? faulty(faults) : { verdict: 'same', before, after, flags: [], faults }
}

/** A number is never used again, so what was made is put away and not deleted; it keeps its name, price and barcodes for whoever takes it out again. */
const madeFields = ({ after: { boxed, onHand } }: Did): { before: Fields; after: Fields } => ({
  before: { archived: true, ...(boxed === undefined ? {} : { boxed: notBoxed(boxed) }), ...(typeof onHand === 'number' ? { onHand: null } : {}) },
  after: { archived: false, ...(boxed === undefined ? {} : { boxed }), ...(typeof onHand === 'number' ? { onHand } : {}) },
})
const notBoxed = (boxed: Record<string, boolean>) => Object.fromEntries(Object.keys(boxed).map((id) => [id, false]))

/** Those it added and that are still there go; others stay, whoever added them. */
function undoBarcodes(now: ArticleNow, was: { before: Fields; after: Fields }, before: Fields, after: Fields): void {
  const had = new Set((was.before.barcodes ?? []).map(gtin14))
  const added = new Set((was.after.barcodes ?? []).map(gtin14).filter((code) => !had.has(code)))
  if (!now.barcodes.some((code) => added.has(gtin14(code)))) return
  before.barcodes = now.barcodes
  after.barcodes = now.barcodes.filter((code) => !added.has(gtin14(code)))
}

function undoBoxes(now: ArticleNow, was: { before: Fields; after: Fields }, before: Fields, after: Fields, faults: Fault[]): void {
  const boxes = Object.entries(was.after.boxed ?? {}).filter(([id, boxed]) => (now.boxed[id] ?? false) === boxed && (was.before.boxed?.[id] ?? false) !== boxed)
  for (const [id, boxed] of Object.entries(was.after.boxed ?? {}))
    if ((now.boxed[id] ?? false) !== boxed && (was.before.boxed?.[id] ?? false) !== (now.boxed[id] ?? false)) faults.push(faultOf('boxed', 'changed-since', id))
  if (boxes.length === 0) return
  before.boxed = Object.fromEntries(boxes)
  after.boxed = Object.fromEntries(boxes.map(([id, boxed]) => [id, !boxed]))
}

/** By the difference it made: what was sold and received since stays sold and received. */
function undoStock(now: ArticleNow, was: { before: Fields; after: Fields } & Pick<Did, 'counted' | 'pieces'>, before: Fields, after: Fields, faults: Fault[]): void {
  const [old, left] = [was.before.onHand, was.after.onHand]
  if (typeof left !== 'number' || old === undefined) return
  if (was.counted || now.onHand === null) return void faults.push(faultOf('onHand', 'counted-since', now.onHand))
  before.onHand = now.onHand
  after.onHand = old === null ? null : now.onHand - was.pieces
}
