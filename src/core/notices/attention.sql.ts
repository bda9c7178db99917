/** SQL of what needs somebody, counted where it stands: the first page shows it, and the morning's letter says it. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const stockOverview = (tx: Tx) =>
  tx.one<{ articles: number; negative: number; uncounted: number }>(sql`
    select (select count(*) from article where company_id = ${tx.companyId} and archived_at is null) as articles,
           (select count(distinct v.article_id) from level v join article a on a.company_id = v.company_id and a.id = v.article_id and a.archived_at is null
            where v.company_id = ${tx.companyId} and v.known and v.on_hand - v.reserved < 0) as negative,
           (select count(*) from article a where a.company_id = ${tx.companyId} and a.archived_at is null and a.stock_tracked
              and not exists (select from level v where v.company_id = a.company_id and v.article_id = a.id and v.known)) as uncounted`)

/** Exceptions as the order list finds them: lines nobody has said anything of, losses to be decided, open pieces at a place of no store. */
export const ordersOverview = (tx: Tx) =>
  tx.one<{ open: number; unrouted: number; exceptions: number }>(sql`
    select (select count(*) from web_order where company_id = ${tx.companyId} and state = 'open') as open,
           (select count(*) from web_order where company_id = ${tx.companyId} and route_again_at is not null and coalesce(effects -> 'unrouted', '{}') <> '{}') as unrouted,
           (select count(*) from (
              select w.order_id from web_order_line w left join web_order_choice c on c.company_id = w.company_id and c.order_id = w.order_id and c.line_ref = w.line_ref
              where w.company_id = ${tx.companyId} and w.article_id is null and c.order_id is null
              union select order_id from web_loss where company_id = ${tx.companyId} and state = 'asked' and quantity > 0
              union select id from web_order where company_id = ${tx.companyId} and state = 'open' and effects -> 'elsewhere' <> '{}') e) as exceptions`)

/** Per connection; one that has none of them isn't there. */
export const shopsWaiting = (tx: Tx) =>
  tx.rows<{ connectionId: number; differences: number; unread: number; turnedAway: number }>(sql`
    select listener_id as "connectionId", sum(differences)::bigint as differences, sum(unread)::bigint as unread, sum(turned_away)::bigint as "turnedAway" from (
      select listener_id, count(*) as differences, 0 as unread, 0 as turned_away from difference where company_id = ${tx.companyId} and state = 'open' group by listener_id
      union all select listener_id, 0, count(*), 0 from inbox where company_id = ${tx.companyId} and state = 'listed' group by listener_id
      union all select listener_id, 0, 0, count(*) from told where company_id = ${tx.companyId} and kind in ('order', 'order-status', 'invoice-pdf') and refusal is not null and wanted > told group by listener_id) w
    group by listener_id`)
