/** Keeps questions to somebody who says nothing of limits inside ours: so many at once, so many a second. What is live never stands behind bulk work, which leaves two questions' room. */
import type { Clock } from './clock.ts'

/** After a pause so many go at once. */
const BURST = 4
const LEFT_FOR_LIVE = 2

export interface Pace {
  atOnce: number
  perSecond: number
}
/** Does the work when its turn has come. */
export type Pacing = <T>(live: boolean, work: () => Promise<T>) => Promise<T>

export function pacing(clock: Pick<Clock, 'now' | 'sleep'>, { atOnce, perSecond }: Pace): Pacing {
  let level = BURST
  let at = clock.now().getTime()
  let running = 0
  let waiting: { live: boolean; go: () => void }[] = []

  /** How long this question waits for its place, which is its own from now on. */
  function reserve(live: boolean): number {
    const now = clock.now().getTime()
    level = Math.min(BURST, level + (Math.max(0, now - at) / 1000) * perSecond)
    at = now
    const missing = (live ? 1 : 1 + LEFT_FOR_LIVE) - level
    level -= 1
    return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1000)
  }
  async function enter(live: boolean): Promise<void> {
    if (running >= atOnce) await new Promise<void>((go) => waiting.push({ live, go }))
    else running += 1
  }
  function leave(): void {
    const next = waiting.find((each) => each.live) ?? waiting[0]
    if (next === undefined) {
      running -= 1
      return
    }
    waiting = waiting.filter((each) => each !== next)
    next.go()
  }

  return async (live, work) => {
    await enter(live)
    try {
      const waitMs = reserve(live)
      if (waitMs > 0) await clock.sleep(waitMs)
      return await work()
    } finally {
      leave()
    }
  }
}
