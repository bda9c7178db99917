import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORIGIN, openWeb, type Web } from './web.ts'

let web: Web
beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())

const setup = {
  company: { name: 'Testgränd Handel AB', country: 'SE' },
  owner: { name: 'Anna', email: 'Anna@Example.com', password: 'en lång lösenfras', locale: 'sv' },
  location: { name: 'Odenplan' },
}
const cookieOf = (headers: Record<string, unknown>) => String([headers['set-cookie']].flat()[0])

test('the first run makes company, owner and location, once', async () => {
  expect((await web.anybody.does('setup.show')).needed).toBe(true)
  const weak = await web.anybody.call('setup.make', { body: { ...setup, owner: { ...setup.owner, password: 'kort' } } })
  expect(weak).toMatchObject({ status: 422, body: { code: 'password-weak', field: 'owner.password' } })
  const both = await Promise.all([web.anybody.call('setup.make', { body: setup }), web.anybody.call('setup.make', { body: setup })])
  expect(both.map((answer) => answer.status).sort()).toEqual([201, 409])
  const made = both.find((answer) => answer.status === 201)
  expect(made?.body).toMatchObject({ person: { name: 'Anna', email: 'anna@example.com' }, company: { currency: 'SEK', timeZone: 'Europe/Stockholm' } })
  const cookie = cookieOf(made?.headers ?? {})
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).toMatch(/Secure/)
  const signedIn = web.withCookie(cookie.split(';')[0] ?? '')
  expect((await signedIn.does('locations.list')).items.map((each) => each.name)).toEqual(['Odenplan'])
  expect((await signedIn.does('vat-rates.list')).items.some((rate) => rate.class === 'standard' && rate.rateBp === 2500)).toBe(true)
  expect((await web.anybody.does('setup.show')).needed).toBe(false)
})

test('T2: the token is stored as a hash only, and so is the password', async () => {
  const signedIn = await web.anybody.call('session.open', { body: { email: 'anna@example.com', password: setup.owner.password } })
  const token = /lagerbro_session=([^;]+)/.exec(cookieOf(signedIn.headers))?.[1] ?? ''
  const rows = await web.data.owner.rows<{ row: string }>({
    text: 'select row_to_json(s)::text as row from session s union all select row_to_json(p)::text from person p',
    values: [],
  })
  expect(token.length).toBeGreaterThan(30)
  expect(rows.some((each) => each.row.includes(token) || each.row.includes(setup.owner.password))).toBe(false)
})

test('unknown, wrong and locked out get the same answer; a right password after the rest opens', async () => {
  const { now } = web.clock
  const wrong = async (email: string, password = 'fel fel fel fel') => await web.anybody.call('session.open', { body: { email, password } })
  const unknown = await wrong('nobody@example.com')
  for (let n = 0; n < 5; n++) expect(await wrong('anna@example.com')).toMatchObject({ status: unknown.status, body: unknown.body })
  const locked = await wrong('anna@example.com', setup.owner.password)
  expect(locked).toMatchObject({ status: unknown.status, body: unknown.body })
  expect(now().getTime()).toBeGreaterThan(0)
  web.clock.advance(15 * 60_000)
  expect((await wrong('anna@example.com', setup.owner.password)).status).toBe(201)
})

test('many guesses at once are all counted', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, n) => web.anybody.call('session.open', { body: { email: 'anna@example.com', password: `gissning nummer ${n}` } })),
  )
  expect(guesses.every((guess) => guess.status === 401)).toBe(true)
  expect((await web.anybody.call('session.open', { body: { email: 'anna@example.com', password: setup.owner.password } })).status).toBe(401)
  web.clock.advance(15 * 60_000)
})

test('a session is changed every day, the old token dies soon after, and an unused one in two weeks', async () => {
  const first = await web.anybody.call('session.open', { body: { email: 'anna@example.com', password: setup.owner.password } })
  const cookie = cookieOf(first.headers).split(';')[0] ?? ''
  const old = web.withCookie(cookie)
  expect((await old.call('company.show')).headers['set-cookie']).toBeUndefined()
  web.clock.advance(25 * 3600_000)
  const changed = await old.call('company.show')
  const next = cookieOf(changed.headers).split(';')[0] ?? ''
  expect(next).not.toBe(cookie)
  expect((await old.call('company.show')).status).toBe(200)
  web.clock.advance(2 * 60_000)
  expect((await old.call('company.show')).status).toBe(401)
  expect((await web.withCookie(next).call('company.show')).status).toBe(200)
  web.clock.advance(15 * 24 * 3600_000)
  expect(await web.withCookie(next).call('company.show')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  expect((await web.withCookie(next).does('session.show')).session).toBeNull()
})

test('signing out ends it', async () => {
  const owner = await web.owner()
  await owner.does('session.close')
  expect((await owner.call('company.show')).status).toBe(401)
})

test('a write with the cookie must come from here; without Origin or from elsewhere it is refused', async () => {
  const owner = await web.owner()
  const from = (headers: Record<string, string>) =>
    web.app.inject({ method: 'POST', url: '/v1/locations', headers: { cookie: owner.cookie, host: 'localhost:80', ...headers }, payload: { name: `L${Math.random()}` } })
  expect((await from({ origin: 'https://evil.example' })).json()).toMatchObject({ status: 403, code: 'wrong-origin' })
  expect((await from({ origin: 'null' })).statusCode).toBe(403)
  expect((await from({})).statusCode).toBe(403)
  expect((await from({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  expect((await from({ origin: ORIGIN })).statusCode).toBe(201)
  expect((await from({ origin: 'https://lager.example.se' })).statusCode).toBe(201)
  const signIn = await web.app.inject({ method: 'POST', url: '/v1/session', headers: { origin: 'https://evil.example' }, payload: { email: 'a@b', password: 'x' } })
  expect(signIn.statusCode).toBe(403)
})

test('one person, many companies: switching changes what is seen and the token', async () => {
  const owner = await web.owner('Första')
  const made = await owner.call('company.make', { body: { name: 'Andra', country: 'NO' } })
  const next = web.withCookie(cookieOf(made.headers).split(';')[0] ?? '')
  expect(made.body).toMatchObject({
    company: { name: 'Andra', currency: 'NOK' },
    companies: [{ name: 'Andra' }, { name: /Första/ }].map((each) => expect.objectContaining({ name: expect.stringMatching(each.name) })),
  })
  expect((await next.does('locations.list')).items).toEqual([])
  const back = await next.call('session.company', { body: { companyId: owner.companyId } })
  const again = web.withCookie(cookieOf(back.headers).split(';')[0] ?? '')
  expect((await again.does('locations.list')).items).toHaveLength(1)
  const other = await web.owner('Annans')
  expect(await again.call('session.company', { body: { companyId: other.companyId } })).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('T2: an API key is shown once, found by its start, used within its scopes, and dead when revoked', async () => {
  const owner = await web.owner()
  const made = await owner.does('keys.make', { body: { name: 'Kassa 1', scopes: ['articles:read'] } })
  expect(made.key.startsWith(made.prefix)).toBe(true)
  const call = (url: string, method: 'GET' | 'POST' = 'GET') =>
    web.app.inject({ method, url, headers: { authorization: `Bearer ${made.key}` }, ...(method === 'POST' ? { payload: { name: 'X' } } : {}) })
  expect((await call('/v1/locations')).statusCode).toBe(200)
  expect((await call('/v1/locations', 'POST')).json()).toMatchObject({ status: 403, code: 'not-allowed' })
  expect((await call('/v1/keys')).statusCode).toBe(403)
  const [listed] = (await owner.does('keys.list')).items
  expect(listed).toMatchObject({ prefix: made.prefix, lastUsedAt: web.clock.now().toISOString() })
  expect(JSON.stringify(await owner.does('keys.list'))).not.toContain(made.key)
  const rows = await web.data.owner.rows<{ row: string }>({
    text: 'select row_to_json(k)::text as row from api_key k union all select row_to_json(l)::text from key_lookup l',
    values: [],
  })
  expect(rows.some((each) => each.row.includes(made.key))).toBe(false)
  await owner.does('keys.revoke', { params: { keyId: made.id } })
  expect((await call('/v1/locations')).json()).toMatchObject({ status: 401, code: 'not-signed-in' })
})

test('every answer carries the headers that keep a browser safe', async () => {
  const response = await web.app.inject({ url: '/v1/session' })
  expect(response.headers['content-security-policy']).toContain("script-src 'self'")
  expect(response.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
  expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cache-control': 'no-store' })
})
