/** SQL of what left from here for orders of shops, and of the shops that are told. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Line by line, in the order it was said. What was taken back isn't there. */
export const shippedHereRows = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ orderId: number; shipmentId: number; lineRef: string; quantity: number; locationId: number; at: string }>(sql`
    select s.order_id as "orderId", s.id as "shipmentId", l."lineRef", l.quantity, s.location_id as "locationId", to_char(s.occurred_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from order_shipment s cross join lateral jsonb_to_recordset(s.lines) as l("lineRef" text, quantity integer)
    where s.company_id = ${tx.companyId} and s.order_id = any (${orderIds}::bigint[]) and s.undone_at is null order by s.id, l."lineRef"`)

export interface ShipmentRow {
  id: number
  orderId: number
  ref: string
  bodyHash: Buffer
  locationId: number
  occurredAt: Date
  madeAt: Date
  actor: string
  lines: { lineRef: string; quantity: number }[]
  undoneAt: Date | null
}
export const shipmentsOfOrder = (tx: Tx, orderId: number) =>
  tx.rows<ShipmentRow>(sql`
    select id, order_id as "orderId", ref, body_hash as "bodyHash", location_id as "locationId", occurred_at as "occurredAt", made_at as "madeAt", actor, lines, undone_at as "undoneAt"
    from order_shipment where company_id = ${tx.companyId} and order_id = ${orderId} order by id`)

export const insertShipment = (tx: Tx, s: Omit<ShipmentRow, 'id' | 'undoneAt'>) =>
  tx.one<{ id: number }>(sql`
    insert into order_shipment (company_id, order_id, ref, body_hash, location_id, occurred_at, made_at, actor, lines)
    values (${tx.companyId}, ${s.orderId}, ${s.ref}, ${s.bodyHash}, ${s.locationId}, ${s.occurredAt}, ${s.madeAt}, ${s.actor}, ${JSON.stringify(s.lines)}::jsonb) returning id`)

export const undoShipment = (tx: Tx, id: number, by: { actor: string; now: Date }) =>
  tx.run(sql`update order_shipment set undone_at = ${by.now}, undone_by = ${by.actor} where company_id = ${tx.companyId} and id = ${id} and undone_at is null`)

/** The hashes of what the shop was told last, and of what is on its way there. */
export const shipmentsThatWent = async (tx: Tx, orderId: number): Promise<string[]> =>
  (
    await tx.rows<{ hash: string }>(sql`
      select hash from told t cross join lateral (values (t.document_hash), (t.flight ->> 'hash')) h(hash) join web_order o on o.company_id = t.company_id and o.id = t.entity_id and o.listener_id = t.listener_id
      where t.company_id = ${tx.companyId} and t.kind = 'order-status' and t.entity_id = ${orderId} and hash is not null`)
  ).map((row) => row.hash)

/** Whose shop is told that pieces have left: something shipped from here since it wants to know, or was asked to be told of by a person's press. */
export const ordersToTellOf = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ listenerId: number; orderId: number }>(sql`
    select o.listener_id as "listenerId", o.id as "orderId" from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id
    where o.company_id = ${tx.companyId} and o.id = any (${orderIds}::bigint[]) and l.kind = 'connection' and l.state <> 'gone' and l.statuses_from is not null and (
      exists (select from order_shipment s where s.company_id = o.company_id and s.order_id = o.id and s.made_at >= l.statuses_from and s.undone_at is null)
      or exists (select from told t where t.company_id = o.company_id and t.listener_id = l.id and t.kind = 'order-status' and t.entity_id = o.id and t.wanted > t.told))
    order by 1, 2`)
