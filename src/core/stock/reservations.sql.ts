/** SQL of reservations of callers. Their pieces are in level.reserved, through movements like everything else. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface ReservationRow {
  id: number
  key: string
  articleId: number
  articleNumber: string
  locationId: number
  quantity: number
  state: 'held' | 'released' | 'expired' | 'sold'
  createdAt: Date
  expiresAt: Date
}

export const reservationByKey = (tx: Tx, key: string) =>
  tx.maybe<ReservationRow>(sql`
    select r.id, r.key, r.article_id as "articleId", a.number as "articleNumber", r.location_id as "locationId", r.quantity, r.state, r.created_at as "createdAt", r.expires_at as "expiresAt"
    from reservation r join article a on a.company_id = r.company_id and a.id = r.article_id where r.company_id = ${tx.companyId} and r.key = ${key}`)
/** Cells with claims whose time is over, in the order the ledger locks levels. */
export const dueCells = (tx: Tx, now: Date, most: number) =>
  tx.rows<{ articleId: number; locationId: number }>(sql`
    select distinct article_id as "articleId", location_id as "locationId" from reservation where company_id = ${tx.companyId} and state = 'held' and expires_at <= ${now} order by 1, 2 limit ${most}`)
export const cellOfReservation = (tx: Tx, id: number) =>
  tx.maybe<{ articleId: number; locationId: number }>(
    sql`select article_id as "articleId", location_id as "locationId" from reservation where company_id = ${tx.companyId} and id = ${id}`,
  )
export const reservationForUpdate = (tx: Tx, id: number) =>
  tx.maybe<ReservationRow>(sql`
    select r.id, r.key, r.article_id as "articleId", a.number as "articleNumber", r.location_id as "locationId", r.quantity, r.state, r.created_at as "createdAt", r.expires_at as "expiresAt"
    from reservation r join article a on a.company_id = r.company_id and a.id = r.article_id where r.company_id = ${tx.companyId} and r.id = ${id} for update of r`)
export const reservationPage = (tx: Tx, asked: { key: string | null; state: string | null; beforeId: number | null; limit: number }) =>
  tx.rows<ReservationRow>(sql`
    select r.id, r.key, r.article_id as "articleId", a.number as "articleNumber", r.location_id as "locationId", r.quantity, r.state, r.created_at as "createdAt", r.expires_at as "expiresAt"
    from reservation r join article a on a.company_id = r.company_id and a.id = r.article_id
    where r.company_id = ${tx.companyId} and (${asked.key}::text is null or r.key = ${asked.key}) and (${asked.state}::text is null or r.state = ${asked.state})
      and (${asked.beforeId}::bigint is null or r.id < ${asked.beforeId})
    order by r.id desc limit ${asked.limit}`)

/** Null = that key has a claim already. */
export const insertReservation = (tx: Tx, r: { key: string; articleId: number; locationId: number; quantity: number; expiresAt: Date; actor: string }, now: Date) =>
  tx.maybe<{ id: number }>(sql`
    insert into reservation (company_id, key, article_id, location_id, quantity, created_at, expires_at, actor)
    values (${tx.companyId}, ${r.key}, ${r.articleId}, ${r.locationId}, ${r.quantity}, ${now}, ${r.expiresAt}, ${r.actor}) on conflict (company_id, key) do nothing returning id`)

export interface Ended {
  id: number
  key: string
  articleId: number
  locationId: number
  quantity: number
  expiresAt: Date
}
/**
 * Ends what is due, of one cell or of all. Claims being ended elsewhere are skipped, never waited for: a claim may hold its level
 * while it asks, and whoever ends claims takes levels afterwards.
 */
export const endDue = (tx: Tx, now: Date, cell: { articleId: number; locationId: number }, most: number) =>
  tx.rows<Ended>(sql`
    update reservation r set state = 'expired'
    from (select id from reservation where company_id = ${tx.companyId} and state = 'held' and expires_at <= ${now}
            and article_id = ${cell.articleId} and location_id = ${cell.locationId}
          order by expires_at, id limit ${most} for update skip locked) due
    where r.company_id = ${tx.companyId} and r.id = due.id
    returning r.id, r.key, r.article_id as "articleId", r.location_id as "locationId", r.quantity, r.expires_at as "expiresAt"`)
export const updateReservationState = (tx: Tx, id: number, state: ReservationRow['state']) =>
  tx.run(sql`update reservation set state = ${state} where company_id = ${tx.companyId} and id = ${id}`)
