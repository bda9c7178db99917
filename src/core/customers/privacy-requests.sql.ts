/** SQL of privacy requests: who wants to see what is kept of them, or to be forgotten. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface NewRequest {
  listenerId: number
  ask: 'data' | 'erase' | 'erase-all'
  requestRef: string | null
  customerRef: string | null
  /** Whom a person has to do something about; null = nobody. */
  customerId: number | null
  forgotten: number
  doneAt: Date | null
}
export const insertRequest = (tx: Tx, r: NewRequest, now: Date) =>
  tx.run(sql`
    insert into privacy_request (company_id, listener_id, ask, request_ref, customer_ref, customer_id, asked_at, forgotten, done_at)
    values (${tx.companyId}, ${r.listenerId}, ${r.ask}, ${r.requestRef}, ${r.customerRef}, ${r.customerId}, ${now}, ${r.forgotten}, ${r.doneAt})`)

/** By request or by customer: a person did what was asked, or the customer is forgotten. Nothing happens to one that is done. Returns how many were settled. */
export const settleRequests = (tx: Tx, which: { id?: number; customerId?: number }, by: { actor: string; now: Date }) =>
  tx.run(sql`
    update privacy_request set done_at = ${by.now}, done_by = ${by.actor}
    where company_id = ${tx.companyId} and done_at is null and (id = ${which.id ?? null} or customer_id = ${which.customerId ?? null})`)
