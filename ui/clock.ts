/** The server's time as this browser can know it: counting against the book must not trust a phone's own clock. */
let aheadMs = 0

/** From the Date header of each answer. It is cut to the second, so the estimate is never in the server's future. */
export function hearServerTime(header: string | null): void {
  const told = header === null ? Number.NaN : Date.parse(header)
  if (!Number.isNaN(told)) aheadMs = told - Date.now()
}

export function serverNow(): Date {
  return new Date(Date.now() + aheadMs)
}
