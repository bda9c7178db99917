/** One time for the product and the shop beside it: the wall's own pace, and a faster one while a test waits for both of them. */
import { type Clock, fakeClock, stopwatch, systemClock } from '../src/kit/clock.ts'

const FASTER = 10
/** On a machine that is busy with other things ticks come later, and time hurries less: it would run away from whoever works in it. */
const TICK_MS = 10
/** More than the walks hurry on in all: the pages know the wall's time and must not see what is still to come. */
const BEHIND_MS = 15 * 60_000

export interface Time {
  clock: Clock
  /** While this is waited for, time passes up to ten times as fast. */
  soon<T>(work: PromiseLike<T>): Promise<T>
  /** So long passes at once. */
  pass(ms: number): void
  end(): void
}

export function openTime(): Time {
  const clock = fakeClock(new Date(systemClock.now().getTime() - BEHIND_MS).toISOString())
  const ending = new AbortController()
  let waiting = 0
  const go = async () => {
    for (let since = stopwatch(); !ending.signal.aborted; ) {
      await systemClock.sleep(TICK_MS, ending.signal)
      const passed = since()
      since = stopwatch()
      clock.advance(waiting > 0 ? Math.max(passed, TICK_MS * FASTER) : passed)
    }
  }
  void go()
  return {
    clock,
    soon: async (work) => {
      waiting++
      try {
        return await work
      } finally {
        waiting--
      }
    },
    pass: (ms) => clock.advance(ms),
    end: () => ending.abort(),
  }
}
