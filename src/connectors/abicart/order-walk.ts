/**
 * Where the reading of orders stands: everything lately placed, once; then what changed, from the shop's own stamps; and every night all of the last
 * two weeks again, since whether an edit or a cancellation moves an order's stamp isn't documented. Pure.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Order } from './answers.ts'
import type { Facts } from './doctor.ts'
import { type Spot, START, spotShape } from './paging.ts'

/** Whole seconds, clocks that differ by minutes, and whatever the shop's own list lags. */
const OVERLAP_MS = 600_000
const DAY_MS = 24 * 3_600_000
/** Older orders that were never sent are done, in every shop that doesn't mark them. */
const OPEN_FOR_MS = 90 * DAY_MS
/** Where orders can't be asked for by their change, these are read every time; what changes in older ones is told by an event, or found at night. */
const LATELY_MS = 7 * DAY_MS
const NIGHTLY_MS = 14 * DAY_MS
/** The night's reading begins two hours into the day, when shops are quiet. */
const NIGHT_MS = 2 * 3_600_000

const cursorShape = z.object({
  v: z.literal(1),
  /** open = orders not done yet, once · since = what changed · night = all of the last two weeks. */
  phase: z.enum(['open', 'since', 'night']),
  /** The latest change seen when the last sweep ended; the next begins an overlap earlier. */
  since: z.string(),
  spot: spotShape,
  /** The latest change seen in the sweep that is running. */
  latest: z.string(),
  /** The day whose night was read. */
  night: z.string(),
  /** The orders in the overlap: when each changed and a fingerprint of what was read. What still looks so is no news. */
  read: z.record(z.string(), z.string()),
})
export type Walk = z.infer<typeof cursorShape>

const dayOf = (now: Date): string => new Date(now.getTime() - NIGHT_MS).toISOString().slice(0, 10)
const ago = (ms: number, from: string | Date): string => new Date(new Date(from).getTime() - ms).toISOString()
const earlier = (a: string, b: string): string => (a < b ? a : b)

export function walkFrom(from: { cursor: string | null; since?: string }, now: Date): Walk {
  if (from.cursor !== null) return cursorShape.parse(parseJson(from.cursor))
  const since = from.since === undefined ? now.toISOString() : new Date(from.since).toISOString()
  return { v: 1, phase: 'open', since, spot: START, latest: '', night: dayOf(now), read: {} }
}

/** What this page asks for. Only what was placed can be asked for where the shop takes no other time. */
export function filtersOf(walk: Walk, facts: Facts, now: Date): Record<string, unknown> {
  const from = (pointer: string, at: string) => ({ [pointer]: { min: `${at.slice(0, 19)}Z` } })
  switch (walk.phase) {
    case 'open':
      return from('/ordered', ago(OPEN_FOR_MS, earlier(walk.since, now.toISOString())))
    case 'night':
      return from('/ordered', ago(NIGHTLY_MS, now))
    case 'since':
      return facts.changedFilter ? from('/changed', ago(OVERLAP_MS, walk.since)) : from('/ordered', ago(LATELY_MS, earlier(walk.since, now.toISOString())))
  }
}

/** Those of a page that say something new. */
export function newsIn(walk: Walk, orders: Order[]): Order[] {
  switch (walk.phase) {
    case 'open':
      return orders.filter((order) => order.discarded !== true && order.deliveryStatus !== 'sent')
    case 'night':
      return orders
    case 'since':
      return orders.filter((order) => isLate(walk, order) && walk.read[order.uid] !== printOf(order))
  }
}

/** In the overlap or after it: anything else in the answer is there because nothing else could be asked for. */
const isLate = (walk: Walk, order: Order): boolean => new Date(order.changed).toISOString() >= ago(OVERLAP_MS, walk.since)

export function walkOn(walk: Walk, orders: Order[], page: { spot: Spot; more: boolean }, now: Date): { walk: Walk; more: boolean } {
  const latest = orders.map((order) => new Date(order.changed).toISOString()).reduce((most, at) => (at > most ? at : most), walk.latest)
  const read =
    walk.phase === 'since' ? { ...walk.read, ...Object.fromEntries(orders.filter((order) => isLate(walk, order)).map((order) => [order.uid, printOf(order)])) } : walk.read
  if (page.more) return { walk: { ...walk, spot: page.spot, latest, read }, more: true }
  const next = { ...walk, spot: START, latest: '' }
  switch (walk.phase) {
    // The open orders say nothing about what changed meanwhile: that begins where it was asked to.
    case 'open':
      return { walk: { ...next, phase: 'since', read: {} }, more: true }
    case 'night':
      return { walk: { ...next, phase: 'since', night: dayOf(now) }, more: false }
    case 'since': {
      const since = latest > walk.since ? latest : walk.since
      const inOverlap = Object.entries(read).filter(([, print]) => print >= ago(OVERLAP_MS, since))
      const isNight = walk.night !== dayOf(now)
      return { walk: { ...next, phase: isNight ? 'night' : 'since', since, read: Object.fromEntries(inOverlap) }, more: isNight }
    }
  }
}

/** Begins with when it changed, so that prints are in order of time. */
const printOf = (order: Order): string => `${new Date(order.changed).toISOString()} ${createHash('sha256').update(JSON.stringify(order)).digest('base64url').slice(0, 12)}`
