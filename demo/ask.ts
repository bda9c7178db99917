/** Asks the running product over HTTP by route id, and a simulator by its control routes; nothing here knows anything else of them. */
import { type Answer, type Body, type Params, type Query, type RouteId, routeOf } from '../src/web/contract/routes.ts'

export interface Asking<R extends RouteId> {
  params?: Params<R>
  query?: Query<R>
  body?: Body<R>
}
export type Api = <R extends RouteId>(route: R, asking?: Asking<R>) => Promise<Answer<R>>
export interface Caller {
  api: Api
  /** What the product's own cookie was after the last answer that set one. */
  cookie(): string | null
}

/** Said no: `code` is the product's own. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  constructor(route: string, status: number, code: string, words: string) {
    super(`${route}: ${status} ${code}: ${words}`)
    this.code = code
  }
}

/** With a key, or as a browser would: keeping the cookie of the last sign-in. */
export function askProduct(address: string, key: string | null = null): Caller {
  let cookie: string | null = null
  const api: Api = async (route, asking = {}) => {
    const { method, path } = routeOf(route)
    const params = Object.entries((asking.params ?? {}) as Record<string, string | number>)
    const query = new URLSearchParams(Object.entries((asking.query ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(value)]))
    const url = `${address}${params.reduce((text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))), path)}`
    const answer = await fetch(query.size > 0 ? `${url}?${query}` : url, {
      method,
      headers: {
        origin: address,
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(cookie === null ? {} : { cookie }),
        ...(asking.body === undefined ? {} : { 'content-type': isFile(asking.body) ? 'application/octet-stream' : 'application/json' }),
      },
      ...(asking.body === undefined ? {} : { body: isFile(asking.body) ? asking.body : JSON.stringify(asking.body) }),
    })
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    const said = (await answer.json()) as Answer<typeof route> & { code?: string; detail?: string; title?: string }
    if (!answer.ok) throw new Refused(route, answer.status, said.code ?? '', said.detail ?? said.title ?? '')
    return said
  }
  return { api, cookie: () => cookie }
}

const isFile = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array

/** Every item of every page. */
export async function allPages<T>(page: (cursor: string | null) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = null; ; ) {
    const { items: more, next }: { items: T[]; next: string | null } = await page(cursor)
    items.push(...more)
    if (next === null) return items
    cursor = next
  }
}

/** A batch answers line by line; here every line must have gone well. */
export function allDone(answer: { lines: ({ outcome: 'done' } | { outcome: 'refused'; problem: { code: string; detail: string } })[] }): void {
  for (const line of answer.lines) if (line.outcome === 'refused') throw new Error(`the demo's own goods were refused: ${line.problem.code}: ${line.problem.detail}`)
}

/** A simulator's control route: GET without a body, POST with one. Verbs answer what they made. */
export async function askSim<T>(address: string, name: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${address}/_sim/${name}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const said = (await answer.json()) as { result?: T; error?: string } & T
  if (!answer.ok) throw new Error(`the simulator, asked for ${name}: ${said.error ?? answer.status}`)
  return said.result === undefined ? said : said.result
}

/** A button on a simulator's own page: its form sent as a browser would. Throws what the page says is wrong. */
export async function pressIn(address: string, path: string, fields: Record<string, string>): Promise<void> {
  const answer = await fetch(`${address}/${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const to = answer.headers.get('location')
  const wrong = to === null ? `${answer.status}` : new URL(to, address).searchParams.get('fejl')
  if (wrong !== null) throw new Error(`the page, asked for ${path}: ${wrong}`)
}

const BETWEEN_MS = 100

/** Asks again and again until it holds. Null = it never did within this time. */
export async function until<T>(patienceMs: number, look: () => Promise<T | null>): Promise<T | null> {
  const end = performance.now() + patienceMs
  for (;;) {
    const seen = await look()
    if (seen !== null) return seen
    if (performance.now() > end) return null
    await new Promise((resume) => setTimeout(resume, BETWEEN_MS))
  }
}
