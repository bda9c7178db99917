/** How the simulator's own tests talk to it: over HTTP, as any app would. */
import type { EconomicSim } from './economic.ts'

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  body: any
}
/** Null leaves a token out. */
export interface How {
  app?: string | null
  grant?: string | null
  key?: string
}

export function headersOf(sim: EconomicSim, how: How = {}): Record<string, string> {
  const app = how.app === undefined ? sim.credentials.appSecret : how.app
  const grant = how.grant === undefined ? sim.credentials.grant : how.grant
  return {
    'content-type': 'application/json',
    ...(app === null ? {} : { 'x-appsecrettoken': app }),
    ...(grant === null ? {} : { 'x-agreementgranttoken': grant }),
    ...(how.key === undefined ? {} : { 'idempotency-key': how.key }),
  }
}

export async function ask(sim: EconomicSim, method: string, path: string, body?: unknown, how: How = {}): Promise<Answer> {
  const response = await fetch(`${sim.address}${path}`, { method, headers: headersOf(sim, how), ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (response.headers.get('content-type') ?? '').includes('json') && text !== '' ? JSON.parse(text) : text }
}
export const get = (sim: EconomicSim, path: string, how: How = {}): Promise<Answer> => ask(sim, 'GET', path, undefined, how)
export const filtered = (sim: EconomicSim, collection: string, filter: string, more = ''): Promise<Answer> => get(sim, `/${collection}?filter=${encodeURIComponent(filter)}${more}`)

/** The least a document needs. */
export const minimal = (more: Record<string, unknown> = {}) => ({
  date: '2026-11-21',
  currency: 'DKK',
  layout: { layoutNumber: 14 },
  paymentTerms: { paymentTermsNumber: 1 },
  customer: { customerNumber: 1 },
  recipient: { name: 'Test', vatZone: { vatZoneNumber: 1 } },
  ...more,
})
export const line = (productNumber: string, quantity: unknown = 1, unitNetPrice: unknown = 100) => ({ product: { productNumber }, quantity, unitNetPrice })
