/** SQL of the boxes themselves, without opening them: which keys sealed them, and changing them one by one. */
import type { Queryable, Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** The key's fingerprint stands in bytes 2 to 5 of a box (kit/secret-box). */
export const sealingKeys = (tx: Tx) =>
  tx.rows<{ key: string }>(sql`
    select distinct encode(substring(box from 2 for 4), 'hex') as key
    from (select settings as box from listener where company_id = ${tx.companyId} union all select keep from listener where company_id = ${tx.companyId} and keep is not null
          union all select password from mail where company_id = ${tx.companyId} and password is not null) boxes`)

/** Locked: a connector that keeps something new waits until its box is sealed anew. */
export const boxesForUpdate = (tx: Tx) =>
  tx.rows<{ id: number; hookAddress: string | null; settings: Buffer; keep: Buffer | null }>(
    sql`select id, hook_address as "hookAddress", settings, keep from listener where company_id = ${tx.companyId} order by id for update`,
  )

export const updateBoxes = (tx: Tx, id: number, settings: Buffer, keep: Buffer | null) =>
  tx.run(sql`update listener set settings = ${settings}, keep = ${keep} where company_id = ${tx.companyId} and id = ${id}`)

/** Outside the wall: everything that is done for each company begins here. */
export const companyIds = async (q: Queryable): Promise<number[]> => (await q.rows<{ id: number }>(sql`select id from company order by id`)).map((row) => row.id)

export const disconnectAll = async (tx: Tx): Promise<void> => {
  await tx.run(sql`update listener set state = 'gone' where company_id = ${tx.companyId} and kind = 'connection'`)
  await tx.run(sql`delete from view_webhook where company_id = ${tx.companyId}`)
}
