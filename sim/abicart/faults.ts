/** What goes wrong, and how often: faults are armed by kind and taken by the calls they fit. */

export const FAULTS = [
  /** The connection ends without an answer: nothing was done ... */
  'reset-before',
  /** ... or everything was ... */
  'reset-after',
  /** ... or the first half of a batch was. */
  'reset-midway',
  /** No answer ever comes: nothing was done, or everything. */
  'silence-before',
  'silence-after',
  /** The answer is cut in half. */
  'half-body',
  /** A page of HTML: 502, or 200 when `status` says so. `after` = the call was carried out. */
  'html',
  /** A bare HTTP status, such as 429 or 503. `after` = the call was carried out. */
  'status',
  /** JSON-RPC error -32000, or another `code`, for each call. */
  'rpc-error',
  /** 1004 in the middle of a run. */
  'bad-token',
  /** The answer comes `ms` later. */
  'latency',
  /** The call stands still until `release`, and is carried out then; its sender has heard nothing. */
  'hold',
  /** Somebody buys `quantity` of `articleNumber` before the call is carried out. */
  'sale-before',
  /** Sabotage: a number is acknowledged and not kept. */
  'lost-write',
  /** Sabotage: no order is ever shown. */
  'hidden-orders',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface Fault {
  kind: FaultKind
  /** Only a request with this method (`Article.set`), or with any that writes (`write`); any request when left out. */
  on?: string
  /** How many requests it hits; 1 when left out. */
  times?: number | 'always'
  /** Lets this many fitting requests pass first. */
  pass?: number
  status?: number
  /** In seconds; left out = no such header. */
  retryAfter?: number
  after?: boolean
  code?: number
  ms?: number
  articleNumber?: string
  quantity?: number
}
export type Faults = ReturnType<typeof faults>

const isWrite = (method: string): boolean => /\.(set|create|delete|addArticle)$/.test(method)

export function faults(count: (name: string) => void) {
  let armed: (Fault & { left: number; waits: number })[] = []
  const fits = (fault: Fault, methods: readonly string[]) => fault.on === undefined || (fault.on === 'write' ? methods.some(isWrite) : methods.includes(fault.on))
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
    take(kinds: readonly FaultKind[], methods: readonly string[]): Fault | null {
      const found = armed.find((fault) => kinds.includes(fault.kind) && fits(fault, methods) && fault.waits-- <= 0)
      if (found === undefined) return null
      found.left -= 1
      armed = armed.filter((fault) => fault.left > 0)
      count(`fault:${found.kind}`)
      return found
    },
    armed: () => armed.map(({ left, waits: _waits, ...fault }) => ({ ...fault, left: Number.isFinite(left) ? left : ('always' as const) })),
  }
}
