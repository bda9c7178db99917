/** Rule 22: lists page by the row they ended at, and their filters are exact, to the letter. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
let second: { id: number; productId: number }
const MINUTE = 60_000
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
  await me.does('articles.make', { body: { number: '007', name: 'Kopp', barcodes: [{ code: '7350053850019' }] } })
  web.clock.advance(MINUTE)
  second = await me.does('articles.make', { body: { number: '7', name: 'Fat' } })
})
afterAll(() => web.close())

const numbers = async (query: Record<string, string | number>) => (await me.does('articles.list', { query })).items.map((item) => item.number)
const earlier = (ms: number) => new Date(web.clock.now().getTime() - ms).toISOString()

test('V22: articles by number, barcode, product, and what changed after a moment', async () => {
  expect(await numbers({ number: '007' })).toEqual(['007'])
  expect(await numbers({ number: '7' })).toEqual(['7'])
  expect(await numbers({ number: '07' })).toEqual([])
  expect(await numbers({ barcode: '07350053850019' })).toEqual(['007'])
  expect(await numbers({ productId: second.productId })).toEqual(['7'])
  expect(await numbers({ changedAfter: earlier(1) })).toEqual(['7'])
  expect(await numbers({ changedAfter: earlier(2 * MINUTE) })).toEqual(['007', '7'])
  expect((await me.call('articles.list', { query: { changedAfter: 'yesterday' } })).body).toMatchObject({ code: 'bad-input', field: 'changedAfter' })
})

test('V22: what a view’s reader calls an article or its product finds it, in that view', async () => {
  const view = await me.does('views.make', { body: { name: 'ERP' } })
  const reader = web.withKey(view.key)
  const params = { viewId: view.id }
  await reader.does('views.resend', { params, body: {} })
  for (let more = true; more; ) {
    const page = await reader.does('views.changes', { params })
    const results = page.items
      .filter((item) => item.id === (item.entity === 'product' ? second.productId : second.id) && item.entity !== 'stock' && item.entity !== 'price')
      .map(({ entity, id, version }) => ({ entity, id, version, status: 'applied', externalId: entity === 'product' ? 'P-1' : 'A-1' }))
    await reader.does('views.ack', { params, body: { cursor: page.nextCursor, results } })
    more = page.items.length > 0
  }
  expect(await numbers({ externalId: 'A-1' })).toEqual(['7'])
  expect(await numbers({ externalId: 'A-1', viewId: view.id })).toEqual(['7'])
  expect(await numbers({ externalId: 'A-1', viewId: view.id + 1 })).toEqual([])
  expect(await numbers({ viewId: view.id })).toEqual(['007', '7'])
  expect((await me.does('products.list', { query: { externalId: 'P-1' } })).items.map((item) => item.id)).toEqual([second.productId])
  expect((await me.call('articles.list', { query: { externalId: 'A-1', number: '7' } })).body).toMatchObject({ code: 'bad-input', facts: { reason: 'choose-one' } })
})

test('V22: products by a number or barcode of theirs', async () => {
  const names = async (query: Record<string, string>) => (await me.does('products.list', { query })).items.map((item) => item.name)
  expect(await names({ number: '007' })).toEqual(['Kopp'])
  expect(await names({ barcode: '7350053850019' })).toEqual(['Kopp'])
  expect(await names({ number: '0' })).toEqual([])
})

test('V22: levels and movements by article, location, kind and time; a page goes on where the last ended', async () => {
  const { locationId } = me
  const other = await me.does('locations.make', { body: { name: 'Lager' } })
  await me.does('goods-receipts.register', { body: { ref: 'R1', locationId, lines: [{ articleNumber: '007', quantity: 5 }] } })
  web.clock.advance(MINUTE)
  await me.does('goods-receipts.register', { body: { ref: 'R2', locationId: other.id, lines: [{ articleNumber: '7', quantity: 3 }] } })
  await me.does('sales.register', { body: { ref: 'S1', locationId, lines: [{ articleNumber: '007', quantity: 1 }] } })
  const moved = async (query: Record<string, string | number>) =>
    (await me.does('movements.list', { query })).items.map((item) => `${item.articleNumber} ${item.kind} ${item.onHand} ${item.source.ref}`)
  expect(await moved({})).toEqual(['007 sale -1 S1', '7 receipt 3 R2', '007 receipt 5 R1'])
  expect(await moved({ number: '007' })).toEqual(['007 sale -1 S1', '007 receipt 5 R1'])
  expect(await moved({ barcode: '7350053850019', kind: 'sale' })).toEqual(['007 sale -1 S1'])
  expect(await moved({ locationId: other.id })).toEqual(['7 receipt 3 R2'])
  expect(await moved({ postedAfter: earlier(1) })).toEqual(['007 sale -1 S1', '7 receipt 3 R2'])
  expect(await moved({ number: 'nej' })).toEqual([])
  const first = await me.does('movements.list', { query: { limit: 2 } })
  await me.does('sales.register', { body: { ref: 'S2', locationId, lines: [{ articleNumber: '7', quantity: 1 }] } })
  expect((await me.does('movements.list', { query: { limit: 2, cursor: first.next ?? '' } })).items.map((item) => item.source.ref)).toEqual(['R1'])

  const level = async (query: Record<string, string | number>) =>
    (await me.does('levels.list', { query })).items.map((item) => `${item.articleNumber} ${item.locationName} ${item.onHand}`)
  expect(await level({ barcode: '7350053850019', locationId })).toEqual(['007 Odenplan 4'])
  web.clock.advance(MINUTE)
  await me.does('counts.register', { body: { ref: 'C1', locationId, lines: [{ articleNumber: '7', counted: 2 }] } })
  expect(await level({ changedAfter: earlier(1), locationId })).toEqual(['7 Odenplan 2'])
})

test('V22: orders by their ref, an article’s number, where they moved stock, and what changed after a moment', async () => {
  const view = await me.does('views.make', { body: { name: 'Kassa', writes: ['orders:write'] } })
  const reader = web.withKey(view.key)
  web.clock.advance(MINUTE)
  const body = { placedAt: web.clock.now().toISOString(), locationId: me.locationId, lines: [{ line: '1', articleNumber: '007', quantity: 1 }] }
  const { id } = await reader.does('views.put-order', { params: { viewId: view.id, externalId: '0042' }, body })
  const found = async (query: Record<string, string | number>) => (await me.does('orders.list', { query })).items.map((item) => item.id)
  expect(await found({ orderRef: '0042' })).toEqual([id])
  expect(await found({ orderRef: '42' })).toEqual([])
  expect(await found({ articleNumber: '007' })).toEqual([id])
  expect(await found({ locationId: me.locationId })).toEqual([id])
  expect(await found({ changedAfter: earlier(1) })).toEqual([id])
})
