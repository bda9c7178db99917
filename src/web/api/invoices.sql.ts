/** SQL of the invoice pages. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface OrderNamed {
  id: number
  name: string
  connectionName: string
  placedAt: Date
  currency: string
  goodsMinor: number | null
}
export interface InvoiceRow {
  id: number
  connectionId: number
  connectionName: string
  number: string | null
  bookedAt: Date | null
  credit: boolean
  currency: string
  grossMinor: number | null
  orderId: number | null
  linkedBy: 'made' | 'turned' | 'reference' | 'heading' | 'text' | 'number' | 'person' | null
  candidateIds: number[]
  wanted: boolean
  found: 'there' | 'missing' | 'not-a-pdf' | 'too-large' | 'erased' | null
  triesAgain: boolean
  fetchedAt: Date | null
  handed: boolean
  waits: boolean
  refusal: string | null
  said: string | null
}
export interface InvoicesAsked {
  id: number | null
  orderId: number | null
  connectionId: number | null
  state: 'asks' | 'linked' | 'unlinked' | 'failed' | null
  q: string | null
  before: { at: Date; id: number } | null
  limit: number
}

/** The newest first. What is said of an order is asked only of those on the page. */
export const invoicePage = (tx: Tx, asked: InvoicesAsked) =>
  tx.rows<InvoiceRow>(sql`
    with page as (
      select d.*, p.document_id is not null as wanted, p.found, p.next_try_at, p.sha256, p.fetched_at, o.listener_id as shop_id, t.refusal, t.refusal_said, t.wanted > t.told as waits
      from erp_document d
      left join web_order o on o.company_id = d.company_id and o.id = d.order_id
      left join invoice_pdf p on p.company_id = d.company_id and p.document_id = d.id
      left join told t on t.company_id = d.company_id and t.listener_id = o.listener_id and t.kind = 'invoice-pdf' and t.entity_id = d.id and t.location_id = 0
      where d.company_id = ${tx.companyId} and d.stage = 'booked' and (${asked.id}::bigint is null or d.id = ${asked.id})
        and (${asked.orderId}::bigint is null or d.order_id = ${asked.orderId}) and (${asked.connectionId}::bigint is null or d.listener_id = ${asked.connectionId})
        and (${asked.q}::text is null or d.invoice_number = ${asked.q} or o.name = ${asked.q})
        and case coalesce(${asked.state}::text, '')
              when '' then true
              when 'linked' then d.order_id is not null
              when 'failed' then p.next_try_at is null and p.found in ('missing', 'not-a-pdf', 'too-large') or t.refusal is not null
              else d.order_id is null and (d.linked_by is null and exists (select from document_candidate c where c.company_id = d.company_id and c.document_id = d.id)) = (${asked.state} = 'asks') end
        and (${asked.before?.id ?? null}::bigint is null or (d.booked_at, d.id) < (${asked.before?.at ?? null}::timestamptz, ${asked.before?.id ?? null}::bigint))
      order by d.booked_at desc, d.id desc limit ${asked.limit})
    select d.id, d.listener_id as "connectionId", l.name as "connectionName", d.invoice_number as number, d.booked_at as "bookedAt", d.credit, d.currency, d.gross_minor as "grossMinor",
           d.order_id as "orderId", d.linked_by as "linkedBy",
           case when d.order_id is null and d.linked_by is null then (select coalesce(jsonb_agg(c.order_id order by c.order_id desc), '[]') from document_candidate c where c.company_id = d.company_id and c.document_id = d.id)
             else '[]' end as "candidateIds",
           d.wanted, d.found, d.next_try_at is not null as "triesAgain", d.fetched_at as "fetchedAt",
           exists (select from invoice_handed h where h.company_id = d.company_id and h.order_id = d.order_id and h.sha256 = d.sha256) as handed,
           coalesce(d.waits, false) as waits, d.refusal, d.refusal_said as said
    from page d join listener l on l.company_id = d.company_id and l.id = d.listener_id
    order by d.booked_at desc, d.id desc`)

/** Goods cost what was ordered times the price; null where some price is unknown. */
export const ordersByName = (tx: Tx, ids: number[]) =>
  tx.rows<OrderNamed>(sql`
    select o.id, o.name, l.name as "connectionName", o.placed_at as "placedAt", o.snapshot ->> 'currency' as currency,
           (select case when bool_and(w.unit_price_minor is not null) then sum(w.ordered * w.unit_price_minor) end
            from web_order_line w where w.company_id = o.company_id and w.order_id = o.id)::bigint as "goodsMinor"
    from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id where o.company_id = ${tx.companyId} and o.id = any (${ids}::bigint[])`)
