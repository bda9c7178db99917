/** Faults armed for coming requests: each hits a number of times, on a field or on anything, and is counted. */

/** `before` = the request does nothing; `after` = its effect stays and only the answer is lost. */
export type Fault =
  | { kind: 'timeout'; when: 'before' | 'after' }
  | { kind: 'hangup'; when: 'before' | 'after' }
  | { kind: 'status'; status: number; when?: 'before' | 'after'; retryAfterSeconds?: number }
  | { kind: 'throttled' }
  /** The request stands still until `release`; its client may have given up by then. */
  | { kind: 'hold' }
  /** The client never hears an answer; the effect lands this much later. */
  | { kind: 'late'; ms: number }
  /** Says stale although the number agrees. */
  | { kind: 'stale'; sku?: string }
  /** Somebody buys between the client's look and its write. */
  | { kind: 'checkout-between'; sku: string; quantity: number; at?: string }
  | { kind: 'key-concurrent' }
  | { kind: 'key-mismatch' }
  | { kind: 'key-previous-failed' }
  /** The next picture that is read can't be processed. */
  | { kind: 'media-fails' }
  | { kind: 'token-expired' }
  | { kind: 'internal' }

export interface Armed {
  fault: Fault
  /** A root field name such as inventorySetQuantities; null = any request. */
  field: string | null
  /** How many more times; null = until cleared. */
  left: number | null
}
export type FaultInput = Fault & { field?: string; times?: number | null }

export interface Faults {
  arm(input: FaultInput): void
  clear(): void
  /** The next armed fault of these kinds for one of these root fields, used up and counted. */
  take<K extends Fault['kind']>(kinds: readonly K[], fields: readonly string[], fits?: (fault: Extract<Fault, { kind: K }>) => boolean): Extract<Fault, { kind: K }> | null
  armed(): Armed[]
}

export function faults(hit: (name: string) => void): Faults {
  let list: Armed[] = []
  return {
    arm: ({ field, times, ...fault }) => {
      list.push({ fault: fault as Fault, field: field ?? null, left: times === undefined ? 1 : times })
    },
    clear: () => {
      list = []
    },
    take: <K extends Fault['kind']>(kinds: readonly K[], fields: readonly string[], fits: (fault: Extract<Fault, { kind: K }>) => boolean = () => true) => {
      const found = list.find(
        (armed) =>
          (kinds as readonly string[]).includes(armed.fault.kind) && (armed.field === null || fields.includes(armed.field)) && fits(armed.fault as Extract<Fault, { kind: K }>),
      )
      if (found === undefined) return null
      if (found.left !== null) found.left -= 1
      list = list.filter((armed) => armed.left === null || armed.left > 0)
      hit(`fault:${found.fault.kind}`)
      return found.fault as Extract<Fault, { kind: K }>
    },
    armed: () => list,
  }
}
