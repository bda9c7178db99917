/** Idempotency-Key on writes: a repeat gets the first answer again, another body under the same key gets 409. Kept with the work, in its transaction. */
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'
import { fingerprint } from '../kit/id.ts'
import { firstAnswer, keepAnswer, lockKey } from './idempotency.sql.ts'

export interface Keyed {
  caller: string
  key: string
  /** Method, address and body: all of it must be the same. */
  request: string
}
export interface Kept {
  status: number
  /** As it went over the wire. */
  wire: unknown
}

export async function once(tx: Tx, keyed: Keyed, now: Date, work: () => Promise<Kept>): Promise<Kept> {
  await lockKey(tx, keyed.caller, keyed.key)
  const bodyHash = fingerprint(keyed.request)
  const before = await firstAnswer(tx, keyed.caller, keyed.key)
  if (before !== null) {
    if (!before.bodyHash.equals(bodyHash)) throw new Refusal('key-reused', { field: 'Idempotency-Key' })
    return { status: before.status, wire: before.answer }
  }
  const kept = await work()
  await keepAnswer(tx, keyed.caller, keyed.key, bodyHash, kept.status, JSON.stringify(kept.wire), now)
  return kept
}
