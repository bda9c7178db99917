/** What the fields of customers answer with. Any personal field may be missing. */
import { invalidId, notApproved } from './errors.ts'
import { gid, numeral } from './ids.ts'
import { named, type Reading, type Resolvers, stamped } from './reading.ts'
import { customerMatches, cut, type PageArgs, parseQuery } from './search.ts'
import type { Customer } from './state.ts'

export function customerById(reading: Reading, id: string): Customer | null {
  const number = numeral('Customer', id)
  if (number === null) throw invalidId(id)
  approved(reading)
  return reading.state.customers.get(number) ?? null
}
function approved(reading: Reading): void {
  if (reading.state.switches.personalData === 'not-approved') throw notApproved('Customer')
}
const shown = <T>(reading: Reading, value: T | null): T | null => (reading.state.switches.personalData === 'full' ? value : null)

export const customerRoots: Resolvers[string] = {
  customer: (_, args: { id: string }, reading) => customerById(reading, args.id),
  customers: (_, args: PageArgs & { query?: string | null; sortKey: string }, reading) => {
    approved(reading)
    const query = parseQuery(args.query)
    const found = [...reading.state.customers.values()].filter((customer) => customerMatches(customer, query, reading.state.switches.customersUpdated === 'whole-day'))
    return cut(found, args, (customer) => ({
      value: args.sortKey === 'UPDATED_AT' ? Math.floor(customer.updatedAt / 1000) : args.sortKey === 'CREATED_AT' ? customer.createdAt : 0,
      id: customer.id,
    }))
  },
}
export const customerFields: Resolvers[string] = {
  ...named('Customer'),
  ...stamped,
  id: (customer: Customer) => gid('Customer', customer.id),
  displayName: (customer: Customer, _, reading) =>
    shown(reading, [customer.firstName, customer.lastName].filter((part) => part !== null).join(' ') || (customer.email ?? customer.phone)) ?? '',
  firstName: (customer: Customer, _, reading) => shown(reading, customer.firstName),
  lastName: (customer: Customer, _, reading) => shown(reading, customer.lastName),
  defaultEmailAddress: (customer: Customer, _, reading) => shown(reading, customer.email === null ? null : { emailAddress: customer.email }),
  defaultPhoneNumber: (customer: Customer, _, reading) => shown(reading, customer.phone === null ? null : { phoneNumber: customer.phone }),
}
