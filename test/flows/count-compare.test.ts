/** Looking at a count before it is booked. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())

test('L9: what differs is shown before booking, by the book at the time of each line, and a look changes nothing', async () => {
  const { locationId } = me
  const shirt = (await me.does('articles.make', { body: { number: '1', name: 'Tröja' } })).id
  const hat = (await me.does('articles.make', { body: { number: '2', name: 'Mössa' } })).id
  await me.does('goods-receipts.register', { body: { ref: 'in', locationId, lines: [{ articleId: shirt, quantity: 10 }] } })
  const countedAt = web.clock.now().toISOString()
  web.clock.advance(60_000)
  await me.does('sales.register', { body: { ref: 'meanwhile', locationId, lines: [{ articleId: shirt, quantity: 2 }] } })
  const lines = [
    { articleId: shirt, counted: 9, countedAt },
    { articleId: hat, counted: 4, countedAt },
  ]
  const said = [
    { articleId: shirt, counted: 9, book: 10, difference: -1 },
    { articleId: hat, counted: 4, book: null, difference: 4 },
  ]
  expect((await me.does('counts.compare', { body: { locationId, lines } })).lines).toEqual(said)
  expect((await me.does('levels.list', { query: { articleId: hat } })).items[0]?.onHand).toBe(null)
  const made = await me.does('counts.register', { body: { ref: 'count', locationId, lines } })
  expect(made.lines).toMatchObject(said)
  expect((await me.does('documents.show', { params: { documentId: made.documentId } })).lines).toMatchObject([
    { quantity: 9, book: 10, difference: -1 },
    { quantity: 4, book: null, difference: 4 },
  ])
})

test('a number is put right with a reason, which stands on the movement; what was sold since it was written is still taken off', async () => {
  await me.does('articles.make', { body: { number: 'RÄTTA', name: 'Vas' } })
  const articleId = (await me.does('articles.list', { query: { number: 'RÄTTA' } })).items[0]?.id ?? 0
  await me.does('goods-receipts.register', { body: { ref: 'rätta-in', locationId: me.locationId, lines: [{ articleId, quantity: 10 }] } })
  const countedAt = web.clock.now().toISOString()
  web.clock.advance(60_000)
  await me.does('sales.register', { body: { ref: 'rätta-sålt', locationId: me.locationId, lines: [{ articleId, quantity: 1 }] } })
  const body = { ref: 'rätta-1', locationId: me.locationId, reason: 'damaged', note: 'Tappad i golvet', lines: [{ articleId, counted: 8, countedAt }] }
  expect((await me.does('counts.register', { body })).lines).toMatchObject([{ book: 10, difference: -2, onHand: 7 }])
  expect(await me.does('counts.register', { body })).toMatchObject({ repeated: true })
  expect((await me.call('counts.register', { body: { ...body, reason: 'found' } })).body).toMatchObject({ code: 'key-reused' })
  const { items } = await me.does('movements.list', { query: { articleId, kind: 'count' } })
  expect(items).toMatchObject([{ onHand: -2, source: { reason: 'damaged', note: 'Tappad i golvet' } }])
  expect((await me.does('documents.list', { query: { ref: 'rätta-1' } })).items).toMatchObject([{ reason: 'damaged', note: 'Tappad i golvet' }])
  expect((await me.call('counts.register', { body: { ...body, ref: 'rätta-2', reason: 'vet inte' } })).status).toBe(400)
})
