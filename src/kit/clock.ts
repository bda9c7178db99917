/** The only door to time. Everything that waits or stamps asks a Clock, so tests can turn it. */

export interface Clock {
  now(): Date
  /** Resolves after `ms` of this clock's time. Never rejects; `signal` ends it early. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const timer = setTimeout(done, Math.max(0, ms))
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      signal?.addEventListener('abort', done, { once: true })
    }),
}

/** A clock that moves only when told to. `advance` wakes sleepers in the order they are due. */
export interface FakeClock extends Clock {
  advance(ms: number): void
  /** When the next sleeper is due, or null. */
  nextDueAt(): Date | null
}

export function fakeClock(start = '2026-11-02T08:00:00.000Z'): FakeClock {
  let time = Date.parse(start)
  let sleepers: { at: number; wake: () => void }[] = []
  const wakeDue = () => {
    const due = sleepers.filter((s) => s.at <= time).sort((a, b) => a.at - b.at)
    sleepers = sleepers.filter((s) => s.at > time)
    for (const s of due) s.wake()
  }
  return {
    now: () => new Date(time),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) return resolve()
        const sleeper = { at: time + ms, wake: done }
        function done() {
          sleepers = sleepers.filter((s) => s !== sleeper)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', done, { once: true })
      }),
    advance: (ms) => {
      time += ms
      wakeDue()
    },
    nextDueAt: () => (sleepers.length === 0 ? null : new Date(Math.min(...sleepers.map((s) => s.at)))),
  }
}

/** Milliseconds for measuring how long something took; not a time of day. */
export const stopwatch = (): (() => number) => {
  const from = performance.now()
  return () => performance.now() - from
}
