/** A real server on a real database for tests of the API: signed-in people, keys, and calls by route id. */
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { makeApiKey } from '../../src/core/people/api-key.ts'
import { noBell } from '../../src/db/open.ts'
import { type Clock, type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { refusalsOf } from '../../src/web/contract/about/refusals.ts'
import { SCOPES, type Scope } from '../../src/web/contract/people.ts'
import type { ProblemCode } from '../../src/web/contract/problems.ts'
import { type Answer, type RouteId, routeOf } from '../../src/web/contract/routes.ts'
import type { WebDeps } from '../../src/web/deps.ts'
import { buildServer } from '../../src/web/server.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

export interface Answered<T = unknown> {
  status: number
  body: T
  headers: Record<string, unknown>
}
export interface Ask {
  params?: Record<string, string | number>
  query?: Record<string, string | number | boolean>
  body?: unknown
  headers?: Record<string, string>
}
/** Somebody who calls: by cookie or by key. */
export interface Someone {
  call<R extends RouteId>(route: R, ask?: Ask): Promise<Answered<Answer<R>>>
  /** The same, when nothing else than success will do. */
  does<R extends RouteId>(route: R, ask?: Ask): Promise<Answer<R>>
}
export interface Owner extends Someone {
  companyId: number
  locationId: number
  cookie: string
  key(scopes?: readonly Scope[]): Promise<Someone & { key: string }>
}
export interface Web {
  app: FastifyInstance
  clock: FakeClock
  data: TestDatabase
  deps: SyncDeps
  anybody: Someone
  /** A company of its own, its owner signed in. */
  owner(name?: string): Promise<Owner>
  withCookie(cookie: string): Someone
  withKey(key: string): Someone
  close(): Promise<void>
}

/** The reference says with what a call can be refused; so does every test that calls it. */
function heldToWhatIsSaid(route: RouteId, response: { statusCode: number; headers: Record<string, unknown>; body: string }): void {
  if (!String(response.headers['content-type']).startsWith('application/problem+json')) return
  const { code } = JSON.parse(response.body) as { code: ProblemCode }
  if (!refusalsOf(route).includes(code)) throw new Error(`${route} answered ${code}, which src/web/contract/about/ does not say it can`)
}

export const ORIGIN = 'http://localhost:80'

export async function openWeb(options: { connectors?: Record<string, Connector<unknown>>; config?: Partial<WebDeps['config']>; log?: SyncDeps['log'] } = {}): Promise<Web> {
  const data = await testDatabase()
  const clock = fakeClock()
  const deps: SyncDeps = {
    db: data.db,
    clock: clock as Clock,
    log: options.log ?? silentLog,
    box: secretBox(randomBytes(32)),
    http: openHttp({ allowLoopback: true }),
    connectors: options.connectors ?? { toy: toy as Connector<unknown> },
    publicAddress: 'https://lager.example.se',
  }
  const app = await buildServer({
    sync: deps,
    bell: noBell,
    config: { publicAddress: deps.publicAddress, cookieSecure: true, uiDir: null, requestsPerMinute: 1_000_000, ...options.config },
    health: async () => ({ ready: true }),
  })
  const someone = (headers: Record<string, string>): Someone => {
    const call = async <R extends RouteId>(route: R, ask: Ask = {}): Promise<Answered<Answer<R>>> => {
      const { method, path } = routeOf(route)
      const url = Object.entries(ask.params ?? {}).reduce((text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))), path)
      const query = new URLSearchParams(Object.entries(ask.query ?? {}).map(([name, value]) => [name, String(value)])).toString()
      const inject: InjectOptions = { method, url: query === '' ? url : `${url}?${query}`, headers: { ...headers, ...ask.headers } }
      if (ask.body !== undefined) inject.payload = ask.body as object
      const response = await app.inject(inject)
      heldToWhatIsSaid(route, response)
      const type = String(response.headers['content-type'])
      const body: unknown = type.includes('json') ? response.json() : type.startsWith('text/') ? response.body : null
      return { status: response.statusCode, body: body as Answer<R>, headers: response.headers }
    }
    return {
      call,
      async does(route, ask) {
        const answered = await call(route, ask)
        if (answered.status >= 300) throw new Error(`${route}: ${answered.status} ${JSON.stringify(answered.body)}`)
        return answered.body
      },
    }
  }
  const withCookie = (cookie: string) => someone({ cookie, origin: ORIGIN, host: 'localhost:80' })
  const withKey = (key: string) => someone({ authorization: `Bearer ${key}` })
  const anybody = someone({ origin: ORIGIN, host: 'localhost:80' })
  let made = 0
  return {
    app,
    clock,
    data,
    deps,
    anybody,
    withCookie,
    withKey,
    async owner(name = 'Testgränd Handel AB') {
      const n = ++made
      const email = `owner${n}@example.com`
      const password = 'en lång lösenfras'
      const { makeCompany } = await import('../../src/core/companies/make-company.ts')
      const { makeOwner, makePerson } = await import('../../src/core/people/make-person.ts')
      const { createLocation } = await import('../../src/core/locations/create-location.ts')
      const made1 = await data.db.outsideWall(async (q) => {
        const tx = await makeCompany(q, { name: `${name} ${n}`, country: 'SE' }, clock.now())
        await makeOwner(q, tx.companyId, await makePerson(q, { email, name: `Anna ${n}`, locale: 'sv', password }, clock.now()), clock.now())
        const location = await createLocation(tx, { name: 'Odenplan' }, { actor: 'system', now: clock.now() })
        return { companyId: tx.companyId, locationId: location.id }
      })
      const signedIn = await anybody.call('session.open', { body: { email, password } })
      const cookie = String([signedIn.headers['set-cookie']].flat()[0]).split(';')[0] ?? ''
      return {
        ...withCookie(cookie),
        ...made1,
        cookie,
        async key(scopes = SCOPES) {
          const { key } = await data.db.inCompany(made1.companyId, (tx) => makeApiKey(tx, { name: 'kassa', scopes: [...scopes] }, { actor: 'system', now: clock.now() }))
          return { ...someone({ authorization: `Bearer ${key}` }), key }
        },
      }
    },
    async close() {
      await app.close()
      await data.close()
    },
  }
}
