/** The routes of customers. */
import { z } from 'zod'
import * as c from './customers.ts'
import { both, type Route } from './route.ts'
import { nothing, pageOf, textIdOf } from './shared.ts'

const read = { ...both('customers:read'), status: 200 } as const
const write = both('customers:write')
const one = { params: z.object({ customerId: textIdOf('customer') }) }
const C = '/v1/customers/:customerId'

export const customerRoutes = {
  'customers.list': { method: 'GET', path: '/v1/customers', ...read, query: c.customersQuery, answer: pageOf(c.customer) },
  'customers.make': { method: 'POST', path: '/v1/customers', ...write, status: 201, body: c.customerForm, answer: c.customer },
  'customers.show': { method: 'GET', path: C, ...read, ...one, answer: c.customer },
  'customers.change': { method: 'PATCH', path: C, ...write, status: 200, ...one, body: c.customerChange, answer: c.customer },
  'customers.export': { method: 'GET', path: `${C}/export`, ...read, ...one, answer: c.customerExport },
  /** For good: name, e-mail and phone are gone, orders stay. */
  'customers.erase': { method: 'POST', path: `${C}/erase`, ...write, status: 200, ...one, body: nothing, answer: c.customer },
  'privacy-requests.list': { method: 'GET', path: '/v1/privacy-requests', ...read, query: c.privacyRequestsQuery, answer: pageOf(c.privacyRequest) },
  /** A person did what was asked; done twice it is the same. */
  'privacy-requests.done': {
    method: 'POST',
    path: '/v1/privacy-requests/:requestId/done',
    ...write,
    status: 200,
    params: z.object({ requestId: textIdOf('request') }),
    body: nothing,
    answer: c.privacyRequest,
  },
} as const satisfies Record<string, Route>
