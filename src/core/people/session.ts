/** Sessions: an opaque token whose hash is stored. It lives two weeks after its last use and is changed every day, at sign-in and when the company changes. */
import type { Queryable } from '../../db/open.ts'
import { fingerprint, secretText } from '../../kit/id.ts'
import { Refusal } from '../refusal.ts'
import { passwordIs } from './password.ts'
import {
  claimAttempt,
  companiesOf,
  deleteOldSessions,
  deleteSession,
  forgetAttempts,
  insertSession,
  livingSession,
  retireSession,
  type SessionRow,
  touchSession,
} from './people.sql.ts'

const DAY_MS = 24 * 3600_000
const LIFE_MS = 14 * DAY_MS
const ROTATE_AFTER_MS = DAY_MS
const TOUCH_AFTER_MS = 5 * 60_000
/** Requests under way when the token changed still carry the old one. */
const OLD_TOKEN_MS = 60_000
export const MOST_WRONG = 5
export const LOCK_MS = 15 * 60_000

export interface Opened {
  token: string
  expiresAt: Date
}
export interface Signed extends SessionRow {
  tokenHash: Buffer
  /** A new token to hand to the browser, when it was time to change it. */
  changed: Opened | null
}

/** Asks the database in short transactions of its own: none is held open while the password is being checked. */
type Outside = <T>(work: (q: Queryable) => Promise<T>) => Promise<T>

/**
 * Wrong, unknown and locked out get the same answer in the same time, so nobody learns who exists. After five wrong in a row
 * an account rests for 15 minutes; the words of the refusal say so to everybody.
 */
export async function signIn(outside: Outside, input: { email: string; password: string }, now: Date): Promise<Opened> {
  const attempt = await outside((q) => claimAttempt(q, input.email, MOST_WRONG, new Date(now.getTime() + LOCK_MS), now))
  const right = await passwordIs(input.password, attempt?.passwordHash ?? null)
  if (!right || attempt === null) throw new Refusal('wrong-credentials')
  return await outside(async (q) => {
    await forgetAttempts(q, attempt.id)
    await deleteOldSessions(q, now)
    const companies = await companiesOf(q, attempt.id)
    return await openSession(q, attempt.id, companies[0]?.id ?? null, now)
  })
}

export async function openSession(q: Queryable, personId: number, companyId: number | null, now: Date): Promise<Opened> {
  const opened = { token: secretText(32), expiresAt: new Date(now.getTime() + LIFE_MS) }
  await insertSession(q, { tokenHash: fingerprint(opened.token), personId, companyId, expiresAt: opened.expiresAt }, now)
  return opened
}

/** Who a token belongs to, or null. */
export async function readSession(q: Queryable, token: string, now: Date): Promise<Signed | null> {
  const tokenHash = fingerprint(token)
  const row = await livingSession(q, tokenHash, now)
  if (row === null) return null
  if (now.getTime() - row.rotatedAt.getTime() > ROTATE_AFTER_MS) return { ...row, tokenHash, changed: await changeToken(q, tokenHash, row, row.companyId, now) }
  if (now.getTime() - row.seenAt.getTime() > TOUCH_AFTER_MS) await touchSession(q, tokenHash, now, new Date(now.getTime() + LIFE_MS))
  return { ...row, tokenHash, changed: null }
}

/** A membership is needed; a company one doesn't belong to doesn't exist. */
export async function chooseCompany(q: Queryable, session: Signed, companyId: number, now: Date): Promise<Opened> {
  const companies = await companiesOf(q, session.id)
  if (!companies.some((company) => company.id === companyId)) throw new Refusal('not-found', { field: 'companyId' })
  return await changeToken(q, session.tokenHash, session, companyId, now)
}

export async function closeSession(q: Queryable, session: Signed): Promise<void> {
  await deleteSession(q, session.tokenHash)
}

async function changeToken(q: Queryable, old: Buffer, person: { id: number }, companyId: number | null, now: Date): Promise<Opened> {
  const opened = await openSession(q, person.id, companyId, now)
  await retireSession(q, old, new Date(now.getTime() + OLD_TOKEN_MS))
  return opened
}
