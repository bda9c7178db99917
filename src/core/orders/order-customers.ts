/** Who ordered: each order gets its customer as it is written, and loses what it says of them when they are erased. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { written } from '../customers/change-customer.ts'
import type { CustomerRow } from '../customers/customer.ts'
import { customerById } from '../customers/customers.sql.ts'
import { customersOfOrders } from '../customers/customers-of-orders.ts'
import { Refusal } from '../refusal.ts'
import { erasedOrders, eraseInLetters, eraseInOrders } from './order-customers.sql.ts'
import type { OrderWrite } from './orders.sql.ts'

/** Known in one place only: an order with a customer keeps nothing personal of its own. */
export async function withCustomers<Write extends OrderWrite>(tx: Tx, listenerId: number, writes: Write[], by: By): Promise<(Write & { customerId: number | null })[]> {
  const saying = writes.filter((write) => write.customer !== null)
  const erased =
    saying.length === 0
      ? []
      : await erasedOrders(
          tx,
          listenerId,
          saying.map((write) => write.orderRef),
        )
  const asking = saying.flatMap(({ orderRef, customer }) => (customer === null || customer.customerId !== undefined || erased.includes(orderRef) ? [] : [{ orderRef, customer }]))
  const found =
    asking.length === 0
      ? []
      : await customersOfOrders(
          tx,
          listenerId,
          asking.map(({ customer }) => customer),
          by,
        )
  const byRef = new Map(asking.map(({ orderRef }, n) => [orderRef, found[n] ?? null]))
  return writes.map((write) => {
    const customerId = write.customer?.customerId ?? byRef.get(write.orderRef) ?? null
    return { ...write, customerId, customer: customerId === null ? write.customer : null }
  })
}

/** Name, e-mail and phone are gone, of the customer and of all its orders; what was ordered stays. Done twice it is the same. Throws {Refusal} not-found. */
export async function eraseCustomer(tx: Tx, id: number, by: By): Promise<CustomerRow> {
  const standing = await customerById(tx, id)
  if (standing === null) throw new Refusal('not-found')
  if (standing.erasedAt !== null) return standing
  const gone = await written(tx, { ...standing, name: null, email: null, phone: null, sourceSaid: null, erasedAt: by.now }, by)
  await eraseInOrders(tx, id, standing.email, by.now)
  await eraseInLetters(tx, by.now)
  return gone
}
