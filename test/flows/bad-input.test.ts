/** Bad input gets a refusal with a stable code, the field and words in the caller's language; nothing is lost, nothing half-done. The matrix is made from the route table. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { REFUSAL_CODES } from '../../src/core/refusal.ts'
import { SCOPES } from '../../src/web/contract/people.ts'
import { problems } from '../../src/web/contract/problems.ts'
import { type RouteId, routeIds, routeOf } from '../../src/web/contract/routes.ts'
import { bytes, LOCALES, lineForms } from '../../src/web/contract/shared.ts'
import { everything } from './everything.ts'
import { type Ids, sample } from './samples.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
let ids: Ids
/** What only the key of a view may ask. */
let readerKey: string
beforeAll(async () => {
  web = await openWeb({ connectors: { toy: toy as Connector<unknown>, shopify: toy as Connector<unknown> } })
  me = await web.owner()
  ids = await everything(web, me, 'MITT')
  readerKey = (await me.does('views.make-key', { params: { viewId: ids.view }, body: { scopes: [...SCOPES] } })).key
})
afterAll(() => web.close())

/** A file is no JSON: images.test.ts. */
const writes = routeIds.filter((id) => routeOf(id).body !== undefined && routeOf(id).body !== bytes && !id.startsWith('setup.'))
const urlOf = (id: RouteId) => routeOf(id).path.replaceAll(/:(\w+)/g, (_, name: string) => String(ids[name.replace('Id', '') as keyof Ids] ?? '7350053850019'))
const send = (id: RouteId, payload: string | object, headers: Record<string, string> = {}) =>
  web.app.inject({
    method: routeOf(id).method,
    url: urlOf(id),
    headers: {
      ...(routeOf(id).auth === 'view' ? { authorization: `Bearer ${readerKey}` } : { cookie: me.cookie, origin: 'http://localhost' }),
      ...{ host: 'localhost', 'content-type': 'application/json', ...headers },
    },
    payload,
  })

const counted = async (): Promise<string> => {
  const { n } = await web.data.owner.one<{ n: string }>({
    text: `select string_agg(c, ' ') as n from (select 'm' || count(*) as c from movement union all select 'd' || count(*) from document union all select 'a' || count(*) from article union all select 'l' || count(*) from listener
           union all select 'p' || count(*) from product union all select 'k' || count(*) from api_key union all select 'o' || count(*) from location union all select 'c' || count(*) from company union all select 'r' || count(*) from reservation) x`,
    values: [],
  })
  return n
}

test('every refusal has a status and words in four languages', () => {
  for (const code of REFUSAL_CODES) for (const locale of LOCALES) expect(problems[code].words[locale].length, `${code} ${locale}`).toBeGreaterThan(5)
})

test('malformed JSON, a body of the wrong type, an unknown field and a missing one: a code, a field, nothing done', { timeout: 120_000 }, async () => {
  const before = await counted()
  const wrong: string[] = []
  const check = (id: RouteId, what: string, response: { statusCode: number; body: string; headers: Record<string, unknown> }, codes: string[]) => {
    const problem = response.body.startsWith('{') ? (JSON.parse(response.body) as { code?: string; title?: string; field?: unknown }) : {}
    if (!codes.includes(problem.code ?? '') || !String(response.headers['content-type']).startsWith('application/problem+json') || !problem.title)
      wrong.push(`${id} ${what}: ${response.statusCode} ${response.body}`)
  }
  for (const id of writes) {
    const { body } = routeOf(id)
    const good = sample(body as z.ZodType, ids) as Record<string, unknown>
    check(id, 'broken', await send(id, '{"lines": [1,'), ['bad-json'])
    check(id, 'poisoned', await send(id, '{"__proto__": {"x": 1}}'), ['bad-json', 'bad-input'])
    check(id, 'text', await send(id, 'hej', { 'content-type': 'text/plain' }), ['bad-json'])
    for (const [what, payload] of Object.entries({ list: '[]', number: '1', null: 'null', word: '"x"' })) check(id, what, await send(id, payload), ['bad-input'])
    if (body instanceof z.ZodObject && body.def.catchall !== undefined) check(id, 'unknown field', await send(id, { ...good, fremmande: 1 }), ['bad-input'])
    for (const name of Object.keys(good)) {
      const field = (body as z.ZodObject).shape?.[name] as z.ZodType | undefined
      check(id, `${name} wrong type`, await send(id, { ...good, [name]: { a: 1 } }), ['bad-input'])
      if (field !== undefined && !field.safeParse(undefined).success)
        check(id, `${name} missing`, await send(id, Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))), ['bad-input'])
      if (typeof good[name] === 'string' && !lineForms.has(field as z.ZodType))
        check(id, `${name} NUL`, await send(id, { ...good, [name]: 'a\u0000b' }), ['bad-input', 'not-found', 'wrong-credentials', 'barcode-invalid'])
    }
  }
  expect(wrong).toEqual([])
  expect(await counted()).toBe(before)
})

test('ids and cursors that are nothing point at nothing', async () => {
  const get = async (url: string) => (await web.app.inject({ url, headers: { cookie: me.cookie } })).json() as { code: string; field: string | null }
  for (const id of ['0', '-1', '1.5', 'abc', '99999999999999999999', '%00', "1'or'1"]) expect((await get(`/v1/articles/${id}`)).code, id).toBe('not-found')
  for (const cursor of ['x', Buffer.from('[1]').toString('base64url'), Buffer.from('["a",2]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url')])
    expect(await get(`/v1/articles?cursor=${cursor}`), cursor).toMatchObject({ code: 'bad-input', field: 'cursor' })
  expect(await get('/v1/articles?limit=0')).toMatchObject({ code: 'bad-input', field: 'limit' })
  expect(await get('/v1/articles?limit=1e9')).toMatchObject({ code: 'bad-input', field: 'limit' })
  expect(await get('/v1/articles?colour=red')).toMatchObject({ code: 'bad-input', field: 'colour' })
  expect(await get('/v1/articles?number=a%00b')).toMatchObject({ code: 'bad-input' })
  expect(await get('/v1/articles?q=a%00b')).toMatchObject({ code: 'bad-input' })
  expect(await get('/v1/nothing')).toMatchObject({ code: 'not-found' })
})

test('absurd quantities are refused by name, and so is a body too large', async () => {
  const sale = (quantity: unknown) => send('sales.register', { ref: 'q', locationId: me.locationId, lines: [{ articleId: ids.article, quantity }] })
  for (const quantity of [1_000_001, -1_000_001, 1e15])
    expect((await sale(quantity)).json(), String(quantity)).toMatchObject({ status: 422, code: 'quantity-absurd', field: 'lines.0.quantity' })
  for (const quantity of [0, 1.5, '1', null, 1e300]) expect((await sale(quantity)).statusCode, String(quantity)).toBeGreaterThanOrEqual(400)
  const large = await send('sales.register', JSON.stringify({ ref: 'x'.repeat(3 * 1024 * 1024) }))
  expect(large.json()).toMatchObject({ status: 413, code: 'too-large' })
})

test('the words are in the language of the session, else of Accept-Language', async () => {
  const title = async (language: string) => (await web.app.inject({ url: '/v1/articles', headers: { 'accept-language': language } })).json().title as string
  expect(await title('da-DK,da;q=0.9')).toBe('Log ind først.')
  expect(await title('nn-NO')).toBe('Logg inn først.')
  expect(await title('fi, sv;q=0.5, en;q=0.4')).toBe('Logga in först.')
  expect(await title('*')).toBe('Sign in first.')
  expect((await web.app.inject({ url: '/v1/articles/99999', headers: { cookie: me.cookie, 'accept-language': 'en' } })).headers['content-language']).toBe('sv')
})

test('V19: too many requests from one key: 429 with Retry-After, and the others go on', async () => {
  const slow = await openWeb({ config: { requestsPerMinute: 20 } })
  const owner = await slow.owner()
  const [one, other] = [await owner.key(), await owner.key()]
  const answers = await Promise.all(Array.from({ length: 30 }, () => one.call('locations.list')))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(20)
  const refused = answers.find((answer) => answer.status === 429)
  expect(refused?.body).toMatchObject({ code: 'too-many-requests' })
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  // Every answer says what is left (the IETF draft's fields).
  expect(answers[0]?.headers).toMatchObject({ 'ratelimit-policy': '"minute";q=20;w=60', ratelimit: expect.stringMatching(/^"minute";r=\d+;t=\d+$/) })
  expect(refused?.headers).toMatchObject({ 'ratelimit-policy': '"minute";q=20;w=60', ratelimit: expect.stringMatching(/^"minute";r=0;t=\d+$/) })
  expect(answers[0]?.headers).not.toHaveProperty('x-ratelimit-limit')
  expect(await other.call('locations.list')).toMatchObject({ status: 200, headers: { ratelimit: '"minute";r=19;t=60' } })
  // A page of five hundred is one call.
  const { id, key } = await owner.does('views.make', { body: { name: 'Läsaren' } })
  const page = await slow.withKey(key).call('views.changes', { params: { viewId: id }, query: { limit: 500 } })
  expect(page.headers).toMatchObject({ ratelimit: '"minute";r=19;t=60' })
  await slow.close()
})

test('our own fault says so and nothing else', async () => {
  const broken = await openWeb()
  const owner = await broken.owner()
  await broken.data.owner.run({ text: 'alter table location rename column name to gone', values: [] })
  const fault = await owner.call('locations.list')
  expect(fault).toMatchObject({ status: 500, body: { code: 'our-fault', facts: {} } })
  expect(JSON.stringify(fault.body)).not.toMatch(/column|select|location/i)
  await broken.data.owner.run({ text: 'alter table location rename column gone to name', values: [] })
  await broken.close()
})

test('the OpenAPI description names every route and has no dangling reference', async () => {
  const document = (await web.app.inject({ url: '/v1/openapi.json' })).json() as {
    openapi: string
    paths: Record<string, Record<string, unknown>>
    components?: { schemas?: Record<string, unknown> }
  }
  expect(document.openapi).toBe('3.1.0')
  for (const id of routeIds) {
    const { method, path } = routeOf(id)
    expect(document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()], id).toMatchObject({ operationId: id })
  }
  for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) expect(document.components?.schemas?.[String(ref).split('/').at(-1) ?? ''], ref).toBeDefined()
  expect(JSON.stringify(document.paths['/v1/documents'])).toContain('date-time')
})
