/**
 * Keeps our questions inside the points Shopify gives, learnt from its own answers and never from a plan's name.
 * Live work may use every point; backfill leaves a reserve, so that a sale never stands behind a full sync.
 */

export interface Bucket {
  /** Points there can be at most, points there were, and points that come back a second. */
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

/** A tenth of the bucket stays for live work: on the smallest plan 200 points, twenty pushes. */
const LIVE_SHARE = 0.1

export interface Pacing {
  /** How long this many points must wait, 0 when they are taken: a call that got 0 may go. */
  take(points: number, live: boolean, now: Date): number
  /** What an answer said; also after THROTTLED. */
  learn(bucket: Bucket, now: Date): void
  /** The wait after a THROTTLED answer. */
  waitFor(points: number, now: Date): number
  known(): Bucket | null
}

export function pacing(): Pacing {
  let bucket: Bucket | null = null
  let at = 0
  // Nothing is known before the first answer, and the first question must go.
  const available = (b: Bucket, now: Date) => Math.min(b.maximumAvailable, b.currentlyAvailable + (Math.max(0, now.getTime() - at) / 1000) * b.restoreRate)
  const wait = (b: Bucket, need: number, now: Date) => {
    const missing = Math.min(need, b.maximumAvailable) - available(b, now)
    return missing <= 0 ? 0 : Math.ceil((missing / Math.max(1, b.restoreRate)) * 1000)
  }
  return {
    take(points, live, now) {
      if (bucket === null) return 0
      const waitMs = wait(bucket, live ? points : points + bucket.maximumAvailable * LIVE_SHARE, now)
      if (waitMs > 0) return waitMs
      bucket = { ...bucket, currentlyAvailable: available(bucket, now) - points }
      at = now.getTime()
      return 0
    },
    learn(said, now) {
      bucket = said
      at = now.getTime()
    },
    waitFor: (points, now) => (bucket === null ? 1000 : wait(bucket, points, now)),
    known: () => bucket,
  }
}
