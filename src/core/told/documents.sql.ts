/** SQL of told rows that are whole documents: an order an ERP is to have, an invoice's PDF a shop is to have (R42). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** `order`, `order-status`: the entity is a web_order · `invoice-pdf`: an erp_document. */
export type DocumentKind = 'order' | 'order-status' | 'invoice-pdf'

/** Wanted (again), whatever stood in the way before: it may be another document now. */
export const wantDocuments = (tx: Tx, listenerId: number, kind: DocumentKind, entityIds: number[], now: Date) =>
  tx.run(sql`
    insert into told as t (company_id, listener_id, kind, entity_id, location_id, wanted, lane, dirty_since)
    select distinct ${tx.companyId}::bigint, ${listenerId}::bigint, ${kind}, entity, 0, 1, 'live', ${now}::timestamptz from unnest(${entityIds}::bigint[]) as e(entity) order by entity
    on conflict (company_id, listener_id, kind, entity_id, location_id) do update set wanted = t.wanted + 1, refusal = null, refusal_said = null, tries = 0, hold_until = null,
      dirty_since = case when t.wanted > t.told and t.refusal is null then t.dirty_since else excluded.dirty_since end`)

/** A document on its way: its key, and all of it, as it was composed (R12). */
export interface DocumentFlight {
  key: string
  /** The version it carries. */
  version: number
  sentAt: string
  /** What the document was called there when it was composed. */
  documentRef: string | null
  hash: string
  letter: unknown
}
export interface DocumentRow {
  kind: DocumentKind
  entityId: number
  wanted: number
  told: number
  tries: number
  documentRef: string | null
  documentHash: string | null
  flight: DocumentFlight | null
}

/** Locks the next one that is due: what is on its way first, then the longest waiting. */
export const lockNextDocument = (tx: Tx, listenerId: number, kinds: readonly DocumentKind[], now: Date) =>
  tx.maybe<DocumentRow>(sql`
    select kind, entity_id as "entityId", wanted, told, tries, document_ref as "documentRef", document_hash as "documentHash", flight from told
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind in ('order', 'order-status', 'invoice-pdf') and kind = any (${[...kinds]}::text[]) and wanted > told and refusal is null
      and (hold_until is null or hold_until <= ${now})
    order by flight is null, dirty_since, entity_id limit 1 for update skip locked`)

export const lockDocument = (tx: Tx, listenerId: number, kind: DocumentKind, entityId: number) =>
  tx.maybe<DocumentRow>(
    sql`select kind, entity_id as "entityId", wanted, told, tries, document_ref as "documentRef", document_hash as "documentHash", flight from told where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = ${kind} and entity_id = ${entityId} and location_id = 0 for update`,
  )

export interface DocumentSettled {
  kind: DocumentKind
  entityId: number
  told: number
  tries: number
  documentRef: string | null
  documentHash: string | null
  flight: DocumentFlight | null
  refusal: string | null
  said: string | null
  holdUntil: Date | null
}
export const saveDocument = (tx: Tx, listenerId: number, row: DocumentSettled, now: Date) =>
  tx.run(sql`
    update told set told = greatest(told, ${row.told}), told_at = case when ${row.told} > told then ${now}::timestamptz else told_at end, tries = ${row.tries},
      document_ref = ${row.documentRef}, document_hash = ${row.documentHash}, flight = ${row.flight === null ? null : JSON.stringify(row.flight)}::jsonb,
      refusal = ${row.refusal}, refusal_said = ${row.said}, hold_until = ${row.holdUntil}, dirty_since = case when ${row.told} >= wanted then null else dirty_since end
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = ${row.kind} and entity_id = ${row.entityId} and location_id = 0`)

/** It is sent though nothing may have changed. */
export const sendAnew = (tx: Tx, listenerId: number, kind: DocumentKind, entityId: number, anew: boolean) =>
  tx.run(sql`
    update told set document_hash = null, document_ref = case when not ${anew} then document_ref end
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = ${kind} and entity_id = ${entityId} and location_id = 0`)

/** What waits isn't wanted any more; what is on its way goes to its end. */
export const dropDocuments = (tx: Tx, listenerId: number, kind: DocumentKind) =>
  tx.run(sql`
    update told set told = wanted, refusal = null, refusal_said = null, hold_until = null, dirty_since = null
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = ${kind} and wanted > told and flight is null`)

/** Of a booked one nothing is to be done here. */
export const refusedDocuments = (tx: Tx, listenerId: number, kind: DocumentKind) =>
  tx.rows<{ entityId: number }>(sql`
    select entity_id as "entityId" from told
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = ${kind} and refusal is not null and refusal not in ('booked-already', 'document-gone') order by entity_id`)
