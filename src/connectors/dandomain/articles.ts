/** Products and variants as listings: all of them page by page, or these very ones. A product comes with its variants in it. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import type { Page, Priority, RemoteEvent, RemoteListing, Tools } from '../contract.ts'
import { listOf, type Product, product, type Stocked, type Variant, variant } from './answers.ts'
import type { Client } from './client.ts'
import { locationIn, numberRef, PLACE, placeOf, productRef, type Ref, readRef, variantRef } from './refs.ts'
import type { DandomainSettings } from './settings.ts'

export const PAGE = 100
/** A product that is deleted during a walk moves the others forward: the next page begins this much earlier. */
const OVERLAP = 10
/** No shop was seen to cap a page at fewer; a shorter page is the last one, and a longer one may have been cut. */
export const SURELY_WHOLE = 40

/** What holds a number: a product without variants, or a variant. */
export interface Thing {
  ref: Exclude<Ref, { kind: 'number' }>
  stocked: Stocked
  /** A product with variants: it holds no number of its own. */
  hasVariants: boolean
  title: string | null
}

export const thingsOf = (each: Product): Thing[] => [
  { ref: { kind: 'product', id: each.Id }, stocked: each, hasVariants: each.Variants.length > 0, title: each.Title },
  ...each.Variants.map((one) => thingOfVariant(one, each.Id, each.Title)),
]
export const thingOfVariant = (one: Variant, productId: string, title: string | null = null): Thing => ({
  ref: { kind: 'variant', id: one.Id, productId },
  stocked: one,
  hasVariants: false,
  title: [title, one.Title].filter(Boolean).join(', ') || null,
})
export const refOf = ({ ref }: Thing): string => (ref.kind === 'product' ? productRef(ref.id) : variantRef(ref.productId, ref.id))

/** What stands at a place; null = no number is kept there. */
export function standsAt({ StockLocations: locations, Stock: stock }: Stocked, placeRef: string): number | null {
  const location = locationIn(placeRef)
  if (location !== null) return locations.find((each) => each.StockLocationId === location)?.Stock ?? null
  return placeRef === PLACE && locations.length === 0 ? stock : null
}
export const placesOf = ({ StockLocations: locations }: Stocked): string[] => (locations.length === 0 ? [PLACE] : locations.map((each) => placeOf(each.StockLocationId)))

function listingOf(thing: Thing, itemRef: string, seenAt: string): RemoteListing {
  return {
    itemRef,
    parentRef: thing.ref.kind === 'variant' ? productRef(thing.ref.productId) : null,
    articleNumber: thing.stocked.ItemNumber,
    title: thing.title,
    tracked: true,
    unwritable: thing.hasVariants ? 'has-choices' : null,
    levels: placesOf(thing.stocked).map((placeRef) => {
      const value = standsAt(thing.stocked, placeRef)
      return { placeRef, value, active: value !== null }
    }),
    seenAt,
  }
}
const seen = (listing: RemoteListing): RemoteEvent => ({ kind: 'listing-seen', listing })

const cursorShape = z.object({ v: z.literal(1), start: z.number() })

/** Everything from a place in the list on. A walk that is over goes on with what was added since. */
export async function pullListings(client: Client, settings: DandomainSettings, tools: Tools, cursor: string | null, priority: Priority): Promise<Page> {
  const { start } = cursor === null ? { start: 0 } : cursorShape.parse(parseJson(cursor))
  // Stamped before asking: what happens while the answer travels is newer than it is.
  const seenAt = tools.clock.now().toISOString()
  const rows = await client.ask(listOf(product), { name: 'Product_GetAllWithLimit', args: { Start: start, Length: PAGE } }, priority)
  const things = rows.flatMap(thingsOf)
  const more = rows.length >= SURELY_WHOLE
  const next = start + Math.max(0, rows.length - (rows.length > OVERLAP ? OVERLAP : 0))
  return {
    events: things.map((thing) => seen(listingOf(thing, listedAs(thing, settings), seenAt))),
    cursor: JSON.stringify({ v: 1, start: next }),
    more,
  }
}
/** Where the same number is the same goods, one listing stands for all that carry it. */
const listedAs = (thing: Thing, { sameNumber }: DandomainSettings): string =>
  sameNumber === 'same' && thing.stocked.ItemNumber !== null && !thing.hasVariants ? numberRef(thing.stocked.ItemNumber) : refOf(thing)

/** In the order asked for; a product with variants shows them too. What isn't there, or never was one of ours, is said to be gone. */
export async function pullListingsByRef(client: Client, tools: Tools, refs: string[], priority: Priority): Promise<Page> {
  const seenAt = tools.clock.now().toISOString()
  const known = await readThings(client, refs, priority)
  const events = refs.flatMap((itemRef): RemoteEvent[] => {
    const things = known.of(itemRef)
    const first = things[0]
    if (first === undefined) return [{ kind: 'listing-gone', itemRef }]
    if (readRef(itemRef)?.kind === 'number') return [seen({ ...listingOf(first, itemRef, seenAt), levels: lowestLevels(things) })]
    return [seen(listingOf(first, itemRef, seenAt)), ...(first.hasVariants ? known.variantsOf(first).map((each) => seen(listingOf(each, refOf(each), seenAt))) : [])]
  })
  return { events, cursor: '', more: false }
}

/** Of several that carry one number, the lowest is believed: the others haven't sold yet. */
const lowestLevels = (things: Thing[]): RemoteListing['levels'] =>
  [...new Set(things.flatMap((thing) => placesOf(thing.stocked)))].map((placeRef) => {
    const value = lowest(things, placeRef)
    return { placeRef, value, active: value !== null }
  })
export function lowest(things: readonly Thing[], placeRef: string): number | null {
  const standing = things.map((thing) => standsAt(thing.stocked, placeRef)).filter((value) => value !== null)
  return standing.length === 0 ? null : Math.min(...standing)
}

export interface Things {
  /** One, or all that carry the number; none when it isn't there. */
  of(itemRef: string): Thing[]
  variantsOf(thing: Thing): Thing[]
}

/** Products by id in one question for fifty; each number by two. */
export async function readThings(client: Client, refs: readonly string[], priority: Priority): Promise<Things> {
  const read = refs.map(readRef).filter((ref) => ref !== null)
  const productIds = [...new Set(read.flatMap((ref) => (ref.kind === 'product' ? [ref.id] : ref.kind === 'variant' ? [ref.productId] : [])))]
  const things = (await readProducts(client, productIds, priority)).flatMap(thingsOf)
  const byRef = new Map(things.map((thing) => [refOf(thing), thing]))
  const byNumber = new Map<string, Thing[]>()
  for (const ref of read) if (ref.kind === 'number' && !byNumber.has(ref.number)) byNumber.set(ref.number, await carriersOf(client, ref.number, priority))
  return {
    of: (itemRef) => {
      const ref = readRef(itemRef)
      if (ref?.kind === 'number') return byNumber.get(ref.number) ?? []
      const thing = byRef.get(itemRef)
      return thing === undefined ? [] : [thing]
    },
    variantsOf: (thing) => things.filter(({ ref }) => ref.kind === 'variant' && ref.productId === thing.ref.id && thing.ref.kind === 'product'),
  }
}

export async function readProducts(client: Client, ids: readonly string[], priority: Priority): Promise<Product[]> {
  const found: Product[] = []
  for (let n = 0; n < ids.length; n += 50) found.push(...(await client.ask(listOf(product), { name: 'Product_GetByIds', args: { ProductIds: ids.slice(n, n + 50) } }, priority)))
  return found
}

/** Products and variants that carry exactly this number; where a variant does, a product with variants isn't meant. */
export async function carriersOf(client: Client, number: string, priority: Priority): Promise<Thing[]> {
  const products = await client.ask(listOf(product), { name: 'Product_GetByItemNumber', args: { ItemNumber: number } }, priority)
  const variants = await client.ask(listOf(variant), { name: 'Product_GetVariantsByItemNumber', args: { ItemNumber: number } }, priority)
  const all = new Map<string, Thing>()
  const add = (thing: Thing) => {
    if (thing.stocked.ItemNumber === number) all.set(refOf(thing), thing)
  }
  for (const each of products) for (const thing of thingsOf(each)) add(thing)
  for (const each of variants) if (each.ProductId !== null) add(thingOfVariant(each, each.ProductId))
  const holding = [...all.values()].filter((thing) => !thing.hasVariants)
  return holding.length > 0 ? holding : [...all.values()]
}
