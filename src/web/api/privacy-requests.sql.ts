/** SQL of the list of privacy requests. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface RequestShown {
  id: number
  ask: 'data' | 'erase' | 'erase-all'
  source: { id: number; name: string }
  customerRef: string | null
  requestRef: string | null
  customer: { id: number; name: string | null; email: string | null; phone: string | null } | null
  askedAt: Date
  dueAt: Date
  forgotten: number
  doneAt: Date | null
}
export interface RequestsAsked {
  id: number | null
  open: boolean | null
  customerId: number | null
  /** 0 = those that wait, by id; 1 = those that are done, the latest id first. */
  after: { rank: number; id: number } | null
  limit: number
}
/** A month, as the law and Shopify say. */
const DUE_DAYS = 30

export const requestPage = (tx: Tx, asked: RequestsAsked) =>
  tx.rows<RequestShown>(sql`
    select r.id, r.ask, jsonb_build_object('id', l.id, 'name', l.name) as source, r.customer_ref as "customerRef", r.request_ref as "requestRef",
           case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone) end as customer,
           r.asked_at as "askedAt", r.asked_at + make_interval(days => ${DUE_DAYS}) as "dueAt", r.forgotten, r.done_at as "doneAt"
    from privacy_request r join listener l on l.company_id = r.company_id and l.id = r.listener_id left join customer c on c.company_id = r.company_id and c.id = r.customer_id
    cross join lateral (select (r.done_at is not null)::integer as rank, case when r.done_at is null then r.id else -r.id end as place) p
    where r.company_id = ${tx.companyId} and (${asked.id}::bigint is null or r.id = ${asked.id}) and (${asked.open}::boolean is null or (r.done_at is null) = ${asked.open})
      and (${asked.customerId}::bigint is null or r.customer_id = ${asked.customerId})
      and (${asked.after?.rank ?? null}::integer is null or (p.rank, p.place) > (${asked.after?.rank ?? null}::integer, ${asked.after === null ? null : asked.after.rank === 0 ? asked.after.id : -asked.after.id}::bigint))
    order by p.rank, p.place limit ${asked.limit}`)
