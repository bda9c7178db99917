/** SQL of locations. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface LocationRow {
  id: number
  name: string
  createdAt: Date
  archivedAt: Date | null
  /** The connection whose number is taken over here, and what it is called; null = the back office's own. */
  masterId: number | null
  masterName: string | null
}
export const locations = (tx: Tx) =>
  tx.rows<LocationRow>(
    sql`
      select o.id, o.name, o.created_at as "createdAt", o.archived_at as "archivedAt", o.master_id as "masterId", l.name as "masterName"
      from location o left join listener l on l.company_id = o.company_id and l.id = o.master_id
      where o.company_id = ${tx.companyId} order by o.archived_at is not null, lower(o.name), o.id`,
  )
export const locationById = (tx: Tx, id: number) =>
  tx.maybe<LocationRow>(
    sql`
      select o.id, o.name, o.created_at as "createdAt", o.archived_at as "archivedAt", o.master_id as "masterId", l.name as "masterName"
      from location o left join listener l on l.company_id = o.company_id and l.id = o.master_id where o.company_id = ${tx.companyId} and o.id = ${id}`,
  )

/** Null = a living location has that name. */
export const insertLocation = (tx: Tx, name: string, now: Date) =>
  tx.maybe<{ id: number }>(
    sql`insert into location (company_id, name, created_at) values (${tx.companyId}, ${name}, ${now}) on conflict (company_id, lower(name)) where archived_at is null do nothing returning id`,
  )

/** Who else has the name; the unique index settles two at the same moment. */
export const locationNamed = (tx: Tx, name: string, exceptId: number) =>
  tx.maybe<{ id: number }>(sql`select id from location where company_id = ${tx.companyId} and lower(name) = lower(${name}) and archived_at is null and id <> ${exceptId}`)
export const updateLocation = (tx: Tx, id: number, name: string, archivedAt: Date | null) =>
  tx.run(sql`update location set name = ${name}, archived_at = ${archivedAt} where company_id = ${tx.companyId} and id = ${id}`)

/** Locations whose numbers come from an ERP, and since when. */
export const masteredLocations = (tx: Tx) =>
  tx.rows<{ id: number; masterId: number; masterSince: Date }>(
    sql`select id, master_id as "masterId", master_since as "masterSince" from location where company_id = ${tx.companyId} and master_id is not null order by id`,
  )
/** The one location a connection is master of, and since when; null = none. */
export const locationMasteredBy = (tx: Tx, listenerId: number) =>
  tx.maybe<{ id: number; masterSince: Date }>(
    sql`select id, master_since as "masterSince" from location where company_id = ${tx.companyId} and master_id = ${listenerId} order by id limit 1`,
  )
/** Null = the back office is master again. Who is already keeps its beginning. */
export const updateMaster = (tx: Tx, id: number, masterId: number | null, now: Date) =>
  tx.run(sql`
    update location set master_id = ${masterId}, master_since = case when ${masterId}::bigint is null then null else ${now}::timestamptz end
    where company_id = ${tx.companyId} and id = ${id} and master_id is distinct from ${masterId}::bigint`)
