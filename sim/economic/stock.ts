/** What moves the numbers, and when; the truth is not documented, so each step is a switch. All in whole hundredths. */
import type { Hooks } from './hooks.ts'
import { type Document, hasInventory, type Line, type Product, type World, type Write } from './world.ts'

export const availableOf = (product: Product): number => product.inStock - product.orderedByCustomers
export const isCounted = (world: World, product: Product): boolean => hasInventory(world) && (world.groups.get(product.group)?.inventoryEnabled ?? false)

/** The `inventory` of a product; undefined = the agreement keeps no stock, or its group doesn't. */
export function inventoryOf(world: World, product: Product): Record<string, number> | undefined {
  if (!hasInventory(world)) return undefined
  if (!isCounted(world, product))
    return world.knobs.uncounted === 'zeros' ? { available: 0, inStock: 0, orderedByCustomers: 0, orderedFromSuppliers: 0, recommendedCostPrice: 0 } : undefined
  return {
    available: availableOf(product) / 100,
    inStock: product.inStock / 100,
    orderedByCustomers: product.orderedByCustomers / 100,
    orderedFromSuppliers: product.orderedFromSuppliers / 100,
    recommendedCostPrice: product.costPrice / 100,
  }
}

export interface Moved {
  inStock?: number
  orderedByCustomers?: number
}
/** Changes a product's numbers by so much, stamps it and tells. */
export function move(world: World, hooks: Hooks, product: Product, by: Moved, what: Write['what']): void {
  const [inStock, ordered] = [by.inStock ?? 0, by.orderedByCustomers ?? 0]
  if ((inStock === 0 && ordered === 0) || !isCounted(world, product)) return
  product.inStock += inStock
  product.orderedByCustomers += ordered
  product.stockUpdated = world.time.ms()
  if (world.knobs.stockMovesLastUpdated) product.lastUpdated = world.time.ms()
  world.writes.push({ at: world.time.ms(), what, productNumber: product.productNumber, inStock: product.inStock, orderedByCustomers: product.orderedByCustomers })
  const { stockHookOn } = world.knobs
  if (stockHookOn === 'any' || (stockHookOn === 'in-stock' && inStock !== 0) || (stockHookOn === 'count' && what === 'count'))
    hooks.emit('Varelager opdateret', { NUMBER: product.productNumber })
}

/** Brings `orderedByCustomers` in line with where the document stands now. */
export function recount(world: World, hooks: Hooks, document: Document, isGone = false): void {
  const wanted = isGone || !isWaiting(world, document) ? {} : piecesOf(document.lines)
  for (const productNumber of new Set([...Object.keys(document.counted), ...Object.keys(wanted)])) {
    const product = world.products.get(productNumber)
    if (product !== undefined) move(world, hooks, product, { orderedByCustomers: (wanted[productNumber] ?? 0) - (document.counted[productNumber] ?? 0) }, 'document')
  }
  document.counted = wanted
}

function isWaiting({ knobs }: World, { stage }: Document): boolean {
  switch (stage) {
    case 'draft-order':
      return knobs.orderCounts === 'registered'
    case 'sent-order':
      return knobs.orderCounts !== 'never'
    case 'draft-invoice':
      return knobs.draftReserves
    case 'archived-order':
    case 'booked':
      return false
  }
}

/** A booked invoice takes its goods off the shelf; what waited for it no longer does. One step, so that nobody sees half of it. */
export function takeBooked(world: World, hooks: Hooks, booked: Document): void {
  const waited = booked.counted
  booked.counted = {}
  const sold = world.knobs.bookingLowersInStock ? piecesOf(booked.lines) : {}
  for (const productNumber of new Set([...Object.keys(waited), ...Object.keys(sold)])) {
    const product = world.products.get(productNumber)
    if (product !== undefined) move(world, hooks, product, { inStock: -(sold[productNumber] ?? 0), orderedByCustomers: -(waited[productNumber] ?? 0) }, 'booked')
  }
}

function piecesOf(lines: readonly Line[]): Record<string, number> {
  const pieces: Record<string, number> = {}
  for (const { productNumber, quantity } of lines) if (productNumber !== null) pieces[productNumber] = (pieces[productNumber] ?? 0) + quantity
  return pieces
}
