/** What is known of a customer becomes something else. Who was erased stays so. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { type CustomerRow, type Personal, samePerson, tidied } from './customer.ts'
import { updateCustomer } from './customers.sql.ts'

/** Whoever says it wants it kept: it is no longer known from orders alone. Throws {Refusal} customer-erased. */
export async function changeCustomer(tx: Tx, standing: CustomerRow, input: Personal, by: By): Promise<CustomerRow> {
  if (standing.erasedAt !== null) throw new Refusal('customer-erased')
  const said = tidied(input)
  if (samePerson(standing, said) && !standing.fromOrder) return standing
  return await written(tx, { ...standing, ...said, fromOrder: false }, by)
}

/** Locked by the caller. */
export async function written(tx: Tx, next: CustomerRow, by: By): Promise<CustomerRow> {
  const row = { ...next, version: next.version + 1, changedAt: by.now }
  await updateCustomer(tx, row)
  return row
}
