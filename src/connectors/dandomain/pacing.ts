/**
 * One question at a time and five a second: no limit of the service is documented, and five is what the shop's newer interface asks for. A sale never stands behind bulk
 * work, which leaves two questions' room.
 */
import type { Tools } from '../contract.ts'

const AT_ONCE = 1
const PER_SECOND = 5
/** After a pause so many go at once. */
const BURST = 4
const LEFT_FOR_LIVE = 2

export type Pacing = <T>(live: boolean, work: () => Promise<T>) => Promise<T>

export function pacing(clock: Tools['clock']): Pacing {
  let level = BURST
  let at = clock.now().getTime()
  let running = 0
  let waiting: { live: boolean; go: () => void }[] = []

  /** How long this question waits for its place, which is its own from now on. */
  function reserve(live: boolean): number {
    const now = clock.now().getTime()
    level = Math.min(BURST, level + (Math.max(0, now - at) / 1000) * PER_SECOND)
    at = now
    const missing = (live ? 1 : 1 + LEFT_FOR_LIVE) - level
    level -= 1
    return missing <= 0 ? 0 : Math.ceil((missing / PER_SECOND) * 1000)
  }
  async function enter(live: boolean): Promise<void> {
    if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push({ live, go }))
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
