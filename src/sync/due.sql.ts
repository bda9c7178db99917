/** SQL of what a connection's turn has to ask the remote next, and when. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export const nextAsks = (tx: Tx, listenerId: number, withoutFeeds: string[], documents: string[]) =>
  tx.one<{
    looks: Date | null
    routes: Date | null
    ticked: boolean
    run: boolean
    stocking: boolean
    differences: boolean
    documents: Date | null
    master: boolean
    stock: boolean
  }>(sql`
    select (select min(due_at) from look_request where company_id = ${tx.companyId} and listener_id = ${listenerId} and feed <> all (${withoutFeeds})) as looks,
           (select min(route_again_at) from web_order where company_id = ${tx.companyId} and listener_id = ${listenerId} and route_again_at is not null) as routes,
           exists (select from link where company_id = ${tx.companyId} and listener_id = ${listenerId} and boxed and state = 'looking') as ticked,
           exists (select from run where company_id = ${tx.companyId} and listener_id = ${listenerId} and (state in ('looking', 'sending', 'stopping') or state = 'paused' and confirmed_at is not null)) as run,
           exists (select from told where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stocking' and wanted > told and refusal is null and flight is null) as stocking,
           exists (select from difference where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'open') as differences,
           (select min(coalesce(hold_until, dirty_since)) from told where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind in ('order', 'order-status', 'invoice-pdf') and kind = any (${documents}) and wanted > told and refusal is null) as documents,
           exists (select from place p join location o on o.company_id = p.company_id and o.id = p.location_id
             join listener m on m.company_id = o.company_id and m.id = o.master_id and m.state = 'active' and m.trouble is null
             join feed_cursor f on f.company_id = m.company_id and f.listener_id = m.id and f.feed = 'articles' and f.ended_at is null
             where p.company_id = ${tx.companyId} and p.listener_id = ${listenerId}) as master,
           coalesce((select stock from catalogue where company_id = ${tx.companyId} and listener_id = ${listenerId}), true) as stock`)
