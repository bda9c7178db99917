/** A person who can sign in, and is the owner of a company. One person may belong to many companies. */
import type { Queryable } from '../../db/open.ts'
import { Refusal } from '../refusal.ts'
import { hashPassword } from './password.ts'
import { deleteSessionsOf, insertMembership, insertPerson, type PersonLocale, personByEmail, updatePassword } from './people.sql.ts'

export interface NewPerson {
  email: string
  name: string
  locale: PersonLocale
  password: string
}

/** In a transaction outside the wall. */
export async function makePerson(q: Queryable, input: NewPerson, now: Date): Promise<number> {
  const passwordHash = await hashPassword(input.password)
  const person = await insertPerson(q, { ...input, passwordHash }, now)
  if (person === null) throw new Refusal('email-taken', { field: 'email' })
  return person.id
}

export async function makeOwner(q: Queryable, companyId: number, personId: number, now: Date): Promise<void> {
  await insertMembership(q, companyId, personId, now)
}

/** Signs the person out everywhere. */
export async function resetPassword(q: Queryable, email: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  const person = await personByEmail(q, email)
  if (person === null) throw new Refusal('not-found', { field: 'email' })
  await updatePassword(q, person.id, passwordHash)
  await deleteSessionsOf(q, person.id)
}
