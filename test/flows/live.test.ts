/** The connection's page is told when it has changed: over real HTTP, by real commits, with nobody asking in between. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBell } from '../../src/db/bell.ts'
import { openDb } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { silentLog } from '../../src/kit/log.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type TestProduct, testProduct } from '../product.ts'
import { watch } from './watcher.ts'

type Page = Answer<'connections.show'>

let p: TestProduct
let cookie = ''
let connectionId = 0
const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(p.product.address + path, {
    method,
    headers: { origin: 'http://lager.example', cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
  return (await answer.json()) as Record<string, unknown>
}
const signIn = { email: 'kim@example.com', password: 'en lång lösenfras' }
const here = (id = connectionId) => `${p.product.address}/v1/connections/${id}/live`
const live = (headers: Record<string, string> = { cookie }) => watch<Page>(here(), headers)
const rename = (name: string) => send('POST', `/v1/connections/${connectionId}/settings`, { name })

beforeAll(async () => {
  p = await testProduct({ role: 'web' })
  await send('POST', '/v1/setup', { company: { name: 'Live AB', country: 'SE' }, owner: { name: 'Kim', ...signIn, locale: 'sv' }, location: { name: 'Odenplan' } })
  connectionId = Number((await send('POST', '/v1/connections', { code: 'toy', name: 'Webben' })).id)
})
afterAll(() => p.close())

test('the page is said at once and again when a commit has changed it, to everybody who watches, from any process', async () => {
  const [one, other] = [await live(), await live()]
  expect(await one.until((page) => page.name === 'Webben')).toMatchObject({ id: connectionId, state: 'setup' })
  await rename('Butiken')
  await one.until((page) => page.name === 'Butiken')
  await other.until((page) => page.name === 'Butiken')
  const bell = await openBell(p.data.address, silentLog)
  const db = openDb(p.data.address, silentLog, bell)
  const { companyId } = await p.data.owner.one<{ companyId: number }>(sql`select id as "companyId" from company`)
  await db.inCompany(companyId, async (tx) => {
    await tx.run(sql`update listener set name = 'Annan process' where company_id = ${companyId}`)
    tx.show(connectionId)
  })
  await one.until((page) => page.name === 'Annan process')
  await Promise.all([db.close(), bell.close()])
  one.close()
  other.close()
})

test('what is said is what connections.show answers, and without asking for events it is one answer like any other', async () => {
  const stream = await live()
  const page = await stream.next()
  stream.close()
  expect(page).toEqual(await send('GET', `/v1/connections/${connectionId}`))
  expect(await send('GET', `/v1/connections/${connectionId}/live`)).toEqual(page)
})

test('the list of articles is told whichever webshop something changed at, and nobody else’s', async () => {
  const stream = await watch<{ at: string }>(`${p.product.address}/v1/articles/live`, { cookie })
  await stream.next()
  const other = Number((await send('POST', '/v1/connections', { code: 'toy', name: 'En till' })).id)
  await send('POST', `/v1/connections/${other}/settings`, { name: 'En annan' })
  expect(Object.keys((await stream.next()) ?? {})).toEqual(['at'])
  stream.close()
  expect((await watch(`${p.product.address}/v1/articles/live`, {})).status).toBe(401)
})

test('T1: nobody watches what is not theirs, with or without events', async () => {
  expect((await watch(here(connectionId + 1000), { cookie })).status).toBe(404)
  expect((await watch(here(), {})).status).toBe(401)
  const { key } = (await send('POST', '/v1/keys', { name: 'Kassa', scopes: ['stock:write'] })) as { key: string }
  expect((await watch(here(), { authorization: `Bearer ${key}` })).status).toBe(403)
  const may = (await send('POST', '/v1/keys', { name: 'Skärm', scopes: ['connections:read'] })) as { key: string }
  const screen = await live({ authorization: `Bearer ${may.key}` })
  expect((await screen.next())?.id).toBe(connectionId)
  screen.close()
})

test('one person has at most six streams; the seventh is told so', async () => {
  const streams = await Promise.all(Array.from({ length: 6 }, () => live()))
  expect(streams.map((each) => each.status)).toEqual([200, 200, 200, 200, 200, 200])
  expect((await live()).status).toBe(429)
  for (const each of streams) each.close()
})

test('signing out ends the stream, and so does a stop, at once', async () => {
  await send('POST', '/v1/session', signIn)
  const mine = await live()
  await mine.next()
  await send('DELETE', '/v1/session')
  expect(await mine.next()).toBeNull()
  await send('POST', '/v1/session', signIn)
  const last = await live()
  await last.next()
  const stopped = performance.now()
  const stopping = p.product.close()
  expect(await last.next()).toBeNull()
  expect(performance.now() - stopped).toBeLessThan(2_000)
  await stopping
})
