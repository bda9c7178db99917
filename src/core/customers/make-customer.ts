/** A new customer, by a person, a key or a view. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { type CustomerRow, type Personal, tidied } from './customer.ts'
import { customerById, insertCustomers } from './customers.sql.ts'

/** `source` = the listener that hands it in and what it calls it; null = made here. */
export async function makeCustomer(tx: Tx, input: Personal, source: { id: number; ref: string } | null, by: By): Promise<CustomerRow> {
  const [id] = await insertCustomers(tx, [{ ...tidied(input), sourceId: source?.id ?? null, sourceRef: source?.ref ?? null, fromOrder: false }], by.now)
  return must(await customerById(tx, must(id, 'its id')), 'the customer')
}
