/** API keys: shown once, stored as a hash, told apart by their visible start. */
import type { Queryable, Tx } from '../../db/open.ts'
import { fingerprint, secretText } from '../../kit/id.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { type ApiKeyRow, deleteKeyLookup, insertApiKey, insertKeyLookup, keyLookup, livingKey, revokeApiKey, touchKey } from './people.sql.ts'

const START = 'lb_'
const USED_EVERY_MS = 60_000

export async function makeApiKey(tx: Tx, input: { name: string; scopes: string[]; viewId?: number | null }, by: By): Promise<ApiKeyRow & { key: string }> {
  const key = START + secretText(32)
  const row = await insertApiKey(
    tx,
    { name: input.name, scopes: [...new Set(input.scopes)], prefix: key.slice(0, START.length + 6), viewId: input.viewId ?? null },
    by.actor,
    by.now,
  )
  await insertKeyLookup(tx, fingerprint(key), row.id)
  return { ...row, key }
}

/** A revoked key is never usable again; revoking it twice is the same. */
export async function revokeKey(tx: Tx, keyId: number, by: By): Promise<ApiKeyRow> {
  const row = await revokeApiKey(tx, keyId, by.now)
  if (row === null) throw new Refusal('not-found')
  await deleteKeyLookup(tx, keyId)
  return row
}

/** Whose key this is, before any company is known. The row itself is asked inside the wall, at every use. */
export const ownerOfKey = (q: Queryable, key: string): Promise<{ companyId: number; keyId: number } | null> => keyLookup(q, fingerprint(key))

/** What a key that isn't revoked may do, in the transaction that does the work. */
export async function keyMay(tx: Tx, keyId: number, by: By): Promise<{ scopes: string[]; viewId: number | null }> {
  const key = await livingKey(tx, keyId)
  if (key === null) throw new Refusal('not-signed-in')
  const due = new Date(by.now.getTime() - USED_EVERY_MS)
  if (key.lastUsedAt === null || key.lastUsedAt < due) await touchKey(tx, keyId, by.now, due)
  return { scopes: key.scopes, viewId: key.viewId }
}
