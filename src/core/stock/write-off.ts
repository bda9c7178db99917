/** Pieces that left without being sold: broken or used in the shop. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type Booked, bookLines, type LinesDocument } from './book-lines.ts'

export async function writeOff(tx: Tx, input: LinesDocument & { kind: 'waste' | 'internal-use' }, by: By): Promise<Booked> {
  return await bookLines(tx, input, { type: 'correction', untracked: false, move: (pieces) => ({ kind: input.kind, onHand: -pieces }) }, by)
}
