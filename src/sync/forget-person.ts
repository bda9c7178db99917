/** A person asks to be forgotten: gone from the customer, its orders, the invoices kept here, and the raw messages and kept answers that still name them. */
import type { By } from '../core/by.ts'
import type { CustomerRow } from '../core/customers/customer.ts'
import { customerById } from '../core/customers/customers.sql.ts'
import { settleRequests } from '../core/customers/privacy-requests.sql.ts'
import { eraseFiles } from '../core/invoices/pdfs.sql.ts'
import { eraseCustomer } from '../core/orders/order-customers.ts'
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'
import { blankAnswers, blankMessages } from './purge.sql.ts'

const LONG_REF = 20

/** Views that hear of customers are told `delete`. Done twice it is the same. Throws {Refusal} not-found. */
export async function forgetPerson(tx: Tx, customerId: number, by: By): Promise<CustomerRow> {
  const known = await customerById(tx, customerId)
  if (known === null) throw new Refusal('not-found')
  const gone = await eraseCustomer(tx, customerId, by)
  await eraseFiles(tx, customerId, by.now)
  // A remote's own name of them, where it is long enough to mean nobody else.
  const ref = (known.sourceRef ?? '').length >= LONG_REF ? known.sourceRef : null
  const says = [known.email, known.phone, ref].filter((each) => each !== null)
  if (says.length > 0) await blankMessages(tx, says)
  await blankAnswers(tx, [customerId])
  await settleRequests(tx, { customerId }, by)
  return gone
}
