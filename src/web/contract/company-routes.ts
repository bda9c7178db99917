/** The routes that make companies for others than whoever is signed in, and those of a sandbox. */
import { both, type Route } from './route.ts'
import { nothing } from './shared.ts'
import * as t from './template.ts'

export const companyRoutes = {
  'company.from-template': {
    method: 'POST',
    path: '/v1/companies/from-template',
    ...both('companies:write'),
    status: 201,
    secret: true,
    body: t.template,
    answer: t.fromTemplate,
  },
  'sandbox.make': { method: 'POST', path: '/v1/sandbox', ...both('companies:write'), status: 201, secret: true, body: t.sandboxForm, answer: t.fromTemplate },
  'sandbox.reset': { method: 'POST', path: '/v1/sandbox/reset', ...both('articles:write'), status: 200, body: nothing, answer: t.sandboxReset },
} as const satisfies Record<string, Route>
