/** What goes wrong, and how often: faults are armed by kind and taken by the calls they fit. */

export const FAULTS = [
  /** The connection ends without an answer: nothing was done, or everything was. */
  'reset-before',
  'reset-after',
  /** No answer ever comes: nothing was done, or everything. */
  'silence-before',
  'silence-after',
  /** The answer is cut in half. */
  'half-body',
  /** A page of HTML: 502, or 200 when `status` says so. `after` = the call was carried out. */
  'html',
  /** A bare HTTP status, such as 429 or 503. `after` = the call was carried out. */
  'status',
  /** A SOAP fault: INTERNAL, or another `code`. `after` = the call was carried out. */
  'soap-fault',
  /** The session is gone before the call: AUTH. */
  'session-lost',
  /** The user may not sign in any more, and nobody is signed in. */
  'shut-out',
  /** The answer comes `ms` later. */
  'latency',
  /** The call stands still until `release`, and is carried out then; its sender has heard nothing. */
  'hold',
  /** Somebody buys `quantity` of `itemNumber` before the call is carried out. */
  'sale-before',
  /** A write that is answered without the ids it should have hit: nothing was done. */
  'none-hit',
  /** Sabotage: a number is acknowledged and not kept. */
  'lost-write',
  /** Sabotage: no order is ever shown. */
  'hidden-orders',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface ArmedFault {
  kind: FaultKind
  /** Only this operation (`Product_Update`), or any that writes (`write`); any call when left out. */
  on?: string
  /** How many calls it hits; 1 when left out. */
  times?: number | 'always'
  /** Lets this many fitting calls pass first. */
  pass?: number
  status?: number
  /** In seconds; left out = no such header. */
  retryAfter?: number
  after?: boolean
  code?: string
  ms?: number
  itemNumber?: string
  quantity?: number
}
export type Faults = ReturnType<typeof faults>

export const isWrite = (operation: string): boolean => /_(Update|Upload|Create|Send)/.test(operation)

export function faults(count: (name: string) => void) {
  let armed: (ArmedFault & { left: number; waits: number })[] = []
  const fits = (fault: ArmedFault, operation: string) => fault.on === undefined || (fault.on === 'write' ? isWrite(operation) : fault.on === operation)
  return {
    arm(fault: ArmedFault): void {
      if (!FAULTS.includes(fault.kind)) throw new Error(`no fault is called ${fault.kind}; there are ${FAULTS.join(', ')}`)
      const times = fault.times ?? 1
      armed.push({ ...fault, left: times === 'always' ? Number.POSITIVE_INFINITY : times, waits: fault.pass ?? 0 })
    },
    clear(): void {
      armed = []
    },
    /** The first of these kinds that fits, spent. */
    take(kinds: readonly FaultKind[], operation: string): ArmedFault | null {
      const found = armed.find((fault) => kinds.includes(fault.kind) && fits(fault, operation) && fault.waits-- <= 0)
      if (found === undefined) return null
      found.left -= 1
      armed = armed.filter((fault) => fault.left > 0)
      count(`fault:${found.kind}`)
      return found
    },
    armed: () => armed.map(({ left, waits: _waits, ...fault }) => ({ ...fault, left: Number.isFinite(left) ? left : ('always' as const) })),
  }
}
