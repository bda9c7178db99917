/** SQL of customers. Views hear of every change by themselves (migrations/0032). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { CustomerRow, Personal } from './customer.ts'

const customers = (tx: Tx, which: { id?: number; sourceId?: number; sourceRefs?: string[]; emails?: string[] }) =>
  tx.rows<CustomerRow>(sql`
    select id, name, email, phone, source_id as "sourceId", source_ref as "sourceRef", from_order as "fromOrder", version, created_at as "createdAt", changed_at as "changedAt", erased_at as "erasedAt",
           source_created_at as "sourceCreatedAt", source_updated_at as "sourceUpdatedAt", source_said as "sourceSaid", source_gone_at as "sourceGoneAt"
    from customer where company_id = ${tx.companyId} and (${which.id ?? null}::bigint is null or id = ${which.id ?? null})
      and (${which.sourceRefs ?? null}::text[] is null or (source_id = ${which.sourceId ?? null} and source_ref = any (${which.sourceRefs ?? null}::text[])))
      and (${which.emails ?? null}::text[] is null or lower(email) = any (${which.emails ?? null}::text[]))
    order by id for update`)

/** Locked to the end, like all that are asked for here: nobody is erased while an order is given to them. */
export const customerById = async (tx: Tx, id: number): Promise<CustomerRow | null> => (await customers(tx, { id }))[0] ?? null
export const customerByRef = async (tx: Tx, sourceId: number, sourceRef: string): Promise<CustomerRow | null> =>
  (await customers(tx, { sourceId, sourceRefs: [sourceRef] }))[0] ?? null
export const customersByRefs = (tx: Tx, sourceId: number, sourceRefs: string[]) => customers(tx, { sourceId, sourceRefs })
/** E-mail addresses in small letters. */
export const customersByEmail = (tx: Tx, emails: string[]) => customers(tx, { emails })

/** In the order they were given. */
export const insertCustomers = async (
  tx: Tx,
  rows: (Personal & Pick<CustomerRow, 'sourceId' | 'sourceRef' | 'fromOrder'> & Partial<Pick<CustomerRow, 'sourceCreatedAt' | 'sourceUpdatedAt' | 'sourceSaid'>>)[],
  now: Date,
): Promise<number[]> =>
  (
    await tx.rows<{ id: number }>(sql`
      insert into customer (company_id, name, email, phone, source_id, source_ref, from_order, created_at, changed_at, source_created_at, source_updated_at, source_said)
      select ${tx.companyId}, r.name, r.email, r.phone, r."sourceId", r."sourceRef", r."fromOrder", ${now}, ${now}, r."sourceCreatedAt", r."sourceUpdatedAt", r."sourceSaid"
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}) as (name text, email text, phone text, "sourceId" bigint, "sourceRef" text, "fromOrder" boolean,
          "sourceCreatedAt" timestamptz, "sourceUpdatedAt" timestamptz, "sourceSaid" jsonb)) with ordinality
        as r(name, email, phone, "sourceId", "sourceRef", "fromOrder", "sourceCreatedAt", "sourceUpdatedAt", "sourceSaid", n)
      order by r.n returning id`)
  ).map((row) => row.id)

export const updateCustomer = (tx: Tx, c: CustomerRow) =>
  tx.run(sql`
    update customer set name = ${c.name}, email = ${c.email}, phone = ${c.phone}, from_order = ${c.fromOrder}, version = ${c.version}, changed_at = ${c.changedAt}, erased_at = ${c.erasedAt},
      source_ref = ${c.sourceRef}, source_created_at = ${c.sourceCreatedAt}, source_updated_at = ${c.sourceUpdatedAt}, source_said = ${c.sourceSaid === null ? null : JSON.stringify(c.sourceSaid)}::jsonb,
      source_gone_at = ${c.sourceGoneAt}
    where company_id = ${tx.companyId} and id = ${c.id}`)

/** Their source has them no more; who they are stays known. */
export const markCustomersGone = (tx: Tx, sourceId: number, refs: string[], at: Date) =>
  tx.run(sql`
    update customer set source_gone_at = ${at}
    where company_id = ${tx.companyId} and source_id = ${sourceId} and source_ref = any (${refs}) and source_gone_at is null and erased_at is null`)
