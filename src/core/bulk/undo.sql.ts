/** SQL of what a bulk change did, and of what has happened to its articles since. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Did } from './judge-undo.ts'

/** Its own counts are told by their refs (carry-out). */
export const didOf = (tx: Tx, ofId: number, locationId: number | null, ns: number[]) =>
  tx.rows<Did & { n: number }>(sql`
    select r.n, r.verdict, r.before, r.after,
      coalesce((select sum(m.on_hand_delta) from movement m where m.company_id = r.company_id and m.article_id = r.article_id and m.location_id = ${locationId}
        and m.kind = 'count' and m.source ->> 'ref' like ${`bulk-${ofId}-%`}), 0)::integer as pieces,
      exists (select from movement m where m.company_id = r.company_id and m.article_id = r.article_id and coalesce(m.source ->> 'ref', '') not like ${`bulk-${ofId}-%`})
        or exists (select from web_order_line w where w.company_id = r.company_id and w.article_id = r.article_id) as used,
      exists (select from movement m where m.company_id = r.company_id and m.article_id = r.article_id and m.location_id = ${locationId} and m.kind in ('count', 'import', 'master-set')
        and m.id > (select max(o.id) from movement o where o.company_id = r.company_id and o.article_id = r.article_id and o.location_id = ${locationId} and o.source ->> 'ref' like ${`bulk-${ofId}-%`})
        and m.source ->> 'type' is distinct from 'late-fact') as counted
    from bulk_row r where r.company_id = ${tx.companyId} and r.bulk_id = ${ofId} and r.n = any (${ns}::integer[])`)
