/** Evaluates order snapshots against what stands posted of them, and posts the differences: movements, beliefs, orders, lines. One statement of each, however many orders. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import type { ListenerRow } from '../listeners/listener.ts'
import { placesOf } from '../listeners/listeners.sql.ts'
import { masteredLocations } from '../locations/locations.sql.ts'
import { type Belief, type Movement, postMovements } from '../stock/post-movements.ts'
import { choicesOf, insertEdits } from './choices.sql.ts'
import { countedOf } from './counted.sql.ts'
import { type Edit, editOf } from './edits.ts'
import { type Change, changeOf, noEffects, stateOf } from './effects.ts'
import type { LossState } from './facts.ts'
import { handOverOrders } from './hand-over-orders.ts'
import type { OrderCustomer, OrderLine, Snapshot } from './order.ts'
import { withCustomers } from './order-customers.ts'
import {
  articlesOfNumbers,
  deleteLinesNotIn,
  type LineWrite,
  type LossWrite,
  lossesOfOrders,
  type OrderWrite,
  type StoredOrder,
  unroutedElsewhere,
  upsertLines,
  upsertLosses,
  upsertOrders,
} from './orders.sql.ts'
import { bucketsOf, cellKey, cellOf } from './pieces.ts'
import { add, type PerCell } from './reserved.ts'
import { shippedHereRows } from './shipments.sql.ts'
import type { ShippedHere } from './shipped-here.ts'
import { tellShipped } from './tell-shipped.ts'

/** How long until an order without a place is asked again: 5 s, 15 s, a minute ... a quarter of an hour, then that for ever. */
const ROUTE_AGAIN_MS = [5_000, 15_000, 60_000, 120_000, 300_000, 900_000]
export const routeAgainMs = (tries: number): number => ROUTE_AGAIN_MS[Math.min(tries, ROUTE_AGAIN_MS.length - 1)] ?? 900_000

/** One snapshot to be posted over what stands. */
export interface Posting {
  snapshot: Snapshot
  customer: OrderCustomer | null
  takenFrom: 'hook' | 'read'
  /** Articles that were unknown to this order until now, or whose place changed: nothing of the shop is believed of them (R5). */
  doubtArticles: ReadonlySet<number>
  /** When it was deleted in the shop; null = it is there. Not given = as it stands. */
  goneAt?: Date | null
}
/** An order as it stands in the database, or as an earlier posting of this transaction left it. */
export type Standing = Pick<StoredOrder, 'orderRef' | 'stamp' | 'snapshot' | 'takenFrom' | 'baselineBefore' | 'effects' | 'version' | 'routeAgainAt' | 'routeTries' | 'goneAt'>

/**
 * The orders' lock must be held. `standing` has every order of the listener that the postings name, and is brought up to date.
 * Postings of one order are worked through in turn.
 */
export async function postOrders(tx: Tx, listener: ListenerRow, postings: Posting[], standing: Map<string, StoredOrder | Standing>, by: By): Promise<void> {
  if (postings.length === 0) return
  const ground = await groundOf(tx, listener, postings, standing)
  const decided = new Map(
    (
      await lossesOfOrders(
        tx,
        [...standing.values()].flatMap((s) => ('id' in s ? [s.id] : [])),
      )
    ).map((loss) => [loss.factKey, loss.state]),
  )
  const movements: Movement[] = []
  const beliefs = newBeliefs()
  const writes = new Map<string, Write>()
  const losses = new Map<string, Omit<LossWrite, 'orderId'> & { orderRef: string }>()
  const edits: EditOfOrder[] = []
  for (const posting of postings) {
    const { snapshot } = posting
    const before = standing.get(snapshot.orderRef) ?? null
    const baseline = before === null ? listener.countsFrom : before.baselineBefore
    const goneAt = posting.goneAt === undefined ? (before?.goneAt ?? null) : posting.goneAt
    const articles = ground.articlesIn(snapshot)
    const change = changeOf(snapshot, { articles, places: ground.places, defaultLocationId: ground.defaultLocationId }, before?.effects ?? noEffects, {
      ...listener,
      policy: listener.lostPolicy,
      over: listener.state === 'gone' || goneAt !== null,
      since: baseline,
      lossStates: lossStatesOf(decided, listener.id, snapshot.orderRef),
      // Connected by a person: which of its items the shop lowered isn't known.
      doubtArticles: new Set([...posting.doubtArticles, ...ground.connectedIn(snapshot)]),
      counted: { pieces: ground.counted.get(snapshot.orderRef) ?? {}, since: ground.masters },
      here: ground.shippedHere.get(snapshot.orderRef) ?? [],
      late: before === null && baseline !== null && Date.parse(snapshot.placedAt) < baseline.getTime(),
    })
    const version = (before?.version ?? 0) + 1
    const edit = before === null ? null : editOf(before.snapshot, snapshot, before.effects.homes)
    if (edit !== null) edits.push({ orderRef: snapshot.orderRef, version, at: editedAt(snapshot, by), edit })
    movements.push(...movementsOf(change, listener.id, snapshot, version, by))
    believe(beliefs, change)
    for (const loss of change.losses)
      losses.set(factKey(listener.id, snapshot.orderRef, loss.key), { ...loss, factKey: factKey(listener.id, snapshot.orderRef, loss.key), orderRef: snapshot.orderRef })
    const write = writeOf({ ...posting, goneAt }, change, before, baseline, version, by)
    writes.set(snapshot.orderRef, { order: write, now: change.now })
    standing.set(snapshot.orderRef, { ...write, ...(before !== null && 'id' in before ? { id: before.id } : {}) })
  }
  await postMovements(tx, movements, by.now, await beliefsOf(tx, listener, ground.places, beliefs, standing))
  await store(tx, listener.id, { writes: [...writes.values()], losses: [...losses.values()], edits }, ground.articlesIn, by)
}

/** The remote's own time where its stamp is one. */
const editedAt = (snapshot: Snapshot, by: By): Date => {
  const at = new Date(/^\d{4}-\d{2}-\d{2}T/.test(snapshot.stamp) ? snapshot.stamp : Number.NaN)
  return Number.isNaN(at.getTime()) || at > by.now ? by.now : at
}

export const factKey = (listenerId: number, orderRef: string, key: string): string => `web:${listenerId}:${orderRef}:${key}`

async function groundOf(tx: Tx, listener: ListenerRow, postings: Posting[], standing: ReadonlyMap<string, StoredOrder | Standing>) {
  const places = await placesOf(tx, listener.id)
  // Empty numbers name nothing (S10).
  const numbers = [...new Set(postings.flatMap((p) => p.snapshot.lines.flatMap(numbersOf)))]
  const named = new Map((await articlesOfNumbers(tx, numbers)).map((row) => [row.number, row]))
  const refs = new Map([...standing.values()].flatMap((order) => ('id' in order ? [[order.id, order.orderRef]] : [])))
  const chosen = new Map((refs.size === 0 ? [] : await choicesOf(tx, [...refs.keys()])).map((choice) => [`${refs.get(choice.orderId)}:${choice.lineRef}`, choice.articleId]))
  const masters = new Map((await masteredLocations(tx)).map((row) => [row.id, row.masterSince]))
  const counted = new Map<string, PerCell>()
  for (const row of masters.size === 0 || refs.size === 0 ? [] : await countedOf(tx, [...refs.keys()])) {
    const orderRef = must(refs.get(row.orderId), 'the order')
    counted.set(orderRef, { ...counted.get(orderRef), [cellKey(row.articleId, row.locationId)]: row.quantity })
  }
  const shippedHere = new Map<string, ShippedHere[]>()
  for (const { orderId, ...line } of refs.size === 0 ? [] : await shippedHereRows(tx, [...refs.keys()])) {
    const orderRef = must(refs.get(orderId), 'the order')
    shippedHere.set(orderRef, [...(shippedHere.get(orderRef) ?? []), line])
  }
  /** What a person said of a line goes before its number. */
  const ofLine = (orderRef: string, line: OrderLine): { articleId: number | null; connected: boolean } => {
    const choice = chosen.get(`${orderRef}:${line.lineRef}`)
    if (choice !== undefined) return { articleId: choice, connected: true }
    // Two articles, or no quantity: a person says which, or it is put right in the shop.
    const rows = line.unclear?.quantity === undefined ? numbersOf(line).flatMap((number) => named.get(number) ?? []) : []
    const [row] = rows
    if (row === undefined || rows.some((each) => each.articleId !== row.articleId)) return { articleId: null, connected: false }
    return { articleId: row.articleId, connected: rows.some((each) => each.alias) }
  }
  const linesIn = (order: Snapshot) => order.lines.flatMap((line) => ({ lineRef: line.lineRef, ...ofLine(order.orderRef, line) }))
  return {
    places: new Map(places.map((p) => [p.placeRef, p.locationId])),
    defaultLocationId: must(listener.defaultLocationId, 'a default location'),
    masters,
    counted,
    shippedHere,
    articlesIn: (order: Snapshot): Map<string, number> => new Map(linesIn(order).flatMap((line) => (line.articleId === null ? [] : [[line.lineRef, line.articleId]]))),
    connectedIn: (order: Snapshot): number[] => linesIn(order).flatMap((line) => (line.connected && line.articleId !== null ? [line.articleId] : [])),
  }
}

/** Whatever names the line: its number, or several that should be the same article. Empty ones name nothing. */
const numbersOf = ({ articleNumber, unclear }: OrderLine): string[] =>
  (unclear?.articleNumbers ?? [articleNumber]).filter((number): number is string => number !== null && number !== '')

function lossStatesOf(decided: ReadonlyMap<string, LossState>, listenerId: number, orderRef: string): Record<string, LossState> {
  const prefix = factKey(listenerId, orderRef, '')
  return Object.fromEntries([...decided].filter(([key]) => key.startsWith(prefix)).map(([key, state]) => [key.slice(prefix.length), state]))
}

function movementsOf(change: Change, listenerId: number, order: Snapshot, version: number, by: By): Movement[] {
  const source = { type: 'web-order', ref: order.orderRef, name: order.name, listener: listenerId }
  const facts = change.facts.map(
    (fact): Movement => ({
      key: `${factKey(listenerId, order.orderRef, fact.key)}#${fact.version}${fact.back ? '-back' : ''}`,
      articleId: fact.articleId,
      locationId: fact.locationId,
      kind: fact.kind,
      onHand: fact.onHand,
      at: new Date(fact.at),
      source: { ...source, fact: fact.key },
      actor: by.actor,
    }),
  )
  const placedAt = new Date(order.placedAt)
  const reserved = Object.entries(change.reserved).map(
    ([cell, quantity]): Movement => ({
      key: `${factKey(listenerId, order.orderRef, 'reserved')}#${version}:${cell}`,
      ...cellOf(cell),
      kind: quantity > 0 ? 'web-reserve' : 'web-release',
      reserved: quantity,
      at: version === 1 && placedAt < by.now ? placedAt : by.now,
      source,
      actor: by.actor,
    }),
  )
  return [...facts, ...reserved]
}

interface Beliefs {
  articles: Set<number>
  seen: PerCell
  doubtArticles: Set<number>
  doubtCells: Set<string>
  /** Cells of ours that aren't mapped any more and still hear what was believed there. */
  cells: Set<string>
}
const newBeliefs = (): Beliefs => ({ articles: new Set(), seen: {}, doubtArticles: new Set(), doubtCells: new Set(), cells: new Set() })

function believe(all: Beliefs, change: Change): void {
  for (const id of change.articles) all.articles.add(id)
  for (const id of change.doubtArticles) all.doubtArticles.add(id)
  for (const key of change.doubtCells) all.doubtCells.add(key)
  for (const [key, seen] of Object.entries(change.seen)) {
    add(all.seen, key, seen)
    all.cells.add(key)
  }
}

/** One belief for every mapped cell of every article named (R9, R17b); unrouted and provisional pieces as they now are over all orders. */
async function beliefsOf(tx: Tx, listener: ListenerRow, places: ReadonlyMap<string, number>, all: Beliefs, standing: ReadonlyMap<string, Standing>): Promise<Belief[]> {
  const articleIds = [...all.articles].sort((a, b) => a - b)
  if (articleIds.length === 0) return []
  const { unrouted, provisional } = await unroutedNow(tx, listener.id, articleIds, standing)
  const cells = new Set([...articleIds.flatMap((article) => [...places.values()].map((location) => cellKey(article, location))), ...all.cells])
  return [...cells].map((key) => {
    const cell = cellOf(key)
    const doubt = all.doubtArticles.has(cell.articleId) || all.doubtCells.has(key)
    return { listenerId: listener.id, ...cell, seen: all.seen[key] ?? 0, doubt, unrouted: unrouted[cell.articleId] ?? 0, provisional: provisional[key] ?? 0 }
  })
}

async function unroutedNow(tx: Tx, listenerId: number, articleIds: number[], standing: ReadonlyMap<string, Standing>): Promise<{ unrouted: PerCell; provisional: PerCell }> {
  const sum = { unrouted: {} as PerCell, provisional: {} as PerCell }
  for (const row of await unroutedElsewhere(tx, listenerId, articleIds, [...standing.keys()])) add(sum[row.what], row.key, row.n)
  for (const { effects } of standing.values()) {
    for (const [key, n] of Object.entries(effects.unrouted)) add(sum.unrouted, key, n)
    for (const [key, n] of Object.entries(effects.provisional)) add(sum.provisional, key, n)
  }
  return sum
}

/** Unrouted pieces said anew, with nothing else changed: for links that are new, which no ingest has told yet (R23). */
export async function restateUnrouted(tx: Tx, listener: ListenerRow, articleIds: number[], by: By): Promise<void> {
  const { unrouted, provisional } = await unroutedNow(tx, listener.id, articleIds, new Map())
  const places = await placesOf(tx, listener.id)
  const beliefs = articleIds
    .filter((id) => (unrouted[id] ?? 0) > 0)
    .flatMap((articleId) =>
      places.map(({ locationId }) => ({
        listenerId: listener.id,
        articleId,
        locationId,
        seen: 0,
        doubt: false,
        unrouted: unrouted[articleId] ?? 0,
        provisional: provisional[cellKey(articleId, locationId)] ?? 0,
      })),
    )
  if (beliefs.length > 0) await postMovements(tx, [], by.now, beliefs)
}

function writeOf(posting: Posting & { goneAt: Date | null }, change: Change, before: Standing | null, baselineBefore: Date | null, version: number, by: By): OrderWrite {
  const { snapshot, goneAt } = posting
  const routeTries = change.askRouting ? (before?.routeTries ?? 0) : 0
  return {
    orderRef: snapshot.orderRef,
    name: snapshot.name,
    stamp: snapshot.stamp,
    snapshot,
    customer: posting.customer,
    state: goneAt === null ? stateOf(change.now) : 'deleted',
    goneAt,
    placedAt: snapshot.placedAt,
    cancelledAt: snapshot.cancelledAt,
    takenFrom: posting.takenFrom,
    baselineBefore,
    effects: change.effects,
    version,
    // A question already on its way keeps its time.
    routeAgainAt: change.askRouting ? (before?.routeAgainAt ?? new Date(by.now.getTime() + routeAgainMs(routeTries))) : null,
    routeTries,
  }
}

interface EditOfOrder {
  orderRef: string
  version: number
  at: Date
  edit: Edit
}
/** What is stored of an order, and how it is with what left from here. */
interface Write {
  order: OrderWrite
  now: Snapshot
}
interface Writes {
  writes: Write[]
  losses: (Omit<LossWrite, 'orderId'> & { orderRef: string })[]
  edits: EditOfOrder[]
}

async function store(tx: Tx, listenerId: number, { writes, losses, edits }: Writes, articlesIn: (order: Snapshot) => ReadonlyMap<string, number>, by: By): Promise<void> {
  const orders = writes.map(({ order }) => order)
  const ids = new Map((await upsertOrders(tx, listenerId, await withCustomers(tx, listenerId, orders, by), by.now)).map((row) => [row.orderRef, row.id]))
  const idOf = (orderRef: string): number => must(ids.get(orderRef), 'the order')
  const lines = writes.flatMap(({ order: { snapshot, goneAt }, now }) => {
    const articles = articlesIn(snapshot)
    return snapshot.lines.map(
      (line): LineWrite => ({
        orderId: idOf(snapshot.orderRef),
        lineRef: line.lineRef,
        articleNumber: line.articleNumber,
        articleId: articles.get(line.lineRef) ?? null,
        title: line.title,
        ordered: line.ordered,
        ...bucketsOf(now, line.lineRef),
        // Nothing of a deleted order is still to be shipped.
        ...(goneAt === null ? {} : { open: 0 }),
        unitPriceMinor: line.unitPriceMinor,
      }),
    )
  })
  await deleteLinesNotIn(tx, lines, [...ids.values()])
  if (lines.length > 0) await upsertLines(tx, lines)
  const withId = <T extends { orderRef: string }>({ orderRef, ...rest }: T) => ({ ...rest, orderId: idOf(orderRef) })
  if (losses.length > 0) await upsertLosses(tx, losses.map(withId))
  if (edits.length > 0) await insertEdits(tx, edits.map(withId))
  await handOverOrders(tx, [...ids.values()], by)
  await tellShipped(tx, [...ids.values()], by)
}
