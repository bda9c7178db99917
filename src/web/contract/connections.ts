/** Connections to webshops: the guide, the settings, live state, runs, and everything that waits with its reason. */
import { z } from 'zod'
import { cursor, flag, idOf, instant, limit, text, textIdOf, words } from './shared.ts'
import { articleState, stateCounts } from './states.ts'

const facts = z.record(z.string(), z.union([z.string(), z.number()]))
const ref = z.string().min(1).max(300)
/** Which way stock goes: out = the shop is told our number, in = its number is what there is here, and it is told none. */
const direction = z.enum(['out', 'in'])

// ---- what can be connected
export const DONE_WHEN = ['credentials', 'rights', 'places', 'active', 'subscribed', 'matched', 'called', 'fetched'] as const
export const GUIDE_BUTTONS = ['check', 'map-places', 'activate', 'subscribe', 'match', 'code', 'fetch'] as const
/** webshop = is told our numbers, and its orders are ours · erp = its numbers are taken over, and orders and invoices go between us. */
export const ROLES = ['webshop', 'erp'] as const
const guideStep = z.object({
  code: z.string(),
  title: words,
  words,
  menuPath: words.nullable(),
  fields: z.array(z.string()),
  button: z.enum(GUIDE_BUTTONS).nullable(),
  doneWhen: z.array(z.enum(DONE_WHEN)),
})
export const connector = z.object({
  code: z.string(),
  title: z.string(),
  role: z.enum(ROLES),
  /** The guide's first line: what a person must be allowed to do in the shop's admin. */
  needs: words,
  fields: z.array(
    z.object({
      name: z.string(),
      label: words,
      help: words,
      secret: z.boolean(),
      optional: z.boolean(),
      options: z.array(z.object({ value: z.string(), label: words })),
      placeholder: z.string().nullable(),
      /** Not to be chosen, and shown as `as`, while the field or finding `when` is `is`. */
      locked: z.object({ when: z.string(), is: z.string(), as: z.string(), why: words }).nullable(),
      /** Not asked for while the field `when` is `is`. */
      unless: z.object({ when: z.string(), is: z.string() }).nullable(),
    }),
  ),
  guide: z.array(guideStep),
  /** Words for the codes only this connector uses, by code. */
  words: z.record(z.string(), words),
  carries: z.object({ in: z.array(z.string()), out: z.array(z.string()), hooks: z.boolean(), comparesAtRemote: z.boolean() }),
})
export const connectors = z.object({ items: z.array(connector) })

// ---- one connection
export const CONNECTION_STATES = ['setup', 'active', 'paused', 'gone'] as const
export const LOST_POLICIES = ['write-off', 'put-back', 'ask'] as const
/** From when an order holds goods: placed, or only once it is paid. */
export const COUNTS_WHEN = ['placed', 'paid'] as const
export const RUN_KINDS = ['match', 'first-sync', 'sync-all', 'take-over', 'compare', 'undo'] as const
export const RUN_STATES = ['looking', 'ready', 'sending', 'paused', 'stopping', 'done', 'cancelled', 'failed'] as const

export const STOCKING_CANS = ['yes', 'not-carried', 'right-missing', 'first-sync-first'] as const

export const connectionForm = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .meta({ examples: ['shopify'] }),
  name: text(100),
})
export const connectionHead = z.object({
  id: idOf('connection'),
  code: z.string(),
  role: z.enum(ROLES),
  name: z.string(),
  state: z.enum(CONNECTION_STATES),
  /** Why it is paused, by stable code. */
  why: z.object({ code: z.string(), facts, at: instant.nullable() }).nullable(),
  /** What stands still for want of a right of the remote's, while the rest goes on. */
  stopped: z.array(z.object({ what: z.enum(['orders', 'articles', 'stock', 'products', 'places', 'customers', 'order-status']), scope: z.string() })),
  /** Articles by their state towards this connection. */
  counts: stateCounts,
  /** Cells that wait to be told. */
  waiting: z.number().int(),
  /** Since when the oldest of them waits. */
  waitingSince: instant.nullable(),
  /** When a first dry run was confirmed. Null: the shop is only read, nothing is written to it yet. */
  firstSyncedAt: instant.nullable(),
  /** Whether the shop can be asked to count articles and keep them at a place, or why not; `scope` = the right that is missing. */
  stocking: z.object({ can: z.enum(STOCKING_CANS), scope: z.string().nullable() }),
  createdAt: instant,
})
/** `subscriptionsLeft` = the remote didn't let us take its subscriptions down: its hooks go on until it gives up by itself. `leftTopics` = which, where that is known. */
export const disconnected = connectionHead.extend({ subscriptionsLeft: z.boolean(), leftTopics: z.array(z.string()) })
export const connections = z.object({ items: z.array(connectionHead) })
const health = z.object({
  account: z.object({ ref: z.string(), name: z.string(), address: z.string(), currency: z.string().nullable() }),
  places: z.array(z.object({ ref: z.string(), name: z.string(), active: z.boolean(), unusable: z.string().nullable() })),
  rights: z.array(z.object({ feature: z.string(), scope: z.string(), granted: z.boolean(), needed: z.boolean(), stops: z.array(z.string()).optional() })),
  version: z.object({ asked: z.string(), answered: z.string().nullable(), deprecated: z.string().nullable() }),
  /** Where in the shop a product can be shown. Left out = it has no such thing; null = we may not see them. */
  channels: z.array(z.object({ ref: z.string(), name: z.string() })).nullish(),
  learned: z.record(z.string(), z.string()),
})
/** not-granted = a right is missing · foreign = another integration listens with our key · not-offered = the remote has no such event, orders are fetched instead · by-hand = a person makes it in the webshop. */
export const TOPIC_STATES = ['standing', 'created', 'repaired', 'not-granted', 'foreign', 'not-offered', 'by-hand'] as const
/** `reachable` = whether we answered at our own public address; false or null from in here is a hint only. */
const subscribed = z.object({
  reachable: z.boolean().nullish(),
  topics: z.array(z.object({ topic: z.string(), state: z.enum(TOPIC_STATES), said: z.string().nullable() })),
})
export const run = z.object({
  id: idOf('run'),
  kind: z.enum(RUN_KINDS),
  state: z.enum(RUN_STATES),
  total: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  /** Cells that already agree: nothing is sent for them. */
  same: z.number().int(),
  why: z.object({ code: z.string(), facts }).nullable(),
  startedAt: instant,
  confirmedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** While it looks: articles looked at, of how many. Null = not looking, or nobody knows how many there are. */
  looked: z.object({ done: z.number().int(), of: z.number().int() }).nullable(),
  /** Cells marked and not told yet: they are told even when the run is paused or cancelled. */
  marked: z.number().int(),
  /** Measured over the last two minutes. Null = not known yet, or nothing moves. */
  pace: z.object({ perMinute: z.number().int(), leftMs: z.number().int() }).nullable(),
  /** Why nothing moves although nobody paused it: connection-stopped (`reason`), shop-asked (`until`), taken-over, on-hold (`n`). */
  waits: z.object({ code: z.enum(['connection-stopped', 'shop-asked', 'taken-over', 'on-hold']), facts }).nullable(),
  /** It wrote to the shop and is over: what it wrote can be undone, as far as the preview says. */
  undoable: z.boolean(),
  /** Of an undo: the run that is undone. */
  ofId: idOf('run').nullable(),
  /** The latest undo of it that was confirmed; null = none. */
  undoneById: idOf('run').nullable(),
})
/** The webshop article ids as a whole. `stale` = an article of the shop came, went or got another number after they were checked, or nobody has checked them. */
const ids = z.object({ checkedAt: instant.nullable(), changedAt: instant.nullable(), stale: z.boolean() })
/** How long changes waited: half of them at most p50Ms, all but one in twenty at most p95Ms. */
export const waits = z.object({ n: z.number().int(), p50Ms: z.number().int(), p95Ms: z.number().int() })
export const connection = connectionHead.extend({
  /** Settings as saved. A secret is only said to be set. */
  settings: z.array(z.object({ name: z.string(), secret: z.boolean(), set: z.boolean(), value: z.string().nullable() })),
  /** Ticked by what the remote answered. `missing` = the facts that don't hold yet. */
  guide: z.array(z.object({ code: z.string(), done: z.boolean(), missing: z.array(z.enum(DONE_WHEN)) })),
  health: health.nullable(),
  healthAt: instant.nullable(),
  subscribed: subscribed.nullable(),
  subscribedAt: instant.nullable(),
  /** Where the remote should send its hooks; null = no public address is set: polling only. */
  hookUrl: z.string().nullable(),
  hooks: z.object({ verified: z.number().int(), forged: z.number().int(), doubled: z.number().int(), /** Applied in the last hour. */ hour: z.number().int() }),
  /** The API version the shop's hooks say; another than `health.version.asked` is worth a look. Null = none has come. */
  hookVersion: z.string().nullable(),
  /** From a change here to the shop's answer. Null = nothing was told. */
  latency: z.object({ hour: waits.nullable(), day: waits.nullable() }),
  /** Points the shop lets us use, as it last answered. */
  pace: z.object({ left: z.number(), most: z.number(), perSecond: z.number(), at: instant }).nullable(),
  lastOrder: z.object({ name: z.string(), at: instant }).nullable(),
  ids,
  places: z.array(z.object({ locationId: idOf('location'), placeRef: z.string(), name: z.string(), direction })),
  /** Its numbers may be taken in: `direction` may be `in`. */
  canBeMaster: z.boolean(),
  manyPlaces: z.boolean(),
  defaultLocationId: idOf('location').nullable(),
  lostPolicy: z.enum(LOST_POLICIES),
  countsWhen: z.enum(COUNTS_WHEN),
  countsFrom: instant.nullable(),
  pollEveryMs: z.number().int(),
  polledAt: instant.nullable(),
  /** Nothing is asked before: it asked for a pause, or fails. When paused by an answer: when it looks again by itself whether it may go on. */
  quietUntil: instant.nullable(),
  /** What the webshop keeps failing with, and since when; null = it answers. */
  trouble: z.object({ code: z.string(), facts, since: instant }).nullable(),
  queue: z.object({
    live: z.number().int(),
    backfill: z.number().int(),
    /** Since when the oldest waiting cell waits. */
    oldestSince: instant.nullable(),
    inFlight: z.number().int(),
    refused: z.number().int(),
    inboxWaiting: z.number().int(),
    inboxListed: z.number().int(),
  }),
  openDifferences: z.number().int(),
  /** Open orders with pieces that ship from a place of the shop that belongs to no store. */
  ordersElsewhere: z.number().int(),
  /** Runs that aren't over, newest first. */
  runs: z.array(run),
})

/** Absent fields keep what is saved; '' takes an optional one away. */
export const settingsForm = z.strictObject({
  settings: z.record(z.string().max(50), z.string().max(4000)).optional(),
  name: text(100).optional(),
  manyPlaces: z.boolean().optional(),
  defaultLocationId: idOf('location').optional(),
  lostPolicy: z.enum(LOST_POLICIES).optional(),
  /** Open orders are reckoned anew. */
  countsWhen: z.enum(COUNTS_WHEN).optional(),
  pollEveryMs: z.number().int().min(5_000).max(3_600_000).optional(),
})
/** Every store that is to have a place; `placeRef` as a person has it: the place's id, its address in the shop's admin, or its full ref. Absent ways keep what is saved. */
export const placesForm = z.strictObject({
  places: z.array(z.strictObject({ locationId: idOf('location'), placeRef: ref, direction: direction.optional() })).max(200),
  manyPlaces: z.boolean().optional(),
  defaultLocationId: idOf('location').optional(),
})
export const placesPreview = z.object({
  /** In the order asked. Articles are ticked, matched and counted in the store; each is the same, differs (some to zero), or can't be told. */
  stores: z.array(
    z.object({
      locationId: idOf('location'),
      placeRef: z.string(),
      name: z.string(),
      direction,
      /** The place it has now; null = none. */
      before: z.string().nullable(),
      /** As it is now; null = the store has no place. */
      directionBefore: direction.nullable(),
      /** Where numbers are taken in: what the shop's mean for ours. Each article it shows is the same, goes up, goes down, or was never counted here. Null = nothing is taken in. */
      takes: z.object({ same: z.number().int(), up: z.number().int(), down: z.number().int(), first: z.number().int() }).nullable(),
      articles: z.number().int(),
      same: z.number().int(),
      differ: z.number().int(),
      toZero: z.number().int(),
      /** Never counted in the store: nothing is sent of them. */
      unknown: z.number().int(),
      blocked: z.number().int(),
    }),
  ),
  /** Places that would belong to no store any more. The shop's numbers there stay as they are. */
  ends: z.array(z.object({ locationId: idOf('location'), placeRef: z.string(), name: z.string(), direction })),
  /** Open orders that are reckoned anew. */
  openOrders: z.number().int(),
})

// ---- its articles
export const connectionArticle = z.object({
  articleId: idOf('article'),
  number: z.string(),
  name: z.string(),
  /** The Webshop box. */
  boxed: z.boolean(),
  state: articleState,
  /** Its number isn't raised in the shop until a message that can't be applied is settled or dismissed (R26). */
  heldByMessage: z.boolean(),
  /** moved = its number stands on another article of the shop now: nothing is sent until a person has looked for it again. */
  link: z.enum(['looking', 'matched', 'moved', 'missing', 'ambiguous']),
  /** The webshop's own id of it: "webshop artikel-ID". It stays, greyed, when the shop has moved or removed it. */
  itemRef: z.string().nullable(),
  /** Its page in the webshop's admin; null where we don't know it. */
  itemUrl: z.string().nullable(),
  /** Pieces never told to this shop. */
  buffer: z.number().int(),
  cells: z.array(
    z.object({
      locationId: idOf('location'),
      state: articleState,
      available: z.number().int().nullable(),
      /** What the shop is to show. */
      target: z.number().int().nullable(),
      toldValue: z.number().int().nullable(),
      toldAt: instant.nullable(),
      waitingSince: instant.nullable(),
      holdUntil: instant.nullable(),
      holdWhy: z.string().nullable(),
      /** The remote's own words, where it refused. */
      said: z.string().nullable(),
    }),
  ),
})
export const connectionArticlesQuery = z.strictObject({ state: articleState.optional(), q: z.string().max(100).optional(), cursor: cursor.optional(), limit: limit() })
/** Which articles: named, all that match a filter, or every article whose number is found in the shop. Exactly one. */
export const boxForm = z
  .strictObject({
    boxed: z.boolean(),
    articleIds: z.array(idOf('article')).min(1).max(10_000).optional(),
    filter: z.strictObject({ q: z.string().max(100) }).optional(),
    foundInShop: z.literal(true).optional(),
    /** True = only say what would happen. */
    preview: z.boolean().default(false),
  })
  .refine((form) => [form.articleIds, form.filter, form.foundInShop].filter((x) => x !== undefined).length === 1, {
    message: 'exactly one of articleIds, filter, foundInShop',
    path: ['articleIds'],
  })
export const boxMade = z.object({
  /** How many articles the box changes on. */
  changed: z.number().int(),
  /** How many were so already. */
  same: z.number().int(),
  /** The first of those that change, to look at. */
  sample: z.array(z.object({ articleId: idOf('article'), number: z.string(), name: z.string() })),
})
/** Absent = all of the connection. */
export const someArticlesForm = z.strictObject({ articleIds: z.array(idOf('article')).min(1).max(10_000).optional() })
/** `state` = only those refused for this. */
export const retryForm = someArticlesForm.extend({ state: articleState.optional() })
/**
 * track = the shop is to count the articles · stock = they are to be kept at their places · leave = they aren't kept there on purpose, and the shop
 * is asked for nothing · mind = that was not meant after all. Only articles refused for just that are asked for.
 */
export const stockingForm = someArticlesForm.extend({ ask: z.enum(['track', 'stock', 'leave', 'mind']) })
/** The shop is asked for these very numbers, now. */
export const findForm = z.strictObject({ articleIds: z.array(idOf('article')).min(1).max(500) })
export const findMade = z.object({ changed: z.number().int() })
export const cellsTouched = z.object({ cells: z.number().int() })
export const bufferForm = z.strictObject({ articleIds: z.array(idOf('article')).min(1).max(10_000), buffer: z.number().int().min(0).max(1_000_000) })
export const bufferMade = z.object({ articles: z.number().int() })

// ---- what it showed us, what was said, what is wrong
export const listing = z.object({
  itemRef: z.string(),
  parentRef: z.string().nullable(),
  number: z.string().nullable(),
  title: z.string().nullable(),
  tracked: z.boolean().nullable(),
  unwritable: z.string().nullable(),
  seenAt: instant,
  /** Our article of exactly that number, if there is one. */
  articleId: idOf('article').nullable(),
  levels: z.array(z.object({ placeRef: z.string(), value: z.number().int().nullable(), active: z.boolean() })),
})
/** One of our articles as it stands towards one webshop, and what the webshop has that is, or is near, its number. Near ones are help for a person, never a match (S10). */
export const connectionArticleWhole = connectionArticle.extend({
  /** False = the webshop's list hasn't been read to its end yet: there may be more that is near. */
  listRead: z.boolean(),
  items: z.array(
    listing.extend({
      /** same-number · linked = what it was matched with, whatever its number is now · near = the same but for case, spaces, dashes, leading zeros. */
      why: z.enum(['same-number', 'linked', 'near']),
      gone: z.boolean(),
      /** Its page in the webshop's admin; null where we don't know it. */
      adminUrl: z.string().nullable(),
    }),
  ),
})
/** `twice` = only numbers the shop has more than once; `unknown` = only those we have no article for. */
export const listingsQuery = z.strictObject({ number: z.string().max(300).optional(), only: z.enum(['twice', 'unknown']).optional(), cursor: cursor.optional(), limit: limit() })
// ---- runs
/** While one of its kind is going on, that one is answered (S5). */
export const runForm = z.strictObject({ kind: z.enum(RUN_KINDS).exclude(['undo']) })
export const runsQuery = z.strictObject({ cursor: cursor.optional(), limit: limit() })
export const ITEM_STATES = ['same', 'send', 'sent', 'refused', 'skipped'] as const
/** unknown: the shop shows no number · negative: theirs or ours is below zero · to-zero · over-half: changes by more than half of what stands there. */
export const ITEM_FLAGS = ['unknown', 'negative', 'to-zero', 'over-half'] as const
export const runItem = z.object({
  articleId: idOf('article'),
  articleNumber: z.string(),
  articleName: z.string(),
  locationId: idOf('location'),
  /** What the shop shows (or showed), and what it is to show; of a take-over: what ours is to be. Null = not known. */
  was: z.number().int().nullable(),
  /** Of a take-over: what ours said before. Null = nobody had counted it. */
  ours: z.number().int().nullable(),
  target: z.number().int().nullable(),
  /** send = is to be sent · sent · same = agrees already · refused = the shop said no · skipped = left out. */
  state: z.enum(ITEM_STATES),
  /** Why it was refused or left out: an article state, or cancelled, not-shown, store-not-mapped; of an undo also counted-since, edited-in-shop, sent-again, shop-is-master, shows-nothing, undone-already. */
  code: z.string().nullable(),
  flag: z.enum(ITEM_FLAGS).nullable(),
  settledAt: instant.nullable(),
})
/**
 * What a check of the ids found of an article. same · changed = another item bears its number · found = it had no id, and has now · ambiguous = several items
 * bear it · gone = it had an id, and none bears it any more · missing = it had none, and none bears it · passed = the shop changed again before it was saved.
 */
export const ID_VERDICTS = ['changed', 'found', 'ambiguous', 'gone', 'passed', 'missing', 'same'] as const
export const idsQuery = z.strictObject({ verdict: z.enum(ID_VERDICTS).optional(), cursor: cursor.optional(), limit: limit(1000, 200) })
export const idsFound = z.object({
  items: z.array(
    z.object({
      articleId: idOf('article'),
      articleNumber: z.string(),
      articleName: z.string(),
      verdict: z.enum(ID_VERDICTS),
      wasRef: z.string().nullable(),
      wasUrl: z.string().nullable(),
      nowRef: z.string().nullable(),
      nowUrl: z.string().nullable(),
      /** How many articles of the shop bear the number. */
      carriers: z.number().int(),
      /** The number the old one bears now; null = none, or it isn't there any more. */
      theirs: z.string().nullable(),
      savedAt: instant.nullable(),
    }),
  ),
  next: z.string().nullable(),
  /** All of the check, whatever was asked for. */
  counts: z.partialRecord(z.enum(ID_VERDICTS), z.number().int()),
})
/** Refused first, then flagged, then the rest. */
export const runItemsQuery = z.strictObject({
  state: z.enum(ITEM_STATES).optional(),
  flagged: flag.optional(),
  flag: z.enum(ITEM_FLAGS).optional(),
  code: z.string().max(50).optional(),
  cursor: cursor.optional(),
  limit: limit(1000, 200),
})
const n = z.number().int()
export const runSummary = z.object({
  states: z.partialRecord(z.enum(ITEM_STATES), n),
  /** Of those to send or sent, by what is unusual. */
  flags: z.partialRecord(z.enum(ITEM_FLAGS), n),
  flagged: n,
  /** So much is unusual that a person should be asked once more before it is confirmed. */
  asksTwice: z.boolean(),
  /** Why cells were refused or left out. */
  reasons: z.array(z.object({ state: z.enum(['refused', 'skipped']), code: z.string(), n })),
})
export const runParams = { connectionId: textIdOf('connection'), runId: textIdOf('run') }
