/** The night, where the company is: every number of every connection is read over then, each connection at a quarter of an hour of its own, so that they don't all ask at once. */
import { wallTime } from '../kit/local-time.ts'

/** In minutes after midnight. */
const NIGHT = { from: 60, to: 6 * 60 }
const QUARTER = { minutes: 15, most: 16 }

/** Whether this connection's own part of the night has begun, and the night isn't over. */
export function isNightFor(listenerId: number, now: Date, timeZone: string): boolean {
  const { minute } = wallTime(now, timeZone)
  return minute >= NIGHT.from + QUARTER.minutes * (listenerId % QUARTER.most) && minute < NIGHT.to
}
