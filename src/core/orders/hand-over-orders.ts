/** Orders that were taken in, or count anew, go to every ERP that is handed orders: which document that makes is settled when it goes (R42). */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { wantHandedOver } from '../told/want-handed-over.ts'
import { ordersToHandOver } from './outgoing.sql.ts'

export async function handOverOrders(tx: Tx, orderIds: number[], by: By): Promise<void> {
  const wanted = await ordersToHandOver(tx, orderIds)
  for (const listenerId of new Set(wanted.map((row) => row.listenerId))) {
    const its = wanted.filter((row) => row.listenerId === listenerId)
    await wantHandedOver(
      tx,
      listenerId,
      'order',
      its.map((row) => row.orderId),
      by,
    )
  }
}
