/** What an outside system hands in through its view: orders, movements, counts, each once per external id, and nothing echoed (rules 15 to 18). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../src/kit/assert.ts'
import { purge } from '../../src/sync/chores.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

let web: Web
let owner: Owner
let reader: Someone
let params: { viewId: number }
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
  const made = await owner.does('views.make', { body: { name: 'Affärssystemet', byNumber: true, joinsProducts: true, writes: ['orders:write', 'stock:write'] } })
  reader = web.withKey(made.key)
  params = { viewId: made.id }
})
afterAll(() => web.close())

async function article(number: string, quantity: number) {
  const made = await owner.does('articles.make', { body: { number, name: `Vara ${number}` } })
  await owner.does('goods-receipts.register', { body: { ref: `r-${number}`, locationId: owner.locationId, lines: [{ articleId: made.id, quantity }] } })
  await readAll()
  return made
}
/** Reads and acknowledges all there is. */
async function readAll() {
  const page = await reader.does('views.changes', { params, query: { limit: '500' } })
  await reader.does('views.ack', { params, body: { cursor: page.nextCursor } })
  return page.items
}
const level = async (number: string) => must((await owner.does('levels.list', { query: { number } })).items[0], 'the level')
const order = (number: string, quantity: number, more: object = {}) => ({
  placedAt: '2026-11-02T07:00:00Z',
  locationId: owner.locationId,
  lines: [{ line: '1', articleNumber: number, quantity }],
  ...more,
})
const put = (externalId: string, body: ReturnType<typeof order>, headers: Record<string, string> = {}) =>
  reader.call('views.put-order', { params: { ...params, externalId }, body, headers })

test('an order reserves, shipped it leaves the shelf, edited only the difference is posted; it isn’t echoed, its stock is told', async () => {
  await article('O-1', 10)
  expect(await put('E-1', order('O-1', 3))).toMatchObject({ status: 200, body: { changed: true, unknownNumbers: [] } })
  expect(await level('O-1')).toMatchObject({ onHand: 10, reserved: 3, available: 7 })
  const told = await readAll()
  expect(told.map((item) => item.entity)).toEqual(['stock'])
  expect(told[0]).toMatchObject({ origin: params.viewId, data: { available: 7 } })
  await put('E-1', order('O-1', 2, { shipments: [{ ref: 'S1', at: '2026-11-02T07:30:00Z', lines: [{ line: '1', quantity: 2 }] }] }))
  expect(await level('O-1')).toMatchObject({ onHand: 8, reserved: 0, available: 8 })
  await put('E-1', order('O-1', 2, { cancelledAt: '2026-11-02T07:40:00Z' }))
  expect(await level('O-1')).toMatchObject({ onHand: 10, reserved: 0 })
})

test('V17: the same order pushed ten times at once is one order', async () => {
  await article('O-2', 10)
  const answers = await Promise.all(Array.from({ length: 10 }, () => put('E-2', order('O-2', 4, { updatedAt: '2026-11-02T07:00:00Z' }))))
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200))
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(answers.filter((answer) => answer.body.changed)).toHaveLength(1)
  expect(await level('O-2')).toMatchObject({ reserved: 4 })
})

test('V18: If-Match changes the version that was read and no other', async () => {
  await article('O-3', 10)
  const first = await put('E-3', order('O-3', 1))
  expect(first.headers.etag).toBe(`"${first.body.version}"`)
  const second = await put('E-3', order('O-3', 2), { 'if-match': String(first.headers.etag) })
  expect(second.status).toBe(200)
  expect(await put('E-3', order('O-3', 5), { 'if-match': String(first.headers.etag) })).toMatchObject({
    status: 412,
    body: { code: 'version-changed', facts: { version: second.body.version } },
  })
  expect(await level('O-3')).toMatchObject({ reserved: 2 })
})

test('V15: an order with a number nobody knows comes back marked corrected, and posts when the article appears', async () => {
  await readAll()
  expect(await put('E-4', order('LATER', 1))).toMatchObject({ status: 200, body: { unknownNumbers: ['LATER'] } })
  expect(await readAll()).toMatchObject([{ entity: 'order', corrected: true, link: { externalId: 'E-4' } }])
  await article('LATER', 5)
  expect(await level('LATER')).toMatchObject({ onHand: 5, reserved: 1 })
})

test('V16: movements and counts happen once per external id; a count isn’t echoed, a movement’s outcome is told', async () => {
  const made = await article('M-1', 10)
  const items = [
    { externalId: 'm1', articleNumber: 'M-1', locationId: owner.locationId, kind: 'sale', quantity: 2 },
    { externalId: 'm2', articleId: made.id, locationId: owner.locationId, kind: 'waste', quantity: 1 },
    { externalId: 'm3', articleNumber: 'nobody', locationId: owner.locationId, kind: 'sale', quantity: 1 },
  ]
  expect(await reader.does('views.move-stock', { params, body: { items } })).toMatchObject({ done: 2, refused: 1 })
  expect(await reader.does('views.move-stock', { params, body: { items } })).toMatchObject({ lines: [{ repeated: true }, { repeated: true }, { outcome: 'refused' }] })
  expect(await reader.does('views.move-stock', { params, body: { items: [{ ...items[0], quantity: 9 }] } })).toMatchObject({
    lines: [{ outcome: 'refused', problem: { status: 409 } }],
  })
  expect(await level('M-1')).toMatchObject({ onHand: 7 })
  expect(await readAll()).toMatchObject([{ entity: 'stock', data: { onHand: 7 } }])
  const count = { externalId: 'c1', articleNumber: 'M-1', locationId: owner.locationId, counted: 6 }
  expect(await reader.does('views.count-stock', { params, body: { items: [count] } })).toMatchObject({ lines: [{ answer: { onHand: 6 } }] })
  expect(await readAll()).toEqual([])
  // Changed here meanwhile: what the reader counted isn't what there is, or it hadn't read the newest.
  await owner.does('sales.register', { body: { ref: 's', locationId: owner.locationId, lines: [{ articleId: made.id, quantity: 1 }] } })
  await reader.does('views.count-stock', { params, body: { items: [{ ...count, externalId: 'c2', counted: 4 }] } })
  expect(await readAll()).toMatchObject([{ entity: 'stock', data: { onHand: 4 } }])
})

test('bad input is refused with the field, and leaves nothing', async () => {
  await article('B-1', 3)
  const wrong = {
    ...order('B-1', 1),
    lines: [
      { line: '1', articleNumber: 'B-1', quantity: 1 },
      { line: '1', articleNumber: 'B-1', quantity: 1 },
    ],
  }
  expect(await put('E-9', wrong)).toMatchObject({ status: 422, body: { code: 'line-twice' } })
  expect((await put('E-9', order('B-1', 1, { locationId: 999_999 }))).status).toBe(404)
  expect((await put('E-9', { ...order('B-1', 1), lines: [] })).status).toBe(400)
  expect(await level('B-1')).toMatchObject({ reserved: 0 })
})

test('V17: an Idempotency-Key of 255 characters is kept for three days and more; its natural key for ever', async () => {
  await article('O-72', 10)
  const headers = { 'idempotency-key': 'n'.repeat(255) }
  const first = await put('E-72', order('O-72', 4, { updatedAt: '2026-11-02T07:00:00Z' }), headers)
  await web.clock.advance(72 * 3_600_000)
  await purge(web.deps, owner.companyId)
  expect((await put('E-72', order('O-72', 4, { updatedAt: '2026-11-02T07:00:00Z' }), headers)).body).toEqual(first.body)
  expect(await put('E-72', order('O-72', 5), headers)).toMatchObject({ status: 409, body: { code: 'key-reused' } })
  const { reserved } = await level('O-72')
  await web.clock.advance(5 * 86_400_000)
  await purge(web.deps, owner.companyId)
  expect((await put('E-72', order('O-72', 4, { updatedAt: '2026-11-02T07:00:00Z' }), headers)).body).toMatchObject({ id: first.body.id, changed: false })
  expect(reserved).toBe(4)
  expect(await put('E-72', order('O-72', 4, { updatedAt: '2026-11-02T07:00:00Z' }), { 'idempotency-key': 'n'.repeat(256) })).toMatchObject({
    status: 400,
    body: { field: 'Idempotency-Key' },
  })
})
