/** What people of the shop do with customers, and what customers ask for. */
import type { CustomerInput, Customers } from './customers.ts'
import { gid } from './ids.ts'
import type { Customer, State } from './state.ts'

export interface CustomerView extends Required<CustomerInput> {
  id: string
  gid: string
  createdAt: string
  updatedAt: string
}
type Which = { customer: string }

export interface CustomerVerbs {
  addCustomer(input: CustomerInput): CustomerView
  /** By e-mail, phone or id. */
  customer(input: Which): CustomerView
  changeCustomer(input: Which & CustomerInput): CustomerView
  /** Answers the customer as it was. */
  deleteCustomer(input: Which): CustomerView
  /** The person wants to see what is known of them: the apps are told. */
  requestData(input: Which): CustomerView
  /** The person wants to be forgotten: the shop forgets, the apps are told. Answers the customer as it was. */
  forgetCustomer(input: Which): CustomerView
}

const viewOf = ({ id, firstName, lastName, email, phone, createdAt, updatedAt }: Customer): CustomerView => ({
  id,
  gid: gid('Customer', id),
  firstName,
  lastName,
  email,
  phone,
  createdAt: new Date(createdAt).toISOString(),
  updatedAt: new Date(updatedAt).toISOString(),
})

export function customerVerbs(state: State, people: Customers): CustomerVerbs {
  const customer = (which: string): Customer => {
    for (const found of state.customers.values()) if ([found.email, found.phone, found.id, gid('Customer', found.id)].includes(which)) return found
    throw new Error(`no customer ${which}`)
  }
  /** A verb on one customer, answering as they were. */
  const losing =
    (work: (held: Customer) => void) =>
    (input: Which): CustomerView => {
      const held = customer(input.customer)
      const before = viewOf(held)
      work(held)
      return before
    }
  return {
    addCustomer: (input) => viewOf(people.add(input)),
    customer: (input) => viewOf(customer(input.customer)),
    changeCustomer: ({ customer: which, ...said }) => {
      const held = customer(which)
      people.change(held, said)
      return viewOf(held)
    },
    deleteCustomer: losing(people.remove),
    requestData: losing(people.requestData),
    forgetCustomer: losing(people.redact),
  }
}
