/** Opaque cursors: the position of the last row, so that a page starts right after it however the list has changed. */
import { Refusal } from '../core/refusal.ts'

type Position = (string | number)[]

export const cursorOf = (...position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url')

/** Null without one. A cursor we didn't make is refused. */
function positionOf(cursor: string | undefined, shape: readonly ('string' | 'number')[]): Position | null {
  if (cursor === undefined) return null
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(position) &&
      position.length === shape.length &&
      position.every((part, n) => typeof part === shape[n] && (typeof part !== 'number' || Number.isSafeInteger(part)))
    )
      return position as Position
  } catch {
    // falls through: not ours
  }
  throw new Refusal('bad-input', { field: 'cursor', reason: 'wrong-form' })
}
export const idAfter = (cursor: string | undefined): number | null => (positionOf(cursor, ['number'])?.[0] as number | undefined) ?? null
export const textAfter = (cursor: string | undefined): string | null => (positionOf(cursor, ['string'])?.[0] as string | undefined) ?? null
/** A cell in a list that shows some first: by its rank, then as a cell. */
export const rankedCellAfter = (cursor: string | undefined): [number, number, number] | null =>
  positionOf(cursor, ['number', 'number', 'number']) as [number, number, number] | null
/** What waits: its cause, the link it is at, and what it is there. */
export function causeAfter(cursor: string | undefined): { cause: string; listenerId: number; id: number } | null {
  const position = positionOf(cursor, ['string', 'number', 'number'])
  return position === null ? null : { cause: position[0] as string, listenerId: position[1] as number, id: position[2] as number }
}
/** Something else than a cell in a list that shows some first. */
export const rankedAfter = (cursor: string | undefined): [number, number] | null => positionOf(cursor, ['number', 'number']) as [number, number] | null
/** A moment and the id that settles two at the same one. */
export function momentAfter(cursor: string | undefined): { at: Date; id: number } | null {
  const position = positionOf(cursor, ['string', 'number'])
  if (position === null) return null
  return { at: momentIn(position[0] as string), id: position[1] as number }
}
/** The same among several sorts of things, of which each has ids of its own. */
export function rankedMomentAfter(cursor: string | undefined): { at: Date; rank: number; id: number } | null {
  const position = positionOf(cursor, ['string', 'number', 'number'])
  if (position === null) return null
  return { at: momentIn(position[0] as string), rank: position[1] as number, id: position[2] as number }
}
function momentIn(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new Refusal('bad-input', { field: 'cursor', reason: 'wrong-form' })
  return at
}

/** A page of rows asked for with one more than wanted: the extra one says there is more. */
export function pageOf<Row, Item>(rows: Row[], limit: number, cursor: (row: Row) => string, item: (row: Row) => Item): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursor(last) : null }
}
