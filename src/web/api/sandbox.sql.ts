/** SQL of putting a sandbox back. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Orders that hold or may hold something, by where they came from. */
export const ordersThere = (tx: Tx) =>
  tx.rows<{ listenerId: number; refs: string[] }>(
    sql`select listener_id as "listenerId", array_agg(order_ref order by id) as refs from web_order where company_id = ${tx.companyId} and gone_at is null group by listener_id order by listener_id`,
  )
export const reservationsHeld = async (tx: Tx): Promise<number[]> =>
  (await tx.rows<{ id: number }>(sql`select id from reservation where company_id = ${tx.companyId} and state = 'held' order by article_id, location_id, id`)).map((row) => row.id)
/** Living articles that are none of these. */
export const articlesBeside = async (tx: Tx, ids: number[]): Promise<number[]> =>
  (await tx.rows<{ id: number }>(sql`select id from article where company_id = ${tx.companyId} and archived_at is null and id <> all (${ids}::bigint[]) order by id`)).map(
    (row) => row.id,
  )
