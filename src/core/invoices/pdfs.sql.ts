/** SQL of the PDFs of booked documents: which are wanted, which are there, which a shop has. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Found } from './pdf.ts'

/**
 * Of what is booked for these orders: what belongs to an order placed since the ERP is master, what a person linked, and what a person asked for. Credit notes too: they are shown.
 * Wanted before is wanted once. Returns how many are new.
 */
export const wantRows = (tx: Tx, listenerId: number, orderIds: number[], since: Date, now: Date) =>
  tx.run(sql`
    insert into invoice_pdf (company_id, document_id, wanted_at, next_try_at)
    select d.company_id, d.id, ${now}::timestamptz, ${now}::timestamptz
    from erp_document d join web_order o on o.company_id = d.company_id and o.id = d.order_id
    where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.order_id = any (${orderIds}::bigint[]) and d.stage = 'booked'
      and (d.linked_by = 'person' or o.placed_at >= ${since} and d.booked_at >= date_trunc('day', ${since}::timestamptz, 'UTC')
        or exists (select from invoice_asked a where a.company_id = o.company_id and a.order_id = o.id))
    order by d.id on conflict (company_id, document_id) do nothing`)

/** A person asks again: whatever isn't there is fetched now. Returns how many. */
export const wantAgain = (tx: Tx, documentIds: number[], now: Date) =>
  tx.run(sql`
    insert into invoice_pdf as p (company_id, document_id, wanted_at, next_try_at)
    select company_id, id, ${now}::timestamptz, ${now}::timestamptz from erp_document
    where company_id = ${tx.companyId} and id = any (${documentIds}::bigint[]) and stage = 'booked' order by id
    on conflict (company_id, document_id) do update set next_try_at = excluded.next_try_at, tries = 0 where p.found is distinct from 'there'`)

/** The next one to ask this ERP for; put off before it is asked, so that a question that fails comes back later. */
export const nextPdf = (tx: Tx, listenerId: number, now: Date) =>
  tx.maybe<{ documentId: number; documentRef: string; tries: number }>(sql`
    select p.document_id as "documentId", d.document_ref as "documentRef", p.tries
    from invoice_pdf p join erp_document d on d.company_id = p.company_id and d.id = p.document_id
    where p.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and p.next_try_at <= ${now} order by p.next_try_at, p.document_id limit 1`)

export const noteTry = (tx: Tx, documentId: number, tried: { tries: number; nextTryAt: Date | null; found: Exclude<Found, 'there' | 'erased'> | null }) =>
  tx.run(sql`
    update invoice_pdf set tries = ${tried.tries}, next_try_at = ${tried.nextTryAt}, found = coalesce(${tried.found}::text, found)
    where company_id = ${tx.companyId} and document_id = ${documentId} and found is distinct from 'there'`)

export const keepRow = async (tx: Tx, documentId: number, pdf: { bytes: Uint8Array; sha256: string }, now: Date) => {
  await tx.run(sql`
    update invoice_pdf set found = 'there', sha256 = ${pdf.sha256}, size_bytes = ${pdf.bytes.length}, fetched_at = ${now}, next_try_at = null
    where company_id = ${tx.companyId} and document_id = ${documentId}`)
  await tx.run(sql`
    insert into invoice_file (company_id, document_id, bytes) values (${tx.companyId}, ${documentId}, ${Buffer.from(pdf.bytes)})
    on conflict (company_id, document_id) do update set bytes = excluded.bytes`)
}

export const fileOf = (tx: Tx, documentId: number) =>
  tx.maybe<{ bytes: Buffer }>(sql`select bytes from invoice_file where company_id = ${tx.companyId} and document_id = ${documentId}`)

export interface ForShop {
  documentId: number
  orderId: number
  /** The shop whose order it is, and its connector. */
  listenerId: number
  code: string
  orderRef: string
  invoiceNumber: string
  sha256: string
  /** The order was handed this very content before, by whichever document. */
  handed: boolean
}
/** Of each of these orders the invoice its shop is to have: the latest booked one whose PDF is there. A credit note never. */
export const invoicesForShops = (tx: Tx, orderIds: number[]) =>
  tx.rows<ForShop>(sql`
    select distinct on (o.id) d.id as "documentId", o.id as "orderId", o.listener_id as "listenerId", l.code, o.order_ref as "orderRef", d.invoice_number as "invoiceNumber", p.sha256,
           exists (select from invoice_handed h where h.company_id = o.company_id and h.order_id = o.id and h.sha256 = p.sha256) as handed
    from web_order o join listener l on l.company_id = o.company_id and l.id = o.listener_id
    join erp_document d on d.company_id = o.company_id and d.order_id = o.id and d.stage = 'booked' and not d.credit and d.invoice_number is not null
    join invoice_pdf p on p.company_id = d.company_id and p.document_id = d.id and p.found = 'there'
    where o.company_id = ${tx.companyId} and o.id = any (${orderIds}::bigint[]) and o.state <> 'deleted' and l.kind = 'connection' and l.state <> 'gone'
    order by o.id, d.booked_at desc, d.id desc`)

export const orderOfDocument = (tx: Tx, documentId: number) =>
  tx.maybe<{ orderId: number | null }>(sql`select order_id as "orderId" from erp_document where company_id = ${tx.companyId} and id = ${documentId}`)

export const noteHanded = (tx: Tx, handed: { orderId: number; sha256: string; documentId: number }, now: Date) =>
  tx.run(sql`
    insert into invoice_handed (company_id, order_id, sha256, document_id, at) values (${tx.companyId}, ${handed.orderId}, ${handed.sha256}, ${handed.documentId}, ${now})
    on conflict (company_id, order_id, sha256) do nothing`)

/** Whoever is named in them asked to be forgotten: a customer, or whom orders named that lost their customer just now. The shop's and the ERP's own copies are theirs. */
export const eraseFiles = async (tx: Tx, customerId: number | null, now: Date) => {
  const gone = await tx.rows<{ id: number }>(sql`
    update invoice_pdf p set found = 'erased', sha256 = null, size_bytes = null, fetched_at = null, next_try_at = null
    from erp_document d join web_order o on o.company_id = d.company_id and o.id = d.order_id
    where p.company_id = ${tx.companyId} and d.company_id = p.company_id and d.id = p.document_id and (o.customer_id = ${customerId} or o.customer_erased_at = ${now}) returning p.document_id as id`)
  await tx.run(sql`delete from invoice_file where company_id = ${tx.companyId} and document_id = any (${gone.map((row) => row.id)}::bigint[])`)
}
