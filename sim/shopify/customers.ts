/** The shop's customers: who buys becomes one, people of the shop add and change them, and a person may ask what is known of them or to be forgotten. */
import type { SimTime } from '../time.ts'
import { indexLater } from './levels.ts'
import { type Buyer, type Customer, hit, newId, type Order, type State } from './state.ts'

export type CustomerTopic = 'customers/create' | 'customers/update' | 'customers/delete'
/** Not to be subscribed to: the app names one address for all three in its own settings. */
export const PRIVACY_TOPICS = ['customers/data_request', 'customers/redact', 'shop/redact'] as const
export type PrivacyTopic = (typeof PRIVACY_TOPICS)[number]

export interface CustomerNews {
  customer(topic: CustomerTopic, customer: Customer, eventId: string): void
  privacy(topic: PrivacyTopic, about: { customer: Customer; orders: Order[] } | null, eventId: string): void
}
export interface CustomerInput {
  firstName?: string | null
  lastName?: string | null
  email?: string | null
  phone?: string | null
}

export interface Customers {
  /** One with this e-mail is the same. */
  idOf(email: string): string | null
  /** Has ordered: is there from now on, and has changed. */
  buys(buyer: Buyer): void
  add(input: CustomerInput): Customer
  change(customer: Customer, input: CustomerInput): void
  /** Refused while there are orders, as in the shop's admin. */
  remove(customer: Customer): void
  requestData(customer: Customer): void
  /** The shop forgets, and tells the apps; here at once, not after ten days. */
  redact(customer: Customer): void
}

export function customers(state: State, time: SimTime, news: CustomerNews, newEvent: () => string): Customers {
  const ordersOf = (customer: Customer) => [...state.orders.values()].filter((order) => order.buyer?.id === customer.id)
  const withEmail = (email: string): Customer | null => {
    for (const each of state.customers.values()) if (each.email?.toLowerCase() === email.toLowerCase()) return each
    return null
  }
  const touch = (customer: Customer) => {
    customer.updatedAt = time.ms()
    indexLater(state, time, customer, () => null)
  }
  function make(id: string, input: CustomerInput): Customer {
    const { firstName = null, lastName = null, email = null, phone = null } = input
    if (email !== null && withEmail(email) !== null) throw new Error('Email has already been taken')
    if ([firstName, lastName, email, phone].every((each) => each === null)) throw new Error('A name, phone number, or email address must be present')
    const now = time.ms()
    const made: Customer = { id, firstName, lastName, email, phone, createdAt: now, updatedAt: now, indexed: null }
    state.customers.set(id, made)
    touch(made)
    news.customer('customers/create', made, newEvent())
    return made
  }
  return {
    idOf: (email) => withEmail(email)?.id ?? null,
    buys: ({ id, ...said }) => {
      const known = state.customers.get(id)
      if (known === undefined) return void make(id, said)
      touch(known)
      news.customer('customers/update', known, newEvent())
    },
    add: (input) => make(newId(state), input),
    change: (customer, input) => {
      Object.assign(customer, input)
      touch(customer)
      news.customer('customers/update', customer, newEvent())
    },
    remove: (customer) => {
      if (ordersOf(customer).length > 0) throw new Error("Customer can't be deleted because they have associated orders")
      state.customers.delete(customer.id)
      hit(state, 'customer-deleted')
      news.customer('customers/delete', customer, newEvent())
    },
    requestData: (customer) => news.privacy('customers/data_request', { customer, orders: ordersOf(customer) }, newEvent()),
    redact: (customer) => {
      const orders = ordersOf(customer)
      news.privacy('customers/redact', { customer: { ...customer }, orders }, newEvent())
      Object.assign(customer, { firstName: null, lastName: null, email: null, phone: null })
      for (const order of orders) order.buyer = null
      touch(customer)
      hit(state, 'customer-redacted')
    },
  }
}
