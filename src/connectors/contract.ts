/**
 * What every remote system looks like from here. A connector translates; it decides nothing and stores nothing.
 *
 * Two nouns cross this line: a RemoteEvent comes in, a Change goes out. The verbs of Remote move them.
 * Remote ids ("refs") and article numbers are text. Money is integer minor units. Quantities are whole pieces.
 * Absent is null and never zero. Instants are ISO 8601 text in UTC with milliseconds.
 */

/** Streams a remote can be asked for. `articles` and `stock` fill our listings; `orders` and `customers` are drained from a cursor. */
export const FEEDS = ['orders', 'articles', 'stock', 'customers', 'invoices'] as const
export type Feed = (typeof FEEDS)[number]

/** The closed list of change kinds; the told table's check constraint and docs/sync.md hold the same list (a test compares them). */
export const CHANGE_KINDS = ['product', 'article', 'price', 'image', 'stock', 'stocking', 'order', 'order-status', 'customer', 'invoice-pdf', 'unlink'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export type Locale = 'sv' | 'nb' | 'da' | 'en'
/** One text in the four languages of the product. */
export type Words = Record<Locale, string>

// ---------------------------------------------------------------- what comes in

export type RemoteEvent =
  | { kind: 'order-snapshot'; order: RemoteOrder }
  /**
   * The order isn't there any more: it was deleted, with everything it still had open. `at` = when, as far as anybody knows.
   * `showsSince` null = the remote said so itself. Else it was asked for by key and not shown, and the remote shows every order placed since then: of an older one that says nothing.
   */
  | { kind: 'order-gone'; orderRef: string; at: string; showsSince: string | null }
  | { kind: 'listing-seen'; listing: RemoteListing }
  | { kind: 'listing-gone'; itemRef: string }
  | { kind: 'customer'; customer: RemoteCustomer }
  /** The remote has this customer no more. That alone erases nobody. */
  | { kind: 'customer-gone'; customerRef: string; at: string }
  | { kind: 'privacy'; request: PrivacyRequest }
  /** A document of an ERP as it stands now: it may hold goods of one of our orders, and an invoice has a PDF. */
  | { kind: 'erp-document'; document: ErpDocument }
  /** "Something changed": pull this key of this feed. A stock look names itemRef; an orders look names orderRef. */
  | {
      kind: 'look'
      feed: Feed
      key: string
      /** A stock look: the raw number a hook said stands at a place. Never believed; one that says what we believe already needs no look. */
      shows?: { placeRef: string; value: number }
    }
  /** The remote told us something about itself: rights changed, the app taken out. The turn runs check(); only its answer counts. */
  | { kind: 'check'; said?: 'uninstalled' }

/**
 * The latest state of one order, whole. An older one (by `stamp`) is ignored.
 * Every ordered piece is in exactly one bucket: open (routed or not), shipped, restocked (unshipped, put back),
 * or lost (unshipped, not put back). Shipped pieces may also be `returned` (put back) or `kept` (not put back).
 */
export interface RemoteOrder {
  orderRef: string
  /** What the shopkeeper calls it, "#1001". */
  name: string
  /** The remote's own time of its latest change; orders snapshots of one order. */
  stamp: string
  placedAt: string
  cancelledAt: string | null
  paid: boolean
  currency: string
  /** Where the goods go, ISO 3166-1 alpha-2. Null, or left out = the remote doesn't say. */
  country?: string | null
  /** Of a firm that buys: its number in the register of companies (CVR), as the remote has it. */
  vatNumber?: string | null
  /** False when the source cut it short (lines missing): store it, apply nothing, pull it by key. */
  complete: boolean
  /** True when the connector can't tell what the remote did to its own number: the ingest is doubtful (R9). */
  doubtful: boolean
  lines: RemoteOrderLine[]
  /** `timeUnsaid`: the remote doesn't say when; `at` is when the order last changed, and the time it is first seen with stands. */
  shipments: { shipmentRef: string; at: string; timeUnsaid?: true; placeRef: string | null; lines: { lineRef: string; quantity: number }[] }[]
  /** Removed before shipping (restocked | lost) or after it (returned | kept). */
  withdrawals: { withdrawalRef: string; at: string; placeRef: string | null; lines: { lineRef: string; quantity: number; kind: 'restocked' | 'lost' | 'returned' | 'kept' }[] }[]
  /** Where the open pieces are to ship from. 'unknown' = not routed yet, or this source doesn't say. */
  routing: { lineRef: string; placeRef: string; quantity: number }[] | 'unknown'
  /** Nothing here may be required: every personal field may be missing. */
  customer: { name: string | null; email: string | null; phone: string | null } | null
}
export interface RemoteOrderLine {
  lineRef: string
  /** Null when the remote's line carries none. */
  articleNumber: string | null
  itemRef: string | null
  title: string
  /** As ordered; removals are in withdrawals. Whole pieces, >= 0. */
  ordered: number
  unitPriceMinor: number | null
  /**
   * What the remote says of it doesn't go together: numbers of which each names the line in its own way (one article of ours = it is that one, several
   * = an exception that books nothing), or a quantity that is none (`ordered` is 0 then).
   */
  unclear?: { articleNumbers?: string[]; quantity?: string }
}

/**
 * A draft or an invoice in an ERP. Which order of ours it is for is settled here, not by the connector: by the document we made ourselves, else by what it says
 * (docs/decisions/0014). A credit note gives its pieces back and never stands for an order's invoice.
 */
export interface ErpDocument {
  /** The remote's own name of it, one for as long as it exists: 'draft/12', 'booked/300'. */
  documentRef: string
  /** gone = deleted, or turned into another document that is shown by itself. */
  stage: 'order' | 'draft' | 'booked' | 'gone'
  credit: boolean
  /** What people call it; null = it has no number yet. */
  invoiceNumber: string | null
  /** The document it was made from, where the remote says so. */
  madeFromRef: string | null
  /** Texts that may name the shop's order, as the remote has them; `from` says which of its fields. `reference` is the field made for it; the others are kept for a person to see. */
  names: { from: 'reference' | 'heading' | 'text' | 'number'; text: string }[]
  currency: string
  /** Positive for what is sold, negative for a credit note. */
  netMinor: number | null
  grossMinor: number | null
  bookedAt: string | null
  stamp: string
  /** Null = this source leaves them out: pull it by key. Quantities are whole pieces; of a part the whole pieces that are certain. */
  lines: { articleNumber: string | null; quantity: number }[] | null
}

/** A customer as the remote shows them. A personal field that is left out wasn't said (it may be withheld from us); null = there is none. */
export interface RemoteCustomer {
  customerRef: string
  name?: string | null
  email?: string | null
  phone?: string | null
  /** The remote's own times. What is older than what we have is ignored. */
  createdAt: string
  updatedAt: string
}

/** Somebody asks through the remote what is kept of them (`data`), or to be forgotten (`erase`); `erase-all` = the remote has ended its dealings with us, and everybody it told of is to be forgotten. */
export type PrivacyRequest =
  | {
      ask: 'data' | 'erase' /** What the remote calls the request, where it does. */
      requestRef: string | null
      customerRef: string | null
      email: string | null
      orderRefs: string[]
    }
  | { ask: 'erase-all' }

/** One article as the remote shows it. */
export interface RemoteListing {
  itemRef: string
  /** Groups variants of one thing, where the remote says so. */
  parentRef: string | null
  /** Exactly as the remote has it; null or '' = carries none and matches nothing. */
  articleNumber: string | null
  title: string | null
  /** False = the remote keeps no count of it. Null = not said. */
  tracked: boolean | null
  /** A reason this item can never be written, one of REFUSED_CODES (`bundle`, `fulfilment-service`, `has-choices`), else null. */
  unwritable: string | null
  /** Absent places are unknown, not zero. `value` null = the remote gave no number. */
  levels: { placeRef: string; value: number | null; active: boolean }[]
  seenAt: string
}

// ---------------------------------------------------------------- what goes out

/** Always the value as it is now, never a difference; `stock-adjust` (R21) is the one exception and needs `carries.stock.adjust`. */
export type Change =
  | {
      kind: 'stock'
      itemRef: string
      placeRef: string
      articleNumber: string
      value: number
      /**
       * What we believe the remote shows, raw, may be negative. A remote that compares refuses another number as stale. Where it can't, this is what
       * the last look saw: a connector that reads before it writes says stale when it reads something else, and then it wrote nothing.
       */
      expected: number | null
    }
  | { kind: 'stock-adjust'; itemRef: string; placeRef: string; articleNumber: string; delta: number }
  | { kind: 'stocking'; itemRef: string; placeRef: string; tracked?: true; active?: true }

/** A whole document that goes out by itself, one at a time; what `push` is for numbers, `handOver` is for these. Kinds `order`, `invoice-pdf` and `order-status` of CHANGE_KINDS. */
export type Document =
  /** An order of ours as an ERP should have it now, whole. `documentRef` = the document we made of it before; null = none yet. */
  | { kind: 'order'; order: OutgoingOrder; documentRef: string | null }
  /** The invoice of a shop's order; handed over once for each content (`sha256`, hex). */
  | { kind: 'invoice-pdf'; orderRef: string; invoiceNumber: string; sha256: string; bytes: Uint8Array }
  /** Pieces of the shop's own order that have left from here, in all; what the shop has as shipped already isn't shipped again. Kind `order-status` of CHANGE_KINDS. */
  | { kind: 'order-status'; orderRef: string; lines: { lineRef: string; shipped: number }[] }
export type HandedOver =
  /** `documentRef`: what it is called there from now on; null = it has no name of its own. */
  | { kind: 'done'; documentRef: string | null }
  /** Nothing was done, and won't be as it is. `code` has words in the connector's `words`. */
  | { kind: 'refused'; code: string; said: string }
  /** Nothing was done yet: the remote isn't ready for it. It goes again after a while, and is refused when that goes on. */
  | { kind: 'later'; code: string; said: string }

/** What an ERP is told of an order. Prices are a piece's, with VAT, in minor units; the VAT rate in basis points (2500 = 25 %); null = unknown. */
export interface OutgoingOrder {
  /** One for as long as there are webshops, and the same whoever tells of the order: what a document made of it can be found by. */
  ref: string
  /** What the shop calls it; goes into the field made for it, and is what we find the document by. */
  name: string
  placedAt: string
  /** The day, where the company is: '2026-11-02'. */
  placedOn: string
  cancelled: boolean
  paid: boolean
  currency: string
  country: string
  /** `vatNumber` = the number in the register of companies, of a firm. */
  customer: { name: string | null; email: string | null; phone: string | null; vatNumber?: string | null } | null
  lines: { articleNumber: string; title: string; quantity: number; unitPriceMinor: number | null; vatBasisPoints: number | null }[]
}

/** A product as a shop should have it now; what `push` is for numbers, `putProduct` is for these. Kinds product, article and price of CHANGE_KINDS. */
export interface OutgoingProduct {
  /** What it is called there; null = nobody knows that it is there: it is looked for by its article numbers, and made only when none of them is. */
  productRef: string | null
  name: string
  /** False = it isn't sold: hidden there, never deleted. */
  active: boolean
  /** Text without markup; null = none. */
  description: string | null
  vendor: string | null
  /** Names of what the variants differ in; none = one variant. */
  options: string[]
  /** ISO 4217. */
  currency: string
  variants: OutgoingVariant[]
  /** In their order. */
  images: OutgoingImage[]
  /** What pictures of ours are called there that it has no more here: taken away there when images are among what is written, whatever `imagesWhen` says. Nobody else's picture is ever taken away. */
  formerImageRefs: string[]
  /** 'none-there' = images are written only where the shop shows none of the product but ours: one that somebody put there is theirs to keep. */
  imagesWhen: 'always' | 'none-there'
  /** Where in the shop it is shown, of Health.channels; null = in all of them. */
  channels: readonly string[] | null
  /** What is written of it; the rest stays as the shop has it. One that is made is written whole. */
  write: readonly ('details' | 'description' | 'price' | 'images')[]
}
export interface OutgoingImage {
  /** Null = not there as far as we know. */
  imageRef: string | null
  /** The variant it shows; null = the product as a whole. */
  articleNumber: string | null
  /** '' = nothing is said. */
  alt: string
  type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'
  /** Hex; two pictures of one content are one. */
  sha256: string
  /** Bytes. */
  size: number
  /** Read only by who sends it. */
  bytes(): Promise<Uint8Array>
}
export interface OutgoingVariant {
  articleNumber: string
  /** Null = not there as far as we know. */
  itemRef: string | null
  /** One for each of the product's options, in their order. */
  optionValues: string[]
  /** GTIN as text; null = none. */
  barcode: string | null
  /** With VAT, in minor units, what it costs now; null = it isn't told. */
  priceMinor: number | null
  /** While it is on offer: what it costs else. Null = it isn't on offer. */
  regularMinor: number | null
  stockTracked: boolean
}
export type ProductPut =
  | {
      kind: 'done'
      productRef: string
      /** nothing = the shop had it so already, and nothing was written. */
      did: 'made' | 'changed' | 'nothing'
      /** Its variants as they stand there now, by our numbers. */
      items: RemoteListing[]
      /** Pictures of ours that stand there now. Null = none were written. */
      images: { sha256: string; imageRef: string }[] | null
      /** What could not be done beside: 'not-published', 'image-failed' ... Codes with words, as those of a refusal. */
      remarks: readonly string[]
    }
  /** Nothing of it was done, and won't be as it is. `code` has words in the connector's `words` or among the common ones. */
  | { kind: 'refused'; code: string; said: string }

/** A product as a shop shows it, for the first-time import; `readProducts` walks through all of them. */
export interface RemoteProduct {
  productRef: string
  title: string
  /** Text without markup; null = none. */
  description: string | null
  vendor: string | null
  active: boolean
  /** Names of what the variants differ in, in their order. */
  options: string[]
  variants: {
    itemRef: string
    articleNumber: string | null
    optionValues: string[]
    barcode: string | null
    priceMinor: number | null
    /** The price before it was lowered, where the shop shows one. */
    regularMinor: number | null
    tracked: boolean | null
    levels: RemoteListing['levels']
  }[]
  /** In their order. `url` = where it can be fetched with `readImage`. */
  images: { imageRef: string; url: string; alt: string; itemRef: string | null }[]
}

/** A batch is stored before it is sent; the same key always travels with the same rows. */
export interface Batch {
  key: string
  rows: Change[]
}

/** Per row, same order as the batch. */
export type Outcome =
  | { kind: 'done' }
  /** The remote shows something else than `expected`. Null = it didn't say what. Nothing of the row was executed. */
  | { kind: 'stale'; shows: number | null }
  /** Nothing of the row was executed, and it never will be as it is. */
  | { kind: 'refused'; code: RefusedCode; said: string }
  /** Certainly not executed, but not for a reason of its own (a neighbour failed the batch): send it again in another batch. */
  | { kind: 'not-sent' }
  /** May or may not have been executed (timeout, lost answer). */
  | { kind: 'unknown' }

/** Why one row can't be written; each has a person's next action in the ui's words. */
export const REFUSED_CODES = [
  'not-tracked',
  'not-stocked',
  'bundle',
  'fulfilment-service',
  'has-choices',
  'item-gone',
  'place-gone',
  'link-moved',
  'value-refused',
  'too-hot',
  'remote-strange',
] as const
export type RefusedCode = (typeof REFUSED_CODES)[number]

// ---------------------------------------------------------------- failing

/**
 * The one way a remote call fails as a whole. `kind` is the retry policy:
 * busy = wait (retryAfterMs if said) · denied = pause the connection and tell the shopkeeper · refused = this request will never work ·
 * strange = keep the answer, slow down, show it. `executed` says whether a write may have happened:
 * 'no' only when the remote certainly did not execute it.
 */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly kind: 'busy' | 'denied' | 'refused' | 'strange'
  /** Stable code with words in the ui: 'token-wrong', 'shop-frozen', 'throttled', 'timeout', 'scope-missing' ... */
  readonly code: string
  readonly executed: 'no' | 'unknown'
  readonly retryAfterMs: number | null
  /** Only work of this lane has to wait; live work may go on. Null = everything waits. */
  readonly only: 'backfill' | null
  /** Facts for the words: { scope: 'write_inventory' }. Never a secret. */
  readonly facts: Record<string, string>
  constructor(
    kind: RemoteError['kind'],
    code: string,
    message: string,
    options: { executed?: 'no' | 'unknown'; retryAfterMs?: number; only?: 'backfill' | null; facts?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.kind = kind
    this.code = code
    this.executed = options.executed ?? 'unknown'
    this.retryAfterMs = options.retryAfterMs ?? null
    this.only = options.only ?? null
    this.facts = options.facts ?? {}
  }
}

// ---------------------------------------------------------------- the connector

/** How the remote treats its own number. Data, so that the guide, the battery and the pusher ask the same source. */
export interface StockManners {
  /** remote = writes carry `expected` and are refused when stale, under an idempotency key. read-first = it can't. */
  compare: 'remote' | 'read-first'
  /** Replaying a batch with its key gives the first answer and no second effect, for this long. 0 = no keys. */
  keyMs: number
  /** When the remote lowers its own number. 'shipped' = its number is what is on the shelf, and that is what it is told. */
  lowersItself: 'placed' | 'paid' | 'shipped' | 'never' | 'unknown'
  restores: boolean | 'unknown'
  adjust: boolean
  /** A change is in the orders feed at most this long after it moved the number. */
  feedLagMs: number
  /** A request not answered by now can't execute any more. */
  maxFlightMs: number
}

export interface Connector<S> {
  /** 'shopify'; also the address segment and the ui's word key. */
  readonly code: string
  readonly title: string
  /** For practice and tests: it works, but shopkeepers aren't offered it. */
  readonly practice?: true
  readonly settings: SettingsForm<S>
  /** The guide's first line: what a person must be allowed to do in the remote's admin. */
  readonly needs: Words
  /** The vendor's guide as data; `done` is computed from what the remote answered, never from a press of Next. */
  readonly guide: GuideStep[]
  /** Words for the codes that only this connector uses (of SettingsError, RemoteError, Health.learned); the common ones have theirs in the ui. */
  readonly words?: Readonly<Record<string, Words>>
  readonly carries: {
    in: readonly Feed[]
    out: readonly ChangeKind[]
    stock: StockManners
    hooks: boolean
    /**
     * It can be master of a location's numbers: what `pull('stock')` shows is what we take over, not what we tell it. Its feeds are then `stock` (by key, and everything
     * changed since a cursor), `articles` (all of it) and `invoices` (its documents, by number and since a cursor).
     */
    master?: true
    /** A webshop whose number may be taken over at a place, where a person says so: nothing of stock is written there then. */
    masterOfPlaces?: true
  }
  readonly limits: { /** rows per push */ batch: number /** keys per pull by key */; look: number }
  /**
   * What a person needs to repeat a journaled call by hand: the header that carries the key, with a variable in its place, and the constant part of
   * the bodies (`query`) by label, which the journal leaves out.
   */
  readonly byHand?: {
    header: string /** Before the key: 'Bearer '. */
    before: string
    variable: string
    documents: Readonly<Record<string, string>> /** The parameter of the address that carries the key, where a header doesn't. */
    inAddress?: string
  }
  /** Of `carries.in`, what this connection's settings ask for; left out = all of it. */
  reads?(settings: S): readonly Feed[]
  /** What this connection's settings change in `carries.stock` (Abicart's own rule, toy's switches). */
  manners(settings: S): StockManners
  /** Of a master: from which stage of a document on its number contains the order's pieces; 'never' = it knows nothing of the shop's orders. Follows the number it is asked for (R39). */
  counts?(settings: S): 'order' | 'draft' | 'booked' | 'never'
  /** Of a master: the setting that hands a location's numbers to it, or back to the back office; and whether what is set, and what check() learned, lets it have them. */
  readonly masterSwitch?: { field: string; on: string; off: string; isOn(settings: S, learned: Health['learned']): boolean }
  /** Of a master: which texts of its documents a person lets name an order; 'reference' alone where it says nothing. */
  namedIn?(settings: S): readonly ErpDocument['names'][number]['from'][]
  /** Which of the documents it carries (`carries.out`) it is to be handed as it is set; left out = all of them. */
  takes?(settings: S): readonly Document['kind'][]
  /** The ref of the place a person means by its id, its address in the remote's admin or its ref; null when the text is none of them. Pure. */
  placeRef(text: string): string | null
  /** Pure and constant-time, on the raw body, before storing. */
  verifyHook(
    hook: HookRequest,
    settings: S,
  ):
    | {
        kind: 'verified' /** Null = its deliveries carry no name of their own: each one is stored. */
        deliveryKey: string | null
        topic: string /** What this hook says of its API version, or null. */
        version: string | null
      }
    | { kind: 'forged'; why: string }
  /** Pure, in the worker, after storing. Unknown topics give []. */
  translateHook(hook: StoredHook, settings: S): RemoteEvent[]
  readonly calledAt?: CalledAt<S>
  /** Where a person sees this order in the remote's own admin; null = nowhere. */
  orderPage?(settings: S, orderRef: string): string | null
  /** The same of one of its items. */
  itemPage?(settings: S, itemRef: string): string | null
  /** Builds, calls nobody. */
  open(settings: S, tools: Tools): Remote
}
/**
 * For a remote that can only call an address of one form, with a code of ours in what it sends. The code is ours to make and to check; this reads what was sent. All of it is pure.
 */
export interface CalledAt<S> {
  /** '/webhooks.php'; the same for every connection of the connector. */
  path: string
  /** Who says to call, and the code it says so with; '' = says nothing. */
  who(call: Call): { user: string; code: string }
  /** Whether a call is for this connector; two may share a path. */
  mine(call: Call): boolean
  /**
   * What a call asks to look at, once its code was found right: `key` of the feed, and other ways to read the same text where the remote doesn't say how it encodes.
   * ignored = rightly sent, and nothing is done (`said` is answered, in English: the guide's own word for taken is not in it) · wrong = can't be meant.
   */
  read(
    call: Call,
    settings: S,
  ): { kind: 'look'; feed: Feed; key: string; also: string[] } | { kind: 'ignored'; feed: Feed; key: string; said: string } | { kind: 'wrong'; said: string }
  /** What the remote's own form for such a line calls its fields and its button. */
  form: { type: string; name: string; address: string; data: string; save: string }
  /**
   * The lines a person pastes there, one for each kind of call. `type` = as the remote's own list has it; `placeholder` = what the remote puts a number in place of.
   * `inHeader`: the code goes in a header of its own instead, where the remote can send one.
   */
  lines(user: string, code: string): { code: string; title: Words; type: string; placeholder: string; data: string; inHeader: { data: string; header: string; value: string } }[]
}
export interface Call {
  /** Of the query and of the body, a form or JSON; the body goes first. */
  params: Record<string, string>
  /** The query and the form as they came: what a parameter that isn't encoded really says. */
  raw: string[]
  headers: Record<string, string | undefined>
}

export interface HookRequest {
  /** The connection's own segment of the address, and what came after it (`/hooks/:address/:tail`); null = nothing. */
  address: string
  tail: string | null
  headers: Record<string, string | undefined>
  query: URLSearchParams
  body: Uint8Array
}
export interface StoredHook {
  topic: string
  headers: Record<string, string>
  body: Uint8Array
  receivedAt: string
}

/** Fields as data: the wizard renders them. `parse` throws SettingsError naming the field. */
export interface SettingsForm<S> {
  fields: readonly SettingsField[]
  parse(raw: Record<string, string>): S
}
export interface SettingsField {
  name: string
  label: Words
  help: Words
  /** Sealed at rest, never shown again. */
  secret?: true
  optional?: true
  options?: readonly { value: string; label: Words }[]
  placeholder?: string
  /** While another field, or a fact of Health.learned, says so, this one is shown as `as` and can't be chosen, with its reason. */
  locked?: { when: string; is: string; as: string; why: Words }
  /** Asked for only while another field is something else: what follows from a choice that was made. */
  unless?: { when: string; is: string }
}
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly field: string
  /** Stable code with words: 'secret-pasted-as-token', 'shop-address-wrong', 'required' ... */
  readonly code: string
  constructor(field: string, code: string) {
    super(`${field}: ${code}`)
    this.field = field
    this.code = code
  }
}
export interface GuideStep {
  code: string
  title: Words
  words: Words
  /** The exact menu path in the remote's admin, as its Swedish/Norwegian/Danish/English admin shows it; null = done here. */
  menuPath: Words | null
  /** Settings fields asked for in this step. */
  fields: string[]
  /** code = the lines to paste, with a code of ours · fetch = everything a master has is read. */
  button: 'check' | 'map-places' | 'activate' | 'subscribe' | 'match' | 'code' | 'fetch' | null
  /** Ticked when every one of these facts of Health (or of the connection) holds. called = it has called us with the code · fetched = everything a master has was read once. */
  doneWhen: readonly ('credentials' | 'rights' | 'places' | 'active' | 'subscribed' | 'matched' | 'called' | 'fetched')[]
}

/** What may stand still by itself: reading orders · reading what the shop has and its numbers · telling it ours · telling it our products · reading its places · reading its customers · telling it what has left of its orders. */
export const STOPPABLE = ['orders', 'articles', 'stock', 'products', 'places', 'customers', 'order-status'] as const
export type Stoppable = (typeof STOPPABLE)[number]

/** What check() learned. Rights are by feature, so the page can say what is missing for what. */
export interface Health {
  account: { ref: string; name: string; address: string; currency: string | null }
  places: { ref: string; name: string; active: boolean /** null = usable; else why not, e.g. 'fulfilment-service' */; unusable: string | null }[]
  rights: {
    feature: string
    scope: string
    granted: boolean
    /** What only products need is false here: it is needed once the shop is told of them. */
    needed: boolean /** What can't be done without it, while the rest goes on. Left out = nothing can. */
    stops?: readonly Stoppable[]
  }[]
  version: { asked: string; answered: string | null; deprecated: string | null }
  /** Where in the shop a product can be shown: its online store, a market place ... Left out = it has no such thing; null = we may not see them. */
  channels?: { ref: string; name: string }[] | null
  /** Other facts to show, by stable code: plan, rate ... Never a secret. */
  learned: Record<string, string>
}
/**
 * not-granted = a right is missing (`said` = which) · foreign = another integration listens with the same key (`said` = where it is called): nothing is
 * overwritten, and a person makes a key of our own · not-offered = the remote has no such event: the feed is polled instead · by-hand = a person makes it in the remote's admin, and the remote can't be asked whether they did.
 */
export interface Subscribed {
  topics: { topic: string; state: 'standing' | 'created' | 'repaired' | 'not-granted' | 'foreign' | 'not-offered' | 'by-hand'; said: string | null }[]
}
export interface Match {
  articleNumber: string /** 0 = not there, 2 or more = ambiguous. */
  itemRefs: string[]
}
export interface Page {
  events: RemoteEvent[] /** Opaque, owned by the connector. */
  cursor: string
  more: boolean
}

export interface Remote {
  check(): Promise<Health>
  /** Idempotent: create what is missing, repair what is wrong, report what stands. */
  subscribe(callbackUrl: string): Promise<Subscribed>
  /** Takes ours down; those that are gone already are no failure. Broken off, the error's fact `left` names the topics that still stand, with blanks between. */
  unsubscribe(): Promise<void>
  /** Exact text match only. */
  match(articleNumbers: string[]): Promise<Match[]>
  /**
   * Of a master's `invoices` a key is a documentRef, or `named/<text>`: the booked documents that name an order so in the field made for it.
   * `since` starts a fresh cursor at an instant; null cursor = from the beginning (orders: all open ones and everything since `since`).
   */
  pull(feed: Feed, from: { cursor: string | null; since?: string } | { keys: string[] }, priority?: Priority): Promise<Page>
  /** The PDF of a booked document, as it came. Null = not there (yet). */
  pdf?(documentRef: string): Promise<Uint8Array | null>
  /** The same key always travels with the same document. A RemoteError of which the effect is unknown is asked about before it is sent again. */
  handOver?(document: Document, key: string): Promise<HandedOver>
  /**
   * Only what is ours is written: variants there that we don't know stay as they are. Throws RemoteError; where its effect is unknown the same product may be put again, and is
   * looked for by its numbers before it is made.
   */
  putProduct?(product: OutgoingProduct, key: string, priority?: Priority): Promise<ProductPut>
  /** All products it shows, some at a time; null = from the beginning. The cursor stays good for a day at least, so that a walk can be gone on with. */
  readProducts?(cursor: string | null, priority?: Priority): Promise<{ products: RemoteProduct[]; cursor: string; more: boolean }>
  /** The picture at an address that `readProducts` gave. Null = it isn't there. */
  readImage?(url: string): Promise<Uint8Array | null>
  /** Answers every row. A batch the remote refuses as a whole: offending rows say why, the others 'not-sent'. Throws RemoteError for the whole. */
  push(batch: Batch, priority?: Priority): Promise<Outcome[]>
}
/** live overtakes backfill inside a connector's pacing. */
export type Priority = 'live' | 'backfill'

export interface Tools {
  /** The guarded outgoing door (kit/http). Journal and redaction are outside the connector. */
  http: (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: string | Uint8Array; timeoutMs: number; label: string },
  ) => Promise<{
    status: number
    headers: Record<string, string>
    body: string /** The answer as it came; `body` is the same read as UTF-8. */
    bytes: Uint8Array
  }>
  clock: { now(): Date; sleep(ms: number): Promise<void> }
  log: { info(facts: Record<string, unknown>, message: string): void; warn(facts: Record<string, unknown>, message: string): void }
  /** What the remote said of the points we may use: left now, at most, and how many come back a second. For the page only. */
  paced?(points: { left: number; most: number; perSecond: number }): void
  /** Small sealed store of this connection: tokens that are renewed, what the doctor learned. */
  keep: { get(name: string): Promise<string | null>; set(name: string, value: string): Promise<void> }
}
