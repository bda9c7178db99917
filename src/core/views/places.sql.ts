/** SQL of the places a view hears of: what leaves it when they are narrowed and what joins when they are widened (rule V9). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Stock anywhere else leaves: the reader is told `unlink`, once. */
export const leavePlaces = (tx: Tx, viewId: number, locations: number[], now: Date) =>
  tx.run(sql`
    update view_row r set op = 'unlink', wanted = r.wanted + 1, told = case when 'stock' = any (v.entities) then r.told else r.wanted + 1 end, waits = false, seq = null, lane = 'stock',
      refusal = null, refused_at = null, retry_at = null, dirty_since = case when r.wanted > r.told then r.dirty_since else ${now} end
    from view v, (
      select k.entity_id, k.location_id from view_row k
      where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.entity = 'stock' and k.op <> 'unlink' and k.location_id <> all (${locations}::bigint[])
      order by k.entity_id, k.location_id for update) w
    where v.company_id = ${tx.companyId} and v.listener_id = ${viewId}
      and r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = 'stock' and r.entity_id = w.entity_id and r.location_id = w.location_id`)

/**
 * Stock at places that join, of every article the view has: queued in the slow lane as it is. Of an archived article the row only stops counting as one that
 * has left, so that it comes back with the article.
 */
export const joinPlaces = async (tx: Tx, viewId: number, locations: number[] | null, now: Date): Promise<void> => {
  await tx.run(sql`
    update view_row r set op = w.op, wanted = r.wanted + 1, told = case when w.heard and (w.op = 'upsert' or r.told < r.wanted) then r.told else r.wanted + 1 end,
      waits = false, seq = null, lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end,
      refusal = null, refused_at = null, retry_at = null, dirty_since = case when r.wanted > r.told then r.dirty_since else ${now} end
    from (
      select k.entity_id, k.location_id, f.op, 'stock' = any (v.entities) as heard
      from view_row k
      join view v on v.company_id = k.company_id and v.listener_id = k.listener_id
      join view_row f on f.company_id = k.company_id and f.listener_id = k.listener_id and f.entity = 'article' and f.entity_id = k.entity_id and f.location_id = 0 and f.op <> 'unlink'
      where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.entity = 'stock' and k.op = 'unlink' and (${locations}::bigint[] is null or k.location_id = any (${locations}))
      order by k.entity_id, k.location_id for update of k) w
    where r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = 'stock' and r.entity_id = w.entity_id and r.location_id = w.location_id`)
  await tx.run(sql`
    insert into view_row (company_id, listener_id, entity, entity_id, location_id, parent_id, told, there, lane, dirty_since)
    select f.company_id, f.listener_id, 'stock', l.article_id, l.location_id, l.article_id, case when 'stock' = any (v.entities) then 0 else 1 end, 'stock' <> all (v.entities), 'backfill', ${now}
    from view_row f
    join view v on v.company_id = f.company_id and v.listener_id = f.listener_id
    join level l on l.company_id = f.company_id and l.article_id = f.entity_id and l.version > 0
    where f.company_id = ${tx.companyId} and f.listener_id = ${viewId} and f.entity = 'article' and f.op = 'upsert' and (${locations}::bigint[] is null or l.location_id = any (${locations}))
    order by l.article_id, l.location_id
    on conflict do nothing`)
}

/** Prices that differ at a place say something else to the view when its places change. */
export const markPlacedPrices = (tx: Tx, viewId: number, now: Date) =>
  tx.run(sql`
    update view_row r set wanted = r.wanted + 1, told = case when 'price' = any (v.entities) then r.told else r.wanted + 1 end, seq = null, waits = false,
      lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end, refusal = null, refused_at = null, retry_at = null,
      dirty_since = case when r.wanted > r.told then r.dirty_since else ${now} end
    from view v, (
      select k.entity_id from view_row k
      where k.company_id = ${tx.companyId} and k.listener_id = ${viewId} and k.entity = 'price' and k.op = 'upsert'
        and (exists (select from price_at_location x where x.company_id = k.company_id and x.article_id = k.entity_id)
          or exists (select from offer o where o.company_id = k.company_id and o.article_id = k.entity_id and o.location_id is not null and not o.ended))
      order by k.entity_id for update) w
    where v.company_id = ${tx.companyId} and v.listener_id = ${viewId}
      and r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = 'price' and r.entity_id = w.entity_id and r.location_id = 0`)

/** What a resend took back in although it lies elsewhere leaves again, unseen where the reader had been told. Returns how many. */
export const leaveOut = async (tx: Tx, viewId: number, products: number[]): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`
      with gone as (
        update view_row r set op = 'unlink', told = case when r.told >= r.wanted - 1 then r.wanted else r.told end, waits = false, run_id = null
        from view v, article a
        where v.company_id = ${tx.companyId} and v.listener_id = ${viewId} and v.locations is not null
          and a.company_id = ${tx.companyId} and a.product_id = any (${products}::bigint[])
          and r.company_id = ${tx.companyId} and r.listener_id = ${viewId} and r.entity = 'stock' and r.entity_id = a.id and r.op <> 'unlink' and r.location_id <> all (v.locations)
        returning v.entities)
      select count(*) filter (where 'stock' = any (entities))::int as n from gone`)
  ).n
