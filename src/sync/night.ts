/** The night, where the company is: every number of every connection is read over then, each connection at a quarter of an hour of its own, so that they don't all ask at once. */

/** In minutes after midnight. */
const NIGHT = { from: 60, to: 6 * 60 }
const QUARTER = { minutes: 15, most: 16 }

/** Whether this connection's own part of the night has begun, and the night isn't over. */
export function isNightFor(listenerId: number, now: Date, timeZone: string): boolean {
  const minute = minuteOfDay(now, timeZone)
  return minute >= NIGHT.from + QUARTER.minutes * (listenerId % QUARTER.most) && minute < NIGHT.to
}

function minuteOfDay(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).formatToParts(now)
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value)
  return part('hour') * 60 + part('minute')
}
