/** What the pages of sync views ask: why an article isn't there, how much a resend comes to, what was rejected and why, and the page as it changes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../src/kit/assert.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let owner: Owner
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
})
afterAll(() => web.close())

async function article(number: string, quantity = 1) {
  const made = await owner.does('articles.make', { body: { number, name: `Vara ${number}`, priceMinor: 9900 } })
  await owner.does('goods-receipts.register', { body: { ref: `r-${number}`, locationId: owner.locationId, lines: [{ articleId: made.id, quantity }] } })
  return made
}
async function makeView(name: string) {
  const made = await owner.does('views.make', { body: { name } })
  const params = { viewId: made.id }
  return { params, reader: web.withKey(made.key), why: (number: string) => owner.does('views.why', { params: { ...params, number } }) }
}

test('why isn’t this article there? One answer for each: not linked, waits, queued, sent, rejected, acknowledged, unknown', async () => {
  const one = await article('100')
  await article('200')
  const { params, reader, why } = await makeView('Affärssystemet')
  expect(await why('999')).toMatchObject({ kind: 'unknown-number', article: null })
  expect(await why('100')).toMatchObject({ kind: 'not-linked', article: { id: one.id, productId: one.productId, name: 'Vara 100' } })
  expect(await owner.does('views.link', { params, body: { products: [one.productId] } })).toEqual({ items: 4 })
  expect(await why('100')).toMatchObject({ kind: 'queued', entity: 'article', place: 2 })
  expect(await why('200')).toMatchObject({ kind: 'not-linked' })
  await owner.does('views.resend', { params, body: {} })
  expect(await why('200')).toMatchObject({ kind: 'coming' })
  const page = await reader.does('views.changes', { params })
  expect(await why('100')).toMatchObject({ kind: 'sent', place: null })
  const item = must(
    page.items.find((each) => each.entity === 'article' && each.id === one.id),
    'the article',
  )
  const result = { entity: 'article', id: item.id, version: item.version, status: 'rejected', error: 'saknar momssats', retryAfter: 3600 }
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor, results: [result] } })
  expect(await why('100')).toMatchObject({ kind: 'rejected', entity: 'article', error: 'saknar momssats', retryAt: new Date(web.clock.now().getTime() + 3_600_000).toISOString() })
  expect(await why('200')).toMatchObject({ kind: 'acknowledged', since: web.clock.now().toISOString() })
  await owner.does('sales.register', { body: { ref: 's-100', locationId: owner.locationId, lines: [{ articleId: one.id, quantity: 1 }] } })
  await owner.does('views.retry', { params, body: {} })
  expect(await why('100')).toMatchObject({ kind: 'queued', entity: 'article' })
  // A reader that died and begins anew is served it again; what was fetched once is said to be fetched.
  const again = await reader.does('views.changes', { params })
  expect(await why('100')).toMatchObject({ kind: 'sent' })
  await reader.does('views.ack', { params, body: { cursor: again.nextCursor } })
  const last = await reader.does('views.changes', { params, query: { after: again.nextCursor } })
  await reader.does('views.ack', { params, body: { cursor: last.nextCursor } })
  expect(await why('100')).toMatchObject({ kind: 'acknowledged' })
})

test('a child says that it waits for its parent, and where the parent stands in the queue', async () => {
  const made = await article('300')
  const { params, reader, why } = await makeView('Kassan')
  await owner.does('views.change', { params, body: { entities: ['product', 'stock'] } })
  await owner.does('views.link', { params, body: { products: [made.productId] } })
  expect((await reader.does('views.changes', { params, query: { entity: 'stock' } })).items).toMatchObject([{ entity: 'stock' }])
  const slow = await makeView('Lagret')
  await owner.does('views.link', { params: slow.params, body: { products: [made.productId] } })
  await owner.does('sales.register', { body: { ref: 's-300', locationId: owner.locationId, lines: [{ articleId: made.id, quantity: 1 }] } })
  await owner.does('articles.change', { params: { articleId: made.id }, body: { name: 'Ny' } })
  expect(await slow.why('300')).toMatchObject({ kind: 'waits', entity: 'article', place: 1 })
  expect(await why('300')).toMatchObject({ kind: 'queued', entity: 'stock' })
})

test('a resend says beforehand how much it comes to, and at the reader’s rate how long', async () => {
  const some = await article('400')
  const { params, reader } = await makeView('Rapporten')
  const size = (body: object) => owner.does('views.resend-size', { params, body })
  expect(await size({ products: [some.productId] })).toEqual({ items: 4, minutes: null })
  await owner.does('views.link', { params, body: { products: [some.productId] } })
  const page = await reader.does('views.changes', { params })
  web.clock.advance(60_000)
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
  expect(await size({ products: [some.productId] })).toEqual({ items: 4, minutes: 1 })
  expect(await size({ products: [some.productId], mode: 'verify' })).toEqual({ items: 0, minutes: 0 })
  expect((await size({ mode: 'verify' })).items).toBe((await size({})).items - 4)
  expect((await owner.call('views.resend-size', { params, body: { products: [999_999] } })).status).toBe(404)
})

test('rejected items are counted by cause, and one cause is tried again alone', async () => {
  const made = [await article('500'), await article('501')]
  const { params, reader } = await makeView('Bokföringen')
  await owner.does('views.link', { params, body: { products: made.map((each) => each.productId) } })
  const page = await reader.does('views.changes', { params })
  const results = page.items.map((item) => {
    const error = item.entity === 'stock' ? 'okänt lager' : item.entity === 'price' ? 'priset saknas' : null
    return { entity: item.entity, id: item.id, locationId: item.locationId, version: item.version, status: error === null ? 'applied' : 'rejected', error }
  })
  await reader.does('views.ack', { params, body: { results: results.slice(0, -1), cursor: page.nextCursor } })
  expect((await owner.does('views.rejected-causes', { params })).items).toMatchObject([
    { error: 'priset saknas', items: 2 },
    { error: 'okänt lager', items: 1 },
  ])
  expect((await owner.does('views.rejected', { params, query: { error: 'okänt lager' } })).items).toHaveLength(1)
  expect(await owner.does('views.retry', { params, body: { error: 'priset saknas' } })).toEqual({ items: 2 })
  expect((await owner.does('views.rejected-causes', { params })).items).toMatchObject([{ error: 'okänt lager' }])
  // The page says since when the oldest waits.
  const { lag } = await owner.does('views.live', { params })
  expect(lag).toMatchObject({ rejected: 1, since: expect.any(String), seconds: expect.any(Number) })
})
