/** Long polling: asks again when the bell says that something has changed, until there is something, the time is up or the caller has gone. */
import type { Ears } from '../db/open.ts'
import type { Clock } from '../kit/clock.ts'

export interface Waiting {
  ears: Ears
  clock: Pick<Clock, 'now' | 'sleep'>
  companyId: number
  listenerId: number
  /** Looked to by itself this often: a ring may be lost. */
  everyMs: number
  mostMs: number
  gone: { readonly destroyed: boolean; once(event: 'close', call: () => void): unknown }
}

export async function awaitShow<T>(w: Waiting, read: () => Promise<T>, enough: (found: T) => boolean): Promise<T> {
  const until = w.clock.now().getTime() + w.mostMs
  let ring = new AbortController()
  // Before the first reading: what happens between reading and listening would be missed.
  const silence = w.ears.onShow((companyId, listenerId) => {
    if (companyId === w.companyId && listenerId === w.listenerId) ring.abort()
  })
  w.gone.once('close', () => ring.abort())
  try {
    for (;;) {
      const found = await read()
      const left = until - w.clock.now().getTime()
      if (enough(found) || left <= 0 || w.gone.destroyed) return found
      if (!ring.signal.aborted) await w.clock.sleep(Math.min(left, w.everyMs), ring.signal)
      ring = new AbortController()
    }
  } finally {
    silence()
  }
}
