/**
 * Where the reading of orders stands: everything lately placed, once; then, minute by minute, what was placed and what was changed, since an order nobody has
 * touched has no time of change; and every night all of the last two weeks again. Times are compared as the shop writes them. Pure.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Order } from './answers.ts'
import { PAGE, SURELY_WHOLE } from './articles.ts'
import type { Operation } from './soap.ts'
import { readTime, textBefore, textSurelyBefore } from './times.ts'

/** Clocks put back in autumn, and whatever the shop's own list lags. */
const OVERLAP_MS = 75 * 60_000
const DAY_MS = 24 * 3_600_000
/** Older orders that were never sent are done, in every shop that doesn't mark them. */
const OPEN_FOR_MS = 90 * DAY_MS
const NIGHTLY_MS = 14 * DAY_MS
/** The night's reading begins two hours into the day, when shops are quiet. */
const NIGHT_MS = 2 * 3_600_000
const FOREVER = '2100-01-01 00:00:00'

const cursorShape = z.object({
  v: z.literal(1),
  phase: z.enum(['open', 'placed', 'updated', 'night']),
  /** The latest time seen when the last sweep ended, as the shop writes it; the next begins an overlap earlier. */
  since: z.string(),
  page: z.number(),
  /** The latest time seen in the sweep that is running. */
  latest: z.string(),
  /** The day whose night was read. */
  night: z.string(),
  /** The orders in the overlap: when each was placed or changed and a fingerprint of what was read. What still looks so is no news. */
  read: z.record(z.string(), z.string()),
})
export type Walk = z.infer<typeof cursorShape>

const dayOf = (now: Date): string => new Date(now.getTime() - NIGHT_MS).toISOString().slice(0, 10)

export function walkFrom(from: { cursor: string | null; since?: string }, now: Date): Walk {
  if (from.cursor !== null) return cursorShape.parse(parseJson(from.cursor))
  const since = from.since !== undefined && new Date(from.since) < now ? from.since : now
  return { v: 1, phase: 'open', since: textSurelyBefore(since), page: 1, latest: '', night: dayOf(now), read: {} }
}

/** What this page asks for. */
export function questionOf(walk: Walk, now: Date): Operation {
  const days = { open: OPEN_FOR_MS, night: NIGHTLY_MS, placed: 0, updated: 0 }[walk.phase]
  const start = days > 0 ? textBefore(textSurelyBefore(now), days) : textBefore(walk.since, OVERLAP_MS)
  const name = walk.phase === 'updated' ? 'Order_GetByDateUpdatedWithPagination' : 'Order_GetByDateWithPagination'
  return { name, args: { Start: start, End: FOREVER, Status: '', Page: walk.page, PageSize: PAGE } }
}

/** Those of a page that say something new. */
export const newsIn = (walk: Walk, orders: Order[], isDone: (order: Order) => boolean): Order[] =>
  walk.phase === 'open' ? orders.filter((order) => !isDone(order)) : walk.phase === 'night' ? orders : orders.filter((order) => walk.read[order.Id] !== printOf(order))

export function walkOn(walk: Walk, orders: Order[], now: Date): { walk: Walk; more: boolean } {
  const latest = orders.map(timeOf).reduce((most, at) => (at > most ? at : most), walk.latest)
  const isSweep = walk.phase === 'placed' || walk.phase === 'updated'
  const read = isSweep ? { ...walk.read, ...Object.fromEntries(orders.map((order) => [order.Id, printOf(order)])) } : walk.read
  if (orders.length >= SURELY_WHOLE) return { walk: { ...walk, page: walk.page + 1, latest, read }, more: true }
  const next = { ...walk, page: 1, read }
  switch (walk.phase) {
    // The open orders say nothing about what changed meanwhile: that begins where it was asked to.
    case 'open':
      return { walk: { ...next, phase: 'placed', latest: '', read: {} }, more: true }
    case 'placed':
      return { walk: { ...next, phase: 'updated', latest }, more: true }
    case 'night':
      return { walk: { ...next, phase: 'placed', latest: '', night: dayOf(now) }, more: false }
    case 'updated': {
      const since = latest > walk.since ? latest : walk.since
      const inOverlap = Object.entries(read).filter(([, print]) => print.slice(0, 19) >= textBefore(since, OVERLAP_MS))
      const isNight = walk.night !== dayOf(now)
      return { walk: { ...next, phase: isNight ? 'night' : 'placed', since, latest: '', read: Object.fromEntries(inOverlap) }, more: isNight }
    }
  }
}

/** When it was changed, or else placed. */
export const timeOf = (order: Order): string =>
  [readTime(order.DateUpdated), readTime(order.DateDelivered)].reduce<string>((most, at) => (at !== null && at > most ? at : most), '')

/** Begins with its time, so that old ones can be told. */
const printOf = (order: Order): string => `${timeOf(order)} ${createHash('sha256').update(JSON.stringify(order)).digest('base64url').slice(0, 12)}`
