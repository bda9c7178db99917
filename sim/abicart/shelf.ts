/** The shop's own numbers: what stands on the shelf of an article or a variant, and what an order takes from it by itself. */
import type { Place } from './shapes.ts'
import { type Article, catalogueOf, hit, type Item, type Order, type Variant } from './world.ts'

/** `article:<uid>` or `variant:<uid>`. */
export type Cell = string
export const cellOf = (what: { article: number; variant: number | null }): Cell => (what.variant === null ? `article:${what.article}` : `variant:${what.variant}`)

export const variantsOf = (at: Place, article: Article): Variant[] =>
  article.variants.map((uid) => catalogueOf(at.world, at.shop).variants.get(uid)).filter((variant) => variant !== undefined)

/** What Article.stock.stock says of an article with variants is nowhere documented. */
export function shownTotal(at: Place, article: Article): number {
  if (article.variants.length === 0) return article.stock.stock
  switch (at.world.knobs.parentStockOfVariants) {
    case 'sum':
      return variantsOf(at, article).reduce((sum, variant) => sum + variant.stock, 0)
    case 'independent':
      return article.stock.stock
    case 'zero':
      return 0
  }
}

export const quantityOf = (item: Item): number => Number(item.choices.quantity ?? 1)

/** What stands there; null where the shop counts nothing (or the thing is gone). */
export function standsAt(at: Place, cell: Cell): number | null {
  const { article, variant } = thingAt(at, cell)
  return article === undefined || !article.stock.useStock ? null : (variant?.stock ?? article.stock.stock)
}

function thingAt(at: Place, cell: Cell): { article: Article | undefined; variant: Variant | undefined } {
  const catalogue = catalogueOf(at.world, at.shop)
  const uid = Number(cell.slice(cell.indexOf(':') + 1))
  if (cell.startsWith('article:')) return { article: catalogue.articles.get(uid), variant: undefined }
  const variant = catalogue.variants.get(uid)
  return { article: variant && catalogue.articles.get(variant.article), variant }
}

/** Lets the shop's own numbers follow an order that was placed, paid, edited, discarded or brought back. Answers the articles whose number moved. */
export function settle(at: Place, order: Order, why: 'placed' | 'paid' | 'edited' | 'discarded' | 'undiscarded'): Set<Article> {
  const { knobs } = at.world
  const stays =
    (why === 'edited' && !knobs.editMovesStock) ||
    (why === 'paid' && knobs.decrementOn !== 'paid') ||
    (why === 'discarded' && !knobs.discardRestoresStock) ||
    // What stayed taken while it was discarded isn't taken twice.
    (why === 'undiscarded' && Object.keys(order.taken).length > 0)
  return stays ? new Set() : move(at, order, due(at, order))
}

/** What the shop should have taken for this order as it is now. */
function due(at: Place, order: Order): Record<Cell, number> {
  const { decrementOn, discardRestoresStock } = at.world.knobs
  if (order.discarded) return discardRestoresStock ? {} : order.taken
  const takes = order.ordered !== null && (decrementOn === 'placed' || (decrementOn === 'paid' && order.paymentStatus === 'paid'))
  return takes ? wanted(at, order) : {}
}

function wanted(at: Place, order: Order): Record<Cell, number> {
  const sum: Record<Cell, number> = {}
  for (const item of order.items.map((uid) => at.shop.items.get(uid))) {
    if (item === undefined) continue
    const cell = cellOf(item)
    if (standsAt(at, cell) !== null) sum[cell] = (sum[cell] ?? 0) + quantityOf(item)
  }
  return sum
}

function move(at: Place, order: Order, to: Record<Cell, number>): Set<Article> {
  const moved = new Set<Article>()
  for (const cell of new Set([...Object.keys(order.taken), ...Object.keys(to)])) {
    const pieces = (to[cell] ?? 0) - (order.taken[cell] ?? 0)
    const { article, variant } = thingAt(at, cell)
    if (pieces === 0 || article === undefined) continue
    if (variant === undefined) article.stock.stock -= pieces
    else variant.stock -= pieces
    moved.add(article)
    hit(at.world, pieces > 0 ? 'stock-taken' : 'stock-restored')
  }
  order.taken = to
  return moved
}
