/** A connection that is over says nothing more of its orders: what they hold is free again, and a new connection to the same shop takes them in anew. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { type Movement, postMovements } from '../stock/post-movements.ts'
import { clearHeld, lockOrders, openOrderIds, ordersById } from './orders.sql.ts'
import { cellOf } from './pieces.ts'
import { factKey } from './post-orders.ts'

/** Returns how many pieces were released. */
export async function releaseOrders(tx: Tx, listenerId: number, by: By): Promise<number> {
  await lockOrders(tx, listenerId)
  const orders = await ordersById(
    tx,
    (await openOrderIds(tx, listenerId)).map((row) => row.id),
  )
  const movements = orders.flatMap((order) =>
    Object.entries(order.effects.reserved).map(
      ([cell, quantity]): Movement => ({
        key: `${factKey(listenerId, order.orderRef, 'reserved')}#${order.version + 1}:${cell}`,
        ...cellOf(cell),
        kind: 'web-release',
        reserved: -quantity,
        at: by.now,
        source: { type: 'web-order', ref: order.orderRef, name: order.snapshot.name, listener: listenerId },
        actor: by.actor,
      }),
    ),
  )
  if (movements.length > 0) await postMovements(tx, movements, by.now)
  await clearHeld(
    tx,
    orders.map((order) => order.id),
  )
  return movements.reduce((sum, movement) => sum - (movement.reserved ?? 0), 0)
}
