/** Where the sweep over orders stands: its cursor, and which orders are known well enough not to be read whole again. Pure. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { instant } from './seen-order.ts'

/** The index follows a change by seconds (feedLagMs), and times are whole seconds: a minute is both, four times over. */
const OVERLAP_MS = 60_000
/** Without news the sweep's start follows our clock this far behind, so that the last order isn't listed for ever. The two clocks may differ by less. */
const BEHIND_CLOCK_MS = 600_000
/** Two changes in one second have one time. Read once more this long after the first reading, an order can't have hidden one. */
const SURE_AFTER_MS = 5_000
const DAY_MS = 24 * 3_600_000

const cursorShape = z.object({
  v: z.literal(1),
  /** open = all open orders, once; since = what changed. */
  phase: z.enum(['open', 'since']),
  /** Everything changed before this has been seen. */
  since: z.string(),
  /** The newest change an order really had. What goes on when our clock turns out to have been ahead. */
  seen: z.string().optional(),
  /** Where in the sweep that is running. */
  after: z.string().nullable(),
  /** The latest change seen in it, and when it began. */
  latest: z.string(),
  began: z.string(),
  /** By order: its time of change when it was read whole, when that was first, and whether it is read for sure. */
  read: z.record(z.string(), z.object({ at: z.string(), first: z.number(), sure: z.boolean() })),
})
export type Sweep = z.infer<typeof cursorShape>
export interface Head {
  id: string
  updatedAt: string
}

export const cursorOf = (sweep: Sweep): string => JSON.stringify(sweep)

/** Without an instant to start from, everything still open is the beginning. */
export function sweepFrom(from: { cursor: string | null; since?: string }, now: Date): Sweep {
  if (from.cursor !== null) {
    const sweep = cursorShape.parse(parseJson(from.cursor))
    // Our clock has been set back: what the sweep skipped while it was ahead is gone through now.
    return sweep.since <= now.toISOString()
      ? sweep
      : { ...sweep, since: sweep.seen ?? new Date(now.getTime() - DAY_MS).toISOString(), after: null, latest: sweep.seen ?? '', read: {} }
  }
  const since = from.since === undefined ? now.toISOString() : instant(from.since)
  return { v: 1, phase: 'open', since, after: null, seen: since, latest: since, began: now.toISOString(), read: {} }
}

export const queryOf = (sweep: Sweep): string => (sweep.phase === 'open' ? 'status:open' : `updated_at:>='${new Date(overlapOf(sweep.since)).toISOString().slice(0, 19)}Z'`)
const overlapOf = (since: string): number => Date.parse(since) - OVERLAP_MS

/** The overlap shows the same orders again and again; only those that may have changed are read whole. */
export const toRead = (sweep: Sweep, heads: Head[]): string[] =>
  heads.filter((head) => sweep.read[head.id]?.at !== head.updatedAt || !sweep.read[head.id]?.sure).map((head) => head.id)

/** The sweep after a page whose orders were read from `now` on. */
export function nextSweep(sweep: Sweep, heads: Head[], page: { hasNextPage: boolean; endCursor: string | null }, now: Date): { sweep: Sweep; more: boolean } {
  const read = { ...sweep.read }
  for (const { id, updatedAt } of heads) {
    const before = read[id]?.at === updatedAt ? read[id] : undefined
    read[id] = { at: updatedAt, first: before?.first ?? now.getTime(), sure: before !== undefined && (before.sure || now.getTime() - before.first >= SURE_AFTER_MS) }
  }
  const latest = heads.reduce((newest, head) => (instant(head.updatedAt) > newest ? instant(head.updatedAt) : newest), sweep.latest)
  const seen = latestSeen(sweep, heads)
  if (page.hasNextPage && page.endCursor !== null) return { sweep: { ...sweep, seen, after: page.endCursor, latest, read }, more: true }
  const began = now.toISOString()
  // The open orders say nothing about what changed meanwhile: the sweep starts where it was asked to.
  if (sweep.phase === 'open') return { sweep: { ...sweep, seen, phase: 'since', after: null, latest: sweep.since, began, read }, more: true }
  const behind = new Date(Date.parse(sweep.began) - BEHIND_CLOCK_MS).toISOString()
  const since = [sweep.since, latest, behind].reduce((a, b) => (a > b ? a : b))
  const inOverlap = Object.entries(read).filter(([, order]) => Date.parse(order.at) >= overlapOf(since))
  return { sweep: { v: 1, phase: 'since', since, seen, after: null, latest: since, began, read: Object.fromEntries(inOverlap) }, more: false }
}

const latestSeen = (sweep: Sweep, heads: Head[]): string =>
  heads.map((head) => instant(head.updatedAt)).reduce((newest, at) => (at > newest ? at : newest), sweep.seen ?? new Date(Date.parse(sweep.since) - DAY_MS).toISOString())
