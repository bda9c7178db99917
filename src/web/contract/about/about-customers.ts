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
  'privacy-requests.list': {
    summary: 'List privacy requests',
    text: 'What customers asked for through a webshop. Whoever came through it is forgotten at once; `open` are those a person has to do something about, before `dueAt`.',
  },
  'privacy-requests.done': { summary: 'Say that a privacy request is done', text: 'After the export was handed over, or the customer is to be kept. Done twice it is the same.' },
} as const satisfies Record<string, About>
