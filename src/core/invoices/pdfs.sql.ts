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

export const orderOfDocument = (tx: Tx, documentId: number) =>
  tx.maybe<{ orderId: number | null }>(sql`select order_id as "orderId" from erp_document where company_id = ${tx.companyId} and id = ${documentId}`)
