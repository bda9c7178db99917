/** The shop's times: whole seconds without a zone, taken for Danish time, and a zero date where there is none. Pure. */

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d))?$/

/** Null for the zero date, or for no date at all. */
export function readTime(text: string | null): string | null {
  return text !== null && SHAPE.test(text) && !text.startsWith('0000') ? text : null
}

const inCopenhagen = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'medium' })
const asUtc = (text: string): number => Date.parse(`${text.slice(0, 10)}T${text.slice(11) || '00:00:00'}Z`)

/** '2026-07-01 14:03:04' -> '2026-07-01T12:03:04.000Z'. The hour that comes twice in autumn is its first one. */
export function instantOf(text: string): string {
  const ms = asUtc(text)
  const ahead = asUtc(inCopenhagen.format(ms)) - ms
  // The difference is that of an hour or two earlier when the clocks are put forward in between.
  const settled = ms - ahead
  return new Date(settled + ms - asUtc(inCopenhagen.format(settled))).toISOString()
}

/** As the shop's own times are compared: by text. `beforeMs` earlier. */
export const textBefore = (text: string, beforeMs: number): string => new Date(asUtc(text) - beforeMs).toISOString().slice(0, 19).replace('T', ' ')
/** A text no time of the shop is earlier than, whatever its zone: for the first time somebody asks. */
export const textSurelyBefore = (instant: string | Date): string => textBefore(new Date(instant).toISOString().slice(0, 19).replace('T', ' '), 3 * 3_600_000)
