/** SQL of the comparison: what the shop shows of every cell beside what we believe it shows (R24). */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'
import type { Found } from './difference.sql.ts'

/** The next articles by id with every item of the shop that bears their number: one where it is matched, several where it stands twice. */
export const nextCompared = (tx: Tx, listenerId: number, after: number, limit: number) =>
  tx.rows<{ articleId: number; itemRefs: string[] }>(sql`
    select k.article_id as "articleId", case when k.state = 'matched' then array[k.item_ref] else coalesce((
             select array_agg(g.item_ref order by g.item_ref) from listing g
             where g.company_id = a.company_id and g.listener_id = k.listener_id and g.number = a.number and g.gone_at is null), '{}') end as "itemRefs"
    from link k join article a on a.company_id = k.company_id and a.id = k.article_id
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and k.state in ('matched', 'ambiguous') and k.article_id > ${after}
    order by k.article_id limit ${limit}`)

export interface Compared extends Found {
  /** Null = the shop's answer didn't hold it. */
  shows: number | null
  /** Its number is what there is here: another one is no difference but news. */
  takes: boolean
}
/**
 * Cells at rest, with what the shop was seen to show since `since`. A cell that is dirty, looked at or on its way is left to whoever does that.
 * One that can't be told (refused, or its number stands twice) is compared with what it should show. Of several items one that differs is taken.
 */
export const comparedCells = (tx: Tx, listenerId: number, articleIds: number[], since: Date) =>
  tx.rows<Compared>(sql`
    select t.entity_id as "articleId", t.location_id as "locationId", s.value as shows, coalesce(s.value, 0) as theirs, w.target as ours,
           coalesce(t.anchor_value + t.seen - t.anchor_seen, w.target) as believed, t.seen, greatest(0, coalesce(s.value, 0)) + k.buffer - w.available as gap,
           case when k.state = 'ambiguous' then 'number-twice' when t.refusal is not null then 'failed-push' end as reason,
           listener_is_master(t.company_id, t.listener_id, t.location_id) as takes
    from told t
    join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state in ('matched', 'ambiguous')
    join article a on a.company_id = t.company_id and a.id = t.entity_id
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    join level v on v.company_id = t.company_id and v.article_id = t.entity_id and v.location_id = t.location_id and v.known
    join listener c on c.company_id = t.company_id and c.id = t.listener_id
    cross join lateral (select number_told(c.lowers_itself, v.on_hand, v.reserved) as available, stock_target(number_told(c.lowers_itself, v.on_hand, v.reserved), k.buffer) as target) w
    left join lateral (
      select x.value from listing_level x join listing g on g.company_id = x.company_id and g.listener_id = x.listener_id and g.item_ref = x.item_ref and g.gone_at is null
      where x.company_id = t.company_id and x.listener_id = t.listener_id and x.place_ref = p.place_ref and x.active and x.value is not null and x.seen_at >= ${since}
        and x.item_ref = any (case when k.state = 'matched' then array[k.item_ref] else array(
              select i.item_ref from listing i where i.company_id = a.company_id and i.listener_id = k.listener_id and i.number = a.number and i.gone_at is null) end)
      order by greatest(0, x.value) = w.target, x.item_ref limit 1) s on true
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = any (${articleIds}::bigint[])
      and (k.state = 'ambiguous' or t.refusal is not null or (t.wanted <= t.told and t.flight is null and t.looks = '[]' and t.drift is null))
    order by 1, 2`)

/** So many cells compared, so many that differ, so far. */
export const countCompared = (tx: Tx, runId: number, found: { cells: number; differ: number }) =>
  tx.run(sql`
    update run set total = total + ${found.cells}, same = same + ${found.cells - found.differ}, done = done + ${found.differ} where company_id = ${tx.companyId} and id = ${runId}`)

/** When the clock last had this connection compared. */
export const lastNightly = async (tx: Tx, listenerId: number): Promise<Date | null> =>
  (
    await tx.one<{ at: Date | null }>(
      sql`select max(started_at) as at from run where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'compare' and started_by = 'system'`,
    )
  ).at
