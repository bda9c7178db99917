/** A sync view: what one outside system hears of, in which lanes, under which versions (docs/sync.md, the rules of views). */

/** In the order a reader needs them: a parent comes before its children. */
export const ENTITIES = ['product', 'article', 'price', 'stock', 'order', 'customer', 'invoice', 'image'] as const
export type Entity = (typeof ENTITIES)[number]

/** Served in this order, most urgent first; `backfill` holds what a resend queued and always gets its share. */
export const LANES = ['stock', 'order', 'price', 'product', 'backfill'] as const
export type Lane = (typeof LANES)[number]

export interface ViewRow {
  id: number
  name: string
  state: 'setup' | 'active' | 'paused' | 'gone'
  epoch: number
  entities: Entity[]
  /** Stock of these places only, and prices that differ there; null = of all. */
  locations: number[] | null
  /** Null = nobody has said yet: no, until all products were linked. */
  joinsProducts: boolean | null
  joinsOrders: boolean
  /** The reader knows articles by their number: a child needn't wait for its parent. */
  byNumber: boolean
  /** The reader's own measured rate; null = nothing acknowledged yet. */
  ratePerMin: number | null
  polledAt: Date | null
  servedAt: Date | null
  /** How far each lane was served, by a reader that reads everything; nothing yet = absent. */
  served: Partial<Record<Lane, number>>
  /** Which keys polled lately, each with the fingerprint of its address, and when. */
  readers: Record<string, string>
  ackedAt: Date | null
  /** A tombstone has lain unacknowledged too long: nothing is served until all is sent again. */
  resyncSince: Date | null
  createdAt: Date
}

/** A tombstone waits this long for its acknowledgement (rule V8). */
export const LONGEST_AWAY_DAYS = 180

/** Whoever polled since then is a reader of the view; two of them are said, since they should each have a view. */
export const LATELY_MS = 10 * 60_000
export const readersOf = (view: ViewRow, now: Date): number => Object.values(view.readers).filter((at) => Date.parse(at) > now.getTime() - LATELY_MS).length

const EPOCH = 2 ** 40
/** Versions never fall, over a restored database either: every restore raises the epoch (R34). */
export const versionOf = (epoch: number, n: number): number => epoch * EPOCH + n
/** The row's own number of a version of this epoch; null = a version of another epoch. */
export const numberOf = (epoch: number, version: number): number | null => (Math.floor(version / EPOCH) === epoch ? version % EPOCH : null)
