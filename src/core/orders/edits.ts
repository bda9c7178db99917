/** What is different between two snapshots of one order, as its page tells it. Pure. */
import type { Snapshot } from './order.ts'
import { bucketsOf } from './pieces.ts'

const COUNTED = ['ordered', 'shipped', 'restocked', 'lost', 'returned'] as const
export interface Edit {
  lines: { lineRef: string; title: string; what: (typeof COUNTED)[number]; was: number; now: number }[]
  /** Lines that are to ship from places they weren't to ship from before. */
  moved: { lineRef: string; title: string; to: string[] }[]
  /** True = cancelled since, false = taken up again; null = as before. */
  cancelled: boolean | null
}

/** `homes` = the place each line was last known to ship from, where the snapshot before doesn't say. Null = nothing a shopkeeper would call a change. */
export function editOf(before: Snapshot, after: Snapshot, homes: Readonly<Record<string, string>>): Edit | null {
  const edit: Edit = { lines: [], moved: [], cancelled: (before.cancelledAt === null) === (after.cancelledAt === null) ? null : after.cancelledAt !== null }
  const titles = new Map([...before.lines, ...after.lines].map((line) => [line.lineRef, line.title]))
  for (const [lineRef, title] of titles) {
    const [was, now] = [numbersOf(before, lineRef), numbersOf(after, lineRef)]
    for (const what of COUNTED) if (was[what] !== now[what]) edit.lines.push({ lineRef, title, what, was: was[what], now: now[what] })
    const known = [...placesOf(before, lineRef), homes[lineRef]]
    const to = placesOf(after, lineRef)
    if (to.some((place) => !known.includes(place))) edit.moved.push({ lineRef, title, to })
  }
  return edit.lines.length > 0 || edit.moved.length > 0 || edit.cancelled !== null ? edit : null
}

function numbersOf(order: Snapshot, lineRef: string): Record<(typeof COUNTED)[number], number> {
  return { ...bucketsOf(order, lineRef), ordered: order.lines.find((line) => line.lineRef === lineRef)?.ordered ?? 0 }
}

function placesOf(order: Snapshot, lineRef: string): string[] {
  return order.routing === 'unknown' ? [] : [...new Set(order.routing.filter((route) => route.lineRef === lineRef).map((route) => route.placeRef))].sort()
}
