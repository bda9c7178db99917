/** SQL of people, their companies and their sessions: outside the wall, since a person belongs to many companies. */
import type { Queryable, Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export type PersonLocale = 'sv' | 'nb' | 'da' | 'en'
export interface PersonRow {
  id: number
  email: string
  name: string
  locale: PersonLocale
}

/** Null = somebody has that address already. */
export const insertPerson = (q: Queryable, person: { email: string; name: string; locale: PersonLocale; passwordHash: string }, now: Date) =>
  q.maybe<{ id: number }>(
    sql`insert into person (email, name, password_hash, locale, created_at) values (lower(${person.email}), ${person.name}, ${person.passwordHash}, ${person.locale}, ${now}) on conflict (email) do nothing returning id`,
  )

export const personByEmail = (q: Queryable, email: string) => q.maybe<PersonRow>(sql`select id, email, name, locale from person where email = lower(${email})`)
export const updatePassword = (q: Queryable, personId: number, passwordHash: string) =>
  q.run(sql`update person set password_hash = ${passwordHash}, wrong_count = 0, locked_until = null where id = ${personId}`)
export const updateLocale = (q: Queryable, personId: number, locale: PersonLocale) => q.run(sql`update person set locale = ${locale} where id = ${personId}`)

/**
 * Counts the attempt before the password is looked at, so that many guesses at once are counted too; no row = nobody, or locked out.
 * The attempt that reaches the limit locks, and a right password unlocks again.
 */
export const claimAttempt = (q: Queryable, email: string, most: number, lockUntil: Date, now: Date) =>
  q.maybe<{ id: number; passwordHash: string }>(sql`
    update person set
      wrong_count = case when locked_until is not null then 1 else wrong_count + 1 end,
      locked_until = case when locked_until is null and wrong_count + 1 >= ${most} then ${lockUntil}::timestamptz end
    where email = lower(${email}) and (locked_until is null or locked_until <= ${now})
    returning id, password_hash as "passwordHash"`)
export const forgetAttempts = (q: Queryable, personId: number) => q.run(sql`update person set wrong_count = 0, locked_until = null where id = ${personId}`)

export const insertMembership = (q: Queryable, companyId: number, personId: number, now: Date) =>
  q.run(sql`insert into membership (company_id, person_id, role, created_at) values (${companyId}, ${personId}, 'owner', ${now}) on conflict do nothing`)
export const ownersOf = async (q: Queryable, companyId: number): Promise<number[]> =>
  (await q.rows<{ id: number }>(sql`select person_id as id from membership where company_id = ${companyId} and role = 'owner' order by person_id`)).map((row) => row.id)
export const companiesOf = (q: Queryable, personId: number) =>
  q.rows<{ id: number; name: string; role: 'owner' }>(
    sql`select c.id, c.name, m.role from membership m join company c on c.id = m.company_id where m.person_id = ${personId} order by lower(c.name), c.id`,
  )

export const insertSession = (q: Queryable, session: { tokenHash: Buffer; personId: number; companyId: number | null; expiresAt: Date }, now: Date) =>
  q.run(sql`
    insert into session (token_hash, person_id, company_id, created_at, rotated_at, seen_at, expires_at)
    values (${session.tokenHash}, ${session.personId}, ${session.companyId}, ${now}, ${now}, ${now}, ${session.expiresAt})`)

export interface SessionRow extends PersonRow {
  companyId: number | null
  rotatedAt: Date
  seenAt: Date
  expiresAt: Date
}
/** A membership taken away ends what the session may do there. */
export const livingSession = (q: Queryable, tokenHash: Buffer, now: Date) =>
  q.maybe<SessionRow>(sql`
    select p.id, p.email, p.name, p.locale, m.company_id as "companyId", s.rotated_at as "rotatedAt", s.seen_at as "seenAt", s.expires_at as "expiresAt"
    from session s join person p on p.id = s.person_id left join membership m on m.person_id = s.person_id and m.company_id = s.company_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now}`)
export const touchSession = (q: Queryable, tokenHash: Buffer, now: Date, expiresAt: Date) =>
  q.run(sql`update session set seen_at = ${now}, expires_at = ${expiresAt} where token_hash = ${tokenHash}`)
/** The old token works a little longer: requests already under way carry it. */
export const retireSession = (q: Queryable, tokenHash: Buffer, until: Date) =>
  q.run(sql`update session set expires_at = ${until}, rotated_at = ${until}, seen_at = ${until} where token_hash = ${tokenHash}`)
export const deleteSession = (q: Queryable, tokenHash: Buffer) => q.run(sql`delete from session where token_hash = ${tokenHash}`)
export const deleteSessionsOf = (q: Queryable, personId: number) => q.run(sql`delete from session where person_id = ${personId}`)
export const deleteOldSessions = (q: Queryable, now: Date) => q.run(sql`delete from session where expires_at <= ${now}`)

// ---- API keys: the row is inside the wall, the way to it outside

export interface ApiKeyRow {
  id: number
  name: string
  prefix: string
  scopes: string[]
  /** The view it was made for, which is all it serves. */
  viewId: number | null
  createdAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}
export const insertApiKey = (tx: Tx, key: { name: string; prefix: string; scopes: string[]; viewId: number | null }, actor: string, now: Date) =>
  tx.one<ApiKeyRow>(sql`
    insert into api_key (company_id, name, prefix, scopes, view_id, created_at, created_by) values (${tx.companyId}, ${key.name}, ${key.prefix}, ${key.scopes}, ${key.viewId}, ${now}, ${actor})
    returning id, name, prefix, scopes, view_id as "viewId", created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`)
export const insertKeyLookup = (tx: Tx, keyHash: Buffer, keyId: number) =>
  tx.run(sql`insert into key_lookup (key_hash, company_id, api_key_id) values (${keyHash}, ${tx.companyId}, ${keyId})`)
export const deleteKeyLookup = (tx: Tx, keyId: number) => tx.run(sql`delete from key_lookup where company_id = ${tx.companyId} and api_key_id = ${keyId}`)
export const keyLookup = (q: Queryable, keyHash: Buffer) =>
  q.maybe<{ companyId: number; keyId: number }>(sql`select company_id as "companyId", api_key_id as "keyId" from key_lookup where key_hash = ${keyHash}`)
export const apiKeys = (tx: Tx) =>
  tx.rows<ApiKeyRow>(sql`
    select id, name, prefix, scopes, view_id as "viewId", created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt" from api_key where company_id = ${tx.companyId} order by id`)
export const livingKey = (tx: Tx, keyId: number) =>
  tx.maybe<{ scopes: string[]; viewId: number | null; lastUsedAt: Date | null }>(
    sql`select scopes, view_id as "viewId", last_used_at as "lastUsedAt" from api_key where company_id = ${tx.companyId} and id = ${keyId} and revoked_at is null`,
  )
/** Two requests at once needn't both write it. */
export const touchKey = (tx: Tx, keyId: number, now: Date, unlessSince: Date) =>
  tx.run(sql`
    update api_key set last_used_at = ${now} where company_id = ${tx.companyId}
      and id = (select id from api_key where company_id = ${tx.companyId} and id = ${keyId} and (last_used_at is null or last_used_at < ${unlessSince}) for update skip locked)`)
export const revokeApiKey = (tx: Tx, keyId: number, now: Date) =>
  tx.maybe<ApiKeyRow>(sql`
    update api_key set revoked_at = coalesce(revoked_at, ${now}) where company_id = ${tx.companyId} and id = ${keyId}
    returning id, name, prefix, scopes, view_id as "viewId", created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`)
