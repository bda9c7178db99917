/** SQL of the codes a remote calls with. */
import type { Queryable, Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export const insertCode = (tx: Tx, listenerId: number, hash: Buffer, now: Date) =>
  tx.run(sql`insert into hook_code (company_id, listener_id, hash, made_at) values (${tx.companyId}, ${listenerId}, ${hash}, ${now})`)

export const endCodes = (tx: Tx, listenerId: number, at: Date) =>
  tx.run(sql`update hook_code set ends_at = ${at} where company_id = ${tx.companyId} and listener_id = ${listenerId} and (ends_at is null or ends_at > ${at})`)

export const dropEndedCodes = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`delete from hook_code where company_id = ${tx.companyId} and listener_id = ${listenerId} and ends_at <= ${now}`)

export const livingCodes = (tx: Tx, listenerId: number, now: Date) =>
  tx.rows<{ hash: Buffer; madeAt: Date; endsAt: Date | null }>(sql`
    select hash, made_at as "madeAt", ends_at as "endsAt" from hook_code
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and (ends_at is null or ends_at > ${now}) order by made_at desc`)

/** Outside the wall: whose connection this is. */
export const companyOfListener = (q: Queryable, listenerId: number) =>
  q.maybe<{ companyId: number }>(sql`select company_id as "companyId" from turn where listener_id = ${listenerId}`)
