/** What goes wrong, and how often: faults are queued by kind and taken by the requests they fit. */

const FAULT_KINDS = [
  'timeout-before',
  'timeout-after',
  'hold', // toy only
  'busy',
  'error-before',
  'error-after',
  'denied',
  'frozen',
  'strange',
  'stale-silent',
  'lost-writes',
  'no-orders',
  'hook-lost',
  'hook-doubled',
  'hook-late',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]
/** Those that end a request before anything is done. */
export const BEFORE: readonly FaultKind[] = [
  'timeout-before',
  'hold', // toy only
  'busy',
  'error-before',
  'denied',
  'frozen',
  'strange',
]
/** What a request is for. `write` = POST /stock; the rest are reads but `products`, `ship` and `subscriptions`. */
export type Purpose = 'shop' | 'products' | 'items' | 'match' | 'orders' | 'ship' | 'write' | 'subscriptions'

export interface Fault {
  kind: FaultKind
  /** Only requests for this; any when left out. For hooks: only this topic. */
  on?: string
  /** How many requests it hits: 1 when left out, but 'always' for lost-writes and no-orders. */
  times?: number | 'always'
  /** Lets this many fitting requests pass first. */
  after?: number
  /** busy: what Retry-After says, in seconds; null leaves the header out. Default 2. */
  retryAfter?: number | null
  // toy only {
  /** hold: does the request wait at the door (a replay of its key is executed first) or inside (its key counts as running)? Default door. */
  where?: 'door' | 'inside'
  // }
}
export type FaultDesk = ReturnType<typeof faultDesk>

const STANDING: readonly FaultKind[] = ['lost-writes', 'no-orders']

export function faultDesk(count: (what: string) => void) {
  let faults: (Fault & { left: number; pass: number })[] = []
  const spend = (fault: Fault & { left: number }) => {
    fault.left--
    count(`fault.${fault.kind}`)
    if (fault.left <= 0) faults = faults.filter((f) => f !== fault)
    return fault as Fault
  }
  const fits = (fault: Fault & { pass: number }, on: string) => {
    if (fault.on !== undefined && fault.on !== on) return false
    return fault.pass <= 0 || fault.pass-- <= 0
  }
  return {
    add(fault: Fault): void {
      if (!FAULT_KINDS.includes(fault.kind)) throw new Error(`no fault is called ${fault.kind}; there are ${FAULT_KINDS.join(', ')}`)
      const times = fault.times ?? (STANDING.includes(fault.kind) ? 'always' : 1)
      faults.push({ ...fault, left: times === 'always' ? Number.POSITIVE_INFINITY : times, pass: fault.after ?? 0 })
    },
    clear(kind?: FaultKind): void {
      faults = kind === undefined ? [] : faults.filter((f) => f.kind !== kind)
    },
    /** The first fault of one of these kinds that fits, spent. */
    takeFirst(kinds: readonly FaultKind[], on: string): Fault | null {
      const found = faults.find((f) => kinds.includes(f.kind) && fits(f, on))
      return found === undefined ? null : spend(found)
    },
    take(kind: FaultKind, on: string): Fault | null {
      return this.takeFirst([kind], on)
    },
    /** Is a lasting fault on? Counted every time it bites. */
    standing(kind: FaultKind): boolean {
      return this.take(kind, '') !== null
    },
    list: () => faults.map(({ left, pass, ...fault }) => ({ ...fault, left: Number.isFinite(left) ? left : 'always', pass })),
  }
}
