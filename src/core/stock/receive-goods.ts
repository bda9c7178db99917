/** Goods came in from a supplier. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type Booked, bookLines, type LinesDocument, type Reading } from './book-lines.ts'

const receipt: Reading = { type: 'goods-receipt', untracked: false, move: (pieces) => ({ kind: 'receipt', onHand: pieces }) }

export async function receiveGoods(tx: Tx, input: LinesDocument, by: By): Promise<Booked> {
  return await bookLines(tx, input, receipt, by)
}
