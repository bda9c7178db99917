/** What a reader is served next: current state, never deltas, in commit order per lane, the most urgent lanes first (rules 1 to 5, 12). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { contentsOf, keyOf } from './contents.ts'
import { type Cursor, fromStart } from './cursor.ts'
import { noteServed } from './held.sql.ts'
import { fillMore } from './resend.ts'
import { holdEarly, nextRows, releaseWaiting, retryRefused, type Served } from './rows.sql.ts'
import { activeResend } from './runs.sql.ts'
import { type Entity, LANES, type Lane, LONGEST_AWAY_DAYS, type ViewRow, versionOf } from './view.ts'
import { headOf, lockView, notePolled } from './views.sql.ts'

export interface Item {
  entity: Entity
  id: number
  locationId: number
  op: Served['op']
  version: number
  seq: number
  changedAt: Date
  /** The view that made the latest change, or null. */
  origin: number | null
  /** It came from this view, and what became of it differs from what was sent. */
  corrected: boolean
  link: { externalId: string; externalVersion: string | null } | null
  /** Of `data`, for comparing later; null for a tombstone. */
  hash: string | null
  /** Null for a tombstone. */
  data: Record<string, unknown> | null
}
export interface ChangesPage {
  items: Item[]
  next: Cursor
  hasMore: boolean
  head: number
}

/** At least this part of a page is kept for what a resend queued, so that it always moves. */
const BACKFILL_SHARE = 0.2
/** What was served this long ago and isn't acknowledged is served again once there is nothing else (R33). */
const SERVE_AGAIN_MS = 60_000

/**
 * In a transaction of its own before the page is read, since what it queues gets its place at the commit: the next part of a resend. True = there is
 * something new to read.
 */
export async function makeReady(tx: Tx, view: ViewRow, by: By): Promise<boolean> {
  const run = await activeResend(tx, view.id)
  if (run === null || run.state === 'paused') return false
  await lockView(tx, view.id)
  return fillMore(tx, view, by)
}

/** Where a page came out empty, likewise before it is read again: what was rejected until now and what waited may be let go. */
export async function letGo(tx: Tx, view: ViewRow, by: By): Promise<boolean> {
  const due = await retryRefused(tx, view.id, { rows: null, due: by.now })
  const held = view.byNumber ? 0 : await holdEarly(tx, view.id)
  return due + held + (await releaseWaiting(tx, view.id)) > 0
}

/**
 * `after` null = from the oldest unacknowledged; so is an empty page when what was served lies unacknowledged for long (R33), unless `again` is false.
 * Throws {Refusal} epoch-changed, cursor-ahead, resync-required.
 */
export async function nextChanges(
  tx: Tx,
  view: ViewRow,
  ask: { after: Cursor | null; limit: number; only: Entity[] | null; reader: string | null; again?: boolean },
  by: By,
): Promise<ChangesPage> {
  if (view.resyncSince !== null) throw new Refusal('resync-required', { days: LONGEST_AWAY_DAYS })
  const head = await headOf(tx)
  if (ask.after !== null) mustBeNow(view, ask.after, head)
  const from = ask.after ?? fromStart(view.epoch, ask.only)
  let page = await readFrom(tx, view, from, ask.limit)
  const forgotten = ask.again !== false && view.servedAt !== null && by.now.getTime() - view.servedAt.getTime() >= SERVE_AGAIN_MS
  if (page.rows.length === 0 && forgotten) page = await readFrom(tx, view, fromStart(view.epoch, from.only), ask.limit)
  const served = page.rows.length === 0 ? null : from.only === null ? furthest(view.served, page.at) : view.served
  const items = await itemsOf(tx, view, page.rows, by.now)
  // The view is held from here on, as an acknowledgement holds it: neither skips rows because of the other.
  await notePolled(tx, view.id, served, ask.reader, by.now)
  const hashed = page.rows.flatMap((row, n) => (items[n]?.hash ? [{ ...row, hash: items[n].hash }] : []))
  if (hashed.length > 0) await noteServed(tx, view.id, hashed)
  return { items, next: { ...from, at: page.at }, hasMore: page.hasMore, head }
}

/** A reader that begins anew is served again what was served before: how far it came once stays. */
const furthest = (before: ViewRow['served'], at: Record<Lane, number>): ViewRow['served'] => Object.fromEntries(LANES.map((lane) => [lane, Math.max(before[lane] ?? 0, at[lane])]))

export function mustBeNow(view: ViewRow, cursor: Cursor, head: number): void {
  if (cursor.epoch !== view.epoch) throw new Refusal('epoch-changed')
  if (LANES.some((lane) => cursor.at[lane] > head)) throw new Refusal('cursor-ahead')
}

async function readFrom(tx: Tx, view: ViewRow, from: Cursor, limit: number) {
  const only = from.only ?? view.entities
  const share = Math.max(1, Math.ceil(limit * BACKFILL_SHARE))
  const lane = async (name: Lane, most: number) => {
    const rows = await nextRows(tx, view, name, from.at[name], only, most)
    const early = rows.findIndex((row) => row.early)
    return early < 0 ? rows : rows.slice(0, early)
  }
  const slow = await lane('backfill', limit + 1)
  const live: Served[] = []
  // Room that the slow lane doesn't use is everybody's.
  const room = limit - Math.min(slow.length, share)
  let hasMore = false
  for (const name of LANES) {
    if (name === 'backfill') continue
    const rows = await lane(name, room - live.length + 1)
    hasMore ||= rows.length > room - live.length
    live.push(...rows.slice(0, room - live.length))
  }
  const rest = slow.slice(0, limit - live.length)
  const rows = [...live, ...rest]
  const at = { ...from.at }
  for (const row of rows) at[row.lane] = Math.max(at[row.lane], row.seq)
  return { rows, at, hasMore: hasMore || rest.length < slow.length }
}

async function itemsOf(tx: Tx, view: ViewRow, rows: Served[], now: Date): Promise<Item[]> {
  const contents = await contentsOf(
    tx,
    view,
    rows.filter((row) => row.op === 'upsert'),
    now,
  )
  return rows.map((row) => ({
    entity: row.entity,
    id: row.entityId,
    locationId: row.locationId,
    op: row.op,
    version: versionOf(view.epoch, row.wanted),
    seq: row.seq,
    changedAt: row.changedAt,
    origin: row.origin,
    corrected: row.corrected,
    link: row.externalId === null ? null : { externalId: row.externalId, externalVersion: row.externalVersion },
    hash: contents.get(keyOf(row))?.hash ?? null,
    data: contents.get(keyOf(row))?.data ?? null,
  }))
}
