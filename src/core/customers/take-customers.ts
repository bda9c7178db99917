/**
 * Customers as their source shows them. Who is known there by this ref is the same; so is whom only orders of the same source told of, by e-mail. Nobody else is:
 * one e-mail with two sources is two customers until a person says otherwise.
 */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { written } from './change-customer.ts'
import { type CustomerRow, type Personal, samePerson, tidied } from './customer.ts'
import { customersByEmail, customersByRefs, insertCustomers, updateCustomer } from './customers.sql.ts'

export interface CustomerSeen {
  ref: string
  /** A field that is left out wasn't said; null = there is none. */
  said: Partial<Personal>
  /** By the source's clock; of two the later one counts. */
  createdAt: Date
  updatedAt: Date
  /** Read just now, not told of by a hook that may be late. */
  read: boolean
}

/** Returns the refs of those whom two hooks tell of otherwise at the same time: they are to be read. The source's messages must be locked. */
export async function takeCustomers(tx: Tx, sourceId: number, seen: CustomerSeen[], by: By): Promise<string[]> {
  const unsure: string[] = []
  const latest = new Map<string, CustomerSeen>()
  for (const each of seen) {
    const before = latest.get(each.ref)
    if (before !== undefined && isTie(each, before.updatedAt, before.said)) unsure.push(each.ref)
    if (before === undefined || each.updatedAt >= before.updatedAt) latest.set(each.ref, each)
  }
  const known = new Map((await customersByRefs(tx, sourceId, [...latest.keys()])).map((row) => [row.sourceRef, row]))
  const ordered = await knownByOrders(tx, sourceId, [...latest.values()])
  const unknown: CustomerSeen[] = []
  for (const each of latest.values()) {
    const standing = known.get(each.ref) ?? ordered.get(keyOf(each.said.email))
    if (standing === undefined) unknown.push(each)
    else if (standing.erasedAt !== null || (standing.sourceUpdatedAt !== null && each.updatedAt < standing.sourceUpdatedAt)) continue
    else if (standing.sourceUpdatedAt !== null && isTie(each, standing.sourceUpdatedAt, standing.sourceSaid ?? {})) unsure.push(each.ref)
    else await take(tx, standing, each, by)
    ordered.delete(keyOf(each.said.email))
  }
  const rows = unknown.map(({ ref, said, createdAt, updatedAt }) => ({
    ...tidied({ name: null, email: null, phone: null, ...said }),
    sourceId,
    sourceRef: ref,
    fromOrder: false,
    sourceCreatedAt: createdAt,
    sourceUpdatedAt: updatedAt,
    sourceSaid: said,
  }))
  if (rows.length > 0) await insertCustomers(tx, rows, by.now)
  return unsure
}

const FIELDS = ['name', 'email', 'phone'] as const
const keyOf = (email: string | null | undefined): string => (email ?? '').trim().toLowerCase()
const isTie = (each: CustomerSeen, updatedAt: Date, said: Partial<Personal>): boolean =>
  !each.read && each.updatedAt.getTime() === updatedAt.getTime() && FIELDS.some((field) => each.said[field] !== undefined && each.said[field] !== said[field])

/** Whom orders of this source told of before the source itself did, by e-mail. */
async function knownByOrders(tx: Tx, sourceId: number, seen: CustomerSeen[]): Promise<Map<string, CustomerRow>> {
  const emails = [...new Set(seen.map(({ said }) => keyOf(said.email)).filter((email) => email !== ''))]
  const rows = emails.length === 0 ? [] : await customersByEmail(tx, emails)
  return new Map(rows.filter((row) => row.sourceId === sourceId && row.sourceRef === null).map((row) => [keyOf(row.email), row]))
}

/** Only what the source says otherwise than before; what an order told and the source doesn't stays. */
async function take(tx: Tx, standing: CustomerRow, { ref, said, createdAt, updatedAt }: CustomerSeen, by: By): Promise<void> {
  const isNew = standing.sourceRef === null
  const news = Object.fromEntries(
    FIELDS.filter((field) => said[field] !== undefined && (isNew ? said[field] !== null : said[field] !== standing.sourceSaid?.[field])).map((field) => [field, said[field]]),
  )
  const next: CustomerRow = {
    ...standing,
    ...tidied({ ...standing, ...news }),
    sourceRef: ref,
    fromOrder: false,
    sourceCreatedAt: createdAt,
    sourceUpdatedAt: updatedAt,
    sourceSaid: { ...standing.sourceSaid, ...said },
    sourceGoneAt: null,
  }
  if (isNew || !samePerson(standing, next)) await written(tx, next, by)
  else await updateCustomer(tx, next)
}
