/** SQL of sync views themselves: what they are, and the clock their rows are numbered by. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { type Entity, LATELY_MS, type ViewRow } from './view.ts'

/** A connection that is told of our products has a view too; it is in no list of views and opened by no key (docs/decisions/0017). */
const views = (tx: Tx, id: number | null, kind: 'view' | 'connection' | null) =>
  tx.rows<ViewRow>(sql`
    select v.listener_id as id, l.name, l.state, l.epoch, v.entities, to_jsonb(v.locations) as locations, v.joins_products as "joinsProducts", v.joins_orders as "joinsOrders", v.by_number as "byNumber", v.rate_per_min as "ratePerMin",
           v.polled_at as "polledAt", v.served_at as "servedAt", v.served, v.readers, v.acked_at as "ackedAt", v.resync_since as "resyncSince", l.created_at as "createdAt"
    from view v join listener l on l.company_id = v.company_id and l.id = v.listener_id
    where v.company_id = ${tx.companyId} and (${id}::bigint is null or v.listener_id = ${id}) and (${kind}::text is null or l.kind = ${kind}) and l.state <> 'gone' order by v.listener_id`)

export const allViews = (tx: Tx) => views(tx, null, 'view')
export const viewById = async (tx: Tx, id: number): Promise<ViewRow | null> => (await views(tx, id, 'view'))[0] ?? null
/** Of either kind. */
export const viewOfListener = async (tx: Tx, id: number): Promise<ViewRow | null> => (await views(tx, id, null))[0] ?? null
export const catalogueViewById = async (tx: Tx, listenerId: number): Promise<ViewRow | null> => (await views(tx, listenerId, 'connection'))[0] ?? null

export const insertView = (tx: Tx, id: number, v: { entities: Entity[]; locations: number[] | null; joinsProducts: boolean | null; joinsOrders: boolean; byNumber: boolean }) =>
  tx.run(sql`
    insert into view (company_id, listener_id, entities, locations, joins_products, joins_orders, by_number)
    values (${tx.companyId}, ${id}, ${v.entities}, ${v.locations}::bigint[], ${v.joinsProducts}, ${v.joinsOrders}, ${v.byNumber})`)

/** Without a moment it counts from: everything handed in counts, whenever it happened; nobody else tells us of it. */
export const insertViewListener = (tx: Tx, name: string, settings: Buffer, now: Date) =>
  tx.one<{ id: number }>(sql`
    insert into listener (company_id, kind, code, name, state, settings, lowers_itself, rule_known, restores, created_at)
    values (${tx.companyId}, 'view', 'view', ${name}, 'active', ${settings}, 'never', true, true, ${now}) returning id`)

export const startClock = (tx: Tx) => tx.run(sql`insert into view_clock (company_id) values (${tx.companyId}) on conflict do nothing`)

/** The place of the latest change of the company; 0 = nothing yet. */
export const headOf = async (tx: Tx): Promise<number> => (await tx.maybe<{ head: number }>(sql`select head from view_clock where company_id = ${tx.companyId}`))?.head ?? 0

/** Held to the end: two acknowledgements, or one and a resend, come one after the other. */
export const lockView = (tx: Tx, id: number) => tx.maybe(sql`select 1 from view where company_id = ${tx.companyId} and listener_id = ${id} for update`)

/** `reader` = who polled: the key, and its address as a fingerprint; those who haven't for long are forgotten. `served` = how far each lane has been served now; null = the page was empty. */
export const notePolled = (tx: Tx, id: number, served: ViewRow['served'] | null, reader: string | null, now: Date) =>
  tx.run(sql`
    with lately as (
      select coalesce(jsonb_object_agg(r.key, r.value), '{}') || case when ${reader}::text is null then '{}' else jsonb_build_object(${reader}::text, ${now.toISOString()}::text) end as readers,
             count(distinct split_part(r.key, ' ', 1)) filter (where split_part(r.key, ' ', 1) <> split_part(${reader}::text, ' ', 1)) > 0 as crowded
      from view v cross join lateral jsonb_each(v.readers) r
      where v.company_id = ${tx.companyId} and v.listener_id = ${id} and r.value #>> '{}' > ${new Date(now.getTime() - LATELY_MS).toISOString()})
    update view set polled_at = ${now}, served_at = case when ${served !== null} then ${now}::timestamptz else served_at end, served = coalesce(${served}::jsonb, served),
      readers = case when ${reader}::text is null then view.readers else lately.readers end,
      crowded_since = case when ${reader}::text is null then crowded_since when lately.crowded then coalesce(crowded_since, ${now}::timestamptz) end
    from lately
    where company_id = ${tx.companyId} and listener_id = ${id} and (${served !== null} or polled_at is null
        or case when ${reader}::text is null then polled_at < ${new Date(now.getTime() - 1000)} else (view.readers ->> ${reader} < ${new Date(now.getTime() - 1000).toISOString()}) is not false end)`)

/** `rate` = items a minute, as it stands now. */
export const noteAcked = (tx: Tx, id: number, rate: number | null, now: Date) =>
  tx.run(sql`update view set acked_at = ${now}, rate_per_min = coalesce(${rate}::float8, rate_per_min) where company_id = ${tx.companyId} and listener_id = ${id}`)

/** All that waited is told: the time until something waits again is no measure of anybody's pace. */
export const noteIdle = (tx: Tx, id: number) => tx.run(sql`update view set acked_at = null where company_id = ${tx.companyId} and listener_id = ${id} and acked_at is not null`)

/** What nobody has said of new products, a resend says: all = they join, chosen ones = they don't. */
export const decideJoins = (tx: Tx, id: number, joins: boolean) =>
  tx.run(sql`update view set joins_products = ${joins} where company_id = ${tx.companyId} and listener_id = ${id} and joins_products is null`)

export const updateView = (tx: Tx, id: number, v: Pick<ViewRow, 'entities' | 'locations' | 'joinsProducts' | 'joinsOrders' | 'byNumber'>) =>
  tx.run(sql`
    update view set entities = ${v.entities}, locations = ${v.locations}::bigint[], joins_products = ${v.joinsProducts}, joins_orders = ${v.joinsOrders}, by_number = ${v.byNumber}
    where company_id = ${tx.companyId} and listener_id = ${id}`)

export const renameView = (tx: Tx, id: number, name: string) => tx.run(sql`update listener set name = ${name} where company_id = ${tx.companyId} and id = ${id} and kind = 'view'`)

/** Views with a tombstone that was made before and not acknowledged, and that haven't been asked for all again since then either. */
export const markLateViews = (tx: Tx, before: Date, now: Date) =>
  tx.run(sql`
    update view v set resync_since = ${now}
    where v.company_id = ${tx.companyId} and v.resync_since is null and exists (select from listener l where l.company_id = v.company_id and l.id = v.listener_id and l.kind = 'view')
      and exists (select from view_row r where r.company_id = v.company_id and r.listener_id = v.listener_id and r.op <> 'upsert' and r.wanted > r.told and r.refusal is null and r.dirty_since < ${before})
      and not exists (select from view_run n where n.company_id = v.company_id and n.listener_id = v.listener_id and n.mode = 'resend' and n.products is null and n.state <> 'cancelled' and n.started_at >= ${before})`)

export const endResyncRequired = (tx: Tx, id: number) => tx.run(sql`update view set resync_since = null where company_id = ${tx.companyId} and listener_id = ${id}`)

/** It hears of nothing any more: rows of a view without entities are never marked. */
export const updateViewGone = async (tx: Tx, id: number): Promise<void> => {
  await tx.run(sql`update listener set state = 'gone' where company_id = ${tx.companyId} and id = ${id} and kind = 'view'`)
  await tx.run(sql`update view set entities = '{}', joins_products = false, joins_orders = false where company_id = ${tx.companyId} and listener_id = ${id}`)
  await tx.run(
    sql`update view_row set told = wanted, waits = false, refusal = null where company_id = ${tx.companyId} and listener_id = ${id} and (wanted > told or refusal is not null)`,
  )
}
