/** Standing switches: everything Abicart's documentation leaves open. The first value of each is what the simulator does unless told otherwise. */
import { likeliest, type Positions, turn } from '../switches.ts'

/** The first of each list is the likeliest reading; a connector must pass with every one. */
export const KNOBS = {
  /** What `set` does with a nested object: fills in what was left out, or takes the object as it came. */
  stockPatchMode: ['merge', 'replace'],
  /** When the shop lowers its own number for an order. */
  decrementOn: ['placed', 'paid', 'never'],
  discardRestoresStock: [true, false],
  undiscardAllowed: [true, false],
  /** Whether staff who change a placed order's quantities move the shop's number too. */
  editMovesStock: [true, false],
  /** Whose number an order's item carries when a variant was bought. */
  itemArticleNumber: ['variant', 'parent'],
  parentStockOfVariants: ['sum', 'independent', 'zero'],
  negativeStock: ['accepted', '9001'],
  orderCreatedEventName: ['Order/created', 'Order/placed', 'none'],
  /** What EventListener.create says to a name the shop has no event for; an accepted one is never called. */
  unknownEventName: ['refused', 'accepted'],
  eventGetSchema: ['absent', 'present'],
  eventPayload: ['form', 'extra-fields', 'duplicates', 'out-of-order', 'lost-tenth'],
  /** Consecutive failures before a listener is switched off. */
  deactivateAfterErrors: [5, 50, 'never'],
  setReactivatesListener: [true, false],
  /** Whose listeners a key is shown: its own, or all of the shop's. */
  listenersListed: ['own', 'shop'],
  changedBumpsOnItemEdit: [true, false],
  changedBumpsOnDiscard: [true, false],
  saleBumpsArticle: [false, true],
  variantBumpsArticle: [true, false],
  /** Whether Order.list takes a filter on /changed. */
  changedFilterable: [true, false],
  variantArticleNumberFilterable: [true, false],
  /** `loose` finds text without regard to case and outer spaces. */
  textMatching: ['exact', 'loose'],
  rangeEnds: ['inclusive', 'exclusive'],
  /** The most rows of a list; `error-above-400` refuses a larger limit instead of giving fewer. */
  maxLimit: [400, 500, 100, 'error-above-400'],
  defaultLimit: [50, 'unlimited'],
  /** `2013`: 404 for an unknown method, else 400. */
  httpStatusOnError: ['200', '2013'],
  notFound: [9003, -32602],
  uidType: ['integer', 'string'],
  /** What Webshop.parent of a sub-shop says. */
  webshopParent: ['uid', 'true'],
  subShopOrdersAtTop: [false, true],
  /** More than ten calls in a second are turned away. */
  rateLimit: ['off', '429', '503'],
  batch: ['allowed', 'max-50', 'shuffled'],
} as const

export type Knobs = Positions<typeof KNOBS>

export const boldKnobs = (): Knobs => likeliest(KNOBS)
export const turnKnobs = (knobs: Knobs, change: Partial<Knobs>): void => turn(KNOBS, knobs, change)
