/** The simulator's own time: the given clock plus an offset that control can move, and things that happen later on it. */
import { setMaxListeners } from 'node:events'

/** What is needed of the product's clock; the product's own fits by shape. */
export interface Ticking {
  now(): Date
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface SimTime {
  now(): Date
  ms(): number
  advance(ms: number): void
  /** Runs `work` when this time has passed: by itself, or at once when `advance` passes it. */
  after(ms: number, work: () => void): void
  /** Forgets everything that waits; a reset or the end. */
  forget(): void
}

const realTime: Ticking = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      // A waiting retry must not keep the process alive.
      timer.unref()
      signal?.addEventListener('abort', done, { once: true })
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    }),
}

/** Everything that waits listens to one end, and much may wait. */
function oneEnd(): AbortController {
  const end = new AbortController()
  setMaxListeners(0, end.signal)
  return end
}

export function simTime(base: Ticking = realTime): SimTime {
  let offset = 0
  let order = 0
  let waiting: { due: number; order: number; work: () => void }[] = []
  let ending = oneEnd()
  const ms = () => base.now().getTime() + offset

  function runDue(): void {
    // One at a time: work may schedule more work that is already due.
    for (;;) {
      const now = ms()
      const due = waiting.filter((item) => item.due <= now).sort((a, b) => a.due - b.due || a.order - b.order)[0]
      if (due === undefined) return
      waiting = waiting.filter((item) => item !== due)
      due.work()
    }
  }

  return {
    now: () => new Date(ms()),
    ms,
    advance: (by) => {
      offset += by
      runDue()
    },
    after: (delay, work) => {
      waiting.push({ due: ms() + Math.max(0, delay), order: ++order, work })
      const signal = ending.signal
      if (delay <= 0) setImmediate(() => signal.aborted || runDue())
      else void base.sleep(delay, signal).then(() => signal.aborted || runDue())
    },
    forget: () => {
      ending.abort()
      ending = oneEnd()
      waiting = []
    },
  }
}
