/** What goes wrong, and how often: faults are armed by kind and taken by the calls they fit. */

export const FAULTS = [
  /** The connection ends without an answer: nothing was done ... */
  'reset-before',
  /** ... or everything was. */
  'reset-after',
  /** No answer ever comes: nothing was done, or everything. */
  'silence-before',
  'silence-after',
  /** The answer is cut in half. */
  'half-body',
  /** A page of HTML: 502, or 200 when `status` says so. `after` = the call was carried out. */
  'html',
  /** A bare HTTP status, such as 500 or 503. `after` = the call was carried out. */
  'status',
  /** The answer comes `ms` later. */
  'latency',
  /** The call stands still until `release`, and is carried out then; its sender has heard nothing. */
  'hold',
  /** Somebody counts `inStock` pieces of `productNumber` before the call is carried out. */
  'count-before',
  /** An invoice's PDF isn't there for `ms` after it was asked for the first time. */
  'pdf-late',
  /** What comes for a PDF is a page of HTML under 200. */
  'pdf-broken',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface Fault {
  kind: FaultKind
  /** Only a request such as `GET products/*` or `POST invoices/drafts`, or any that writes (`write`); any request when left out. */
  on?: string
  /** How many requests it hits; 1 when left out. */
  times?: number | 'always'
  /** Lets this many fitting requests pass first. */
  pass?: number
  status?: number
  /** In seconds; left out = no such header. */
  retryAfter?: number
  after?: boolean
  ms?: number
  productNumber?: string
  inStock?: number
}
export type Faults = ReturnType<typeof faults>

export function faults(count: (name: string) => void) {
  let armed: (Fault & { left: number; waits: number })[] = []
  const fits = (fault: Fault, route: string) => fault.on === undefined || (fault.on === 'write' ? !/^(GET|HEAD) /.test(route) : fault.on === route)
  return {
    arm(fault: Fault): void {
      if (!FAULTS.includes(fault.kind)) throw new Error(`no fault is called ${fault.kind}; there are ${FAULTS.join(', ')}`)
      const times = fault.times ?? 1
      armed.push({ ...fault, left: times === 'always' ? Number.POSITIVE_INFINITY : times, waits: fault.pass ?? 0 })
    },
    clear(): void {
      armed = []
    },
    /** The first of these kinds that fits, spent. */
    take(kinds: readonly FaultKind[], route: string): Fault | null {
      const found = armed.find((fault) => kinds.includes(fault.kind) && fits(fault, route) && fault.waits-- <= 0)
      if (found === undefined) return null
      found.left -= 1
      armed = armed.filter((fault) => fault.left > 0)
      count(`fault:${found.kind}`)
      return found
    },
    armed: () => armed.map(({ left, waits: _waits, ...fault }) => ({ ...fault, left: Number.isFinite(left) ? left : ('always' as const) })),
  }
}
