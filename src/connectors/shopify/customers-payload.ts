/** Customers as a hook carries them, and what the privacy topics ask. Any personal field may be missing, empty or withheld. */
import { z } from 'zod'
import type { RemoteCustomer, RemoteEvent } from '../contract.ts'
import { gid } from './ids.ts'
import { instant } from './seen-order.ts'

interface Said {
  /** Undefined = not said. */
  firstName: string | null | undefined
  lastName: string | null | undefined
  email: string | null | undefined
  phone: string | null | undefined
  createdAt: string
  updatedAt: string
}
const nonempty = (text: string | null | undefined): string | null | undefined => (text === undefined ? undefined : text?.trim() || null)

/** A customer of Shopify's has a name, an e-mail or a phone number. One with nothing is withheld from us, and then nothing was said. */
export function remoteCustomer(customerRef: string, { firstName, lastName, email, phone, createdAt, updatedAt }: Said): RemoteCustomer {
  const names = [firstName, lastName].map(nonempty)
  const said = {
    name: names.every((each) => each === undefined) ? undefined : names.filter((each) => each).join(' ') || null,
    email: nonempty(email),
    phone: nonempty(phone),
  }
  const times = { createdAt: instant(createdAt), updatedAt: instant(updatedAt) }
  if (Object.values(said).every((each) => !each)) return { customerRef, ...times }
  return { customerRef, ...Object.fromEntries(Object.entries(said).filter(([, each]) => each !== undefined)), ...times }
}

const id = z.union([z.number(), z.string()])
const named = z.object({ id, admin_graphql_api_id: z.string().nullish() })
const text = z.string().nullish()
const payload = named.extend({ first_name: text, last_name: text, email: text, phone: text, created_at: z.string(), updated_at: z.string() })

/** A payload with its times missing is read again whole. */
export function customerEvents(verb: string, body: unknown, at: string): RemoteEvent[] {
  const { admin_graphql_api_id, id: number } = named.parse(body)
  const customerRef = admin_graphql_api_id ?? gid('Customer', number)
  if (verb === 'delete') return [{ kind: 'customer-gone', customerRef, at }]
  const read = payload.safeParse(body)
  if (!read.success) return [{ kind: 'look', feed: 'customers', key: customerRef }]
  const { first_name: firstName, last_name: lastName, email, phone, created_at: createdAt, updated_at: updatedAt } = read.data
  return [{ kind: 'customer', customer: remoteCustomer(customerRef, { firstName, lastName, email, phone, createdAt, updatedAt }) }]
}

const request = z.object({
  customer: z.object({ id: id.nullish(), email: text }).nullish(),
  orders_requested: z.array(id).nullish(),
  orders_to_redact: z.array(id).nullish(),
  data_request: z.object({ id }).nullish(),
})
export function privacyEvent(verb: 'data_request' | 'redact', body: unknown): RemoteEvent {
  const { customer, orders_requested, orders_to_redact, data_request } = request.parse(body)
  const number = customer?.id ?? null
  return {
    kind: 'privacy',
    request: {
      ask: verb === 'redact' ? 'erase' : 'data',
      requestRef: data_request ? String(data_request.id) : null,
      customerRef: number === null ? null : gid('Customer', number),
      email: customer?.email ?? null,
      orderRefs: [...(orders_requested ?? []), ...(orders_to_redact ?? [])].map((order) => gid('Order', order)),
    },
  }
}
