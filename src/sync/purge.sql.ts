/** SQL of the retention: what is raw or personal is deleted when its time is over; what the ledger stands on is not. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

/** Listed messages wait for a person, however long. */
export const deleteAppliedInbox = (tx: Tx, before: Date) =>
  tx.run(sql`delete from inbox where company_id = ${tx.companyId} and state in ('done', 'dismissed') and done_at < ${before}`)
export const deleteOldCalls = (tx: Tx, before: Date) => tx.run(sql`delete from call where company_id = ${tx.companyId} and at < ${before}`)
export const deleteOldAnswers = (tx: Tx, before: Date) => tx.run(sql`delete from idempotency where company_id = ${tx.companyId} and created_at < ${before}`)
/** Who bought it; what was bought stays. */
export const forgetCustomers = (tx: Tx, before: Date) =>
  tx.run(
    sql`update web_order set customer = null where company_id = ${tx.companyId} and customer is not null and state in ('done', 'cancelled', 'shipped') and placed_at < ${before}`,
  )

/** Messages that were applied and name this person lose their body; those that wait for a person keep it until they are settled. */
export const blankMessages = (tx: Tx, says: string[]) =>
  tx.run(sql`
    update inbox set body = '{}'::bytea
    where company_id = ${tx.companyId} and state in ('done', 'dismissed')
      and exists (select from unnest(${says}::text[]) as said where position(convert_to(said, 'UTF8') in body) > 0)`)

/** These messages, and whatever a connection told us that was applied: null = all of it. */
export const blankBodies = (tx: Tx, listenerId: number, ids: number[] | null) =>
  tx.run(sql`
    update inbox set body = '{}'::bytea
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and state in ('done', 'dismissed') and (${ids}::bigint[] is null or id = any (${ids}::bigint[]))`)

/** Kept answers that show these customers say nothing personal any more. */
export const blankAnswers = (tx: Tx, customerIds: number[]) =>
  tx.run(sql`
    update idempotency set answer = answer || '{"name": null, "email": null, "phone": null}'
    where company_id = ${tx.companyId} and answer ->> 'id' = any (${customerIds.map(String)}) and answer ?& array['name', 'email', 'phone', 'erasedAt']`)
