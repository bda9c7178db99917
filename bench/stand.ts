/** A shop to measure: a fresh PostgreSQL with the product's own settings (fsync on), a company, its articles, and a connection to a simulator. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/db/embedded.ts'
import { silentLog } from '../src/kit/log.ts'
import { type Child, start } from './children.ts'
import { type Client, openClient, until } from './load.ts'

export interface Stand {
  /** Sees everything, for planting and for looking. */
  superuser: pg.Client
  /** As the product's own pool connects. */
  app: pg.ClientConfig
  /** What a product on this database is started with. */
  env: Record<string, string>
  product: Child
  web: Client
  companyId: number
  locationId: number
  keys: string[]
  /** The owner's session, who may make more companies. */
  cookie: string
  articles: Article[]
  /** With the first key. Anything but success throws. */
  call(method: string, path: string, body?: unknown): Promise<never>
  /** Ends the product and starts it in another role on the same port. */
  restart(role: 'all' | 'web' | 'worker'): Promise<Child>
  close(): Promise<void>
}
export interface Article {
  id: number
  number: string
}

const PLACE = 'Odenplan'
/** The product counts requests per caller and minute; a till of its own for each client keeps below that. */
const KEYS = 64

export async function openStand(articles: number, publicAddress: string | null = null): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'lagerbro-bench-'))
  const cluster = await startEmbedded(join(folder, 'data'), silentLog)
  const url = (config: pg.ClientConfig) => `postgres://${config.user}@/${config.database}?host=${encodeURIComponent(String(config.host))}`
  const port = await freePort()
  const env = {
    DATABASE_URL: url(cluster.owner.config),
    DATABASE_APP_URL: url(cluster.app.config),
    LAGERBRO_DATA_DIR: join(folder, 'data'),
    LAGERBRO_KEY_FILE: join(folder, 'key'),
    LAGERBRO_PORT: String(port),
    LAGERBRO_ALLOW_LOOPBACK: 'yes',
    LAGERBRO_PUBLIC_ADDRESS: publicAddress ?? `http://127.0.0.1:${port}`,
  }
  let product = await start({ run: 'product', role: 'all', env })
  const superuser = new pg.Client({ ...cluster.superuser.config, database: String(cluster.app.config.database) })
  await superuser.connect()
  const web = openClient(product.address, KEYS)
  const { cookie, companyId } = await firstRun(web, product.address)
  const keys: string[] = []
  for (let n = 0; n < KEYS; n++) keys.push(await makeKey(web, product.address, cookie, n))
  const locationId = Number((await superuser.query('select id from location')).rows[0].id)
  const planted = await plant(superuser, companyId, locationId, articles)

  const stand: Stand = {
    superuser,
    app: cluster.app.config,
    env,
    product,
    web,
    companyId,
    locationId,
    keys,
    cookie,
    articles: planted,
    async call(method, path, body) {
      const headers: Record<string, string> = { authorization: `Bearer ${keys[0]}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
      const answer = await web.send(method, path, headers, body === undefined ? undefined : JSON.stringify(body))
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`)
      return JSON.parse(answer.body) as never
    },
    async restart(role) {
      await product.stop()
      product = await start({ run: 'product', role, env })
      stand.product = product
      return product
    },
    async close() {
      web.close()
      await product.stop()
      await superuser.end()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return stand
}

async function firstRun(web: Client, origin: string): Promise<{ cookie: string; companyId: number }> {
  const answer = await web.send(
    'POST',
    '/v1/setup',
    { 'content-type': 'application/json', origin },
    JSON.stringify({
      company: { name: 'Mätbutiken', country: 'SE' },
      owner: { name: 'Mätare', email: 'matare@example.com', password: 'kaffe och te hela dagen', locale: 'sv' },
      location: { name: PLACE },
    }),
  )
  if (answer.status !== 201) throw new Error(`the first run answered ${answer.status}: ${answer.body}`)
  const cookie = [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')
  return { cookie, companyId: (JSON.parse(answer.body) as { company: { id: number } }).company.id }
}

export async function makeKey(web: Client, origin: string, cookie: string, n: number): Promise<string> {
  const scopes = ['articles:read', 'articles:write', 'stock:read', 'stock:write', 'orders:read', 'connections:read', 'connections:write']
  const answer = await web.send('POST', '/v1/keys', { 'content-type': 'application/json', origin, cookie }, JSON.stringify({ name: `till ${n}`, scopes }))
  if (answer.status !== 201) throw new Error(`making a key answered ${answer.status}: ${answer.body}`)
  return (JSON.parse(answer.body) as { key: string }).key
}

/** Articles with 1,000 pieces each, planted: how they came is not what is measured. */
async function plant(superuser: pg.Client, companyId: number, locationId: number, count: number): Promise<Article[]> {
  const now = new Date()
  const { rows } = await superuser.query<{ id: string }>("insert into product (company_id, name, created_at) values ($1, 'Mätvara', $2) returning id", [companyId, now])
  await superuser.query(
    `with made as (
       insert into article (company_id, product_id, number, name, created_at, changed_at)
       select $1, $2, 'M-' || lpad(n::text, 6, '0'), 'Artikel ' || n, $3, $3 from generate_series(1, $4::int) n returning id, number)
     insert into article_number (company_id, number, article_id, since) select $1, number, id, $3 from made`,
    [companyId, rows[0]?.id, now, count],
  )
  const articles = (await superuser.query<{ id: string; number: string }>('select id, number from article where company_id = $1 order by id', [companyId])).rows.map((row) => ({
    id: Number(row.id),
    number: row.number,
  }))
  await superuser.query(
    `select post_movements($1, (select jsonb_agg(jsonb_build_object('key', 'planted:' || id, 'article', id, 'location', $2::bigint, 'kind', 'receipt', 'on_hand', 1000, 'at', $3::timestamptz, 'source', '{}'::jsonb, 'actor', 'system'))
       from article where company_id = $1), null, $3)`,
    [companyId, locationId, now],
  )
  await superuser.query('vacuum analyze')
  return articles
}

/** Through the guide's own steps: settings, check, places, activate, and the list of what the shop has. */
export async function connect(stand: Stand, code: 'shopify' | 'toy' | 'abicart' | 'dandomain', shop: Child, hooks: boolean): Promise<number> {
  const { id } = (await stand.call('POST', '/v1/connections', { code, name: 'Webben' })) as { id: number }
  const at = `/v1/connections/${id}`
  await stand.call('POST', `${at}/settings`, { settings: shop.settings })
  // What is measured asks the shop itself; the feed's own rounds would only blur it.
  await stand.call('POST', `${at}/settings`, { pollEveryMs: 3_600_000 })
  await stand.call('POST', `${at}/check`, {})
  await stand.call('POST', `${at}/places`, { places: [{ locationId: stand.locationId, placeRef: shop.places[0]?.ref }] })
  await stand.call('POST', `${at}/activate`, {})
  if (hooks) await stand.call('POST', `${at}/subscribe`, {})
  await runToEnd(stand, id, ((await stand.call('POST', `${at}/match`, {})) as { id: number }).id)
  return id
}

/** Resolves when the run is over, or waits for a person. */
export async function runToEnd(stand: Stand, connectionId: number, runId: number): Promise<{ state: string; total: number; done: number; same: number }> {
  const look = async () => (await stand.call('GET', `/v1/connections/${connectionId}/runs/${runId}`)) as { state: string; total: number; done: number; same: number }
  let run = await look()
  await until(
    'the run is over',
    async () => {
      run = await look()
      return ['done', 'ready', 'failed', 'cancelled'].includes(run.state)
    },
    1_800_000,
    250,
  )
  return run
}

/** A person looks at what the first sync would change, and confirms it: from then on the shop is told. Returns the run, which goes on. */
export async function confirmFirstSync(stand: Stand, connectionId: number): Promise<number> {
  const { id } = (await stand.call('POST', `/v1/connections/${connectionId}/runs`, { kind: 'sync-all' })) as { id: number }
  const run = await runToEnd(stand, connectionId, id)
  if (run.state === 'ready') await stand.call('POST', `/v1/connections/${connectionId}/runs/${id}/confirm`, {})
  return id
}

/** Cells that wait to be told. */
export async function waiting({ superuser }: Stand, connectionId: number): Promise<number> {
  const { rows } = await superuser.query<{ n: string }>('select count(*) as n from told where listener_id = $1 and wanted > told', [connectionId])
  return Number(rows[0]?.n)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Requests a simulator has answered, by its own log. */
export async function callCount(shop: Child): Promise<number> {
  const web = openClient(shop.address, 1)
  try {
    const lines = JSON.parse((await web.send('GET', '/_sim/log', {})).body) as { id: number }[]
    return lines.at(-1)?.id ?? 0
  } finally {
    web.close()
  }
}

/** An ERP becomes master of the one store there is; resolves when all its numbers have been taken over. */
export async function connectMaster(stand: Stand, erp: Child): Promise<number> {
  const { id } = (await stand.call('POST', '/v1/connections', { code: 'economic', name: 'Regnskabet' })) as { id: number }
  const at = `/v1/connections/${id}`
  await stand.call('POST', `${at}/settings`, { settings: erp.settings })
  const { health } = (await stand.call('POST', `${at}/check`, {})) as { health: { places: { ref: string }[] } | null }
  await stand.call('POST', `${at}/places`, { places: [{ locationId: stand.locationId, placeRef: health?.places[0]?.ref ?? '' }] })
  await stand.call('POST', `${at}/activate`, {})
  await until('all its numbers are taken over', async () => ((await stand.call('GET', `${at}/master`)) as { walk: { endedAt: string | null } }).walk.endedAt !== null, 600_000, 50)
  return id
}
