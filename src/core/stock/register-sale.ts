/** A sale of a till: once per ref, however often it is sent. Stock may go below zero: what was sold was there. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type Booked, bookLines, type LinesDocument, type Reading } from './book-lines.ts'

/** A negative quantity is a return. */
const sale: Reading = { type: 'sale', untracked: true, move: (pieces) => ({ kind: pieces > 0 ? 'sale' : 'sale-return', onHand: -pieces }) }

export async function registerSale(tx: Tx, input: LinesDocument, by: By): Promise<Booked> {
  return await bookLines(tx, input, sale, by)
}
