/** Pieces of an order that a master's number contains already: they have no effect of ours (R38, docs/decisions/0014). Pure. */
import { cellKey, type Piece } from './pieces.ts'
import type { PerCell } from './reserved.ts'

/** What left the shelf first was counted first. A piece that was put back or came back is none the master still counts as sold. */
const TAKEN_OUT: readonly Piece['bucket'][] = ['shipped', 'open', 'lost']

export interface CountedPieces {
  /** Per "article:location". */
  pieces: PerCell
  /** Since when each location has its master: what was shipped before is baseline, and stays as it stands posted. */
  since: ReadonlyMap<number, Date>
}
export const nothingCounted: CountedPieces = { pieces: {}, since: new Map() }

export function uncounted(pieces: readonly Piece[], counted: CountedPieces): Piece[] {
  const left = { ...counted.pieces }
  const taken = new Map<Piece, number>()
  for (const bucket of TAKEN_OUT)
    for (const piece of pieces) {
      if (piece.bucket !== bucket || piece.spot.kind === 'elsewhere') continue
      const key = cellKey(piece.articleId, piece.spot.locationId)
      const quantity = Math.min(left[key] ?? 0, piece.quantity)
      if (quantity === 0) continue
      left[key] = (left[key] ?? 0) - quantity
      if (!isBaseline(piece, counted.since.get(piece.spot.locationId))) taken.set(piece, quantity)
    }
  return pieces.flatMap((piece) => {
    const quantity = piece.quantity - (taken.get(piece) ?? 0)
    return quantity === 0 ? [] : [{ ...piece, quantity }]
  })
}

const isBaseline = ({ event }: Piece, since: Date | undefined): boolean => event !== null && since !== undefined && Date.parse(event.at) < since.getTime()
