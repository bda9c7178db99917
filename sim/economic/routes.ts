/** Which call is which: every address of the legacy REST that is simulated. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { documentRoutes } from './document-routes.ts'
import type { Documents } from './documents.ts'
import { notFound, Refused } from './errors.ts'
import type { Hooks } from './hooks.ts'
import { unescaped } from './paths.ts'
import { customers, referenceData } from './people.ts'
import { products } from './products.ts'
import type { World } from './world.ts'

/** `GET products/*`: ids are stars, so that a fault or a log line can name it. */
export function routeOf(request: SimRequest): string {
  const parts = request.path.split('/').filter((each) => each !== '')
  const known = /^(self|products|customers|orders|invoices|drafts|sent|archived|booked|pdf|templates|upgrade-instructions|draftInvoice|booking-instructions|[a-z]+(-[a-z]+)*)$/
  return `${request.method} ${parts.map((part, n) => (n === 0 || (known.test(part) && parts[0] !== 'products' && parts[0] !== 'customers') ? part : '*')).join('/')}`
}

export function routes(world: World, hooks: Hooks, desk: Documents, base: string, request: SimRequest, pdfIsThere: () => boolean): SimAnswer {
  const parts = request.path.split('/').filter((each) => each !== '')
  const [first, key = null, ...more] = parts
  const only = (answer: () => SimAnswer): SimAnswer => {
    if (more.length > 0) throw notFound('The address')
    return answer()
  }
  switch (first) {
    case 'self':
      if (request.method !== 'GET') throw new Refused(405, 'The method is not allowed here.')
      return json(200, selfView(world, base))
    case 'products':
      return only(() => products(world, hooks, base, request, key === null ? null : textOf(world, key)))
    case 'customers':
      return only(() => customers(world, hooks, base, request, key))
    default: {
      const found = documentRoutes(world, desk, base, request, parts, pdfIsThere) ?? referenceData(world, base, request, parts)
      if (found === null) throw notFound('The address')
      return found
    }
  }
}

function textOf(world: World, segment: string): string {
  const text = unescaped(segment, world.knobs.pathForms)
  if (text === null) throw notFound(`Product '${segment}'`)
  return text
}

/** The names of the modules are whatever the agreement's language says. */
const ENGLISH: Record<string, string> = { Lager: 'Inventory', Ordre: 'Sales orders', Projekt: 'Project' }

const selfView = (world: World, base: string) => ({
  agreementNumber: world.company.agreementNumber,
  agreementType: { agreementTypeNumber: 1, name: 'Standard' },
  userName: 'lagerbro',
  company: { name: world.company.name, companyIdentificationNumber: world.company.cvr, countryCode: 'DK', city: 'Odense' },
  application: { appNumber: 4711, name: 'Lagerbro', created: '2026-01-15T09:00:00Z' },
  settings: { baseCurrency: 'DKK', internationalLedger: false },
  modules: world.modules.map((name, n) => ({ moduleNumber: n + 1, name: world.knobs.moduleNames === 'en' ? (ENGLISH[name] ?? name) : name, self: `${base}/app-modules/${n + 1}` })),
  companyAffiliation: 'e-conomic DK',
  canSendElectronicInvoice: false,
  self: `${base}/self`,
})
