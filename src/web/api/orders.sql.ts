/** SQL of the order pages. */
import type { Edit } from '../../core/orders/edits.ts'
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { literal } from './sought.ts'

export interface OrderHead {
  id: number
  connectionId: number
  connectionName: string
  orderRef: string
  name: string
  state: 'open' | 'shipped' | 'cancelled' | 'done' | 'deleted'
  placedAt: Date
  cancelledAt: Date | null
  changedAt: Date
  deletedAt: Date | null
  customerId: number | null
  customer: { name?: string | null; email?: string | null; phone?: string | null } | null
  pieces: number
  open: number
  shipped: number
  unknownLines: number
  exceptions: number
  unrouted: boolean
  waitsForPayment: boolean
  locationIds: number[]
  elsewhere: { placeRef: string; place: string | null; quantity: number }[]
}
export interface OrdersAsked {
  id: number | null
  connectionId: number | null
  customerId: number | null
  /** A state, or: partly-shipped, unrouted, unpaid, exception. */
  state: string | null
  q: string | null
  orderRef: string | null
  articleNumber: string | null
  /** Where it has moved stock. */
  locationId: number | null
  changedAfter: Date | null
  before: { placedAt: Date; id: number } | null
  limit: number
}
/** % and _ are what they are. */
const within = (text: string | null): string | null => (text === null ? null : `%${literal(text)}%`)

/** Newest first. What is counted of an order is asked only of those on the page. */
export const orderPage = (tx: Tx, asked: OrdersAsked) =>
  tx.rows<OrderHead>(sql`
    select o.id, o.listener_id as "connectionId", l.name as "connectionName", o.order_ref as "orderRef", o.name, o.state, o.placed_at as "placedAt", o.cancelled_at as "cancelledAt", o.taken_at as "changedAt", o.gone_at as "deletedAt", o.customer_id as "customerId",
           case when u.id is null then o.customer when u.erased_at is null then jsonb_build_object('name', u.name, 'email', u.email, 'phone', u.phone) end as customer,
           n.pieces, n.open, n.shipped, n.unknown as "unknownLines", n.waiting + (select count(*) from web_loss s where s.company_id = o.company_id and s.order_id = o.id and s.state = 'asked' and s.quantity > 0)
             + (o.state = 'open' and coalesce(o.effects -> 'elsewhere', '{}') <> '{}')::integer as exceptions,
           coalesce(o.effects -> 'unrouted', '{}') <> '{}' as unrouted,
           o.state = 'open' and l.counts_when = 'paid' and o.snapshot @> '{"paid": false}' as "waitsForPayment",
           (select coalesce(jsonb_agg(jsonb_build_object('placeRef', e.key, 'quantity', e.value::integer, 'place', jsonb_path_query_first(l.health, '$.places[*] ? (@.ref == $ref).name', jsonb_build_object('ref', e.key))) order by e.key), '[]')
            from jsonb_each_text(o.effects -> 'elsewhere') e) as elsewhere,
           (select coalesce(jsonb_agg(distinct place), '[]') from (
              select split_part(cell, ':', 2)::bigint as place from jsonb_object_keys(coalesce(o.effects -> 'reserved', '{}')) cell
              union select (fact.value ->> 'locationId')::bigint from jsonb_each(coalesce(o.effects -> 'facts', '{}')) fact where fact.value ->> 'onHand' <> '0') p) as "locationIds"
    from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id left join customer u on u.company_id = o.company_id and u.id = o.customer_id
    cross join lateral (
      select coalesce(sum(w.ordered), 0) as pieces, coalesce(sum(w.open), 0) as open, coalesce(sum(w.shipped), 0) as shipped, count(*) filter (where w.article_id is null) as unknown,
             count(*) filter (where w.article_id is null and c.order_id is null) as waiting
      from web_order_line w left join web_order_choice c on c.company_id = w.company_id and c.order_id = w.order_id and c.line_ref = w.line_ref
      where w.company_id = o.company_id and w.order_id = o.id) n
    where o.company_id = ${tx.companyId} and (${asked.id}::bigint is null or o.id = ${asked.id}) and (${asked.connectionId}::bigint is null or o.listener_id = ${asked.connectionId})
      and (${asked.customerId}::bigint is null or o.customer_id = ${asked.customerId})
      and (${asked.q}::text is null or o.name ilike ${within(asked.q)} or o.order_ref = ${asked.q})
      and case coalesce(${asked.state}::text, '')
            when '' then true
            when 'unrouted' then o.route_again_at is not null and coalesce(o.effects -> 'unrouted', '{}') <> '{}'
            when 'unpaid' then o.state = 'open' and l.counts_when = 'paid' and o.snapshot @> '{"paid": false}'
            when 'partly-shipped' then o.state = 'open' and exists (select from web_order_line w where w.company_id = o.company_id and w.order_id = o.id and w.shipped > 0)
            when 'exception' then exists (
                   select from web_order_line w left join web_order_choice c on c.company_id = w.company_id and c.order_id = w.order_id and c.line_ref = w.line_ref
                   where w.company_id = o.company_id and w.order_id = o.id and w.article_id is null and c.order_id is null)
                 or exists (select from web_loss s where s.company_id = o.company_id and s.order_id = o.id and s.state = 'asked' and s.quantity > 0)
                 or (o.state = 'open' and o.effects -> 'elsewhere' <> '{}')
            else o.state = ${asked.state} end
      and (${asked.orderRef}::text is null or o.order_ref = ${asked.orderRef})
      and (${asked.articleNumber}::text is null or exists (select from web_order_line w where w.company_id = o.company_id and w.order_id = o.id and w.article_number = ${asked.articleNumber}))
      and (${asked.locationId}::bigint is null or exists (
            select from movement m where m.company_id = o.company_id and m.source ->> 'type' = 'web-order' and m.source ->> 'listener' = o.listener_id::text and m.source ->> 'ref' = o.order_ref
              and m.location_id = ${asked.locationId}))
      and (${asked.changedAfter}::timestamptz is null or o.taken_at > ${asked.changedAfter})
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
  noGoods: boolean
}
export const linesOf = (tx: Tx, orderId: number) =>
  tx.rows<OrderLine>(sql`
    select w.line_ref as "lineRef", w.article_id as "articleId", w.article_number as "articleNumber", w.title, w.ordered, w.open, w.shipped, w.restocked, w.lost, w.returned,
           w.unit_price_minor as "unitPriceMinor", w.article_id is null and c.order_id is not null as "noGoods"
    from web_order_line w left join web_order_choice c on c.company_id = w.company_id and c.order_id = w.order_id and c.line_ref = w.line_ref
    where w.company_id = ${tx.companyId} and w.order_id = ${orderId} order by w.line_ref`)
export const lossesOf = (tx: Tx, orderId: number) =>
  tx.rows<{ lossId: number; articleId: number; articleNumber: string; locationId: number; quantity: number; at: Date; state: 'written-off' | 'put-back' | 'asked' }>(sql`
    select w.id as "lossId", w.article_id as "articleId", a.number as "articleNumber", w.location_id as "locationId", w.quantity, w.at, w.state
    from web_loss w join article a on a.company_id = w.company_id and a.id = w.article_id where w.company_id = ${tx.companyId} and w.order_id = ${orderId} order by w.id`)

export interface OrderMovement {
  id: number
  kind: string
  articleId: number
  articleNumber: string
  articleName: string
  locationId: number
  locationName: string
  onHand: number
  reserved: number
  occurredAt: Date
  postedAt: Date
  actor: string
}
/** In order of when it happened; an order has tens of them. */
export const movementsOf = (tx: Tx, order: { listenerId: number; orderRef: string }) =>
  tx.rows<OrderMovement>(sql`
    select m.id, m.kind, m.article_id as "articleId", a.number as "articleNumber", a.name as "articleName", m.location_id as "locationId", l.name as "locationName",
           m.on_hand_delta as "onHand", m.reserved_delta as reserved, m.occurred_at as "occurredAt", m.posted_at as "postedAt", m.actor
    from movement m join article a on a.company_id = m.company_id and a.id = m.article_id join location l on l.company_id = m.company_id and l.id = m.location_id
    where m.company_id = ${tx.companyId} and m.source ->> 'type' = 'web-order' and m.source ->> 'listener' = ${String(order.listenerId)} and m.source ->> 'ref' = ${order.orderRef}
    order by m.occurred_at, m.id limit 1000`)

export const editsOf = (tx: Tx, orderId: number) =>
  tx.rows<{ at: Date; edit: Edit }>(sql`select at, edit from web_order_edit where company_id = ${tx.companyId} and order_id = ${orderId} order by version limit 1000`)

export interface Held {
  locationId: number
  locationName: string
  onHand: number
  reserved: number
  known: boolean
}
/** What stands booked of an article, also where the number isn't known yet. */
export const heldOf = (tx: Tx, articleId: number) =>
  tx.rows<Held>(sql`
    select v.location_id as "locationId", l.name as "locationName", v.on_hand as "onHand", v.reserved, v.known
    from level v join location l on l.company_id = v.company_id and l.id = v.location_id where v.company_id = ${tx.companyId} and v.article_id = ${articleId} order by l.id`)
