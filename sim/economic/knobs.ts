/** Standing switches: everything e-conomic's documentation leaves open. The first value of each is what the simulator does unless told otherwise. */
import { likeliest, type Position, type Positions, positionsOf, turn } from '../switches.ts'

/** The first of each list is the likeliest reading; a connector must pass with every one. */
export const KNOBS = {
  // ---- what moves the numbers
  /** Whether booking an invoice takes its lines off `inStock`. */
  bookingLowersInStock: [true, false],
  /** From when an order's lines are in `orderedByCustomers`. */
  orderCounts: ['registered', 'sent', 'never'],
  /** Whether a draft invoice's lines are in `orderedByCustomers`. */
  draftReserves: [false, true],
  /** What calls the webhook "Varelager opdateret": any of the numbers, only `inStock`, or only what people count. */
  stockHookOn: ['any', 'in-stock', 'count'],
  /** Whether a change of the numbers moves `lastUpdated`, and how finely it is told. */
  stockMovesLastUpdated: [true, false],
  lastUpdatedTo: ['second', 'minute'],
  /** What a product of a group without stock shows. */
  uncounted: ['no-object', 'zeros'],
  /** How a group says that it keeps no stock. */
  inventoryOff: ['omitted', 'false'],
  // ---- documents
  /** Whether /orders takes documents on an agreement with the inventory module. */
  ordersWithInventory: ['taken', 'refused'],
  /** What becomes of a draft order that was upgraded. */
  upgradedDraft: ['archived', 'kept'],
  /** What `orderNumber` of a booked invoice is. */
  bookedOrderNumber: ['draft', 'order', 'absent'],
  externalIdSurvives: [false, true],
  pdfLink: ['download', 'self'],
  // ---- the interface
  /** Whether the plain form of `.` `/` `_` and the like is taken in an address too. */
  pathForms: ['both', 'escaped-only'],
  /** Whether `productNumber$in:[...]` finds anything. */
  textIn: ['finds', 'never'],
  /** How the problems of a list's items are told. */
  errorArrays: ['items', 'bare'],
  /** The body of 401, 403 and 429. */
  turnedAwayBody: ['json', 'empty', 'html'],
  retryAfter: ['seconds', 'date', 'absent'],
  /** The same idempotency key with another body. */
  keyOtherBody: ['first-answer', 'refused'],
  moduleNames: ['da', 'en'],
  // ---- webhooks
  hookMethod: ['POST', 'GET'],
  /** What is put in place of `[NUMBER]`: the number as it is, or as it stands in an address. */
  hookValues: ['raw', 'encoded'],
  hookDelivery: ['in-order', 'parallel', 'duplicates', 'out-of-order', 'lost-tenth'],
  hookRetries: [5, 0, 50],
  hookRetryAfter: ['minute', 'at-once', 'hour'],
  /** Failures in a row before a webhook is switched off. */
  hookSwitchedOffAfter: ['never', 10],
} as const

export type Knobs = Positions<typeof KNOBS>

export const boldKnobs = (): Knobs => likeliest(KNOBS)
export const turnKnobs = (knobs: Knobs, change: Partial<Knobs>): void => turn(KNOBS, knobs, change)
export const knobPositions = (combinations = 20): Position<typeof KNOBS>[] => positionsOf(KNOBS, combinations)
