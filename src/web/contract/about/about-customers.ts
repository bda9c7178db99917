/** Customers. */
import type { About } from './about.ts'

export const aboutCustomers = {
  'customers.list': {
    summary: 'List or look up customers',
    text: 'Newest first. `email`, `phone` and `externalId` are exact, an e-mail’s capitals aside. Customers that were erased are left out unless `erased` is true.',
  },
  'customers.make': { summary: 'Make a customer', text: 'Every field may be null. Orders that say the same e-mail lead to it.' },
  'customers.show': { summary: 'Show a customer' },
  'customers.change': { summary: 'Change a customer', text: 'Only the fields that are sent.', refusals: ['customer-erased'] },
  'customers.export': { summary: 'Export what is kept of a person', text: 'The customer with all orders, for somebody who asks what is known of them.' },
  'customers.erase': {
    summary: 'Erase a person',
    text: 'For good: name, e-mail and phone are gone here and from the orders, which stay. Every view that has the customer is told `delete`. Done twice it is the same.',
  },
} as const satisfies Record<string, About>
