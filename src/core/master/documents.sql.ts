/** SQL of an ERP's documents, and which order each is for. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { ErpDocument, LinkedBy, Stage } from './document.ts'

export const saveDocumentRows = (tx: Tx, listenerId: number, documents: ErpDocument[], now: Date) =>
  tx.run(sql`
    insert into erp_document as d (company_id, listener_id, document_ref, stage, credit, invoice_number, names, currency, net_minor, gross_minor, booked_at, stamp, lines, seen_at)
    select ${tx.companyId}, ${listenerId}, "documentRef", stage, credit, "invoiceNumber", coalesce(names, '[]'), currency, "netMinor", "grossMinor", case when stage = 'booked' then coalesce("bookedAt", ${now}) else "bookedAt" end, stamp, nullif(lines, 'null'), ${now}
    from jsonb_to_recordset(${JSON.stringify(documents)}) as r("documentRef" text, stage text, credit boolean, "invoiceNumber" text, names jsonb, currency text, "netMinor" bigint, "grossMinor" bigint,
      "bookedAt" timestamptz, stamp text, lines jsonb) order by "documentRef"
    on conflict (company_id, listener_id, document_ref) do update set stage = excluded.stage, credit = excluded.credit, invoice_number = coalesce(excluded.invoice_number, d.invoice_number),
      names = case when excluded.stage = 'gone' then d.names else excluded.names end, currency = excluded.currency, net_minor = coalesce(excluded.net_minor, d.net_minor),
      gross_minor = coalesce(excluded.gross_minor, d.gross_minor), booked_at = coalesce(excluded.booked_at, d.booked_at), stamp = excluded.stamp, lines = coalesce(excluded.lines, d.lines), seen_at = excluded.seen_at`)

/** How these are stored, where they are. */
export const storedDocuments = (tx: Tx, listenerId: number, refs: string[]) =>
  tx.rows<{ documentRef: string; stage: string; stamp: string; orderId: number | null; hasLines: boolean }>(sql`
    select document_ref as "documentRef", stage, stamp, order_id as "orderId", lines is not null as "hasLines" from erp_document
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and document_ref = any (${refs})`)

/** Orders of shops by a text that may name one: what people call it, or the shop's own id of it. */
export const ordersNamed = (tx: Tx, texts: string[]) =>
  tx.rows<{ text: string; orderId: number }>(sql`
    select distinct t.text, o.id as "orderId" from unnest(${texts}::text[]) as t(text)
    join web_order o on o.company_id = ${tx.companyId} and o.state <> 'deleted' and (o.name = t.text or o.name = '#' || t.text or o.order_ref = t.text) order by 1, 2`)

/** Documents nobody has linked yet, newest first: an order may come after its document. What a person took from its order stays without. */
export const unlinkedDocuments = (tx: Tx, listenerId: number, since: Date) =>
  tx.rows<{ documentRef: string; names: ErpDocument['names']; hasLines: boolean }>(sql`
    select document_ref as "documentRef", names, lines is not null as "hasLines" from erp_document
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and order_id is null and linked_by is null and stage <> 'gone' and names <> '[]' and seen_at >= ${since} order by seen_at desc limit 500`)

export const linkDocuments = (tx: Tx, listenerId: number, links: { documentRef: string; orderId: number; linkedBy: LinkedBy }[]) =>
  tx.run(sql`
    update erp_document d set order_id = r."orderId", linked_by = r."linkedBy"
    from jsonb_to_recordset(${JSON.stringify(links)}) as r("documentRef" text, "orderId" bigint, "linkedBy" text)
    where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.document_ref = r."documentRef" and d.order_id is null and d.linked_by is null`)

/** Which orders each of these may be for, as it is now; none given = none. */
export const saveCandidates = async (tx: Tx, listenerId: number, refs: string[], candidates: { documentRef: string; orderId: number }[]) => {
  await tx.run(sql`
    delete from document_candidate c using erp_document d
    where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.document_ref = any (${refs}) and c.company_id = d.company_id and c.document_id = d.id
      and not exists (select from jsonb_to_recordset(${JSON.stringify(candidates)}) as r("documentRef" text, "orderId" bigint) where r."documentRef" = d.document_ref and r."orderId" = c.order_id)`)
  if (candidates.length === 0) return
  await tx.run(sql`
    insert into document_candidate (company_id, document_id, order_id)
    select d.company_id, d.id, r."orderId" from jsonb_to_recordset(${JSON.stringify(candidates)}) as r("documentRef" text, "orderId" bigint)
    join erp_document d on d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.document_ref = r."documentRef" order by d.id, r."orderId"
    on conflict do nothing`)
}

export const ordersOfDocuments = (tx: Tx, listenerId: number, refs: string[]) =>
  tx.rows<{ documentRef: string; orderId: number }>(sql`
    select document_ref as "documentRef", order_id as "orderId" from erp_document
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and document_ref = any (${refs}) and order_id is not null order by 2`)

/** Pieces of each order in documents of these stages, credit notes taken off, by our article. */
export const piecesInDocuments = (tx: Tx, listenerId: number, orderIds: number[], stages: string[]) =>
  tx.rows<{ orderId: number; articleId: number; quantity: number }>(sql`
    select d.order_id as "orderId", n.article_id as "articleId", sum((case when d.credit then -1 else 1 end) * abs((l.line ->> 'quantity')::integer))::integer as quantity
    from erp_document d cross join lateral jsonb_array_elements(d.lines) as l(line)
    join article_number n on n.company_id = d.company_id and n.number = l.line ->> 'articleNumber'
    where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.order_id = any (${orderIds}::bigint[]) and d.stage = any (${stages})
    group by 1, 2 having sum((case when d.credit then -1 else 1 end) * abs((l.line ->> 'quantity')::integer)) > 0 order by 1, 2`)

/** Open orders with a document that names one of these articles. */
export const openOrdersHolding = (tx: Tx, listenerId: number, articleIds: number[]) =>
  tx.rows<{ orderId: number }>(sql`
    select distinct d.order_id as "orderId"
    from erp_document d join web_order o on o.company_id = d.company_id and o.id = d.order_id and o.state = 'open'
    cross join lateral jsonb_array_elements(d.lines) as l(line)
    join article_number n on n.company_id = d.company_id and n.number = l.line ->> 'articleNumber'
    where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and n.article_id = any (${articleIds}::bigint[]) order by 1`)

/** Whose orders they are. */
export const listenersOfOrders = (tx: Tx, orderIds: number[]) =>
  tx.rows<{ listenerId: number; orderId: number }>(
    sql`select listener_id as "listenerId", id as "orderId" from web_order where company_id = ${tx.companyId} and id = any (${orderIds}::bigint[]) order by listener_id, id`,
  )

/** This connection's documents of one order, latest first. */
export const documentsOfOrder = (tx: Tx, listenerId: number, orderId: number) =>
  tx.rows<{ documentRef: string; stage: Stage | 'gone'; credit: boolean; invoiceNumber: string | null; linkedBy: LinkedBy }>(sql`
    select document_ref as "documentRef", stage, credit, invoice_number as "invoiceNumber", linked_by as "linkedBy" from erp_document
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and order_id = ${orderId} order by seen_at desc, id desc`)

/** The document we made of an order. It is read as it stands there right after; until then nothing is known of what is in it. */
export const linkMade = (tx: Tx, listenerId: number, made: { documentRef: string; orderId: number; currency: string }, now: Date) =>
  tx.run(sql`
    insert into erp_document as d (company_id, listener_id, document_ref, stage, credit, order_id, linked_by, currency, stamp, seen_at)
    values (${tx.companyId}, ${listenerId}, ${made.documentRef}, 'draft', false, ${made.orderId}, 'made', ${made.currency}, '', ${now})
    on conflict (company_id, listener_id, document_ref) do update set order_id = excluded.order_id, linked_by = 'made'`)

/** Those we made that nobody has looked at since `before`: the lists tell of them only where the ERP's number contains them. Longest first. */
export const madeUnseen = async (tx: Tx, listenerId: number, before: Date, most: number): Promise<string[]> =>
  (
    await tx.rows<{ documentRef: string }>(sql`
      select document_ref as "documentRef" from erp_document
      where company_id = ${tx.companyId} and listener_id = ${listenerId} and linked_by = 'made' and stage in ('order', 'draft') and seen_at < ${before} order by seen_at limit ${most}`)
  ).map((row) => row.documentRef)
