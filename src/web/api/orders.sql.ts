/** SQL of the order pages. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface OrderHead {
  id: number
  connectionId: number
  connectionName: string
  orderRef: string
  name: string
  state: 'open' | 'shipped' | 'cancelled' | 'done'
  placedAt: Date
  cancelledAt: Date | null
  customer: { name?: string | null; email?: string | null; phone?: string | null } | null
  pieces: number
  unknownLines: number
  unrouted: boolean
}
export interface OrdersAsked {
  id: number | null
  connectionId: number | null
  state: string | null
  orderRef: string | null
  articleNumber: string | null
  before: { placedAt: Date; id: number } | null
  limit: number
}
/** Newest first. */
export const orderPage = (tx: Tx, asked: OrdersAsked) =>
  tx.rows<OrderHead>(sql`
    select o.id, o.listener_id as "connectionId", l.name as "connectionName", o.order_ref as "orderRef", o.name, o.state, o.placed_at as "placedAt", o.cancelled_at as "cancelledAt", o.customer,
           n.pieces, n.unknown as "unknownLines", coalesce(o.effects -> 'unrouted', '{}') <> '{}' as unrouted
    from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id
    cross join lateral (select coalesce(sum(ordered), 0) as pieces, count(*) filter (where article_id is null) as unknown from web_order_line w where w.company_id = o.company_id and w.order_id = o.id) n
    where o.company_id = ${tx.companyId} and (${asked.id}::bigint is null or o.id = ${asked.id}) and (${asked.connectionId}::bigint is null or o.listener_id = ${asked.connectionId})
      and (${asked.state}::text is null or o.state = ${asked.state}) and (${asked.orderRef}::text is null or o.order_ref = ${asked.orderRef})
      and (${asked.articleNumber}::text is null or exists (select from web_order_line w where w.company_id = o.company_id and w.order_id = o.id and w.article_number = ${asked.articleNumber}))
      and (${asked.before?.id ?? null}::bigint is null or (o.placed_at, o.id) < (${asked.before?.placedAt ?? null}::timestamptz, ${asked.before?.id ?? null}::bigint))
    order by o.placed_at desc, o.id desc limit ${asked.limit}`)

export interface OrderLine {
  lineRef: string
  articleId: number | null
  articleNumber: string | null
  title: string
  ordered: number
  open: number
  shipped: number
  restocked: number
  lost: number
  returned: number
  unitPriceMinor: number | null
}
export const linesOf = (tx: Tx, orderId: number) =>
  tx.rows<OrderLine>(sql`
    select line_ref as "lineRef", article_id as "articleId", article_number as "articleNumber", title, ordered, open, shipped, restocked, lost, returned, unit_price_minor as "unitPriceMinor"
    from web_order_line where company_id = ${tx.companyId} and order_id = ${orderId} order by line_ref`)
export const lossesOf = (tx: Tx, orderId: number) =>
  tx.rows<{ lossId: number; articleId: number; articleNumber: string; locationId: number; quantity: number; at: Date; state: 'written-off' | 'put-back' | 'asked' }>(sql`
    select w.id as "lossId", w.article_id as "articleId", a.number as "articleNumber", w.location_id as "locationId", w.quantity, w.at, w.state
    from web_loss w join article a on a.company_id = w.company_id and a.id = w.article_id where w.company_id = ${tx.companyId} and w.order_id = ${orderId} order by w.id`)
