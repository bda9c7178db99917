/** How fast a run goes, measured over its last part, and what that makes of the rest. Pure. */

/** The last part: long enough for several of a shop's batches, short enough to notice that its bucket of points has run dry. */
export const PACE_WINDOW_MS = 120_000
/** Sooner nothing is known: the first batches come in a burst. */
const ENOUGH_MS = 10_000

export interface Pace {
  /** Numbers told per minute. */
  perMinute: number
  leftMs: number
}
/** From when what was told counts: the last two minutes, but never before the run was started or gone on with. */
export const paceFrom = (goingSince: Date, now: Date): Date => new Date(Math.max(goingSince.getTime(), now.getTime() - PACE_WINDOW_MS))

/** `told` since `from`, `left` still to tell. Null = not known yet: too little was seen, or nothing moves. */
export function paceOf(seen: { told: number; left: number; from: Date; now: Date }): Pace | null {
  const ms = seen.now.getTime() - seen.from.getTime()
  if (ms < ENOUGH_MS || seen.told === 0) return null
  return { perMinute: Math.max(1, Math.round((seen.told * 60_000) / ms)), leftMs: Math.round((seen.left * ms) / seen.told) }
}
