/** SQL of what the operator watches: counts only, never a name or a number of anybody's article. */
import type { Queryable, Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export const isThere = (q: Queryable) => q.one(sql`select 1 as here`)

export interface Backlog {
  dirty: number
  refused: number
  inboxWaiting: number
  inboxListed: number
  /** Of the oldest row that waits to be told; null = none waits. */
  dirtySince: Date | null
}
export const backlog = (tx: Tx) =>
  tx.one<Backlog>(sql`
    select (select count(*)::int from told t where t.company_id = ${tx.companyId} and (t.kind <> 'stock' or exists (select from place p where p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id)) and t.wanted > t.told and t.refusal is null) as dirty,
           (select count(*)::int from told t where t.company_id = ${tx.companyId} and (t.kind <> 'stock' or exists (select from place p where p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id)) and t.refusal is not null) as refused,
           (select min(t.dirty_since) from told t where t.company_id = ${tx.companyId} and (t.kind <> 'stock' or exists (select from place p where p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id)) and t.wanted > t.told and t.refusal is null) as "dirtySince",
           (select count(*)::int from inbox where company_id = ${tx.companyId} and state = 'waiting') as "inboxWaiting",
           (select count(*)::int from inbox where company_id = ${tx.companyId} and state = 'listed') as "inboxListed"`)
