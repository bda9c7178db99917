/**
 * Before numbers change: an order coming in at this moment either sees the new number, or is seen by us afterwards as one that waits for it.
 * The locks are taken before any article row, as everybody who takes in orders does.
 */
import type { Tx } from '../../db/open.ts'
import { livingListeners } from '../listeners/listeners.sql.ts'
import { lockOrders } from './orders.sql.ts'

/** The listeners whose orders are held. */
export async function holdOrders(tx: Tx): Promise<number[]> {
  const ids = (await livingListeners(tx)).map((listener) => listener.id)
  for (const id of ids) await lockOrders(tx, id)
  return ids
}
