/** SQL of told rows of kind stocking: what a person asked a shop to do so that an article can be told there. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Cell } from './row.ts'

/** track: the shop is to count the article · stock: it is to be kept at the place. */
export type Asked = 'track' | 'stock'
/** What the shop said no to, and what mends it. */
export const MENDS = { track: 'not-tracked', stock: 'not-stocked' } as const satisfies Record<Asked, string>

export interface StockingRow extends Cell {
  asked: Asked
  version: number
  itemRef: string
  placeRef: string
  /** The cell is still refused for what this mends; else nothing is left to do. */
  needed: boolean
}

/** One row per cell refused for it; tracking is the item's own, so one place of an article speaks for all. Asked twice before it is done is asked once. */
export const wantStocking = (tx: Tx, listenerId: number, asked: Asked, articleIds: number[] | null, now: Date) =>
  tx.run(sql`
    insert into told as t (company_id, listener_id, kind, entity_id, location_id, asked, wanted, lane, dirty_since)
    select distinct on (entity_id, spot) company_id, listener_id, 'stocking', entity_id, location_id, ${asked}::text, 1, 'live', ${now}::timestamptz
    from (
      select c.*, case when ${asked}::text = 'track' then 0 else c.location_id end as spot from told c
      where c.company_id = ${tx.companyId} and c.listener_id = ${listenerId} and c.kind = 'stock' and c.refusal = ${MENDS[asked]} and not listener_is_master(c.company_id, c.listener_id, c.location_id)
        and (${articleIds === null} or c.entity_id = any (${articleIds ?? []}::bigint[]))
        and (select k.boxed and k.state = 'matched' from link k where k.company_id = c.company_id and k.listener_id = c.listener_id and k.article_id = c.entity_id)) c
    order by entity_id, spot, location_id
    on conflict (company_id, listener_id, kind, entity_id, location_id) do update
      set asked = excluded.asked, wanted = t.wanted + 1, refusal = null, refusal_said = null, tries = 0, dirty_since = excluded.dirty_since
      where t.wanted <= t.told or t.refusal is not null or t.asked <> excluded.asked`)

/** A row that waits for nothing, per cell the shop doesn't keep. What was asked of the shop before is taken back while it isn't on its way. */
export const leaveCells = (tx: Tx, listenerId: number, articleIds: number[] | null, now: Date) =>
  tx.run(sql`
    insert into told as t (company_id, listener_id, kind, entity_id, location_id, asked, wanted, told, told_at, lane)
    select c.company_id, c.listener_id, 'stocking', c.entity_id, c.location_id, 'leave', 1, 1, ${now}::timestamptz, 'live' from told c
    where c.company_id = ${tx.companyId} and c.listener_id = ${listenerId} and c.kind = 'stock' and c.refusal = 'not-stocked' and (${articleIds === null} or c.entity_id = any (${articleIds ?? []}::bigint[]))
    order by c.entity_id, c.location_id
    on conflict (company_id, listener_id, kind, entity_id, location_id) do update
      set asked = 'leave', told = t.wanted, told_at = excluded.told_at, refusal = null, refusal_said = null, tries = 0, dirty_since = null
      where t.asked <> 'leave' and t.flight is null`)

/** The row says nothing any more: as one whose asking is over. */
export const dropLeft = (tx: Tx, listenerId: number, articleIds: number[] | null) =>
  tx.run(sql`
    update told set asked = 'stock' where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stocking' and asked = 'leave'
      and (${articleIds === null} or entity_id = any (${articleIds ?? []}::bigint[]))`)

/** Locks the next rows that wait, oldest first. Boxed and matched articles at mapped places only. */
export const lockNextStocking = (tx: Tx, listenerId: number, most: number) =>
  tx.rows<StockingRow>(sql`
    select t.entity_id as "articleId", t.location_id as "locationId", t.asked, t.wanted as version, k.item_ref as "itemRef", p.place_ref as "placeRef",
           exists (select from told c where c.company_id = t.company_id and c.listener_id = t.listener_id and c.kind = 'stock' and c.entity_id = t.entity_id
             and (t.asked = 'track' and c.refusal = 'not-tracked' or c.location_id = t.location_id and c.refusal = 'not-stocked')) as needed
    from told t
    join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
    join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stocking' and t.wanted > t.told and t.refusal is null and t.flight is null
    order by t.dirty_since, t.entity_id, t.location_id limit ${most} for update of t skip locked`)

/** Asked for, but the shop or a person has put it right meanwhile: nothing is left to do. */
export const dropStocking = (tx: Tx, listenerId: number, rows: StockingRow[]) =>
  tx.run(sql`
    update told t set told = r.version, dirty_since = null from jsonb_to_recordset(${JSON.stringify(rows)}) as r("articleId" bigint, "locationId" bigint, version bigint)
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stocking' and t.entity_id = r."articleId" and t.location_id = r."locationId"`)

/** R12: the send each row is in, and the version it carries. */
export const markFlights = (tx: Tx, listenerId: number, batch: number, rows: StockingRow[]) =>
  tx.run(sql`
    update told t set flight = jsonb_build_object('batch', ${batch}::bigint, 'row', r.row, 'version', r.version)
    from jsonb_to_recordset(${JSON.stringify(rows.map((row, n) => ({ ...row, row: n })))}) as r("articleId" bigint, "locationId" bigint, row integer, version bigint)
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stocking' and t.entity_id = r."articleId" and t.location_id = r."locationId"`)

export interface StockingFlight extends Cell {
  asked: Asked
  /** Which row of the batch, and the version it carried. */
  row: number
  version: number
  tries: number
}
/** Locks the rows whose send this batch is. */
export const lockFlights = (tx: Tx, listenerId: number, batch: number) =>
  tx.rows<StockingFlight>(sql`
    select entity_id as "articleId", location_id as "locationId", asked, (flight ->> 'row')::int as row, (flight ->> 'version')::bigint as version, tries from told
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stocking' and (flight ->> 'batch')::bigint = ${batch} order by entity_id, location_id for update`)

export interface StockingSettled extends Cell {
  /** Null = still wanted. */
  told: number | null
  refusal: string | null
  said: string | null
  tries: number
  /** The answer is lost: the same send is repeated (R15). */
  open: boolean
}
export const saveStocking = (tx: Tx, listenerId: number, rows: StockingSettled[], now: Date) =>
  tx.run(sql`
    update told t set told = greatest(t.told, coalesce(r.told, t.told)), told_at = case when r.told is null then t.told_at else ${now}::timestamptz end, refusal = r.refusal, refusal_said = r.said, tries = r.tries,
      flight = case when r.open then t.flight end, dirty_since = case when r.told >= t.wanted then null else t.dirty_since end
    from jsonb_to_recordset(${JSON.stringify(rows)}) as r("articleId" bigint, "locationId" bigint, told bigint, refusal text, said text, tries integer, open boolean)
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stocking' and t.entity_id = r."articleId" and t.location_id = r."locationId"`)

/** The stock cells such a row speaks for, while they are still refused for what it mends; locked in the fixed order. */
export const cellsOfStocking = (tx: Tx, listenerId: number, rows: (Cell & { asked: Asked })[]) =>
  tx.rows<Cell>(sql`
    select c.entity_id as "articleId", c.location_id as "locationId" from told c
    where c.company_id = ${tx.companyId} and c.listener_id = ${listenerId} and c.kind = 'stock' and (c.entity_id, c.location_id) in (
      select d.entity_id, d.location_id from jsonb_to_recordset(${JSON.stringify(rows)}) as r("articleId" bigint, "locationId" bigint, asked text)
      join told d on d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.kind = 'stock' and d.entity_id = r."articleId"
        and (r.asked = 'track' and d.refusal = 'not-tracked' or d.location_id = r."locationId" and d.refusal = 'not-stocked'))
    order by c.entity_id, c.location_id for update`)

/** The shop's own answer, shown where the person pressed. */
export const refuseCells = (tx: Tx, listenerId: number, cells: Cell[], code: string, said: string) =>
  tx.run(sql`
    update told set refusal = ${code}, refusal_said = ${said.slice(0, 500)} where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stock'
      and (entity_id, location_id) in (select * from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]))`)

/** The send can't be repeated any more; what it asks for can be asked again without harm. */
export const freeFlights = (tx: Tx, listenerId: number, batch: number) =>
  tx.run(sql`update told set flight = null where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stocking' and (flight ->> 'batch')::bigint = ${batch}`)
