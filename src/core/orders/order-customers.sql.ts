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

/** An order that is on its way to an ERP right then goes again without who ordered, should its answer be lost. */
export const eraseInLetters = (tx: Tx, now: Date) =>
  tx.run(sql`
    update told set flight = jsonb_set(flight, '{letter,customer}', 'null')
    where company_id = ${tx.companyId} and kind = 'order' and flight is not null
      and entity_id in (select id from web_order where company_id = ${tx.companyId} and customer_erased_at = ${now})`)

/** Known from orders alone, all of which are over and older than `before`. */
export const customersToForget = async (tx: Tx, before: Date, most: number): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      select c.id from customer c
      where c.company_id = ${tx.companyId} and c.from_order and c.erased_at is null and c.created_at < ${before}
        and not exists (select from web_order o where o.company_id = c.company_id and o.customer_id = c.id and (o.state = 'open' or o.placed_at >= ${before}))
      order by c.id limit ${most}`)
  ).map((row) => row.id)

/** Whom a source may mean by its name of them, an e-mail address, or orders it names; `own` = they came through it. Nobody who was erased. */
export const customersMeant = (tx: Tx, sourceId: number, asked: { customerRef: string | null; email: string | null; orderRefs: string[] }) =>
  tx.rows<{ id: number; own: boolean }>(sql`
    select c.id, c.source_id is not distinct from ${sourceId}::bigint as own from customer c
    where c.company_id = ${tx.companyId} and c.erased_at is null
      and ((c.source_id = ${sourceId} and c.source_ref = ${asked.customerRef}) or lower(c.email) = lower(${asked.email}::text)
        or c.id in (select o.customer_id from web_order o where o.company_id = ${tx.companyId} and o.listener_id = ${sourceId} and o.order_ref = any (${asked.orderRefs}) and o.customer_erased_at is null))
    order by c.id`)

/** Orders of a source say nothing any more of who ordered; `refs` null = all of them. A customer of the source itself stays named, for they are erased too. */
export const eraseOrdersOf = (tx: Tx, sourceId: number, refs: string[] | null, now: Date) =>
  tx.run(sql`
    update web_order o set customer = null, customer_erased_at = ${now},
      customer_id = (select c.id from customer c where c.company_id = o.company_id and c.id = o.customer_id and c.source_id = ${sourceId})
    where o.company_id = ${tx.companyId} and o.listener_id = ${sourceId} and o.customer_erased_at is null and (${refs}::text[] is null or o.order_ref = any (${refs}::text[]))`)

/** Everybody who came through a source, at once. */
export const eraseCustomersOf = async (tx: Tx, sourceId: number, now: Date): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      update customer set name = null, email = null, phone = null, source_said = null, version = version + 1, changed_at = ${now}, erased_at = ${now}
      where company_id = ${tx.companyId} and source_id = ${sourceId} and erased_at is null returning id`)
  ).map((row) => row.id)
