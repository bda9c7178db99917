/** R3: what the remote took from its own number because of an order, per cell, as far as its rule is known. Pure. */
import type { ListenerManners } from '../listeners/listener.ts'
import { ruleIsKnown } from '../listeners/listener.ts'
import { cellKey, type Piece } from './pieces.ts'
import { add, type PerCell } from './reserved.ts'

/** Negative where it sold. An unknown rule is no number: nothing is claimed, and whoever asks must doubt (V8). */
export function remoteEffectOf(pieces: readonly Piece[], paid: boolean, manners: Pick<ListenerManners, 'lowersItself' | 'restores'>): PerCell {
  const cells: PerCell = {}
  if (!ruleIsKnown(manners) || manners.lowersItself === 'never' || (manners.lowersItself === 'paid' && !paid)) return cells
  for (const piece of pieces) {
    if (piece.spot.kind === 'elsewhere') continue
    add(
      cells,
      cellKey(piece.articleId, piece.spot.locationId),
      piece.quantity * (manners.lowersItself === 'shipped' ? shelfShareOf(piece.bucket) : sharesOf(piece.bucket, manners.restores === true)),
    )
  }
  return cells
}

/** Of a number that is what is on the shelf. Whether lost pieces leave it isn't documented: whoever asks must doubt. */
function shelfShareOf(bucket: Piece['bucket']): number {
  if (bucket === 'shipped') return -1
  return bucket === 'returned' ? 1 : 0
}

/** Ordered pieces are open, shipped, restocked or lost; returned ones came back on top, kept ones didn't. */
function sharesOf(bucket: Piece['bucket'], restores: boolean): number {
  switch (bucket) {
    case 'open':
    case 'shipped':
    case 'lost':
      return -1
    case 'restocked':
      return restores ? 0 : -1
    case 'returned':
      return 1
    case 'kept':
      return 0
  }
}
