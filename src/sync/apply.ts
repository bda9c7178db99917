/** The only place that turns a remote fact into a command. One transaction per group of messages: what they say and that they are done (R26). */
import type { PrivacyRequest, RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import type { ListenerRow } from '../core/listeners/listener.ts'
import { listenerById } from '../core/listeners/listeners.sql.ts'
import { articlesOfItems, markGone } from '../core/listings/listings.sql.ts'
import { saveListings } from '../core/listings/save-listings.ts'
import { articlesOfNumbers, lockOrders } from '../core/orders/orders.sql.ts'
import { type Gone, ordersGone } from '../core/orders/orders-gone.ts'
import { saveOrders, type Taken } from '../core/orders/save-order.ts'
import { askLooks } from '../core/told/ask-looks.ts'
import { cellsAtOdds } from '../core/told/told.sql.ts'
import type { Tx } from '../db/open.ts'
import { unreachable } from '../kit/assert.ts'
import { backoffMs } from '../kit/backoff.ts'
import { applyCustomers, applyPrivacy, type CustomerNews, type Heard } from './apply-customers.ts'
import { problemOf } from './calls.ts'
import type { SyncDeps } from './deps.ts'
import { askKeys, countHooks, failRow, finishRows, type InboxRow, type Problem, settleListed, unappliedNumbers, waitingRows } from './inbox.sql.ts'
import { type Line, openLine } from './line.ts'
import { noteHooks, notePulse } from './measure.ts'
import { eventsOf } from './message.ts'
import { atOnlyPlace, onlyPlaceOf } from './only-place.ts'
import { rematch } from './rematch.ts'

/** In one transaction; a group that fails is taken again one by one. */
const GROUP = 100
/** Then a person sees it (S6). */
const MOST_TRIES = 8

export interface Applied {
  applied: number
  listed: number
}

/** Applies everything that waits, oldest first; never throws for one bad message. A connection that was never activated keeps its messages. */
export async function applyWaiting(deps: SyncDeps, companyId: number, listenerId: number): Promise<Applied> {
  const total: Applied = { applied: 0, listed: 0 }
  const line = await openLine(deps, companyId, listenerId)
  if (line === null || (line.listener.state === 'setup' && line.listener.countsFrom === null)) return total
  for (;;) {
    const group = await applyGroup(deps, line, null)
    if (group.kind === 'failed') {
      for (const row of group.rows) {
        const alone = await applyGroup(deps, line, row.id)
        if (alone.kind === 'failed') total.listed += await fail(deps, line, row, alone.error)
        else total.applied += alone.count
      }
      continue
    }
    total.applied += group.count
    if (group.count === 0) return total
  }
}

type Group = { kind: 'done'; count: number } | { kind: 'failed'; rows: InboxRow[]; error: unknown }

async function applyGroup(deps: SyncDeps, line: Line, onlyId: number | null): Promise<Group> {
  let rows: InboxRow[] = []
  let lastOrder: string | null = null
  try {
    const done = await deps.db.inCompany<Group>(line.companyId, async (tx) => {
      // Everybody who applies for this connection waits here: two processes can't overtake each other inside one order.
      await lockOrders(tx, line.listenerId)
      const now = deps.clock.now()
      rows = await waitingRows(tx, line.listenerId, now, onlyId === null ? GROUP : 1, onlyId)
      if (rows.length > 0) lastOrder = await applyRows(tx, line, rows, { actor: `listener:${line.listenerId}`, now })
      if (rows.length > 0) tx.show(line.listenerId)
      return { kind: 'done', count: rows.length }
    })
    noteHooks(deps, line.companyId, line.listenerId, rows.filter((row) => row.source === 'hook').length)
    if (lastOrder !== null) notePulse(deps, line.companyId, { listenerId: line.listenerId, lastOrder: { name: lastOrder, at: deps.clock.now().toISOString() } })
    return done
  } catch (error) {
    // Without rows it wasn't a message that failed.
    if (rows.length === 0) throw error
    return { kind: 'failed', rows, error }
  }
}

/** Returns the name of the last order that was read in them. */
async function applyRows(tx: Tx, line: Line, rows: InboxRow[], by: By): Promise<string | null> {
  const listener = await listenerById(tx, line.listenerId)
  if (listener === null) return null
  const onlyPlace = onlyPlaceOf(listener.health)
  const orders: Taken[] = []
  const gone: Gone[] = []
  const rest: RemoteEvent[] = []
  const people: Heard<CustomerNews>[] = []
  const privacy: Heard<PrivacyRequest>[] = []
  for (const row of rows)
    for (const event of eventsOf(row, line.connector, line.settings)) {
      const heard = { rowId: row.id, read: row.source === 'feed' }
      if (event.kind === 'order-gone') gone.push(event)
      else if (event.kind === 'customer' || event.kind === 'customer-gone') people.push({ event, ...heard })
      else if (event.kind === 'privacy') privacy.push({ event: event.request, ...heard })
      else if (event.kind !== 'order-snapshot') rest.push(event)
      else if (event.order.complete) orders.push({ order: atOnlyPlace(event.order, onlyPlace), takenFrom: row.source === 'hook' ? 'hook' : 'read' })
      else rest.push({ kind: 'look', feed: 'orders', key: event.order.orderRef })
    }
  const saved = await saveOrders(tx, listener, orders, by)
  await ordersGone(tx, listener, gone, by)
  const again = await applyCustomers(tx, listener.id, people, by)
  const ask = orders.filter((_, n) => saved[n] === 'same-stamp').map((taken) => taken.order.orderRef)
  const isMaster = line.connector.carries.master === true
  const looks = [...ask.map((key) => ({ feed: 'orders' as const, key })), ...again.map((key) => ({ feed: 'customers' as const, key }))]
  await applyEvents(tx, listener, [...rest, ...looks.map((look): RemoteEvent => ({ kind: 'look', ...look }))], isMaster, by)
  const reads = [...orders.filter((taken) => taken.takenFrom === 'read').map((taken) => taken.order.orderRef), ...gone.map(({ orderRef }) => orderRef)]
  if (reads.length > 0) await settleListed(tx, line.listenerId, reads, Math.max(...rows.map((row) => row.id)), by.now)
  const hooks = rows.filter((row) => row.source === 'hook').length
  if (hooks > 0) await countHooks(tx, line.listenerId, by.now, { verified: hooks, forged: 0, doubled: 0 })
  await finishRows(
    tx,
    rows.map((row) => row.id),
    by.now,
  )
  await applyPrivacy(tx, listener.id, privacy, by)
  return orders.at(-1)?.order.name ?? null
}

/** What is no order: sights of items, and requests to look. */
async function applyEvents(tx: Tx, listener: ListenerRow, events: RemoteEvent[], isMaster: boolean, by: By): Promise<void> {
  const keys = new Map<string, string[]>()
  const ask = (feed: string, key: string) => keys.set(feed, [...(keys.get(feed) ?? []), key])
  const news: string[] = []
  const stockOf: StockLook[] = []
  for (const event of events) {
    switch (event.kind) {
      case 'look':
        // Of a master it is the question itself; of a shop it is about what we believe it shows.
        if (event.feed === 'stock' && !isMaster) stockOf.push(event)
        else ask(event.feed, event.key)
        break
      case 'check':
        ask('check', event.said ?? '')
        break
      case 'listing-seen': {
        const seenAt = new Date(event.listing.seenAt)
        news.push(...(await saveListings(tx, listener.id, [event.listing], seenAt < by.now ? seenAt : by.now)))
        break
      }
      case 'listing-gone':
        await markGone(tx, listener.id, [event.itemRef], by.now)
        news.push(event.itemRef)
        break
      // Documents of an ERP are taken in with its numbers (master.ts); the others were taken in already.
      case 'customer':
      case 'customer-gone':
      case 'privacy':
      case 'erp-document':
      case 'order-snapshot':
      case 'order-gone':
        break
      default:
        unreachable(event)
    }
  }
  for (const [feed, names] of keys) await askKeys(tx, listener.id, feed, names, by.now)
  if (keys.size > 0) tx.ring(listener.id)
  if (news.length > 0)
    await rematch(
      tx,
      listener.id,
      (await articlesOfItems(tx, listener.id, news)).map((row) => row.articleId),
      by,
      { news },
    )
  if (stockOf.length > 0) await lookAtStock(tx, listener.id, stockOf, by)
}

/** A number in a hook is never believed: it only makes us look (R24), and one that says what we believe already teaches nothing (S11). */
async function lookAtStock(tx: Tx, listenerId: number, looks: StockLook[], by: By): Promise<void> {
  const blind = looks.filter((look) => look.shows === undefined).map((look) => look.key)
  const articleIds = blind.length === 0 ? [] : (await articlesOfItems(tx, listenerId, blind)).map((row) => row.articleId)
  if (articleIds.length > 0) await askLooks(tx, listenerId, { articleIds, locationIds: null }, { lane: 'live', why: 'hook' }, by)
  const said = looks.flatMap((look) => (look.shows === undefined ? [] : [{ itemRef: look.key, ...look.shows }]))
  for (const cell of said.length === 0 ? [] : await cellsAtOdds(tx, listenerId, said))
    await askLooks(tx, listenerId, { articleIds: [cell.articleId], locationIds: [cell.locationId] }, { lane: 'live', why: 'hook' }, by)
}
type StockLook = Extract<RemoteEvent, { kind: 'look' }>

/** Tried again with growing pauses, then listed. What can't even be read is listed at once: reading it again changes nothing. Returns 1 when listed. */
async function fail(deps: SyncDeps, line: Line, row: InboxRow, error: unknown): Promise<number> {
  const problem = describe(row, line, error)
  const tries = row.tries + 1
  const listed = problem.numbers === null || tries >= MOST_TRIES
  const now = deps.clock.now()
  deps.log.warn({ company: line.companyId, listener: line.listenerId, message: row.id, code: problem.code, tries, listed }, 'a message could not be applied')
  await deps.db.inCompany(line.companyId, async (tx) => {
    tx.show(line.listenerId)
    await failRow(tx, row.id, { state: listed ? 'listed' : 'waiting', tries, nextTryAt: listed ? null : new Date(now.getTime() + backoffMs(tries - 1, 1_000, 300_000)), problem })
    // The order itself can still be asked for; a read of it settles the message.
    if (listed && row.source === 'hook' && problem.orders.length > 0) await askKeys(tx, line.listenerId, 'orders', problem.orders, now)
  })
  return listed ? 1 : 0
}

function describe(row: InboxRow, line: Line, error: unknown): Problem {
  try {
    const orders = eventsOf(row, line.connector, line.settings).flatMap((event) => (event.kind === 'order-snapshot' ? [event.order] : []))
    const numbers = [...new Set(orders.flatMap((order) => order.lines.flatMap((l) => (l.articleNumber === null ? [] : [l.articleNumber]))))]
    return { code: 'not-applied', facts: { error: problemOf(error) }, numbers, orders: orders.map((order) => order.orderRef) }
  } catch (unreadable) {
    return { code: 'unreadable', facts: { error: problemOf(unreadable) }, numbers: null, orders: [] }
  }
}

/** Articles that a message we couldn't apply may be about: nothing is raised there until it is settled (R23, R26). */
export async function unappliedArticles(tx: Tx, listenerId: number): Promise<number[] | 'all'> {
  const rows = await unappliedNumbers(tx, listenerId)
  if (rows.length === 0) return []
  if (rows.some((row) => row.numbers === null)) return 'all'
  return (
    await articlesOfNumbers(
      tx,
      rows.flatMap((row) => row.numbers ?? []),
    )
  ).map((row) => row.articleId)
}
