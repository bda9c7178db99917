/**
 * Orders that say who ordered lead to customers: by e-mail, to the letter but for capitals. An order fills in what nobody knows of its customer and changes
 * nothing that is known.
 */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { written } from './change-customer.ts'
import { type CustomerRow, filled, type Personal, samePerson, tidied } from './customer.ts'
import { customersByEmail, insertCustomers } from './customers.sql.ts'

/** Of each, in order; null = it says no e-mail, so nobody is known by it. The source's orders must be locked. */
export async function customersOfOrders(tx: Tx, sourceId: number, said: Personal[], by: By): Promise<(number | null)[]> {
  const persons = new Map<string, Personal>()
  for (const each of said.map(tidied)) if (each.email !== null) persons.set(keyOf(each), filled(persons.get(keyOf(each)) ?? each, each))
  if (persons.size === 0) return said.map(() => null)
  const standing = await customersByEmail(tx, [...persons.keys()])
  const ids = new Map<string, number>()
  const unknown: Personal[] = []
  for (const [key, person] of persons) {
    const row = oneOf(
      standing.filter((each) => keyOf(each) === key),
      sourceId,
    )
    if (row === null) {
      unknown.push(person)
      continue
    }
    ids.set(key, row.id)
    const next = filled(row, person)
    if (!samePerson(row, next)) await written(tx, { ...row, ...next }, by)
  }
  const made =
    unknown.length === 0
      ? []
      : await insertCustomers(
          tx,
          unknown.map((person) => ({ ...person, sourceId, sourceRef: null, fromOrder: true })),
          by.now,
        )
  for (const [n, person] of unknown.entries()) ids.set(keyOf(person), must(made[n], 'its id'))
  return said.map((each) => ids.get(keyOf(tidied(each))) ?? null)
}

const keyOf = ({ email }: Personal): string => (email ?? '').toLowerCase()

/** The source's own first. Of several others it is never guessed which one is meant. */
function oneOf(rows: CustomerRow[], sourceId: number): CustomerRow | null {
  const own = rows.find((row) => row.sourceId === sourceId)
  return own ?? (rows.length === 1 ? (rows[0] ?? null) : null)
}
