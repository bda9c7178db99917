/** The toy shop's own truth: items with a number per place, orders piece by piece, and what every order did to the shop's own number. */
import type { SimClock } from '../kit.ts'

export interface ToyOptions {
  now?: () => Date
  port?: number
  token?: string
  hookSecret?: string
  places?: (string | ToyPlace)[]
  // toy only {
  /** remote = a write carries what it expects; read-first = the shop can't compare. */
  compare?: 'remote' | 'read-first'
  keys?: boolean
  keyMs?: number
  adjust?: boolean
  // }
  /** When the shop lowers its own number. */
  rule?: 'placed' | 'paid' | 'never'
  /** Whether unshipped pieces put back raise its own number again. */
  restores?: boolean
  /** What the settings tell the hub of the two above; the truth when left out. */ // toy only
  told?: { rule?: 'placed' | 'paid' | 'never' | 'unknown'; restores?: boolean | 'unknown'; feedLagMs?: number } // toy only
  /** Whether an order that is deleted gives its unshipped pieces back to the shop's own number. */
  deleteRestores?: boolean
  sellsBelowZero?: boolean
  /** A change is in the feed this long after it happened, by the simulator's clock ... */
  feedLagMs?: number
  /** ... or earlier when `show` says so; with lag 0 and this set, only then. */
  feedByHand?: boolean
  /** Orders are placed without routing until `route` or `ship`. */
  lateRouting?: boolean
  maxFlightMs?: number
  /** rows = each row on its own; whole = one bad row and nothing of the batch is executed. */
  batches?: 'rows' | 'whole'
  hooks?: 'manual' | 'auto'
  /** What an order hook carries: the whole order, only its ref, or an order with its lines cut short. */
  hookBody?: 'whole' | 'thin' | 'cut'
  /** Which changes of a number are told by hook: none, a person's, or every one. */
  stockHooks?: 'none' | 'hand' | 'all'
  rights?: string[]
  /** Topics this shop can't tell of. */
  topicsMissing?: string[]
  pageSize?: number
  /** Of one product. */
  mostPictures?: number
}
export interface ToyPlace {
  ref: string
  name: string
  active: boolean
  unusable: string | null
}
export interface ToyLevel {
  value: number | null
  active: boolean
}
export interface ToyItem {
  /** Position in the list, for paging. */
  at: number
  ref: string
  parent: string | null
  number: string | null
  title: string
  tracked: boolean
  unwritable: string | null
  levels: Map<string, ToyLevel>
}
export interface ToyProduct {
  ref: string
  name: string
  active: boolean
  vendor: string | null
  description: string | null
  /** Of CHANNELS; null = all of them. */
  channels: string[] | null
  /** In the order they are shown. */
  pictures: ToyPicture[]
  /** Names of what its items differ in, where somebody has said. */
  options?: string[]
}
export interface ToyPicture {
  ref: string
  alt: string
  /** The item it shows; null = the product as a whole. */
  item: string | null
  type: string
  /** SHA-256 of the file, hex. */
  digest: string
  bytes: Buffer
}
/** Where a product can be shown. */
export const CHANNELS = [
  { ref: 'web', name: 'Toy web' },
  { ref: 'market', name: 'Toy market' },
]
/** What an item shows beside its number and its stock. */
export interface ToyFace {
  values: string[]
  barcode: string | null
  price: number | null
  /** What it cost before it was lowered. */
  before: number | null
}
export interface ToyLine {
  ref: string
  item: string
  number: string | null
  title: string
  ordered: number
  /** Where its open pieces are taken from, whether told (`routed`) or not. */
  place: string
  price: number
}
export type WithdrawalKind = 'restocked' | 'lost' | 'returned' | 'kept'
export interface ToyOrder {
  ref: string
  name: string
  stamp: string
  placed: string
  cancelled: string | null
  paid: boolean
  routed: boolean
  /** Where the goods go; null = nobody has said. */
  country: string | null
  lines: ToyLine[]
  shipments: { ref: string; at: string; place: string; lines: { line: string; quantity: number }[] }[]
  withdrawals: { ref: string; at: string; place: string; byCancel: boolean; lines: { line: string; quantity: number; kind: WithdrawalKind }[] }[]
  /** As the feed has it: `visibleAt` in milliseconds of the simulator's clock. Versions nobody can see any more are dropped. */
  versions: OrderVersion[]
}
export interface OrderVersion {
  stamp: string
  visibleAt: number
  /** The order as it was then. */
  was: ToyOrder
}
/** One write that was executed; property tests judge S7 by it. */
export interface ToyWrite {
  seq: number
  op: 'set' | 'adjust'
  item: string
  number: string | null
  place: string
  before: number | null
  value: number
  expected: number | null // toy only
  key: string | null
  /** It landed after its sender had been left without an answer. */ // toy only
  late: boolean // toy only
}
export interface Shop {
  options: Required<Omit<ToyOptions, 'now' | 'port' | 'places' | 'told'>>
  told: NonNullable<ToyOptions['told']> // toy only
  clock: SimClock
  places: ToyPlace[]
  items: Map<string, ToyItem>
  products: Map<string, ToyProduct>
  /** By item. */
  faces: Map<string, ToyFace>
  orders: Map<string, ToyOrder>
  writes: ToyWrite[]
  hits: Record<string, number>
  lastStampMs: number
  lastRef: number
  lastItem: number
}

export const hit = (shop: Shop, what: string): void => {
  shop.hits[what] = (shop.hits[what] ?? 0) + 1
}
/** Refs start beyond 2^53 so that whoever makes numbers of them is found out. */
export const nextRef = (shop: Shop): string => String(9_007_199_254_740_993n + BigInt(shop.lastRef++))

/** Strictly rising, also when the clock stands still. */
function nextStamp(shop: Shop): string {
  shop.lastStampMs = Math.max(shop.clock.now().getTime(), shop.lastStampMs + 1)
  return new Date(shop.lastStampMs).toISOString()
}
export function itemOf(shop: Shop, refOrNumber: string): ToyItem {
  const byRef = shop.items.get(refOrNumber)
  if (byRef !== undefined) return byRef
  for (const item of shop.items.values()) if (item.number === refOrNumber) return item
  throw new Error(`the toy shop has no item ${refOrNumber}`)
}
export function orderOf(shop: Shop, order: string | { ref: string }): ToyOrder {
  const found = shop.orders.get(typeof order === 'string' ? order : order.ref)
  if (found === undefined) throw new Error(`the toy shop has no order ${typeof order === 'string' ? order : order.ref}`)
  return found
}

/** How many pieces of a line stand where. */
export function pieces(order: ToyOrder, line: ToyLine): { open: number; shipped: number; restocked: number; lost: number; returned: number; kept: number } {
  const sum = { restocked: 0, lost: 0, returned: 0, kept: 0 }
  for (const w of order.withdrawals) for (const l of w.lines) if (l.line === line.ref) sum[l.kind] += l.quantity
  let shipped = 0
  for (const s of order.shipments) for (const l of s.lines) if (l.line === line.ref) shipped += l.quantity
  return { ...sum, shipped, open: line.ordered - shipped - sum.restocked - sum.lost }
}

/** What the shop took from (-) or put on (+) its own number for an order, by item and place. */
export function ownEffect(shop: Pick<Shop, 'options'>, order: ToyOrder): Map<string, number> {
  const effect = new Map<string, number>()
  const { rule, restores } = shop.options
  if (rule === 'never' || (rule === 'paid' && !order.paid)) return effect
  const add = (lineRef: string, place: string, quantity: number) => {
    const line = order.lines.find((l) => l.ref === lineRef)
    if (line !== undefined && quantity !== 0) effect.set(`${line.item}\n${place}`, (effect.get(`${line.item}\n${place}`) ?? 0) + quantity)
  }
  for (const line of order.lines) add(line.ref, line.place, -pieces(order, line).open)
  for (const s of order.shipments) for (const l of s.lines) add(l.line, s.place, -l.quantity)
  for (const w of order.withdrawals) {
    for (const l of w.lines) {
      if (l.kind === 'lost' || (l.kind === 'restocked' && !restores)) add(l.line, w.place, -l.quantity)
      if (l.kind === 'returned') add(l.line, w.place, l.quantity)
    }
  }
  return effect
}

/** Changes an order and, by the difference of its effect, the shop's own number. Sold out = throws and nothing changed. */
export function changeOrder(shop: Shop, order: ToyOrder, change: (draft: ToyOrder) => void): ToyOrder {
  const before = shop.orders.has(order.ref) ? ownEffect(shop, order) : new Map<string, number>()
  const { versions } = order
  const draft: ToyOrder = { ...structuredClone({ ...order, versions: [] }), versions }
  change(draft)
  const moves = ownEffect(shop, draft)
  for (const [cell, quantity] of before) moves.set(cell, (moves.get(cell) ?? 0) - quantity)
  const levels: { level: ToyLevel & { value: number }; to: number }[] = []
  for (const [cell, quantity] of moves) {
    const [ref = '', place = ''] = cell.split('\n')
    const item = shop.items.get(ref)
    const level = item?.levels.get(place)
    if (quantity === 0 || item?.tracked !== true || level === undefined || level.value === null) continue
    const to = level.value + quantity
    if (to < 0 && quantity < 0 && !shop.options.sellsBelowZero) {
      hit(shop, 'sold-out')
      throw new Error(`sold out: ${item.number} at ${place}`)
    }
    levels.push({ level: level as ToyLevel & { value: number }, to })
  }
  for (const { level, to } of levels) {
    if (to < 0) hit(shop, 'below-zero')
    level.value = to
  }
  Object.assign(order, draft)
  shop.orders.set(order.ref, order)
  return order
}

export const isOpen = (order: ToyOrder): boolean => order.lines.some((line) => pieces(order, line).open > 0)

/** Stamps the order's newest state and puts it in the feed's waiting index. */
export function stampOrder(shop: Shop, order: ToyOrder): void {
  order.stamp = nextStamp(shop)
  const now = shop.clock.now().getTime()
  const { feedLagMs, feedByHand } = shop.options
  const visibleAt = feedByHand && feedLagMs === 0 ? Number.POSITIVE_INFINITY : now + feedLagMs
  const shown = order.versions.findLastIndex((v) => v.visibleAt <= now)
  order.versions = [...order.versions.slice(Math.max(0, shown)), { stamp: order.stamp, visibleAt, was: structuredClone({ ...order, versions: [] }) }]
}
