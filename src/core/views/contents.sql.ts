/** What a view's items say, read as it is now. Unknown is null and never zero (L7). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** `id` and `location` name the item; `data` is what the reader gets. */
export interface Content {
  id: number
  location: number
  data: Record<string, unknown>
}

export const productContents = (tx: Tx, ids: number[]) =>
  tx.rows<Content>(sql`
    select p.id, 0 as location, jsonb_build_object('id', p.id, 'name', p.name, 'options', p.options, 'description', p.description, 'vendor', p.vendor, 'active', p.active) as data
    from product p where p.company_id = ${tx.companyId} and p.id = any (${ids}::bigint[])`)

export const articleContents = (tx: Tx, ids: number[]) =>
  tx.rows<Content>(sql`
    select a.id, 0 as location, jsonb_build_object('id', a.id, 'productId', a.product_id, 'number', a.number, 'name', a.name, 'optionValues', a.option_values, 'vatClass', a.vat_class,
             'stockTracked', a.stock_tracked, 'barcodes', coalesce((select jsonb_agg(jsonb_build_object('code', b.code, 'pack', b.pack) order by b.gtin14)
               from barcode b where b.company_id = a.company_id and b.article_id = a.id), '[]')) as data
    from article a where a.company_id = ${tx.companyId} and a.id = any (${ids}::bigint[])`)

/** Whole pieces. Goods that were never counted, received or taken over have no number: null. */
export const stockContents = (tx: Tx, ids: number[], locations: number[]) =>
  tx.rows<Content>(sql`
    select l.article_id as id, l.location_id as location, jsonb_build_object('articleId', l.article_id, 'number', a.number, 'locationId', l.location_id,
             'onHand', case when l.known then l.on_hand end, 'reserved', l.reserved, 'available', case when l.known then l.on_hand - l.reserved end) as data
    from unnest(${ids}::bigint[], ${locations}::bigint[]) as c(article, location)
    join level l on l.company_id = ${tx.companyId} and l.article_id = c.article and l.location_id = c.location
    join article a on a.company_id = l.company_id and a.id = l.article_id`)

/** `href`: where the view's own key fetches the bytes. */
export const imageContents = (tx: Tx, ids: number[], viewId: number) =>
  tx.rows<Content>(sql`
    select i.id, 0 as location, jsonb_build_object('id', i.id, 'productId', i.product_id, 'articleId', i.article_id, 'position', i.position, 'alt', i.alt, 'type', i.type, 'width', i.width,
             'height', i.height, 'size', i.size, 'sha256', i.sha256, 'href', '/v1/sync-views/' || ${viewId}::bigint || '/images/' || i.id) as data
    from image i where i.company_id = ${tx.companyId} and i.id = any (${ids}::bigint[]) and i.removed_at is null`)

/** Whose bytes may be fetched through the view: it has the thing, and hears of such. */
export const fileInView = (tx: Tx, viewId: number, entity: 'image' | 'invoice', id: number) =>
  tx.maybe<{ id: number }>(sql`
    select r.entity_id as id from view_row r join view v on v.company_id = r.company_id and v.listener_id = r.listener_id
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = ${entity} and r.entity_id = ${id} and r.op = 'upsert' and ${entity} = any (v.entities)`)

/** Any field may be unknown. `from` = the connection or view it came through, null = made here. */
export const customerContents = (tx: Tx, ids: number[]) =>
  tx.rows<Content>(sql`
    select c.id, 0 as location, jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone, 'from', c.source_id, 'ref', c.source_ref) as data
    from customer c where c.company_id = ${tx.companyId} and c.id = any (${ids}::bigint[])`)

/** Without the person who ordered: customers are an entity of their own. An erased one is nobody. */
export const orderContents = (tx: Tx, ids: number[]) =>
  tx.rows<Content>(sql`
    select o.id, 0 as location, jsonb_build_object('id', o.id, 'from', o.listener_id, 'ref', o.order_ref, 'name', o.name, 'customerId', case when o.customer_erased_at is null then o.customer_id end, 'state', o.state, 'placedAt', o.placed_at, 'cancelledAt', o.cancelled_at,
             'paid', o.snapshot -> 'paid', 'currency', o.snapshot ->> 'currency',
             'lines', coalesce((select jsonb_agg(jsonb_build_object('line', l.line_ref, 'number', l.article_number, 'articleId', l.article_id, 'title', l.title, 'ordered', l.ordered, 'open', l.open,
               'shipped', l.shipped, 'restocked', l.restocked, 'lost', l.lost, 'returned', l.returned, 'unitPriceMinor', l.unit_price_minor) order by l.line_ref)
               from web_order_line l where l.company_id = o.company_id and l.order_id = o.id), '[]')) as data
    from web_order o where o.company_id = ${tx.companyId} and o.id = any (${ids}::bigint[])`)

/** Booked by an ERP for an order of ours. Amounts in minor units of its own currency, a credit note's below zero; of the day it was booked only the date is meant. `pdf` null = not there (yet), or it named somebody who was forgotten. */
export const invoiceContents = (tx: Tx, ids: number[], viewId: number) =>
  tx.rows<Content>(sql`
    select d.id, 0 as location, jsonb_build_object('id', d.id, 'orderId', d.order_id, 'number', d.invoice_number, 'bookedAt', d.booked_at, 'credit', d.credit, 'currency', d.currency,
             'netMinor', d.net_minor, 'grossMinor', d.gross_minor,
             'pdf', case when p.found = 'there' then jsonb_build_object('sha256', p.sha256, 'size', p.size_bytes, 'href', '/v1/sync-views/' || ${viewId}::bigint || '/invoices/' || d.id || '/pdf') end) as data
    from erp_document d left join invoice_pdf p on p.company_id = d.company_id and p.document_id = d.id
    where d.company_id = ${tx.companyId} and d.id = any (${ids}::bigint[])`)
