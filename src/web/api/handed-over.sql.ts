/** SQL of what ERPs have of orders. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface HandedRow {
  connectionId: number
  connection: string
  waiting: boolean
  refusal: string | null
  said: string | null
  documentRef: string | null
  at: Date | null
  /** This ERP's documents of the order, the latest first; credit notes aside. */
  documents: { documentRef: string; stage: 'order' | 'draft' | 'booked' | 'gone'; number: string | null }[]
}
/** Whoever is handed orders now, or has something of this one. */
export const handedOverRows = (tx: Tx, orderId: number) =>
  tx.rows<HandedRow>(sql`
    select l.id as "connectionId", l.name as connection, coalesce(t.wanted > t.told, false) as waiting, t.refusal, t.refusal_said as said, t.document_ref as "documentRef",
           case when t.wanted > t.told then t.dirty_since else t.told_at end as at, coalesce(d.documents, '[]') as documents
    from listener l left join told t on t.company_id = l.company_id and t.listener_id = l.id and t.kind = 'order' and t.entity_id = ${orderId} and t.location_id = 0
    left join lateral (
      select jsonb_agg(jsonb_build_object('documentRef', e.document_ref, 'stage', e.stage, 'number', e.invoice_number) order by e.seen_at desc, e.id desc) as documents
      from erp_document e where e.company_id = l.company_id and e.listener_id = l.id and e.order_id = ${orderId} and not e.credit) d on true
    where l.company_id = ${tx.companyId} and l.kind = 'connection' and l.state <> 'gone' and (l.orders_from is not null or t.document_ref is not null or d.documents is not null)
      and l.id <> (select listener_id from web_order where company_id = ${tx.companyId} and id = ${orderId})
    order by l.id`)

/** Orders of others, or what has left of its own. */
export const whatItTakes = (tx: Tx, connectionId: number) =>
  tx.one<{ orders: boolean; statuses: boolean }>(
    sql`select orders_from is not null as orders, statuses_from is not null as statuses from listener where company_id = ${tx.companyId} and id = ${connectionId}`,
  )

/** Refused by this ERP, or by the order's own shop, the latest order first; what is booked or deleted there is no fault. */
export const refusedOrderRows = (tx: Tx, connectionId: number, asked: { before: { placedAt: Date; id: number } | null; limit: number }) =>
  tx.rows<{ orderId: number; name: string; shop: string; placedAt: Date; code: string; said: string | null }>(sql`
    select o.id as "orderId", o.name, s.name as shop, o.placed_at as "placedAt", t.refusal as code, t.refusal_said as said
    from told t join web_order o on o.company_id = t.company_id and o.id = t.entity_id join listener s on s.company_id = o.company_id and s.id = o.listener_id
    where t.company_id = ${tx.companyId} and t.listener_id = ${connectionId} and t.kind in ('order', 'order-status') and t.refusal is not null and t.refusal not in ('booked-already', 'document-gone')
      and (${asked.before === null} or (o.placed_at, o.id) < (${asked.before?.placedAt ?? null}::timestamptz, ${asked.before?.id ?? null}::bigint))
    order by o.placed_at desc, o.id desc limit ${asked.limit}`)
