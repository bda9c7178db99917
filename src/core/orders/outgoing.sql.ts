/** SQL of an order as an ERP is told of it. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Country } from '../companies/country.ts'
import type { Effects } from './effects.ts'
import type { OrderCustomer, Snapshot } from './order.ts'

/** `placedOn`: the day it was placed, where the company is. */
export const orderToTell = (tx: Tx, orderId: number) =>
  tx.maybe<{
    listenerId: number
    snapshot: Snapshot
    effects: Effects
    state: string
    placedOn: string
    country: Country
    defaultLocationId: number | null
    customer: Omit<OrderCustomer, 'customerId'> | null
  }>(sql`
    select o.listener_id as "listenerId", o.snapshot, o.effects, o.state, to_char(o.placed_at at time zone co.time_zone, 'YYYY-MM-DD') as "placedOn", co.country,
           s.default_location_id as "defaultLocationId",
           case when o.customer_erased_at is not null then null when c.id is not null then jsonb_build_object('name', c.name, 'email', c.email, 'phone', c.phone) else o.customer end as customer
    from web_order o join company co on co.id = o.company_id join listener s on s.company_id = o.company_id and s.id = o.listener_id
    left join customer c on c.company_id = o.company_id and c.id = o.customer_id and c.erased_at is null
    where o.company_id = ${tx.companyId} and o.id = ${orderId}`)

/** What each line is here: the article's own number, and the VAT rate of its class on the day the order was placed; both null = nobody knows the article. */
export const linesToTell = (tx: Tx, orderId: number) =>
  tx.rows<{ lineRef: string; number: string | null; vatBasisPoints: number | null }>(sql`
    select l.line_ref as "lineRef", a.number,
           (select r.rate_bp from vat_rate r where r.company_id = a.company_id and r.class = a.vat_class and r.valid_from <= (o.placed_at at time zone co.time_zone)::date
            order by r.valid_from desc limit 1) as "vatBasisPoints"
    from web_order_line l join web_order o on o.company_id = l.company_id and o.id = l.order_id join company co on co.id = l.company_id
    left join article a on a.company_id = l.company_id and a.id = l.article_id
    where l.company_id = ${tx.companyId} and l.order_id = ${orderId}`)

/** Which connections these orders go to: placed since they take orders, or handed over before by a person's press. */
export const ordersToHandOver = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ listenerId: number; orderId: number }>(sql`
    select l.id as "listenerId", o.id as "orderId"
    from listener l join web_order o on o.company_id = l.company_id and o.id = any (${orderIds}::bigint[]) and o.listener_id <> l.id
    join listener s on s.company_id = o.company_id and s.id = o.listener_id and s.kind = 'connection'
    where l.company_id = ${tx.companyId} and l.orders_from is not null and l.state <> 'gone' and (o.placed_at >= l.orders_from or exists (
      select from told t where t.company_id = l.company_id and t.listener_id = l.id and t.kind = 'order' and t.entity_id = o.id and t.document_ref is not null))
    order by l.id, o.id`)
