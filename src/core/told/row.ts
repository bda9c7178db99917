/** One told row of kind stock: what one listener knows of one cell (article at a location). The state of docs/sync.md, 4.2. */

export interface Cell {
  articleId: number
  locationId: number
}

export const cellKey = (cell: Cell): string => `${cell.articleId}:${cell.locationId}`

/** A send whose outcome isn't known yet (R12). Everything R13 needs, sampled when it was composed. */
export interface Flight {
  /** push_batch.id, and which row of it. */
  batch: number
  row: number
  /** What the shop shows once it is done. */
  value: number
  seen: number
  doubt: number
  version: number
  sentAt: string
  /** Ids of the look requests this send settles when it is done. */
  answers: string[]
  /**
   * confirm: told rises to version · cut: lowered first, find out afterwards (R23a) · partial: cut only, told unchanged (R23) ·
   * carry: wrote around a difference being checked (R20, negative) · watch: the same, positive
   */
  kind: 'confirm' | 'cut' | 'partial' | 'carry' | 'watch'
  /** carry: the difference that was carried along. */
  drift?: number
  /** What the shop showed when it was composed, and what was available here: an undo gives the first back (R49). */
  replaces?: number
  available?: number
}

/** A request to look. One with `notBefore` (an unknown send) is answered only by a look that began after it (R22). */
export interface LookRequest {
  id: string
  why: 'asked' | 'unknown-send' | 'relink' | 'hook' | 'drift'
  notBefore?: string
}

/** The part of the row that this program moves. `post_movements` moves wanted, told, seen, doubt, touch, low, provisional and anchor. */
export interface StockRow extends Cell {
  wanted: number
  told: number
  anchor: { value: number; seen: number } | null
  seen: number
  doubt: number
  touch: number
  provisional: number
  buffer: number
  flight: Flight | null
  looks: LookRequest[]
  drift: { amount: number; firstSeenAt: string } | null
  low: number
  cut: number
  holdUntil: Date | null
  holdWhy: string | null
  lane: 'live' | 'backfill'
  tries: number
  refusal: string | null
  refusalSaid: string | null
  held: number | null
  dirtySince: Date | null
  toldAt: Date | null
  toldValue: number | null
}

/** The row with the facts a decision needs, read in one transaction (R11). */
export interface CellNow extends StockRow {
  /** What the listener's number means, now: on hand minus reserved, or on hand where it lowers its number when it ships. */
  available: number
  /** Open pieces of the article with no place yet, at this listener. */
  unrouted: number
  itemRef: string
  placeRef: string
  articleNumber: string
  /** The listener is master of the location: its number is taken over, and it is told none (docs/decisions/0018). */
  takes: boolean
}

/** What of the remote's manners the rules ask for; see listener's columns. */
export interface Rules {
  compares: boolean
  ruleKnown: boolean
  keyMs: number
  adjusts: boolean
  feedLagMs: number
  maxFlightMs: number
  /** Tills have not resent yet after a restore (R36). */
  resendPending: boolean
}
