/** Shipping from here over HTTP: what left, and what the shop has been told. */
import { mayTakeBack, shipOrder, unshipOrder } from '../../core/orders/ship-order.ts'
import { shipmentsOfOrder } from '../../core/orders/shipments.sql.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered } from '../contract/routes.ts'
import { type Handlers, inCompany } from '../handlers.ts'
import { namedActors } from './actors.ts'
import { toldOfOrder } from './shipping.sql.ts'

type Shown = Answered<'orders.show'>

/** What left from here and still stands, in the order it was said. */
export async function shipmentsShown(tx: Tx, orderId: number): Promise<Shown['shipments']> {
  const shipments = (await shipmentsOfOrder(tx, orderId)).filter((shipment) => shipment.undoneAt === null)
  const actor = await namedActors(
    tx,
    shipments.map((shipment) => shipment.actor),
  )
  const may = await mayTakeBack(tx, orderId)
  return shipments.map(({ id, ref, locationId, occurredAt, lines, ...rest }) => ({
    ...{ shipmentId: id, ref, locationId, occurredAt, lines },
    actor: actor(rest.actor),
    mayTakeBack: may(id),
  }))
}

export async function toldShopShown(tx: Tx, orderId: number): Promise<Shown['toldShop']> {
  const { tells, waiting, refusal, said, told, at } = await toldOfOrder(tx, orderId)
  if (refusal !== null) return { state: 'refused', at, code: refusal, said }
  return { state: waiting ? 'waiting' : told ? 'told' : tells ? 'none' : 'off', at: waiting || told ? at : null, code: null, said: null }
}

export const shipping: Pick<Handlers, 'orders.ship' | 'orders.unship'> = {
  'orders.ship': inCompany((tx, { params, body: { lines, ...said }, by }) => shipOrder(tx, { orderId: params.orderId, ...said, lines: lines ?? null }, by)),
  'orders.unship': inCompany(async (tx, { params, body, by }) => {
    await unshipOrder(tx, { orderId: params.orderId, shipmentId: body.shipmentId }, by)
    return { shipments: await shipmentsShown(tx, params.orderId) }
  }),
}
