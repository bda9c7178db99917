/** The worlds the sync rules must hold in: what the shop can do, what it tells of itself, and how much of everything happens. */
import type { ToyOptions } from '../../sim/toy/shop.ts'

export interface Budget {
  sale: number
  change: number
  till: number
  receipt: number
  hand: number
  crash: number
  timeout: number
  dup: number
  drop: number
  stall: number
  compare: number
}
export interface World {
  places: string[]
  toy: ToyOptions
  start: number
  /** The shop keeps the numbers of all its places: they are taken in, and nothing is written. */
  master?: true
  budget: Partial<Budget>
}

export const CALM: Budget = { sale: 3, change: 3, till: 2, receipt: 1, hand: 0, crash: 1, timeout: 2, dup: 1, drop: 1, stall: 1, compare: 0 }

const READ_FIRST: ToyOptions = { compare: 'read-first', keys: false }
const UNKNOWN: ToyOptions = { told: { rule: 'unknown', restores: 'unknown' } }
const LAG: ToyOptions = { feedLagMs: 15_000 }

const world = (toy: ToyOptions = {}, over: Partial<World> = {}): World => ({ places: ['D'], start: 4, budget: {}, ...over, toy })
const KEEPS = { master: true } as const
const two = { places: ['D', 'B'] }

export const WORLDS: Record<string, World> = {
  compare: world(),
  compareWithoutKeys: world({ keys: false }),
  readFirst: world(READ_FIRST),
  routing: world({ lateRouting: true }, two),
  routingReadFirst: world({ ...READ_FIRST, lateRouting: true }, two),
  moves: world({}, two),
  feedLag: world(LAG),
  routingLag: world({ ...LAG, lateRouting: true }, two),
  paid: world({ rule: 'paid' }),
  never: world({ rule: 'never' }),
  unknownRule: world(UNKNOWN),
  unknownNever: world({ ...UNKNOWN, rule: 'never' }),
  unknownNoRestore: world({ ...UNKNOWN, restores: false }),
  noRestore: world({ restores: false }),
  unknownPaidReadFirst: world({ ...READ_FIRST, ...UNKNOWN, rule: 'paid' }),
  hand: world({}, { budget: { hand: 2, compare: 1 } }),
  handReadFirst: world(READ_FIRST, { budget: { hand: 2, compare: 1 } }),
  handLag: world(LAG, { budget: { hand: 2, compare: 1 } }),
  unknownLag: world({ ...UNKNOWN, ...LAG }),
  readFirstLag: world({ ...READ_FIRST, ...LAG }),
  readFirstRouteLag: world({ ...READ_FIRST, ...LAG, lateRouting: true }, two),
  sellsBelowZero: world({ sellsBelowZero: true }, { start: 1, budget: { sale: 3, receipt: 2 } }),
  hotAdjust: world({ adjust: true }, { start: 6, budget: { sale: 5 } }),
  thinHooks: world({ hookBody: 'thin' }),
  cutHooks: world({ hookBody: 'cut' }),
  master: world({}, KEEPS),
  masterLag: world(LAG, KEEPS),
  masterReadFirst: world({ ...READ_FIRST, ...LAG }, KEEPS),
  masterHand: world({}, { ...KEEPS, budget: { hand: 3, compare: 2 } }),
  masterHandLag: world(LAG, { ...KEEPS, budget: { hand: 3, compare: 2 } }),
  masterMoves: world(LAG, { ...KEEPS, ...two }),
  masterRouting: world({ ...LAG, lateRouting: true }, { ...KEEPS, ...two }),
  masterPaid: world({ ...LAG, rule: 'paid' }, KEEPS),
  masterBig: world(LAG, { ...KEEPS, start: 6, budget: { crash: 2, stall: 2, sale: 6, change: 8, till: 4, hand: 3, compare: 2, dup: 2, drop: 2 } }),
  big: world({}, { start: 6, budget: { crash: 2, timeout: 3, stall: 2, sale: 6, change: 6, till: 4, receipt: 3, dup: 2, drop: 2 } }),
  bigReadFirst: world(READ_FIRST, { start: 6, budget: { crash: 2, timeout: 3, stall: 2, sale: 6, change: 6, till: 4, receipt: 3, dup: 2, drop: 2 } }),
}

/** What all histories together must have met; one that is never met makes the whole run worthless there. */
export const MUST_BE_MET = [
  'crash after the effect',
  'crash before the effect',
  'stalled worker overtaken',
  'shop fault.timeout-before',
  'shop fault.timeout-after',
  'shop fault.error-after',
  'shop fault.busy',
  'shop fault.hold',
  'writes that landed late',
  'shop key.replay',
  'shop answer.stale',
  'shop hand-edit',
  'shop hook.lost',
  'shop hook.doubled',
  'shop order.placed-unrouted',
  'shop order.routed',
  'shop order.moved',
  'shop order.shipped',
  'shop order.returned',
  'shop order.refunded',
  'shop order.refunded-lost',
  'shop order.cancelled',
  'shop order.uncancelled',
  'shop order.paid',
  'shop below-zero',
  'shop feed.hidden',
  'differences recorded',
  'sent confirm',
  'sent cut',
  'sent partial',
  'sent carry',
  'sent watch',
  'held: difference-checked',
  'held: waits-for-facts',
  'held: hot',
  'each order off once',
]
