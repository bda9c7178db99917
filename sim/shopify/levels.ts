/** Places, items and levels: the only file that changes a number, so that every change rings the level's hook. */

import type { SimTime } from '../time.ts'
import { dateTime } from './ids.ts'
import { noteSku } from './sku-index.ts'
import { hit, type Item, type Level, newId, type OptionValue, onHand, type Place, type Product, type State } from './state.ts'

export interface Stock {
  addPlace(input: PlaceInput): Place
  addItem(product: Product, values: OptionValue[], facts: ItemFacts): Item
  removeItem(item: Item): void
  rename(item: Item, sku: string | null): void
  setTracked(item: Item, tracked: boolean): void
  /** The level, made inactive when there is none (a write at a place where the item isn't stocked). */
  levelAt(item: Item, place: Place): Level
  move(level: Level, change: { available?: number; committed?: number }, eventId: string): void
  setActive(level: Level, active: boolean, eventId: string): void
  touchItem(item: Item): void
}
export interface PlaceInput {
  name: string
  active?: boolean
  fulfilsOnline?: boolean
  fulfilmentService?: string
}
export interface ItemFacts {
  sku?: string | null
  priceMinor?: number
  compareAtMinor?: number | null
  barcode?: string | null
  taxable?: boolean
  tracked?: boolean
  bundle?: boolean
  oversells?: boolean
  requiresShipping?: boolean
  /** Available by the place's name. A place left out isn't stocked there. */
  levels?: Record<string, number>
  /** Places where a level exists and is inactive. */
  inactiveAt?: string[]
}
export interface ItemInput extends ItemFacts {
  sku: string | null
  title?: string
  /** Variants with the same product share it, and then it is what the product is called. */
  product?: string
  vendor?: string
  /** What makes it differ from the product's other variants: `{ Storlek: 'M' }`. */
  options?: Record<string, string>
}

/** What has to be told when stock changes; the hooks' part, given in. */
export interface StockNews {
  level(topic: 'inventory_levels/update' | 'inventory_levels/connect' | 'inventory_levels/disconnect', level: Level, eventId: string): void
  item(topic: 'inventory_items/create' | 'inventory_items/update' | 'inventory_items/delete', item: Item): void
}

export function stock(state: State, time: SimTime, news: StockNews): Stock {
  function freshLevel(item: Item, place: Place, available: number, active: boolean): Level {
    const now = time.ms()
    const level: Level = { item, place, active, available, committed: 0, reserved: 0, damaged: 0, safetyStock: 0, qualityControl: 0, incoming: 0, createdAt: now, updatedAt: now }
    item.levels.set(place.id, level)
    return level
  }
  const placeNamed = (name: string): Place => {
    for (const place of state.places.values()) if (place.name === name) return place
    throw new Error(`no place called ${name}`)
  }
  const index = (item: Item) => {
    if (item.sku === null) return
    const same = state.bySku.get(item.sku)
    if (same === undefined) state.bySku.set(item.sku, new Set([item]))
    else same.add(item)
  }
  const touchItem = (item: Item) => {
    item.updatedAt = time.ms()
    indexItem(state, time, item)
  }

  return {
    addPlace: (input) => {
      const place: Place = {
        id: newId(state),
        name: input.name,
        active: input.active ?? true,
        fulfilsOnline: input.fulfilsOnline ?? true,
        fulfilmentService: input.fulfilmentService ?? null,
        levelNumber: newId(state),
        createdAt: time.ms(),
      }
      state.places.set(place.id, place)
      return place
    },
    addItem: (product, values, facts) => {
      const now = time.ms()
      const item: Item = {
        id: newId(state),
        variantId: newId(state),
        product,
        values,
        sku: facts.sku ?? null,
        priceMinor: facts.priceMinor ?? 0,
        compareAtMinor: facts.compareAtMinor ?? null,
        taxable: facts.taxable ?? true,
        media: [],
        barcode: facts.barcode ?? null,
        tracked: facts.tracked ?? false,
        bundle: facts.bundle ?? false,
        requiresShipping: facts.requiresShipping ?? true,
        oversells: facts.oversells ?? false,
        levels: new Map(),
        createdAt: now,
        updatedAt: now,
        indexed: null,
      }
      for (const [name, available] of Object.entries(facts.levels ?? {})) freshLevel(item, placeNamed(name), available, true)
      for (const name of facts.inactiveAt ?? []) {
        const level = item.levels.get(placeNamed(name).id) ?? freshLevel(item, placeNamed(name), 0, false)
        level.active = false
      }
      product.variants.push(item)
      state.items.set(item.id, item)
      state.byVariant.set(item.variantId, item)
      index(item)
      indexItem(state, time, item)
      news.item('inventory_items/create', item)
      return item
    },
    removeItem: (item) => {
      state.items.delete(item.id)
      state.byVariant.delete(item.variantId)
      if (item.sku !== null) state.bySku.get(item.sku)?.delete(item)
      news.item('inventory_items/delete', item)
    },
    rename: (item, sku) => {
      if (item.sku !== null) state.bySku.get(item.sku)?.delete(item)
      item.sku = sku
      index(item)
      touchItem(item)
      news.item('inventory_items/update', item)
    },
    setTracked: (item, tracked) => {
      item.tracked = tracked
      touchItem(item)
      news.item('inventory_items/update', item)
    },
    levelAt: (item, place) => {
      const level = item.levels.get(place.id)
      if (level !== undefined) return level
      hit(state, 'level-made-by-write')
      return freshLevel(item, place, 0, false)
    },
    move: (level, change, eventId) => {
      if ((change.available ?? 0) === 0 && (change.committed ?? 0) === 0) return
      level.available += change.available ?? 0
      level.committed += change.committed ?? 0
      level.updatedAt = time.ms()
      news.level('inventory_levels/update', level, eventId)
    },
    setActive: (level, active, eventId) => {
      if (level.active === active) return
      level.active = active
      level.updatedAt = time.ms()
      news.level(active ? 'inventory_levels/connect' : 'inventory_levels/disconnect', level, eventId)
    },
    touchItem,
  }
}

/** The search index follows a change after the lag; with no lag it follows at once. */
export function indexLater(state: State, time: SimTime, thing: { indexed: { sku: string | null; updatedAt: number } | null; updatedAt: number }, sku: () => string | null): void {
  const seen = { sku: sku(), updatedAt: thing.updatedAt }
  if (state.switches.searchLagMs <= 0) thing.indexed = seen
  else time.after(state.switches.searchLagMs, () => (thing.indexed = seen))
}

function indexItem(state: State, time: SimTime, item: Item): void {
  noteSku(state, item)
  indexLater(state, time, item, () => item.sku)
}

export const levelGid = (level: Level): string => `gid://shopify/InventoryLevel/${level.place.levelNumber}?inventory_item_id=${level.item.id}`

/** Inactive levels hold a number nobody can buy from. */
export function sellable(item: Item): number {
  let sum = 0
  for (const level of item.levels.values()) if (level.active && level.place.active) sum += level.available
  return sum
}

export const quantityNames = ['available', 'on_hand', 'committed', 'incoming', 'reserved', 'damaged', 'safety_stock', 'quality_control'] as const
export function quantityOf(level: Level, name: string): number | null {
  switch (name) {
    case 'available':
      return level.available
    case 'on_hand':
      return onHand(level)
    case 'committed':
      return level.committed
    case 'incoming':
      return level.incoming
    case 'reserved':
      return level.reserved
    case 'damaged':
      return level.damaged
    case 'safety_stock':
      return level.safetyStock
    case 'quality_control':
      return level.qualityControl
    default:
      return null
  }
}

/** Only `available` carries a time of its own in the recordings. */
export const quantityAsShown = (level: Level, name: string) => ({
  id: `gid://shopify/InventoryQuantity/${level.place.levelNumber}?inventory_item_id=${level.item.id}&name=${name}`,
  name,
  quantity: quantityOf(level, name) ?? 0,
  updatedAt: name === 'available' ? dateTime(level.updatedAt) : null,
})
