/** Shops that want to know are told that pieces of their orders have left from here. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { wantHandedOver } from '../told/want-handed-over.ts'
import { ordersToTellOf } from './shipments.sql.ts'

export async function tellShipped(tx: Tx, orderIds: number[], by: By): Promise<void> {
  for (const { listenerId, orderId } of await ordersToTellOf(tx, orderIds)) await wantHandedOver(tx, listenerId, 'order-status', [orderId], by)
}
