/** T2 from outside: secrets are planted everywhere a secret can be typed, then searched for in the whole database, every log line and every answer. */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { sql } from '../../src/db/sql.ts'
import type { Log } from '../../src/kit/log.ts'
import { routeIds, routeOf } from '../../src/web/contract/routes.ts'
import { type TestProduct, testProduct } from '../product.ts'

const PASSWORD = 'canary-password-Ålesund-1'
const TOKEN = 'canary-token-aaaaaaaaaaaa'
const HOOK_SECRET = 'canary-hooksecret-bbbbbb'
const WRONG_TOKEN = 'canary-wrongtoken-cccccc'
const found: { session: string; key: string } = { session: '', key: '' }

let p: TestProduct
let shop: ToySim
const answers: string[] = []
const logged: string[] = []
const catching: Log = {
  info: (facts, message) => void logged.push(JSON.stringify([message, facts])),
  warn: (facts, message) => void logged.push(JSON.stringify([message, facts])),
  error: (facts, message) => void logged.push(JSON.stringify([message, facts])),
  child: (facts) => ({
    ...catching,
    info: (f, m) => catching.info({ ...facts, ...f }, m),
    warn: (f, m) => catching.warn({ ...facts, ...f }, m),
    error: (f, m) => catching.error({ ...facts, ...f }, m),
  }),
}

interface Answer {
  status: number
  cookie: string
  body: Record<string, unknown>
}
/** Every answer is kept for the search, but for the cookie that must be handed out and the one answer that shows a new key. */
function ask(method: string, path: string, body?: unknown, options: { headers?: Record<string, string>; keep?: boolean } = {}): Promise<Answer> {
  const url = new URL(path, p.product.address)
  const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    origin: 'http://lager.example',
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...(found.session ? { cookie: found.session } : {}),
    ...options.headers,
  }
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers }, (response) => {
      let said = ''
      response.on('data', (part: Buffer) => {
        said += part.toString()
      })
      response.on('end', () => {
        const { 'set-cookie': cookies, ...rest } = response.headers
        if (options.keep !== false) answers.push(`${JSON.stringify(rest)} ${said}`)
        resolve({
          status: response.statusCode ?? 0,
          cookie: (cookies ?? []).map((c) => c.split(';')[0]).join('; '),
          body: said.startsWith('{') ? (JSON.parse(said) as Record<string, unknown>) : {},
        })
      })
    })
    call.on('error', reject)
    call.end(text)
  })
}

beforeAll(async () => {
  shop = await startToy({ token: TOKEN, hookSecret: HOOK_SECRET })
  p = await testProduct({ log: catching, connectors: { ...connectors, toy } })
})
afterAll(async () => {
  await p.close()
  await shop.close()
})

test('T2: secrets are found nowhere: not in the database, not in a log line, not in an answer', { timeout: 60_000 }, async () => {
  const ids = await liveALittle()
  await visitEverything(ids)
  await makeMistakes(ids)

  const key = readFileSync(p.config.keyFile, 'utf8').trim()
  const secrets = { PASSWORD, TOKEN, HOOK_SECRET, WRONG_TOKEN, session: found.session.split('=')[1] ?? '', key: found.key, sealing: key }
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(15)

  const dump = await dumpEverything()
  expect(dump).toContain('canary@example.com')
  const places = { database: dump, log: logged.join('\n'), answers: answers.join('\n') }
  expect(leaks(secrets, places)).toEqual([])
  // The search itself: a token stored as it is, as bytes and in an answer would be seen.
  const planted = {
    database: `${dump} \\x${Buffer.from(`{"token":"${TOKEN}"}`).toString('hex')}`,
    log: `${places.log} ${found.session}`,
    answers: `${places.answers} ${JSON.stringify({ password: PASSWORD })}`,
  }
  expect(leaks(secrets, planted).map((leak) => leak.split(':')[0])).toEqual(['PASSWORD in answers', 'TOKEN in database', 'session in log'])
  expect(answers.length).toBeGreaterThan(40)
  expect(logged.length).toBeGreaterThan(0)
})

/** First run, sign-in, a key, an article, a connection with good and with wrong settings, an order by hook. */
async function liveALittle(): Promise<Record<string, string>> {
  const made = await ask('POST', '/v1/setup', {
    company: { name: 'Kanarie AB', country: 'SE' },
    owner: { name: 'Kim', email: 'canary@example.com', password: PASSWORD, locale: 'sv' },
    location: { name: 'Odenplan' },
  })
  expect(made.status).toBe(201)
  found.session = (await ask('POST', '/v1/session', { email: 'canary@example.com', password: PASSWORD })).cookie
  const key = await ask('POST', '/v1/keys', { name: 'Kassan', scopes: ['articles:read', 'stock:write'] }, { keep: false })
  found.key = String(key.body.key)
  await ask('GET', '/v1/articles', undefined, { headers: { authorization: `Bearer ${found.key}`, cookie: '' } })

  const location = String(((await ask('GET', '/v1/locations')).body.items as { id: number }[])[0]?.id)
  const article = String((await ask('POST', '/v1/articles', { number: '007', name: 'Tröja' })).body.id)
  await ask('POST', '/v1/goods-receipts', { ref: 'R1', locationId: Number(location), occurredAt: '2026-11-01T10:00:00.000Z', lines: [{ articleNumber: '007', quantity: 5 }] })

  const connection = String((await ask('POST', '/v1/connections', { code: 'toy', name: 'Leksak' })).body.id)
  const settle = (token: string) => ask('POST', `/v1/connections/${connection}/settings`, { settings: shop.settings({ token }) })
  expect((await settle(WRONG_TOKEN)).status).toBe(200)
  await ask('POST', `/v1/connections/${connection}/check`, {})
  expect((await settle(TOKEN)).status).toBe(200)
  expect((await ask('POST', `/v1/connections/${connection}/check`, {})).status).toBe(200)
  const places = (await ask('GET', `/v1/connections/${connection}`)).body.health as { places: { ref: string }[] }
  await ask('POST', `/v1/connections/${connection}/places`, { places: [{ locationId: Number(location), placeRef: places.places[0]?.ref }] })
  await ask('POST', `/v1/connections/${connection}/activate`, {})
  await ask('POST', `/v1/connections/${connection}/subscribe`, {})
  await ask('POST', `/v1/connections/${connection}/match`, {})
  await vi.waitFor(async () => expect(((await ask('GET', `/v1/connections/${connection}/calls`)).body.items as unknown[]).length).toBeGreaterThan(2), 10_000)
  return { articleId: article, locationId: location, connectionId: connection, keyId: String(key.body.id) }
}

async function visitEverything(ids: Record<string, string>): Promise<void> {
  for (const id of routeIds) {
    const route = routeOf(id)
    if (route.method === 'GET')
      await ask(
        'GET',
        route.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '1'),
      )
  }
  const calls = (await ask('GET', `/v1/connections/${ids.connectionId}/calls`)).body.items as { id: number }[]
  for (const call of calls) await ask('GET', `/v1/connections/${ids.connectionId}/calls/${call.id}`)
  for (const path of ['/healthz', '/readyz', '/metrics', '/v1/openapi.json']) await ask('GET', path)
}

/** Whoever gets it wrong gets no echo of what they typed. */
async function makeMistakes(ids: Record<string, string>): Promise<void> {
  await ask('POST', '/v1/session', { email: 'canary@example.com', password: `${PASSWORD}x` })
  await ask('POST', '/v1/session', { email: 5, password: PASSWORD })
  await ask('POST', '/v1/session', { email: 'canary@example.com', password: { deep: PASSWORD } })
  await ask('POST', '/v1/session', `{"email":"canary@example.com","password":"${PASSWORD}"`)
  await ask('POST', '/v1/session', { email: 'canary@example.com', [PASSWORD]: PASSWORD })
  await ask('POST', `/v1/connections/${ids.connectionId}/settings`, { settings: { ...shop.settings(), compare: TOKEN } })
  await ask('POST', `/v1/connections/${ids.connectionId}/settings`, { settings: { token: 5, hookSecret: HOOK_SECRET } })
  await ask('GET', '/v1/articles', undefined, { headers: { authorization: `Bearer ${found.key}x`, cookie: '' } })
  await ask('POST', '/hooks/nobody', { token: TOKEN }, { headers: { 'x-toy-signature': HOOK_SECRET } })
  const hook = await p.data.owner.one<{ address: string }>(sql`select address from hook_address`)
  await ask('POST', `/hooks/${hook.address}`, { token: TOKEN }, { headers: { 'x-toy-signature': HOOK_SECRET } })
}

/** Every row of every table as text; bytes as hex. */
async function dumpEverything(): Promise<string> {
  const tables = await p.data.owner.rows<{ name: string }>(
    sql`select relname as name from pg_class c join pg_namespace s on s.oid = c.relnamespace where s.nspname = 'public' and relkind = 'r'`,
  )
  const parts = await Promise.all(
    tables.map(({ name }) => p.data.owner.one<{ text: string }>({ text: `select coalesce(string_agg(t::text, E'\\n'), '') as text from "${name}" t`, values: [] })),
  )
  return parts.map((part) => part.text).join('\n')
}

function leaks(secrets: Record<string, string>, places: Record<string, string>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(places).flatMap(([place, text]) =>
      forms(secret)
        .filter((form) => text.includes(form))
        .map((form) => `${name} in ${place}: ...${text.slice(Math.max(0, text.indexOf(form) - 120), text.indexOf(form) + 40)}`),
    ),
  )
}

/** As typed, and as the ways it could hide. */
const forms = (secret: string): string[] =>
  [
    ...new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret, 'base64').toString('hex'),
    ]),
  ].filter((form) => form.length > 12)
