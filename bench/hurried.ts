/** A shop and its Shopify in this very process, on a clock that doesn't wait: whoever would sleep is at once where he wanted to be. What takes points takes simulated time; what takes work takes the wall's. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type ShopifySim, startShopify } from '../sim/shopify/shopify.ts'
import type { Connector } from '../src/connectors/contract.ts'
import { shopify } from '../src/connectors/shopify/shopify.ts'
import { makeCompany } from '../src/core/companies/make-company.ts'
import { createLocation } from '../src/core/locations/create-location.ts'
import { makeApiKey } from '../src/core/people/api-key.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { noBell, openDb } from '../src/db/open.ts'
import type { Clock } from '../src/kit/clock.ts'
import { openHttp } from '../src/kit/http.ts'
import { silentLog } from '../src/kit/log.ts'
import { secretBox } from '../src/kit/secret-box.ts'
import { chores } from '../src/sync/chores.ts'
import { type Connection, openConnection } from '../src/sync/connection.ts'
import type { SyncDeps } from '../src/sync/deps.ts'
import { SCOPES } from '../src/web/contract/people.ts'
import { type Answer, type RouteId, routeOf } from '../src/web/contract/routes.ts'
import { buildServer } from '../src/web/server.ts'

export interface Hurried {
  superuser: pg.Client
  app: pg.ClientConfig
  companyId: number
  locationId: number
  sim: ShopifySim
  /** Simulated seconds since it began. */
  elapsed(): number
  connection(id: number): Connection
  does<R extends RouteId>(route: R, ask?: { params?: Record<string, number>; body?: unknown; query?: Record<string, string>; headers?: Record<string, string> }): Promise<Answer<R>>
  /** What the clock would have done: once. */
  chore(name: string): Promise<void>
  close(): Promise<void>
}

/** Of Tellix's guide, as Shopify calls them. */
const RIGHTS = [
  ...['write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders'],
  ...['write_products', 'write_files', 'write_publications', 'read_publications'],
]
const START = Date.parse('2026-11-02T08:00:00.000Z')
/** As the product keeps company, but a step of Node's own loop is let by: answers have to arrive. */
function hurriedClock(): Clock & { advance(ms: number): void } {
  let at = START
  return {
    now: () => new Date(at),
    sleep: async (ms) => {
      at += ms
    },
    advance: (ms) => {
      at += ms
    },
  }
}

export async function openHurried(place: string): Promise<Hurried> {
  const folder = mkdtempSync(join(tmpdir(), 'lagerbro-bench-'))
  const cluster = await startEmbedded(join(folder, 'data'), silentLog)
  await migrate(cluster.owner, silentLog)
  const clock = hurriedClock()
  const db = openDb(cluster.app, silentLog, noBell)
  const deps: SyncDeps = {
    db,
    clock,
    log: silentLog,
    box: secretBox(randomBytes(32)),
    http: openHttp({ allowLoopback: true }),
    connectors: { shopify: shopify as Connector<unknown> },
    publicAddress: 'https://lager.example.no',
  }
  const server = await buildServer({
    sync: deps,
    bell: noBell,
    config: { publicAddress: deps.publicAddress, cookieSecure: true, uiDir: null, requestsPerMinute: 1_000_000 },
    health: async () => ({ ready: true }),
  })
  const sim = await startShopify({ clock, places: [place], currency: 'NOK', scopes: RIGHTS, callsKept: Number.MAX_SAFE_INTEGER })
  const by = { actor: 'system', now: clock.now() } as const
  const made = await db.outsideWall(async (q) => {
    const tx = await makeCompany(q, { name: 'Målebutikken', country: 'NO' }, clock.now())
    const location = await createLocation(tx, { name: place }, by)
    return { companyId: tx.companyId, locationId: location.id }
  })
  const { key } = await db.inCompany(made.companyId, (tx) => makeApiKey(tx, { name: 'måler', scopes: [...SCOPES] }, by))
  const superuser = new pg.Client({ ...cluster.superuser.config, database: String(cluster.app.config.database) })
  await superuser.connect()
  return {
    ...made,
    superuser,
    app: cluster.app.config,
    sim,
    elapsed: () => (clock.now().getTime() - START) / 1000,
    connection: (id) => hurrying(openConnection(deps, made.companyId, id), clock),
    async does(route, ask = {}) {
      const { method, path } = routeOf(route)
      const url = Object.entries(ask.params ?? {}).reduce((text, [name, value]) => text.replace(`:${name}`, String(value)), path)
      const query = new URLSearchParams(ask.query ?? {}).toString()
      const answer = await server.inject({
        method,
        url: query === '' ? url : `${url}?${query}`,
        headers: { authorization: `Bearer ${key}`, ...ask.headers },
        ...(ask.body === undefined ? {} : { payload: ask.body as object }),
      })
      if (answer.statusCode >= 300) throw new Error(`${route} answered ${answer.statusCode}: ${answer.body.slice(0, 500)}`)
      return answer.json() as Answer<typeof route>
    },
    async chore(name) {
      await chores(deps)
        .find((each) => each.name === name)
        ?.run(made.companyId)
    },
    async close() {
      await server.close()
      await sim.close()
      await db.close()
      await superuser.end()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A step that has nothing to do until later is at once later. */
function hurrying(connection: Connection, clock: Clock & { advance(ms: number): void }): Connection {
  return {
    ...connection,
    step: async () => {
      const stepped = await connection.step()
      if (!stepped.did && stepped.nextAt !== null) clock.advance(Math.max(1, stepped.nextAt.getTime() - clock.now().getTime()))
      return stepped
    },
  }
}
