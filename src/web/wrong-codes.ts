/** Who guesses codes waits: kept in memory, by address and name, growing with each wrong one. */
import type { Clock } from '../kit/clock.ts'

/** A person who pastes a line wrong tries a few times. */
const FREE = 5
const MOST_WAIT_MS = 15 * 60_000
const MOST_REMEMBERED = 10_000

export interface Throttle {
  /** Seconds until this one may try again; null = now. */
  waitS(who: string): number | null
  wrong(who: string): void
}

export function openThrottle(clock: Clock): Throttle {
  const tries = new Map<string, { n: number; until: number }>()
  return {
    waitS(who) {
      const left = (tries.get(who)?.until ?? 0) - clock.now().getTime()
      return left > 0 ? Math.ceil(left / 1000) : null
    },
    wrong(who) {
      const n = (tries.get(who)?.n ?? 0) + 1
      // Oldest first: a flood of made-up names pushes out made-up names.
      tries.delete(who)
      const oldest = tries.keys().next().value
      if (tries.size >= MOST_REMEMBERED && oldest !== undefined) tries.delete(oldest)
      tries.set(who, { n, until: n <= FREE ? 0 : clock.now().getTime() + Math.min(MOST_WAIT_MS, 1_000 * 2 ** (n - FREE)) })
    },
  }
}
