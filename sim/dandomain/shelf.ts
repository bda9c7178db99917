/** The shop's own numbers: what stands on the shelf of a product or a variant, and what an order takes from it by itself. */
import { hit, type Line, type Order, type Product, STATUS, type Variant, type World } from './world.ts'

/** `product:<id>` or `variant:<id>`. */
export type Cell = string
export type Thing = Product | Variant
export const cellOf = ({ productId, variantId }: { productId: number; variantId: number }): Cell => (variantId === 0 ? `product:${productId}` : `variant:${variantId}`)

export function thingAt(world: World, cell: Cell): Thing | undefined {
  const id = Number(cell.slice(cell.indexOf(':') + 1))
  return cell.startsWith('product:') ? world.products.get(id) : world.variants.get(id)
}
export const productOf = (world: World, thing: Thing): Product | undefined => ('productId' in thing ? world.products.get(thing.productId) : thing)

const located = (thing: Thing): string[] => Object.keys(thing.locations)
const sum = (thing: Thing): number => Object.values(thing.locations).reduce((total, each) => total + each, 0)

/** What its field Stock shows. How that goes with several stock locations is nowhere documented. */
export function shownStock({ knobs }: World, thing: Thing): number | null {
  const [first] = located(thing)
  if (first === undefined || knobs.totalStock === 'own') return thing.stock
  return knobs.totalStock === 'sum' ? sum(thing) : (thing.locations[first] ?? null)
}

/** What writing its field Stock does. */
export function writeStock({ knobs }: World, thing: Thing, value: number): void {
  const [first] = located(thing)
  if (first === undefined || knobs.totalStock === 'own') thing.stock = value
  else thing.locations[first] = knobs.totalStock === 'sum' ? (thing.locations[first] ?? 0) + value - sum(thing) : value
}

/** What stands at a location; without locations what it shows. Null = no number is kept there. */
export const standsAt = (world: World, thing: Thing, location: number | null): number | null =>
  location === null || located(thing).length === 0 ? shownStock(world, thing) : (thing.locations[location] ?? null)

/** Where a sale is taken from unless somebody says otherwise. */
export const locationOf = (thing: Thing): number | null => (located(thing)[0] === undefined ? null : Number(located(thing)[0]))

export type Why = 'placed' | 'status' | 'edited'

/** Lets the shop's own numbers follow an order that was placed, edited or given another status. */
export function settle(world: World, order: Order, why: Why): void {
  if (why === 'edited' && !world.knobs.editMovesStock) return
  const to = due(world, order)
  for (const key of new Set([...Object.keys(order.taken), ...Object.keys(to)])) {
    const pieces = (to[key] ?? 0) - (order.taken[key] ?? 0)
    const [cell = '', location = ''] = key.split('@')
    const thing = thingAt(world, cell)
    if (pieces === 0 || thing === undefined) continue
    take(world, thing, location, pieces)
    hit(world, pieces > 0 ? 'stock-taken' : 'stock-restored')
  }
  order.taken = to
}

function take({ knobs }: World, thing: Thing, location: string, pieces: number): void {
  if (location !== '') thing.locations[location] = (thing.locations[location] ?? 0) - pieces
  if ((location === '' || knobs.totalStock === 'own') && thing.stock !== null) thing.stock -= pieces
}

/** What the shop should have taken for this order as it is now. */
function due(world: World, order: Order): Record<string, number> {
  const { knobs } = world
  if (knobs.decrementOn === 'never') return {}
  if (order.origin !== '') return knobs.creditNoteRestoresStock ? wanted(world, order) : {}
  if (order.status === STATUS.cancelled) return knobs.cancelRestoresStock ? {} : order.taken
  const isPlaced = order.status !== STATUS.notReceived && order.status !== STATUS.draft
  return isPlaced && (knobs.decrementOn === 'placed' || order.sent !== null) ? wanted(world, order) : {}
}

function wanted(world: World, order: Order): Record<string, number> {
  const all: Record<string, number> = {}
  for (const line of order.lines) {
    const thing = thingAt(world, cellOf(line))
    if (thing === undefined || !productOf(world, thing)?.autoStock) continue
    const key = `${cellOf(line)}@${line.stockLocationId ?? ''}`
    all[key] = (all[key] ?? 0) + pieces(order, line)
  }
  return all
}

/** A credit note's line gives back, however its amount is written. */
const pieces = (order: Order, line: Line): number => (order.origin === '' ? line.amount : -Math.abs(line.amount))
