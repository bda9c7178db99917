/** What has left of a shop's own order, as a document to the shop: how many pieces of each line in all, so that the same may be said twice. */

import { ordersById } from '../core/orders/orders.sql.ts'
import { hashOfShipped, outgoingShipped } from '../core/orders/outgoing-shipped.ts'
import type { Composer, Letter } from './composer.ts'
import { hashOf } from './hash-of.ts'
import { askKeys } from './inbox.sql.ts'

type Shipped = Extract<Letter, { lines: { shipped: number }[] }>

export const shippedComposer: Composer = {
  async compose(tx, _line, row) {
    const outgoing = await outgoingShipped(tx, row.entityId)
    if (outgoing === null) return null
    return { letter: outgoing.letter, documentRef: null, hash: hashOfShipped(outgoing.shipmentIds, hashOf(outgoing.letter)) }
  },
  whole: async (_tx, flight) => ({ kind: 'order-status', ...(flight.letter as Shipped) }),
  /** Read as it stands there now: its own shipment of these pieces. */
  async done(tx, line, row, _documentRef, by) {
    const [order] = await ordersById(tx, [row.entityId])
    if (order !== undefined) await askKeys(tx, line.listenerId, 'orders', [order.orderRef], by.now)
  },
}
