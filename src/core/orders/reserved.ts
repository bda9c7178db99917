/** R2: what an order holds per cell: ordered, less what was shipped, put back or lost. Time doesn't matter to it. Pure. */
import { cellKey, type Piece } from './pieces.ts'

export type PerCell = Record<string, number>

export function reservedOf(pieces: readonly Piece[]): PerCell {
  const cells: PerCell = {}
  for (const piece of pieces) if (piece.bucket === 'open' && piece.spot.kind !== 'elsewhere') add(cells, cellKey(piece.articleId, piece.spot.locationId), piece.quantity)
  return cells
}

/** Open pieces whose place nobody has said: per article, and per cell where they count meanwhile (R6, R23). Lost ones of the same line wait with them. */
export function unroutedOf(pieces: readonly Piece[]): { unrouted: PerCell; provisional: PerCell } {
  const waiting = new Set(pieces.filter((p) => p.bucket === 'open' && p.spot.kind === 'unsaid').map((p) => p.lineRef))
  const unrouted: PerCell = {}
  const provisional: PerCell = {}
  for (const piece of pieces) {
    if (piece.spot.kind !== 'unsaid' || !waiting.has(piece.lineRef) || (piece.bucket !== 'open' && piece.bucket !== 'lost')) continue
    add(unrouted, String(piece.articleId), piece.quantity)
    add(provisional, cellKey(piece.articleId, piece.spot.locationId), piece.quantity)
  }
  return { unrouted, provisional }
}

/** Pieces that ship, or were shipped, from places of theirs that are none of ours, per place: they count nowhere here, and a person is told. */
export function elsewhereOf(pieces: readonly Piece[]): PerCell {
  const places: PerCell = {}
  for (const piece of pieces) if (piece.spot.kind === 'elsewhere' && (piece.bucket === 'open' || piece.bucket === 'shipped')) add(places, piece.spot.placeRef, piece.quantity)
  return places
}

export function add(cells: PerCell, key: string, quantity: number): void {
  const sum = (cells[key] ?? 0) + quantity
  if (sum === 0) delete cells[key]
  else cells[key] = sum
}

/** now - before, without zeros. */
export function difference(now: PerCell, before: PerCell): PerCell {
  const cells: PerCell = { ...now }
  for (const [key, quantity] of Object.entries(before)) add(cells, key, -quantity)
  return cells
}
