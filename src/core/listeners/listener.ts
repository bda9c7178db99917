/** A listener: somebody outside who must hear of changes. What it is, and what its manners mean (R3, R6). */

export const LISTENER_STATES = ['setup', 'active', 'paused', 'gone'] as const
export type ListenerState = (typeof LISTENER_STATES)[number]
export type LostPolicy = 'write-off' | 'put-back' | 'ask'
/** From when an order holds goods here: as soon as it is placed, or only once it is paid. */
export type CountsWhen = 'placed' | 'paid'

/** Why a connection is paused, for a person: a stable code, its facts and when. */
export interface StateWhy {
  code: string
  facts: Record<string, string>
  at: string
}

/** What the remote keeps failing with. Gone once the work that failed goes well. */
export interface Trouble {
  code: string
  facts: Record<string, string>
  /** Reading and writing fail apart: that orders are read says nothing of a number that can't be written. */
  of: 'read' | 'write'
  /** ISO; the first failure of those in a row. */
  since: string
  times: number
}

/** How the remote treats its own number, copied from the connector's manners so that SQL can ask. */
export interface ListenerManners {
  /** Writes carry what we believe and are refused when stale. */
  compares: boolean
  lowersItself: 'placed' | 'paid' | 'shipped' | 'never' | 'unknown'
  /** Null = unknown. */
  restores: boolean | null
  keyMs: number
  adjusts: boolean
  feedLagMs: number
  maxFlightMs: number
}

export interface ListenerRow extends ListenerManners {
  id: number
  kind: 'connection' | 'view'
  /** The connector's code. */
  code: string
  name: string
  state: ListenerState
  stateWhy: StateWhy | null
  /** Sealed; opened by sealed.ts only. */
  settings: Buffer
  keep: Buffer | null
  hookAddress: string | null
  ruleKnown: boolean
  resendPending: boolean
  epoch: number
  manyPlaces: boolean
  lostPolicy: LostPolicy
  countsWhen: CountsWhen
  defaultLocationId: number | null
  countsFrom: Date | null
  /** When a person first confirmed a dry run; until then the shop is read and never written. */
  firstSyncedAt: Date | null
  ordersCursor: string | null
  polledAt: Date | null
  pollEveryMs: number
  /** Nothing is asked before: it asked for a pause, or failed. Of a connection that an answer paused: when it looks again by itself. */
  quietUntil: Date | null
  trouble: Trouble | null
  /** What check() answered last, as the connector gave it. */
  health: unknown
  healthAt: Date | null
  subscribed: unknown
  subscribedAt: Date | null
  createdAt: Date
}

/** Our location and the remote's place. */
export interface PlaceRow {
  locationId: number
  placeRef: string
  name: string
}
/** out = the place is told our number · in = its number is what there is here (docs/decisions/0018). */
export type Direction = 'out' | 'in'
export interface MappedPlace extends PlaceRow {
  direction: Direction
}

/** Whether we can say what the remote does to its own number when something is ordered (R3). A shop that never lowers needs no second answer. */
export function ruleIsKnown(manners: Pick<ListenerManners, 'lowersItself' | 'restores'>): boolean {
  return manners.lowersItself === 'never' || (manners.lowersItself !== 'unknown' && manners.restores !== null)
}

/** An answer stopped it, and another answer may set it going again. A person's pause is a person's to end. */
export const pausedByAnswer = (listener: Pick<ListenerRow, 'state' | 'stateWhy'>): boolean =>
  listener.state === 'paused' && listener.stateWhy !== null && listener.stateWhy.code !== 'person'
