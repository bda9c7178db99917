/** A view's changes as a stream: over real HTTP, by real commits, with nobody asking in between. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type TestProduct, testProduct } from '../product.ts'
import { watch } from './watcher.ts'

type Page = Answer<'views.changes'>

let p: TestProduct
let cookie = ''
let locationId = 0
let made = 0
const send = async (method: string, path: string, body?: unknown, key?: string) => {
  const who = key === undefined ? { origin: 'http://lager.example', cookie } : { authorization: `Bearer ${key}` }
  const answer = await fetch(p.product.address + path, {
    method,
    headers: { ...who, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
  return (await answer.json()) as Record<string, unknown>
}
interface View {
  id: number
  key: string
  keys: { id: number }[]
}
const view = (body: object = {}) => send('POST', '/v1/sync-views', { name: 'Kassan', byNumber: true, joinsProducts: true, ...body }) as unknown as Promise<View>
const stream = (v: View, query = '', headers: Record<string, string> = {}) =>
  watch<Page>(`${p.product.address}/v1/sync-views/${v.id}/changes/stream${query}`, { authorization: `Bearer ${v.key}`, ...headers })
const page = (v: View, query = '') => send('GET', `/v1/sync-views/${v.id}/changes${query}`, undefined, v.key) as unknown as Promise<Page>
const article = () => send('POST', '/v1/articles', { number: `S-${++made}`, name: 'Vara', priceMinor: 100 })
const receive = (articleId: unknown, quantity = 1) => send('POST', '/v1/goods-receipts', { ref: `r${++made}`, locationId, lines: [{ articleId, quantity }] })

beforeAll(async () => {
  p = await testProduct({ role: 'web' })
  await send('POST', '/v1/setup', {
    company: { name: 'Ström AB', country: 'SE' },
    owner: { name: 'Kim', email: 'kim@example.com', password: 'en lång lösenfras', locale: 'sv' },
    location: { name: 'Odenplan' },
  })
  locationId = Number(((await send('GET', '/v1/locations')).items as { id: number }[])[0]?.id)
})
afterAll(() => p.close())

test('a stream says what the page says, then each change as it is committed; its id is the cursor and goes on where it was', async () => {
  const v = await view()
  const a = await article()
  const expected = await page(v)
  const first = await stream(v)
  const said = await first.next()
  expect(said?.items).toEqual(expected.items)
  expect(first.lastId()).toBe(said?.nextCursor)
  await receive(a.id, 3)
  expect((await first.next())?.items).toMatchObject([{ entity: 'stock', data: { onHand: 3 } }])
  first.close()
  await receive(a.id, 4)
  const second = await stream(v, '', { 'last-event-id': String(first.lastId()) })
  expect((await second.next())?.items).toMatchObject([{ entity: 'stock', data: { onHand: 7 } }])
  await send('POST', `/v1/sync-views/${v.id}/ack`, { cursor: second.lastId() }, v.key)
  second.close()
  expect((await page(v)).items).toEqual([])
})

test('without asking for events it is one page like any other; what is wrong is refused before anything is said', async () => {
  const [v, other] = [await view(), await view()]
  await article()
  const there = `/v1/sync-views/${v.id}/changes/stream`
  expect(((await send('GET', there, undefined, v.key)) as unknown as Page).items).toHaveLength(3)
  expect((await stream(v, '?limit=501')).status).toBe(400)
  expect((await stream(v, '?after=x')).status).toBe(409)
  expect((await stream({ ...v, key: other.key })).status).toBe(404)
  const open = await Promise.all(Array.from({ length: 6 }, () => stream(v)))
  expect(open.map((each) => each.status)).toEqual(Array(6).fill(200))
  expect((await stream(v)).status).toBe(429)
  expect((await stream(other)).status).toBe(200)
  for (const each of open) each.close()
})

test('V7: ack=auto on a stream: the next connection acknowledges what the one before was sent, so each ends when all is said, and children follow their parents', async () => {
  const v = await view({ byNumber: false })
  await article()
  const entities: string[] = []
  let last: string | null = null
  for (let n = 0; n < 2; n++) {
    const one = await stream(v, '?ack=auto', last === null ? {} : { 'last-event-id': last })
    for (let said = await one.next(); said !== null; said = await one.next()) entities.push(...said.items.map((item) => item.entity))
    last = one.lastId()
  }
  expect(entities).toEqual(['product', 'article', 'price'])
  const idle = await stream(v, '?ack=auto', { 'last-event-id': String(last) })
  expect((await send('GET', `/v1/sync-views/${v.id}`)).lag).toMatchObject({ live: 0, backfill: 0 })
  idle.close()
})

test('a revoked key and a stop end it at once', async () => {
  const [v, other] = [await view(), await view()]
  const a = await article()
  const [one, two] = [await stream(v), await stream(other)]
  await one.next()
  await two.next()
  await send('DELETE', `/v1/keys/${v.keys[0]?.id}`)
  await receive(a.id)
  expect(await one.next()).toBeNull()
  expect((await two.next())?.items).toMatchObject([{ entity: 'stock' }])
  expect((await stream(v)).status).toBe(401)
  const stopped = performance.now()
  const stopping = p.product.close()
  expect(await two.next()).toBeNull()
  expect(performance.now() - stopped).toBeLessThan(2_000)
  await stopping
})
