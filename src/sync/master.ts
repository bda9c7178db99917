/**
 * The turn of a connection that is master of a location's numbers (R38-R40, docs/decisions/0014): documents, numbers, documents again, and all of it taken in at once.
 * Nothing it says is believed from a hook: a hook names a number or an invoice, and it is read here.
 */
import { RemoteError, type RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { wantPdfs } from '../core/invoices/want-pdfs.ts'
import { allListeners, updatePolled } from '../core/listeners/listeners.sql.ts'
import type { ErpDocument } from '../core/master/document.ts'
import { listenersOfOrders, madeUnseen, storedDocuments } from '../core/master/documents.sql.ts'
import { ordersOfFirstNumbers, saveDocuments, sift } from '../core/master/take-documents.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import type { Tx } from '../db/open.ts'
import { backoffMs } from '../kit/backoff.ts'
import { type CallResult, settleCalls } from './called.sql.ts'
import type { SyncDeps } from './deps.ts'
import { askDueKeys } from './drain.ts'
import { type FeedCursor, feedCursor, saveFeedCursor } from './feed-cursor.sql.ts'
import { tellShops } from './hand-invoices.ts'
import { dropKeys, dueKeys, keysLater } from './inbox.sql.ts'
import type { Line } from './line.ts'
import { isChange, numbersIn, outcomeOf, type Taken, takeOver } from './master-numbers.ts'
import { isNamedKey, type MasterOf, masterOf } from './master-of.ts'
import { countChanges } from './master-tally.sql.ts'
import { takeIn } from './matcher.ts'
import { parts } from './parts.ts'
import { remoteAnswered } from './throttle.ts'
import type { Fence } from './turn.ts'

/** Its feeds; whatever else is asked of a connection is asked as of any. */
const FEEDS = ['stock', 'invoices']
/** An ERP in which somebody books all the time is read once more a little later. */
const MOST_ROUNDS = 4
const AGAIN_MS = 5_000
/** Of a document that is told of and never shown. */
const MOST_TRIES = 8
/** How old the last sight of a draft of ours may be, and how many are looked at in one go. */
const OWN_DRAFTS_MS = 3_600_000
const OWN_DRAFTS = 20

export async function drainMaster(deps: SyncDeps, line: Line, fence: Fence, reason: 'poll' | 'keys'): Promise<void> {
  await askDueKeys(deps, line, fence, FEEDS)
  const began = deps.clock.now()
  const desk = await openDesk(deps, line, fence)
  const asked = await takeKeys(desk)
  if (reason === 'poll') asked.invoices.push(...(await ownDrafts(desk)))
  const swept = reason === 'poll' && desk.locationId !== null ? await sweep(desk) : null
  await readAll(desk, asked, swept?.numbers ?? [])
  if (swept !== null) await fence.inTurn((tx) => saveFeedCursor(tx, line.listenerId, 'stock', swept.cursor))
  if (reason === 'poll') await fence.inTurn((tx) => updatePolled(tx, line.listenerId, began))
  await remoteAnswered(deps, line, 'read')
}

/** What one turn of a master works with. */
export interface Desk extends MasterOf {
  deps: SyncDeps
  line: Line
  fence: Fence
  /** Shown and not taken in yet. */
  waiting: Map<string, ErpDocument>
  cursor: string | null
}

export async function openDesk(deps: SyncDeps, line: Line, fence: Fence): Promise<Desk> {
  const { of, cursor } = await fence.inTurn(async (tx) => ({
    of: await masterOf(tx, line, deps.clock.now()),
    cursor: (await feedCursor(tx, line.listenerId, 'invoices')).cursor,
  }))
  return { deps, line, fence, ...of, waiting: new Map(), cursor }
}

interface Asked {
  stock: string[]
  invoices: string[]
  /** How often the most patient of the invoices was asked for before. */
  tries: number
  at: Date
}

/** Put off before asking: a question that fails comes back later. Everything that was asked until now is one answer, however often (gathering). */
async function takeKeys({ deps, line, fence }: Desk): Promise<Asked> {
  const at = deps.clock.now()
  return fence.inTurn(async (tx) => {
    const due = (await dueKeys(tx, line.listenerId, at)).filter((row) => FEEDS.includes(row.feed))
    const asked: Asked = { stock: [], invoices: [], tries: Math.max(0, ...due.filter((row) => row.feed === 'invoices').map((row) => row.tries)), at }
    for (const feed of ['stock', 'invoices'] as const) {
      const rows = due.filter((row) => row.feed === feed)
      asked[feed] = rows.map((row) => row.key)
      if (rows.length > 0) await keysLater(tx, line.listenerId, feed, asked[feed], new Date(at.getTime() + backoffMs(Math.max(...rows.map((row) => row.tries)), 2_000, 900_000)))
    }
    return asked
  })
}

/** Drafts of ours that nobody has shown for a while: somebody may have deleted one. */
const ownDrafts = ({ deps, line, fence }: Desk): Promise<string[]> =>
  fence.inTurn((tx) => madeUnseen(tx, line.listenerId, new Date(deps.clock.now().getTime() - OWN_DRAFTS_MS), OWN_DRAFTS))

/** Numbers changed since the last sweep. Its cursor is kept once they are taken in. */
export async function sweep({ deps, line, fence, since }: Desk): Promise<{ numbers: string[]; cursor: FeedCursor }> {
  const standing = await fence.inTurn((tx) => feedCursor(tx, line.listenerId, 'stock'))
  const numbers = new Set<string>()
  let { cursor } = standing
  for (let more = true; more; ) {
    await fence.ensure()
    const page = await line.remote.pull('stock', cursor === null ? { cursor: null, since: since.toISOString() } : { cursor }, 'live')
    for (const event of page.events) if (event.kind === 'listing-seen') numbers.add(event.listing.itemRef)
    cursor = page.cursor
    more = page.more
  }
  return { numbers: [...numbers], cursor: { cursor, beganAt: null, endedAt: deps.clock.now(), found: 0 } }
}

/** Asked numbers and swept ones, in parts; the documents read behind one part are those before the next. */
async function readAll(desk: Desk, asked: Asked, swept: string[]): Promise<void> {
  const { line } = desk
  const isAsked = new Set(asked.stock)
  const keys = [...asked.stock, ...swept.filter((number) => !isAsked.has(number))]
  const groups = keys.length === 0 ? [[]] : parts(keys, line.connector.limits.look)
  const invoices = asked.invoices.length === 0 ? [] : await pullDocuments(desk, asked.invoices)
  for (const document of invoices) desk.waiting.set(document.documentRef, document)
  for (const group of groups)
    await sandwich(desk, {
      numbers: (also) => numbersByKey(desk, [...new Set([...group, ...also])]),
      afterwards: async (tx, { articles, said }) => {
        const now = desk.deps.clock.now()
        const answered = group.filter((key) => isAsked.has(key))
        await settleCalls(
          tx,
          line.listenerId,
          'stock',
          answered.map((key) => ({ key, ...said(key) })),
          asked.at,
          now,
        )
        const papers = await documentsSaid(tx, desk, asked.invoices)
        await settleCalls(tx, line.listenerId, 'invoices', papers, asked.at, now)
        await dropKeys(tx, line.listenerId, 'stock', answered, asked.at)
        const changed = group.filter((key) => isChange(said(key)))
        const called = changed.filter((key) => isAsked.has(key)).length
        await countChanges(tx, line.listenerId, now, { called, swept: changed.length - called, walked: 0 })
        // One that was only just booked may be shown in a moment: it stays put off, with growing pauses.
        const isOver = ({ key, result }: (typeof papers)[number]) => result !== 'not-there' || asked.tries >= MOST_TRIES || isNamedKey(key)
        const there = papers.filter(isOver).map((paper) => paper.key)
        await dropKeys(tx, line.listenerId, 'invoices', there, asked.at)
        // Whoever asks for a number wants the shop to show it, also when somebody changed it there (the guide's update by hand).
        await lookAtShops(
          desk,
          tx,
          answered.flatMap((key) => articles.get(key) ?? []),
        )
      },
    })
}

export async function numbersByKey({ line, fence, locationId }: Desk, keys: string[]): Promise<RemoteEvent[]> {
  if (locationId === null) return []
  const events: RemoteEvent[] = []
  for (const part of parts(keys, line.connector.limits.look)) {
    await fence.ensure()
    events.push(...(await line.remote.pull('stock', { keys: part }, 'live')).events)
  }
  return events
}

interface Reading {
  /** Reads them anew; `also` = articles that documents name. */
  numbers(also: string[]): Promise<RemoteEvent[]>
  afterwards(tx: Tx, taken: Taken): Promise<void>
}
/** R38: documents, numbers, documents again; what is new starts over. Then everything is posted in one transaction. */
export async function sandwich(desk: Desk, reading: Reading): Promise<void> {
  await readDocuments(desk)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const named = [...desk.waiting.values()].flatMap((document) => (document.lines ?? []).flatMap((each) => each.articleNumber ?? []))
    const askedAt = desk.deps.clock.now()
    const events = await reading.numbers([...new Set(named)])
    if (await readDocuments(desk)) continue
    await takeInAll(desk, events, askedAt, reading)
    return
  }
  throw new RemoteError('busy', 'master-moving', 'documents kept being booked while the numbers were read', { executed: 'no', retryAfterMs: AGAIN_MS })
}

/** The feed to its end. True when it showed something that is for an order of ours: the numbers read before are older than it. */
async function readDocuments(desk: Desk): Promise<boolean> {
  const { line, fence, since } = desk
  const shown: ErpDocument[] = []
  for (let more = true; more; ) {
    await fence.ensure()
    const page = await line.remote.pull('invoices', desk.cursor === null ? { cursor: null, since: since.toISOString() } : { cursor: desk.cursor }, 'live')
    shown.push(...documentsIn(page.events))
    desk.cursor = page.cursor
    more = page.more
  }
  const unseen = shown.filter((document) => {
    const standing = desk.waiting.get(document.documentRef)
    return standing === undefined || standing.stamp !== document.stamp || standing.stage !== document.stage
  })
  const by = byOf(desk)
  const { news, ours } = await fence.inTurn((tx) => sift(tx, desk.master, unseen, by))
  for (const document of news) desk.waiting.set(document.documentRef, document)
  const bare = ours.map((each) => each.documentRef).filter((ref, n) => ours[n]?.hasLines === false && (desk.waiting.get(ref)?.lines ?? null) === null)
  const whole = bare.length === 0 ? [] : await pullDocuments(desk, bare)
  for (const document of whole) desk.waiting.set(document.documentRef, document)
  return whole.length > 0 || ours.some((each) => news.some((document) => document.documentRef === each.documentRef))
}

async function pullDocuments({ line, fence }: Desk, keys: string[]): Promise<ErpDocument[]> {
  const found: ErpDocument[] = []
  for (const part of parts(keys, line.connector.limits.look)) {
    await fence.ensure()
    found.push(...documentsIn((await line.remote.pull('invoices', { keys: part }, 'live')).events))
  }
  return found
}

const documentsIn = (events: RemoteEvent[]): ErpDocument[] => events.flatMap((event) => (event.kind === 'erp-document' ? [event.document] : []))
const byOf = ({ deps, line }: Desk): By => ({ actor: `listener:${line.listenerId}`, now: deps.clock.now() })

async function takeInAll(desk: Desk, events: RemoteEvent[], askedAt: Date, reading: Reading): Promise<void> {
  const { fence, line, master } = desk
  const documents = [...desk.waiting.values()]
  await fence.inTurn(async (tx) => {
    const by = byOf(desk)
    await takeIn(tx, line.listenerId, events, askedAt)
    const { numbers, articles, seen } = await numbersIn(tx, events, askedAt)
    const named = await saveDocuments(tx, master, documents, by)
    const articleIds = numbers.map((number) => number.articleId)
    const orders = [...new Set([...named, ...(desk.locationId === null ? [] : await ordersOfFirstNumbers(tx, { ...master, locationId: desk.locationId }, articleIds))])]
    // The order of everybody's locks: orders, then levels, then what is told.
    const owners = await listenersOfOrders(tx, orders)
    for (const listenerId of [...new Set(owners.map((row) => row.listenerId))]) await lockOrders(tx, listenerId)
    const taken = await takeOver(tx, desk, numbers, orders, by)
    await wantPdfs(tx, { listenerId: line.listenerId, since: desk.since }, named, by)
    await tellShops(tx, desk.deps, named, by)
    await saveFeedCursor(tx, line.listenerId, 'invoices', { cursor: desk.cursor, beganAt: null, endedAt: by.now })
    await reading.afterwards(tx, {
      articles,
      said: (key) => (desk.locationId === null ? { result: 'no-number', before: null, after: null } : outcomeOf(key, seen, articles, taken)),
    })
    tx.show(line.listenerId)
  }, 'big')
  desk.waiting.clear()
}

/** A document somebody told of: for an order of ours, for nobody's, or not there. */
async function documentsSaid(tx: Tx, { line }: Desk, refs: string[]): Promise<{ key: string; result: CallResult; before: null; after: null }[]> {
  if (refs.length === 0) return []
  const found = new Map((await storedDocuments(tx, line.listenerId, refs)).map((row) => [row.documentRef, row.orderId]))
  return refs.map((key) => ({ key, result: !found.has(key) ? 'not-there' : found.get(key) === null ? 'unlinked' : 'linked', before: null, after: null }))
}

async function lookAtShops({ deps, line, locationId }: Desk, tx: Tx, articleIds: number[]): Promise<void> {
  if (articleIds.length === 0 || locationId === null) return
  for (const shop of await allListeners(tx))
    if (shop.id !== line.listenerId && shop.state !== 'gone')
      await askLooks(tx, shop.id, { articleIds, locationIds: [locationId] }, { lane: 'live', why: 'hook' }, { actor: `listener:${line.listenerId}`, now: deps.clock.now() })
}
