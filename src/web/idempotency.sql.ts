/** SQL of Idempotency-Key: the first answer to each, until it is purged (docs/operate.md). */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

/** Two requests with one key wait for each other; the lock is gone with the transaction. */
export const lockKey = (tx: Tx, caller: string, key: string) => tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.companyId} ${caller} ${key}`}, 1))`)

export const firstAnswer = (tx: Tx, caller: string, key: string) =>
  tx.maybe<{ bodyHash: Buffer; status: number; answer: unknown }>(
    sql`select body_hash as "bodyHash", status, answer from idempotency where company_id = ${tx.companyId} and caller = ${caller} and key = ${key}`,
  )

export const keepAnswer = (tx: Tx, caller: string, key: string, bodyHash: Buffer, status: number, answer: string, now: Date) =>
  tx.run(sql`
    insert into idempotency (company_id, caller, key, body_hash, status, answer, created_at) values (${tx.companyId}, ${caller}, ${key}, ${bodyHash}, ${status}, ${answer}::jsonb, ${now})`)
