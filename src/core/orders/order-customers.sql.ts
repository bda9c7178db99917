/** SQL of orders and their customers. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Those of these orders whose customer was erased. */
export const erasedOrders = async (tx: Tx, listenerId: number, refs: string[]): Promise<string[]> =>
  (
    await tx.rows<{ orderRef: string }>(sql`
      select order_ref as "orderRef" from web_order where company_id = ${tx.companyId} and listener_id = ${listenerId} and order_ref = any (${refs}) and customer_erased_at is not null`)
  ).map((row) => row.orderRef)

/** What orders themselves say of who ordered: those of the customer, and others that name the same e-mail address. */
export const eraseInOrders = (tx: Tx, customerId: number, email: string | null, now: Date) =>
  tx.run(sql`
    update web_order set customer = null, snapshot = snapshot - 'vatNumber', customer_erased_at = ${now}
    where company_id = ${tx.companyId} and customer_erased_at is null and (customer_id = ${customerId} or lower(customer ->> 'email') = lower(${email}::text))`)

/** Known from orders alone, all of which are over and older than `before`. */
export const customersToForget = async (tx: Tx, before: Date, most: number): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select c.id from customer c
      where c.company_id = ${tx.companyId} and c.from_order and c.erased_at is null and c.created_at < ${before}
        and not exists (select from web_order o where o.company_id = c.company_id and o.customer_id = c.id and (o.state = 'open' or o.placed_at >= ${before}))
      order by c.id limit ${most}`)
  ).map((row) => row.id)
