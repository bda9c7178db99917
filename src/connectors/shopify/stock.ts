/** The shop's numbers, read: by item (a look) or place by place, the cheapest way to see them all. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Page, Priority, RemoteEvent, Tools } from '../contract.ts'
import { listingOf } from './articles.ts'
import type { Client } from './client.ts'
import { STOCK_AT_PLACE, STOCK_OF_ITEMS } from './documents.ts'
import { isGid } from './ids.ts'
import { askFrom, askInParts } from './paging.ts'
import { askPlaces } from './places.ts'
import type { ShopifySettings } from './settings.ts'

const ITEMS_PER_QUESTION = 250

/** In the order asked for. What isn't there, or never was an item, is said to be gone. */
export async function pullStockByKey(client: Client, tools: Tools, settings: ShopifySettings, keys: string[], priority: Priority): Promise<Page> {
  const items = keys.filter((key) => isGid('InventoryItem', key))
  const seen = new Map<string, RemoteEvent>()
  // Stamped before asking: what happens while the answers travel is newer than they are.
  const seenAt = tools.clock.now().toISOString()
  const nodes = await askInParts(items, ITEMS_PER_QUESTION, async (ids) => (await client.ask(STOCK_OF_ITEMS, { ids, names: [settings.quantityName] }, priority)).nodes)
  for (const node of nodes) {
    if (!node?.inventoryLevels) continue
    const levels = node.inventoryLevels.nodes.map((level) => ({ placeRef: level.location.id, value: shownOf(node.tracked, level.quantities, settings), active: level.isActive }))
    seen.set(node.id, { kind: 'listing-seen', listing: listingOf(node, levels, seenAt) })
  }
  return { events: keys.map((itemRef) => seen.get(itemRef) ?? { kind: 'listing-gone', itemRef }), cursor: '', more: false }
}

const cursorShape = z.object({ v: z.literal(1), /** Places still to read; the first is being read. */ places: z.array(z.string()), after: z.string().nullable() })

export async function pullStock(client: Client, tools: Tools, settings: ShopifySettings, from: { cursor: string | null }, priority: Priority): Promise<Page> {
  const at = from.cursor === null ? await start(client, priority) : cursorShape.parse(parseJson(from.cursor))
  const [place, ...others] = at.places.length > 0 ? at.places : (await start(client, priority)).places
  if (place === undefined) return { events: [], cursor: JSON.stringify(at), more: false }
  const seenAt = tools.clock.now().toISOString()
  const { location } = await askFrom(at.after, (after) => client.ask(STOCK_AT_PLACE, { place, after, names: [settings.quantityName] }, priority))
  const list = location?.inventoryLevels ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
  const events = list.nodes.map((level): RemoteEvent => {
    const value = shownOf(level.item.tracked, level.quantities, settings)
    return { kind: 'listing-seen', listing: listingOf(level.item, [{ placeRef: place, value, active: level.isActive }], seenAt) }
  })
  const isPlaceDone = !list.pageInfo.hasNextPage || list.pageInfo.endCursor === null
  const next = { v: 1, places: isPlaceDone ? others : [place, ...others], after: isPlaceDone ? null : list.pageInfo.endCursor }
  return { events, cursor: JSON.stringify(next), more: next.places.length > 0 }
}

const start = async (client: Client, priority: Priority): Promise<z.infer<typeof cursorShape>> => {
  const places = await askPlaces(client, priority)
  return { v: 1, places: places.filter((place) => place.active && place.unusable === null).map((place) => place.ref), after: null }
}

/** An untracked item has a number in the answer that means nothing: unknown, not zero. */
function shownOf(tracked: boolean | undefined, quantities: { name: string; quantity: number | null }[], settings: ShopifySettings): number | null {
  return tracked === true ? (quantities.find((q) => q.name === settings.quantityName)?.quantity ?? null) : null
}
