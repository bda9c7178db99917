/**
 * How it goes, measured where it happens: how long a change here waited for the shop's answer, how many hooks came, what pace the shop allows.
 * A note costs the work nothing: it is written afterwards, together with the journal. A process that dies loses what it hadn't written.
 */
import type { CellNow } from '../core/told/row.ts'
import type { Tx } from '../db/open.ts'
import { journal } from './calls.ts'
import type { SyncDeps } from './deps.ts'
import { type PulseRow, talliesSince } from './measure.sql.ts'

type Measuring = Pick<SyncDeps, 'db' | 'clock' | 'log'>

const MINUTE_MS = 60_000
const SLOT_MS = 10 * MINUTE_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Eight sizes for every doubling: what is read back is at most a twentieth off. */
const PER_DOUBLING = 8

export const sizeOf = (ms: number): number => Math.round(PER_DOUBLING * Math.log2(Math.max(1, ms)))
const msOf = (size: number): number => Math.round(2 ** (size / PER_DOUBLING))

/**
 * From the commit of the change to the shop's first answer after it, in ms; null where that isn't known: a change that came while the one before
 * was on its way, one that waited for the first sync to be confirmed, bulk work.
 */
export function waitedMs(cell: CellNow, firstSyncedAt: Date | null, now: Date): number | null {
  if (cell.lane !== 'live' || cell.dirtySince === null || (cell.flight?.kind !== 'confirm' && cell.flight?.kind !== 'cut')) return null
  if (cell.toldAt !== null && cell.toldAt > cell.dirtySince) return null
  if (firstSyncedAt === null || firstSyncedAt > cell.dirtySince) return null
  return now.getTime() - cell.dirtySince.getTime()
}

const slotOf = (now: Date): Date => new Date(Math.floor(now.getTime() / SLOT_MS) * SLOT_MS)

/** These changes have been answered by the shop. */
export function noteTold(deps: Measuring, companyId: number, listenerId: number, waited: number[]): void {
  const slot = slotOf(deps.clock.now())
  if (waited.length > 0) journal(deps, companyId, { tallies: waited.map((ms) => ({ listenerId, what: 'told', slot, size: sizeOf(ms), n: 1 })) })
}

export function noteHooks(deps: Measuring, companyId: number, listenerId: number, n: number): void {
  if (n > 0) journal(deps, companyId, { tallies: [{ listenerId, what: 'hook', slot: slotOf(deps.clock.now()), size: 0, n }] })
}

export const notePulse = (deps: Measuring, companyId: number, pulse: PulseRow): void => journal(deps, companyId, { pulse })

/** How long changes waited: half of them at most p50Ms, all but one in twenty at most p95Ms. */
export interface Waits {
  n: number
  p50Ms: number
  p95Ms: number
}
export function waitsOf(sizes: { size: number; n: number }[]): Waits | null {
  const n = sizes.reduce((all, row) => all + row.n, 0)
  if (n === 0) return null
  const at = (share: number): number => {
    let below = 0
    for (const row of sizes.toSorted((a, b) => a.size - b.size)) {
      below += row.n
      if (below >= n * share) return msOf(row.size)
    }
    return 0
  }
  return { n, p50Ms: at(0.5), p95Ms: at(0.95) }
}

export async function measured(tx: Tx, listenerId: number, now: Date): Promise<{ latency: { hour: Waits | null; day: Waits | null }; hooksHour: number }> {
  const since = (ms: number) => slotOf(new Date(now.getTime() - ms))
  const hooks = await talliesSince(tx, listenerId, 'hook', since(HOUR_MS))
  return {
    latency: {
      hour: waitsOf(await talliesSince(tx, listenerId, 'told', since(HOUR_MS))),
      day: waitsOf(await talliesSince(tx, listenerId, 'told', since(DAY_MS))),
    },
    hooksHour: hooks.reduce((all, row) => all + row.n, 0),
  }
}
