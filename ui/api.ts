/** The one way the pages talk to the server, typed from the route table. */
import { addresses } from 'virtual:addresses'
import type { Answer, Body, Params, Query, RouteId, routes } from '../src/web/contract/routes.ts'
import { hearServerTime } from './clock.ts'
import { ApiProblem } from './problem.ts'
import { currentLocale } from './words.ts'

type Has<R extends RouteId, P extends string> = P extends keyof (typeof routes)[R] ? true : false
/** What a route takes: only the parts it has. */
export type Input<R extends RouteId> = (Has<R, 'params'> extends true ? { params: Params<R> } : object) &
  (Has<R, 'query'> extends true ? { query?: Query<R> } : object) &
  (Has<R, 'body'> extends true ? { body: Body<R> } : object)
type Args<R extends RouteId> = object extends Input<R> ? [input?: Input<R>] : [input: Input<R>]

export type { Answer, Body, Query }

interface Loose {
  params?: Record<string, string | number>
  query?: Record<string, unknown>
  body?: unknown
}

const askedWith = (query: Record<string, unknown>): URLSearchParams =>
  new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])))

/** Method and path with the ids filled in. */
export function addressOf(route: RouteId, params: Record<string, string | number>): { method: string; path: string } {
  const address = addresses[route]
  if (!address) throw new Error(`no such route: ${route}`)
  return { method: address.method, path: address.path.replace(/:([A-Za-z]+)/g, (_: string, name: string) => encodeURIComponent(String(params[name]))) }
}

/** The connection's page as a stream of events named "page" (server-sent events); the browser comes back by itself when it breaks. */
export const watchConnection = (connectionId: number): EventSource => new EventSource(addressOf('connections.live', { connectionId }).path)

/** Where an invoice's PDF is read. */
export const pdfOf = (invoiceId: number): string => addressOf('invoices.pdf', { invoiceId }).path

/** Where the articles of a list are fetched as a file. */
export const exportOf = (filter: Query<'articles.export'>): string => `${addressOf('articles.export', {}).path}?${askedWith(filter)}`

/** A sync view's page, likewise. */
export const watchView = (viewId: number): EventSource => new EventSource(addressOf('views.live', { viewId }).path)

/** Says each time that articles may have changed, of whichever webshop. */
export const watchArticles = (): EventSource => new EventSource(addressOf('articles.live', {}).path)

/** @throws {ApiProblem} when the server says no; anything else means that no answer came. */
export async function api<R extends RouteId>(route: R, ...args: Args<R>): Promise<Answer<R>> {
  const { params = {}, query = {}, body } = (args[0] ?? {}) as Loose
  const { method, path } = addressOf(route, params)
  const asked = askedWith(query)
  const response = await fetch(asked.size > 0 ? `${path}?${asked}` : path, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'accept-language': currentLocale(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  hearServerTime(response.headers.get('date'))
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiProblem(problemFrom(response.status, answer))
  return answer as Answer<R>
}

export function problemFrom(status: number, answer: unknown) {
  const said = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>
  const words = [said.detail, said.title].find((text): text is string => typeof text === 'string' && text !== '') ?? null
  return {
    code: typeof said.code === 'string' ? said.code : `http-${status}`,
    status,
    words,
    field: typeof said.field === 'string' ? said.field : null,
    facts: (typeof said.facts === 'object' && said.facts !== null ? said.facts : {}) as Record<string, string | number>,
  }
}

/** A name for a document typed in here; unique without asking anybody, also where the page isn't on https. */
export function newRef(prefix: string): string {
  return `${prefix}-${Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
