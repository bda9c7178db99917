/** SQL of which order an invoice is for, where a person says it. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface LinkedInvoice {
  id: number
  /** The ERP's connection. */
  listenerId: number
  documentRef: string
  orderId: number | null
}
/** Booked ones only: drafts and orders of an ERP are no invoices. */
export const lockInvoice = (tx: Tx, id: number) =>
  tx.maybe<LinkedInvoice>(sql`
    select id, listener_id as "listenerId", document_ref as "documentRef", order_id as "orderId" from erp_document
    where company_id = ${tx.companyId} and id = ${id} and stage = 'booked' for update`)

/** Null = for none; a person said so either way. */
export const saveLink = (tx: Tx, id: number, orderId: number | null) =>
  tx.run(sql`update erp_document set order_id = ${orderId}, linked_by = 'person' where company_id = ${tx.companyId} and id = ${id}`)

export const askRow = (tx: Tx, orderId: number, by: { actor: string; now: Date }) =>
  tx.run(
    sql`insert into invoice_asked (company_id, order_id, at, actor) values (${tx.companyId}, ${orderId}, ${by.now}, ${by.actor}) on conflict (company_id, order_id) do nothing`,
  )

/** What is booked for this order. */
export const invoicesOfOrder = (tx: Tx, orderId: number) =>
  tx.rows<{ id: number; listenerId: number }>(
    sql`select id, listener_id as "listenerId" from erp_document where company_id = ${tx.companyId} and order_id = ${orderId} and stage = 'booked' order by id`,
  )
