/** Products as listings: all of them page by page, those that changed since, or these very ones. A number is a product's name, and every variant is a product. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Match, Page, Priority, RemoteEvent, RemoteListing, Tools } from '../contract.ts'
import { type Product, pageOf, product } from './answers.ts'
import type { Client } from './client.ts'
import { anyOf, listPath } from './filters.ts'
import { PLACE } from './refs.ts'
import type { EconomicSettings } from './settings.ts'

/** The most a page may hold. */
const PAGE = 1000
/** So many numbers in one question keep its address under 8,000 signs, whatever stands in them. */
export const LOOK = 40
/** Their stamps go to the minute at times, and a change may be shown a while after it was stamped. */
const OVERLAP_MS = 2 * 60_000
/** So far their clock may be behind ours; what was stamped before isn't listed again and again. */
const OLDEST_NEWS_MS = 15 * 60_000

const products = pageOf(product)
const cursorShape = z.discriminatedUnion('of', [
  z.object({ v: z.literal(1), of: z.literal('all'), page: z.number(), results: z.number().nullable(), began: z.string() }),
  z.object({ v: z.literal(1), of: z.literal('changed'), from: z.string(), page: z.number(), latest: z.string().nullable() }),
])
type Cursor = z.infer<typeof cursorShape>

/**
 * L7: no stock object, or a group that keeps none, is no number, and no number is not 0. Their two decimals are rounded down: half a piece can't be sold.
 * `isStock` = the numbers are asked for at all.
 */
export function listingOf(each: Product, settings: Pick<EconomicSettings, 'number'>, isStock: boolean, seenAt: string): RemoteListing {
  const counted = isStock && each.inventory !== null && each.inventory !== undefined && each.productGroup?.inventoryEnabled === true
  const number = counted ? each.inventory?.[settings.number] : null
  const value = typeof number === 'number' ? Math.floor(number + 1e-9) : null
  return {
    itemRef: each.productNumber,
    parentRef: null,
    articleNumber: each.productNumber,
    title: each.name,
    tracked: isStock ? counted : null,
    unwritable: null,
    levels: [{ placeRef: PLACE, value, active: value !== null }],
    seenAt,
  }
}

/** All of them, then what changed: by its stamp, in its order, so that nothing that moves during the walk is stepped over. */
export async function pullProducts(
  client: Client,
  settings: EconomicSettings,
  isStock: boolean,
  tools: Tools,
  from: { cursor: string | null; since?: string },
  priority: Priority,
): Promise<Page> {
  const now = tools.clock.now()
  const at = cursorOf(from, now)
  // Stamped before asking: what happens while the answer travels is newer than it is.
  const seenAt = now.toISOString()
  const asked = at.of === 'all' ? { sort: 'productNumber', page: at.page } : { filter: `lastUpdated$gte:${at.from}`, sort: 'lastUpdated', page: at.page }
  const answer = await client.get(products, listPath('products', { ...asked, size: PAGE }), priority)
  const rows = answer?.collection ?? []
  const isLast = answer?.pagination.nextPage === null || answer === null
  const { cursor, more } = at.of === 'all' ? walkOn(at, answer?.pagination.results ?? 0, isLast) : changedOn(at, rows, isLast, now)
  const events = rows.map((row): RemoteEvent => ({ kind: 'listing-seen', listing: listingOf(row, settings, isStock, seenAt) }))
  return { events, cursor: JSON.stringify(cursor), more }
}

function cursorOf({ cursor, since }: { cursor: string | null; since?: string }, now: Date): Cursor {
  if (cursor !== null) return cursorShape.parse(parseJson(cursor))
  if (since !== undefined) return { v: 1, of: 'changed', from: stamp(Date.parse(since) - OLDEST_NEWS_MS), page: 0, latest: null }
  return { v: 1, of: 'all', page: 0, results: null, began: now.toISOString() }
}

/** Where something was taken away meanwhile the rest moved up: the page is read again. */
function walkOn(at: Extract<Cursor, { of: 'all' }>, results: number, isLast: boolean): { cursor: Cursor; more: boolean } {
  const moved = at.results !== null && results < at.results
  if (isLast && !moved) return { cursor: { v: 1, of: 'changed', from: stamp(Date.parse(at.began) - OLDEST_NEWS_MS), page: 0, latest: null }, more: false }
  return { cursor: { ...at, results, page: moved ? Math.max(0, at.page - 1) : at.page + 1 }, more: true }
}

/** A full page goes on from its last stamp; only where the whole page bears one stamp by its number. */
function changedOn(at: Extract<Cursor, { of: 'changed' }>, rows: Product[], isLast: boolean, now: Date): { cursor: Cursor; more: boolean } {
  const last = rows.at(-1)?.lastUpdated ?? null
  const latest = last !== null && (at.latest === null || last > at.latest) ? last : at.latest
  if (!isLast) return { cursor: last !== null && last > at.from ? { ...at, from: last, page: 0, latest } : { ...at, page: at.page + 1, latest }, more: true }
  const from = Math.max(latest === null ? Date.parse(at.from) : Date.parse(latest) - OVERLAP_MS, now.getTime() - OLDEST_NEWS_MS)
  return { cursor: { v: 1, of: 'changed', from: stamp(from), page: 0, latest: null }, more: false }
}
/** Down to the minute, as they may be. */
const stamp = (ms: number): string => `${new Date(Math.floor(ms / 60_000) * 60_000).toISOString().slice(0, 19)}Z`

/** In the order asked for. What isn't there is said to be gone: unknown, never 0. */
export async function pullProductsByNumber(client: Client, settings: EconomicSettings, isStock: boolean, tools: Tools, numbers: string[], priority: Priority): Promise<Page> {
  const seenAt = tools.clock.now().toISOString()
  const found = await readProducts(client, numbers, priority)
  const events = numbers.map((number): RemoteEvent => {
    const row = found.get(number)
    return row === undefined ? { kind: 'listing-gone', itemRef: number } : { kind: 'listing-seen', listing: listingOf(row, settings, isStock, seenAt) }
  })
  return { events, cursor: '', more: false }
}

/** S10: their comparison doesn't look at case; only exactly the same text counts here. */
export async function matchProducts(client: Client, numbers: string[]): Promise<Match[]> {
  const found = await readProducts(client, numbers, 'live')
  return numbers.map((articleNumber) => ({ articleNumber, itemRefs: found.has(articleNumber) ? [articleNumber] : [] }))
}

/** By number; asked for by filter, so that no sign in a number has to stand in an address by their own escapes. */
async function readProducts(client: Client, numbers: string[], priority: Priority): Promise<Map<string, Product>> {
  const wanted = [...new Set(numbers.filter((number) => number !== '' && number.length <= 25))]
  const found = new Map<string, Product>()
  for (let n = 0; n < wanted.length; n += LOOK) {
    const asked = wanted.slice(n, n + LOOK)
    const answer = await client.get(products, listPath('products', { filter: anyOf('productNumber', asked), size: PAGE }), priority)
    for (const row of answer?.collection ?? []) if (asked.includes(row.productNumber)) found.set(row.productNumber, row)
  }
  return found
}
