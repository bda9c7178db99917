/** SQL of locations. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface LocationRow {
  id: number
  name: string
  createdAt: Date
  archivedAt: Date | null
}
export const locations = (tx: Tx) =>
  tx.rows<LocationRow>(
    sql`select id, name, created_at as "createdAt", archived_at as "archivedAt" from location where company_id = ${tx.companyId} order by archived_at is not null, lower(name), id`,
  )
export const locationById = (tx: Tx, id: number) =>
  tx.maybe<LocationRow>(sql`select id, name, created_at as "createdAt", archived_at as "archivedAt" from location where company_id = ${tx.companyId} and id = ${id}`)

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
