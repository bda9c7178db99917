/** Takes over what a shop that is master shows, so that available here is its number and what happened here that it doesn't know (R47, docs/decisions/0018). */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import type { ListenerManners } from '../listeners/listener.ts'
import { heldByOrders, shopBases } from './shop-numbers.sql.ts'
import { type NumberTaken, takeOn } from './take-numbers.ts'

export interface ShopMaster {
  listenerId: number
  locationId: number
  lowersItself: ListenerManners['lowersItself']
}

/**
 * The shop's orders and the levels must be locked, and every order that is off these numbers must be taken in: then what its orders hold is added to the number
 * and reserved beside it, and each of them is taken off once.
 */
export async function takeShown(tx: Tx, shop: ShopMaster, shows: ReadonlyMap<number, number>, by: By): Promise<Map<number, NumberTaken>> {
  const articleIds = [...shows.keys()].sort((a, b) => a - b)
  if (articleIds.length === 0) return new Map()
  const bases = await shopBases(tx, shop, articleIds)
  const held = await offItsNumber(tx, shop, articleIds)
  const numbers = bases.map(({ articleId, own }) => ({
    articleId,
    value: must(shows.get(articleId), 'a number'),
    readAt: by.now,
    committed: held.get(articleId) ?? 0,
    own,
  }))
  return takeOn(tx, shop, numbers, bases, by)
}

/** Pieces its orders hold that its number has off already: none of a shelf's number, nor where nobody knows. */
async function offItsNumber(tx: Tx, shop: ShopMaster, articleIds: number[]): Promise<Map<number, number>> {
  if (shop.lowersItself !== 'placed' && shop.lowersItself !== 'paid') return new Map()
  return new Map((await heldByOrders(tx, shop, articleIds, shop.lowersItself === 'paid')).map((row) => [row.articleId, row.held]))
}
