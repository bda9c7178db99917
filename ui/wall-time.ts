/** What a clock on the shop's wall says, as a field takes it ("2026-11-02T12:00"), and the moment it means: the shop's time zone, not the reader's. */

export function wallTime(iso: string, timeZone: string): string {
  // sv-SE writes "2026-11-02 12:00".
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso)).replace(' ', 'T')
}

/** Null when it is no time. Of an hour that a clock shows twice it is one of the two. */
export function momentOf(wall: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return null
  const ahead = (at: number) => Date.parse(`${wallTime(new Date(at).toISOString(), timeZone)}Z`) - at
  const near = asUtc - ahead(asUtc)
  return new Date(asUtc - ahead(near)).toISOString()
}
