/** "Put back": goods that were cancelled unshipped, and that the shop didn't put back, are on our shelf after all. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { orderSource } from '../listeners/listeners.sql.ts'
import { Refusal } from '../refusal.ts'
import { evaluateAgain } from './evaluate-again.ts'
import { lockOrders, lossesOfOrders, ordersById, updateLossState } from './orders.sql.ts'

/**
 * `lossIds` null = every loss of the order. Returns how many were decided otherwise now; a second press finds none.
 * 'written-off' = they are gone: the answer where a person was asked, and the way back from a put-back that was wrong.
 */
export async function putBackLosses(tx: Tx, input: { orderId: number; lossIds: number[] | null; decision?: 'put-back' | 'written-off' }, by: By): Promise<number> {
  const order = (await ordersById(tx, [input.orderId]))[0]
  if (order === undefined) throw new Refusal('not-found')
  await lockOrders(tx, order.listenerId)
  const losses = await lossesOfOrders(tx, [order.id])
  const wanted = input.lossIds === null ? losses : losses.filter((loss) => input.lossIds?.includes(loss.id))
  if (input.lossIds !== null && wanted.length !== new Set(input.lossIds).size) throw new Refusal('not-found')
  const changed = await updateLossState(
    tx,
    wanted.map((loss) => loss.id),
    input.decision ?? 'put-back',
  )
  const listener = must(await orderSource(tx, order.listenerId), 'the listener')
  if (changed > 0) await evaluateAgain(tx, listener, [order.id], new Set(), by)
  return changed
}
