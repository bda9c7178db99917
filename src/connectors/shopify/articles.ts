/** Inventory items: the index of SKUs, page by page or what changed since, and exact look-ups. Never products: the guide's four rights don't allow them. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Match, Page, Priority, RemoteListing, Tools } from '../contract.ts'
import type { Client } from './client.ts'
import { ARTICLES } from './documents.ts'
import { all, askFrom } from './paging.ts'
import { numberOf } from './seen-order.ts'

/** As for orders: the index follows by seconds. */
const OVERLAP_MS = 60_000
const NUMBERS_PER_QUESTION = 20

const cursorShape = z.object({ v: z.literal(1), /** Null = the whole shop. */ since: z.string().nullable(), after: z.string().nullable(), began: z.string() })

export async function pullArticles(client: Client, tools: Tools, from: { cursor: string | null; since?: string }, priority: Priority): Promise<Page> {
  const seenAt = tools.clock.now().toISOString()
  const at = from.cursor === null ? { v: 1 as const, since: from.since ?? null, after: null, began: seenAt } : cursorShape.parse(parseJson(from.cursor))
  const query = at.since === null ? null : `updated_at:>='${new Date(Date.parse(at.since) - OVERLAP_MS).toISOString().slice(0, 19)}Z'`
  const { nodes, pageInfo } = (await askFrom(at.after, (after) => client.ask(ARTICLES, { after, query }, priority))).inventoryItems
  const more = pageInfo.hasNextPage && pageInfo.endCursor !== null
  // A finished walk goes on with what changed since it began.
  const cursor = more ? { ...at, after: pageInfo.endCursor } : { v: 1, since: at.began, after: null, began: seenAt }
  return { events: nodes.map((item) => ({ kind: 'listing-seen' as const, listing: listingOf(item, [], seenAt) })), cursor: JSON.stringify(cursor), more }
}

/** What is there to be said of an item without reading products: no title, no parent. */
export function listingOf(item: { id: string; sku?: string | null | undefined; tracked?: boolean | undefined }, levels: RemoteListing['levels'], seenAt: string): RemoteListing {
  return { itemRef: item.id, parentRef: null, articleNumber: numberOf(item.sku), title: null, tracked: item.tracked ?? null, unwritable: null, levels, seenAt }
}

/** Shopify's search is by words, in any case and seconds late: it only suggests, the exact text decides. */
export async function matchNumbers(client: Client, articleNumbers: string[], priority: Priority = 'live'): Promise<Match[]> {
  const asked = [...new Set(articleNumbers.filter((number) => number !== ''))]
  const found = new Map<string, Set<string>>(asked.map((number) => [number, new Set()]))
  for (let i = 0; i < asked.length; i += NUMBERS_PER_QUESTION) {
    const query = asked
      .slice(i, i + NUMBERS_PER_QUESTION)
      .map((number) => `sku:"${number.replace(/[\\"]/g, '\\$&')}"`)
      .join(' OR ')
    const items = await all(async (after) => (await client.ask(ARTICLES, { after, query }, priority)).inventoryItems)
    for (const item of items) found.get(item.sku ?? '')?.add(item.id)
  }
  return articleNumbers.map((articleNumber) => ({ articleNumber, itemRefs: [...(found.get(articleNumber) ?? [])] }))
}
