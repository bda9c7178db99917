/** When a shipment happened that the remote gives no time of: when it was first seen, however often the order changes afterwards. Pure. */
import type { Snapshot } from './order.ts'

export type Times = Readonly<Record<string, string>>

/**
 * `late` = first seen, and older than the baseline: what such an order had shipped by then left the shelf before anybody counted here. One that is
 * called back and shipped again has left anew.
 */
export function datedAs(order: Snapshot, before: Times, late: boolean): { order: Snapshot; times: Times } {
  const times: Record<string, string> = {}
  const shipments = order.shipments.map((shipment) => {
    if (shipment.timeUnsaid !== true) return shipment
    const at = before[shipment.shipmentRef] ?? (late ? order.placedAt : shipment.at)
    times[shipment.shipmentRef] = at
    return { ...shipment, at }
  })
  return { order: { ...order, shipments }, times }
}
