/** Shopify's search syntax as far as a sync uses it, over the lagging index, and connections cut into pages. */
import { randomUUID } from 'node:crypto'
import { failed } from './errors.ts'
import { compareIds } from './ids.ts'
import type { Customer, Item, Order } from './state.ts'

export interface Term {
  field: string
  comparator: '' | '>' | '>=' | '<' | '<='
  value: string
  not: boolean
}

/** `a:1 AND b:>='x'`, `sku:A OR sku:B`, `-tag:x`; blanks mean AND. An unknown field matches everything, as Shopify warns and ignores it. */
export function parseQuery(query: string | null | undefined): Term[][] {
  if (query === null || query === undefined || query.trim() === '') return []
  return query.split(/\s+OR\s+/).map((part) => {
    const terms: Term[] = []
    for (const found of part.matchAll(/(-?)([a-z_]+):(>=|<=|>|<)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))/g)) {
      terms.push({
        not: found[1] === '-',
        field: found[2] ?? '',
        comparator: (found[3] ?? '') as Term['comparator'],
        value: (found[4] ?? found[5] ?? found[6] ?? '').replaceAll(/\\(.)/g, '$1'),
      })
    }
    return terms
  })
}

export const matches = (query: Term[][], holds: (term: Term) => boolean): boolean => query.length === 0 || query.some((terms) => terms.every((term) => holds(term) !== term.not))

export function compared(term: Term, actual: number, wanted: number): boolean {
  switch (term.comparator) {
    case '>':
      return actual > wanted
    case '>=':
      return actual >= wanted
    case '<':
      return actual < wanted
    case '<=':
      return actual <= wanted
    case '':
      return actual === wanted
  }
}
export function instant(term: Term): number {
  const ms = Date.parse(term.value)
  if (Number.isNaN(ms)) throw failed('BAD_REQUEST', `Invalid timestamp for query filter \`${term.field}\`.`)
  return ms
}
export const seconds = (ms: number): number => Math.floor(ms / 1000) * 1000

/** Case-insensitive and by whole tokens: `12` finds `12-A`, `abc` finds `ABC 1`. A star at the end finds beginnings. */
export function skuMatches(sku: string, wanted: string): boolean {
  const prefix = wanted.endsWith('*')
  const sought = wordsIn(wanted)
  const held = wordsIn(sku)
  if (sought.length === 0) return false
  return held.some((_, start) =>
    sought.every((word, index) => (prefix && index === sought.length - 1 ? (held[start + index] ?? '').startsWith(word) : held[start + index] === word)),
  )
}

export const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

export function itemMatches(item: Item, query: Term[][]): boolean {
  if (query.length > 0 && item.indexed === null) return false
  return matches(query, (term) => {
    switch (term.field) {
      case 'sku':
        return skuMatches(item.indexed?.sku ?? '', term.value)
      case 'id':
        return term.comparator === '' ? item.id === term.value : compared(term, compareIds(item.id, term.value), 0)
      case 'tracked':
        return String(item.tracked) === term.value
      case 'created_at':
        return compared(term, seconds(item.createdAt), instant(term))
      case 'updated_at':
        return compared(term, seconds(item.indexed?.updatedAt ?? 0), instant(term))
      default:
        return true
    }
  })
}

export function orderMatches(order: Order, query: Term[][]): boolean {
  if (query.length > 0 && order.indexed === null) return false
  return matches(query, (term) => {
    switch (term.field) {
      case 'id':
        return term.comparator === '' ? order.id === term.value : compared(term, compareIds(order.id, term.value), 0)
      case 'name':
        return order.name === term.value || order.name === `#${term.value}`
      case 'created_at':
      case 'processed_at':
        return compared(term, seconds(order.createdAt), instant(term))
      case 'updated_at':
        return compared(term, seconds(order.indexed?.updatedAt ?? 0), instant(term))
      case 'status':
        return statusMatches(order, term.value)
      case 'fulfillment_status':
        return fulfilmentMatches(order, term.value)
      case 'financial_status':
        return (order.paid ? 'paid' : 'pending') === term.value
      default:
        return true
    }
  })
}
export function customerMatches(customer: Customer, query: Term[][], days: boolean): boolean {
  if (query.length > 0 && customer.indexed === null) return false
  return matches(query, (term) => {
    switch (term.field) {
      case 'id':
        return term.comparator === '' ? customer.id === term.value : compared(term, compareIds(customer.id, term.value), 0)
      case 'email':
        return customer.email?.toLowerCase() === term.value.toLowerCase()
      case 'phone':
        return customer.phone === term.value
      case 'customer_date':
        return compared(term, seconds(customer.createdAt), instant(term))
      case 'updated_at':
        return days ? compared(term, dayOf(customer.indexed?.updatedAt ?? 0), dayOf(instant(term))) : compared(term, seconds(customer.indexed?.updatedAt ?? 0), instant(term))
      default:
        return true
    }
  })
}
const DAY_MS = 24 * 3_600_000
const dayOf = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS

function statusMatches(order: Order, status: string): boolean {
  switch (status) {
    case 'open':
      return order.closedAt === null && order.cancelledAt === null
    case 'closed':
      return order.closedAt !== null && order.cancelledAt === null
    case 'cancelled':
      return order.cancelledAt !== null
    case 'not_closed':
      return order.closedAt === null
    default:
      return true
  }
}
function fulfilmentMatches(order: Order, wanted: string): boolean {
  const shipped = order.lines.some((line) => line.fulfilled > 0)
  const open = order.lines.some((line) => line.quantity - line.withdrawn - line.fulfilled > 0)
  const is = shipped ? (open ? 'partial' : 'shipped') : 'unshipped'
  switch (wanted) {
    case 'unfulfilled':
      return open
    case 'shipped':
    case 'fulfilled':
      return is === 'shipped'
    case 'partial':
      return is === 'partial'
    case 'unshipped':
      return is === 'unshipped'
    default:
      return true
  }
}

// ---------------------------------------------------------------- pages

/** A cursor nobody outside can have: a bulk query reads to the end. */
export const EVERYTHING = `everything ${randomUUID()}`

export interface PageArgs {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
  reverse?: boolean | null
}
export interface Cut<T> {
  nodes: T[]
  edges: { cursor: string; node: T }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}
/** Where a thing stands in its connection: a value to sort by (may be equal for many) and its id. */
export interface Standing {
  value: number | string
  id: string
}
const compareStanding = (a: Standing, b: Standing): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : compareIds(a.id, b.id))

/** A cursor is a place in the order, not a row: what moves behind it is missed, what moves past it is seen again. */
const cursorOf = (standing: Standing): string => Buffer.from(JSON.stringify({ last_id: standing.id, last_value: standing.value })).toString('base64url')
function standingOf(cursor: string): Standing {
  try {
    const held = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as { last_id: unknown; last_value: unknown }
    if (typeof held.last_id === 'string' && (typeof held.last_value === 'number' || typeof held.last_value === 'string')) return { id: held.last_id, value: held.last_value }
  } catch {
    // Falls through: any unreadable cursor is refused in the same words.
  }
  throw failed('BAD_REQUEST', 'Invalid cursor for current pagination sort.')
}

export function cut<T>(things: Iterable<T>, args: PageArgs, standing: (thing: T) => Standing, sorted = false): Cut<T> {
  if (args.after === EVERYTHING) return whole(things, args, standing)
  const first = args.first ?? null
  const last = args.last ?? null
  if (first === null && last === null) throw failed('BAD_REQUEST', 'you must provide one of first or last')
  if (first !== null && last !== null) throw failed('BAD_REQUEST', 'providing both first and last is not supported')
  const size = first ?? last ?? 0
  if (size < 0 || size > 250) throw failed('BAD_REQUEST', `${size} is greater than the maximum allowed of 250`)
  const after = args.after ? standingOf(args.after) : null
  const before = args.before ? standingOf(args.before) : null
  // A long list in its own order is walked, not copied.
  const { page, more } =
    sorted && args.reverse !== true && before === null && first !== null ? walked(things, after, size, standing) : sliced(things, args, after, before, standing)
  const edges = page.map(({ thing, at }) => ({ cursor: cursorOf(at), node: thing }))
  return {
    nodes: page.map(({ thing }) => thing),
    edges,
    pageInfo: {
      hasNextPage: first !== null ? more : before !== null,
      hasPreviousPage: first !== null ? after !== null : more,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
function whole<T>(things: Iterable<T>, args: PageArgs, standing: (thing: T) => Standing): Cut<T> {
  const { page } = sliced(things, { ...args, first: Number.MAX_SAFE_INTEGER, last: null }, null, null, standing)
  const nodes = page.map(({ thing }) => thing)
  return { nodes, edges: nodes.map((node) => ({ cursor: '', node })), pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } }
}
interface Part<T> {
  page: { thing: T; at: Standing }[]
  more: boolean
}
function walked<T>(things: Iterable<T>, after: Standing | null, size: number, standing: (thing: T) => Standing): Part<T> {
  const page: Part<T>['page'] = []
  for (const thing of things) {
    const at = standing(thing)
    if (after !== null && compareStanding(at, after) <= 0) continue
    if (page.length === size) return { page, more: true }
    page.push({ thing, at })
  }
  return { page, more: false }
}
function sliced<T>(things: Iterable<T>, args: PageArgs, after: Standing | null, before: Standing | null, standing: (thing: T) => Standing): Part<T> {
  const turn = args.reverse === true ? -1 : 1
  const all = [...things].map((thing) => ({ thing, at: standing(thing) })).sort((a, b) => compareStanding(a.at, b.at) * turn)
  const within = all.filter(({ at }) => (after === null || compareStanding(at, after) * turn > 0) && (before === null || compareStanding(at, before) * turn < 0))
  const size = args.first ?? args.last ?? 0
  return { page: args.first != null ? within.slice(0, size) : within.slice(Math.max(0, within.length - size)), more: within.length > size }
}
export const byId = (thing: { id: string }): Standing => ({ value: 0, id: thing.id })
