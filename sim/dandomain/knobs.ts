/** Standing switches: everything the shop's documentation leaves open. The first value of each is what the simulator does unless told otherwise. */
import { likeliest, type Positions, positionsOf, turn } from '../switches.ts'

/** The first of each list is the likeliest reading; a connector must pass with every one. */
export const KNOBS = {
  /** Which envelopes are read; the other one is a VersionMismatch. */
  soapVersion: ['both', '1.2', '1.1'],
  /** How many calls a session lives. */
  sessionCalls: ['any', 12],
  /** Solution_Connect with a wrong password. */
  wrongLogin: ['AUTH', 'false'],
  /** A field without a value. */
  emptyField: ['omitted', 'element', 'nil'],
  /** Whether result elements carry the service's namespace. */
  qualifiedResults: [false, true],
  faultStatus: [500, 200],
  booleans: ['true', '1'],
  /** Æ, ø, å in titles: as they are, in some titles as HTML entities, in all. */
  titleEntities: ['some', 'none', 'all'],
  /** What Solution_SetEncoding("UTF-8") does: everything is encoded twice from then on. */
  setEncodingDoubles: [true, false],
  /** How an item number finds. */
  itemNumberFinds: ['any-case', 'exact', 'any-case-and-blanks'],
  /** The most rows of a page; `error-above-250` refuses a larger one instead of giving fewer. */
  maxPageSize: ['none', 500, 100, 'error-above-250'],
  orderSort: ['id', 'newest-first', 'updated'],
  rangeEnds: ['inclusive', 'exclusive'],
  /** An order that isn't there, asked for by its id. */
  unknownOrder: ['empty', 'PARAM'],
  /** DateUpdated of an order nobody has touched: the zero date, or when it was placed. */
  freshUpdated: ['zero', 'placed'],
  statusBumpsUpdated: [true, false],
  editBumpsUpdated: [true, false],
  /** Dates are the shop's local time, or UTC. */
  timeZone: ['copenhagen', 'utc'],
  /** When the shop lowers its own number for an order. */
  decrementOn: ['placed', 'shipped', 'never'],
  cancelRestoresStock: [true, false],
  creditNoteRestoresStock: [true, false],
  /** Whether staff who change an order's amounts move the shop's number too. */
  editMovesStock: [true, false],
  negativeStock: ['accepted', 'PARAM'],
  /** With several stock locations: what Stock of a product shows and writes. */
  totalStock: ['first-location', 'own', 'sum'],
  /** Whose number an order line carries when a variant was bought. */
  lineItemNumber: ['variant', 'parent', 'none'],
  lineLocation: ['given', 'absent'],
  /** VatRate of an order line: in percent, as a fraction, or never filled in. */
  lineVat: ['percent', 'fraction', 'never'],
  /** The lines of a credit note: negative amounts, or negative prices. */
  creditNoteLines: ['negative-amount', 'negative-price'],
  creditNoteStatus: [100, 99],
  uploadEncoding: ['base64', 'plain'],
  uploadSetsInvoiceNumber: [false, true],
  secondUpload: ['replaces', 'adds', 'refused'],
  uploadMails: [false, true],
  hookSignature: ['base64', 'hex'],
  hookId: ['text', 'number'],
  hookDelivery: ['once', 'duplicates', 'out-of-order', 'lost-tenth'],
  hookRetries: ['none', 3],
  /** More than ten calls in a second are turned away. */
  rateLimit: ['off', '429', '503'],
} as const

export type Knobs = Positions<typeof KNOBS>
export const turnKnobs = (knobs: Knobs, change: Partial<Knobs>): void => turn(KNOBS, knobs, change)
export const boldKnobs = (): Knobs => likeliest(KNOBS)
export const knobPositions = (combinations = 12) => positionsOf(KNOBS, combinations)
