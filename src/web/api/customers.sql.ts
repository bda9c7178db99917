/** SQL of the customer pages. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { hasAll, phoneHas } from './sought.ts'

export interface CustomerShown {
  id: number
  name: string | null
  email: string | null
  phone: string | null
  source: { id: number; name: string; ref: string | null; createdAt: Date | null; updatedAt: Date | null; goneAt: Date | null } | null
  orders: number
  openOrders: number
  version: number
  createdAt: Date
  changedAt: Date
  erasedAt: Date | null
}
export interface CustomersAsked {
  id: number | null
  q: string | null
  email: string | null
  phone: string | null
  externalId: string | null
  changedAfter: Date | null
  /** Null = both. */
  erased: boolean | null
  beforeId: number | null
  limit: number
}

/** Newest first. */
export const customerPage = async (tx: Tx, asked: CustomersAsked): Promise<CustomerShown[]> =>
  (await customerRows(tx, asked)).map(({ sourceId, sourceName, sourceRef, sourceCreatedAt, sourceUpdatedAt, sourceGoneAt, ...row }) => ({
    ...row,
    source:
      sourceId === null || sourceName === null
        ? null
        : { id: sourceId, name: sourceName, ref: sourceRef, createdAt: sourceCreatedAt, updatedAt: sourceUpdatedAt, goneAt: sourceGoneAt },
  }))
type Row = Omit<CustomerShown, 'source'> & {
  sourceId: number | null
  sourceName: string | null
  sourceRef: string | null
  sourceCreatedAt: Date | null
  sourceUpdatedAt: Date | null
  sourceGoneAt: Date | null
}
const customerRows = (tx: Tx, asked: CustomersAsked) =>
  tx.rows<Row>(sql`
    select c.id, c.name, c.email, c.phone, l.id as "sourceId", l.name as "sourceName", c.source_ref as "sourceRef",
           c.source_created_at as "sourceCreatedAt", c.source_updated_at as "sourceUpdatedAt", c.source_gone_at as "sourceGoneAt",
           o.orders, o.open as "openOrders", c.version, c.created_at as "createdAt", c.changed_at as "changedAt", c.erased_at as "erasedAt"
    from customer c left join listener l on l.company_id = c.company_id and l.id = c.source_id
    cross join lateral (select count(*)::integer as orders, count(*) filter (where w.state = 'open')::integer as open from web_order w where w.company_id = c.company_id and w.customer_id = c.id) o
    where c.company_id = ${tx.companyId} and (${asked.id}::bigint is null or c.id = ${asked.id}) and (${asked.erased}::boolean is null or (c.erased_at is not null) = ${asked.erased})
      and (${asked.q}::text is null or c.sought like all (${hasAll(asked.q ?? '')}::text[]) or c.sought like ${phoneHas(asked.q)})
      and (${asked.email}::text is null or lower(c.email) = lower(${asked.email})) and (${asked.phone}::text is null or c.phone = ${asked.phone})
      and (${asked.externalId}::text is null or c.source_ref = ${asked.externalId} or c.id in (
        select r.entity_id from view_row r where r.company_id = c.company_id and r.entity = 'customer' and r.external_id = ${asked.externalId}))
      and (${asked.changedAfter}::timestamptz is null or c.changed_at > ${asked.changedAfter}) and (${asked.beforeId}::bigint is null or c.id < ${asked.beforeId})
    order by c.id desc limit ${asked.limit}`)

export interface OrderExported {
  name: string
  ref: string
  from: string
  state: 'open' | 'shipped' | 'cancelled' | 'done' | 'deleted'
  placedAt: Date
  cancelledAt: Date | null
  currency: string | null
  lines: { number: string | null; title: string; quantity: number; unitPriceMinor: number | null }[]
}
/** All there are: nothing of a person is left out. */
export const ordersOfCustomer = (tx: Tx, customerId: number) =>
  tx.rows<OrderExported>(sql`
    select o.name, o.order_ref as ref, l.name as "from", o.state, o.placed_at as "placedAt", o.cancelled_at as "cancelledAt", o.snapshot ->> 'currency' as currency,
           coalesce((select jsonb_agg(jsonb_build_object('number', w.article_number, 'title', w.title, 'quantity', w.ordered, 'unitPriceMinor', w.unit_price_minor) order by w.line_ref)
             from web_order_line w where w.company_id = o.company_id and w.order_id = o.id), '[]') as lines
    from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id
    where o.company_id = ${tx.companyId} and o.customer_id = ${customerId} order by o.placed_at, o.id`)
