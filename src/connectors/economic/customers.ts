/** Whose invoice it is: the one customer for all, or the one with the same address or number, made where there is none. */
import type { z } from 'zod'
import type { HandedOver, OutgoingOrder } from '../contract.ts'
import { customer as customerShape, group, pageOf } from './answers.ts'
import type { Client } from './client.ts'
import { equals, listPath } from './filters.ts'
import type { EconomicSettings } from './settings.ts'

export type Customer = z.infer<typeof customerShape>
export type Refusal = Extract<HandedOver, { kind: 'refused' }>
export const refused = (code: string, said = ''): Refusal => ({ kind: 'refused', code, said })

const customers = pageOf(customerShape)

/** `zone` and `terms` are what a new customer gets. Numbers are given again to others, so nobody's is remembered. */
export async function customerFor(
  client: Client,
  settings: EconomicSettings,
  order: OutgoingOrder,
  given: { zone: number; terms: number },
  key: string,
): Promise<Customer | Refusal> {
  const sought = soughtBy(settings, order)
  if (sought === null) return collective(client, settings)
  const answer = await client.get(customers, listPath('customers', { filter: equals(sought.property, sought.text), size: 20 }), 'live')
  const found = (answer?.collection ?? []).filter((each) => !each.barred && isSame(each[sought.property], sought.text))
  if (found.length > 1) return refused('customer-doubled', sought.text)
  return found[0] ?? (await newCustomer(client, settings, order, given, key))
}

type Property = 'email' | 'telephoneAndFaxNumber' | 'corporateIdentificationNumber'
const SOUGHT_BY: Record<EconomicSettings['customers'], { field: 'email' | 'phone' | 'vatNumber'; property: Property } | null> = {
  collective: null,
  email: { field: 'email', property: 'email' },
  phone: { field: 'phone', property: 'telephoneAndFaxNumber' },
  'vat-number': { field: 'vatNumber', property: 'corporateIdentificationNumber' },
}
function soughtBy(settings: EconomicSettings, { customer }: OutgoingOrder): { property: Property; text: string } | null {
  const by = SOUGHT_BY[settings.customers]
  const text = by === null ? null : customer?.[by.field]
  return by === null || !text ? null : { property: by.property, text }
}
const isSame = (one: string | null, other: string): boolean => (one ?? '').trim().toLowerCase() === other.trim().toLowerCase()

async function collective(client: Client, { customerNumber }: EconomicSettings): Promise<Customer | Refusal> {
  if (customerNumber === null) return refused('customer-unknown')
  return (await client.get(customerShape, `/customers/${customerNumber}`, 'live')) ?? refused('customer-gone', String(customerNumber))
}

async function newCustomer(
  client: Client,
  settings: EconomicSettings,
  order: OutgoingOrder,
  { zone, terms }: { zone: number; terms: number },
  key: string,
): Promise<Customer | Refusal> {
  const customerGroup = settings.customerGroupNumber ?? (await client.get(pageOf(group), listPath('customer-groups', { size: 1 }), 'live'))?.collection[0]?.customerGroupNumber
  if (customerGroup === undefined) return refused('customer-group-missing')
  const { name = null, email = null, phone = null, vatNumber = null } = order.customer ?? {}
  const body = {
    name: (name ?? email ?? phone ?? order.name).slice(0, 255),
    currency: order.currency,
    customerGroup: { customerGroupNumber: customerGroup },
    paymentTerms: { paymentTermsNumber: terms },
    vatZone: { vatZoneNumber: zone },
    ...(email ? { email: email.slice(0, 255) } : {}),
    ...(vatNumber ? { corporateIdentificationNumber: vatNumber.slice(0, 40) } : {}),
    ...(phone ? { telephoneAndFaxNumber: phone.slice(0, 255) } : {}),
  }
  return (await client.write(customerShape, { method: 'POST', path: '/customers', body, key: `${key}-c` })) ?? refused('customer-gone')
}
