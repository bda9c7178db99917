import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyLedger } from '../../src/core/stock/verify-ledger.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
let number = 0
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
})
afterAll(() => web.close())

const article = async (more: object = {}) => await me.does('articles.make', { body: { number: `A-${++number}`, name: `Tröja ${number}`, ...more } })
const stocked = async (pieces: number) => {
  const made = await article()
  await me.does('goods-receipts.register', { body: { ref: `in-${made.number}`, locationId: me.locationId, lines: [{ articleId: made.id, quantity: pieces }] } })
  return made
}
const level = async (articleId: number) => (await me.does('levels.list', { query: { articleId } })).items[0]
const at = (minutes: number) => new Date(web.clock.now().getTime() + minutes * 60_000).toISOString()
const sale = (articleId: number, quantity: number, more: object = {}) => ({ body: { ref: `S-${++number}`, locationId: me.locationId, lines: [{ articleId, quantity }], ...more } })
const count = (articleId: number, counted: number, more: object = {}) => ({ body: { ref: `C-${++number}`, locationId: me.locationId, lines: [{ articleId, counted }], ...more } })

test('L7: an article nobody ever booked is unknown: null everywhere, never 0', async () => {
  const made = await article()
  expect(await level(made.id)).toMatchObject({ onHand: null, reserved: null, available: null, version: null, changedAt: null })
  expect((await me.does('articles.show', { params: { articleId: made.id } })).levels).toEqual([{ locationId: me.locationId, onHand: null, reserved: null, available: null }])
  expect(await me.call('reservations.claim', { body: { key: `k${made.id}`, articleId: made.id, locationId: me.locationId, quantity: 1 } })).toMatchObject({
    status: 409,
    body: { code: 'no-level-yet' },
  })
  expect(await level(made.id)).toMatchObject({ onHand: null })
})

test('L7: the first count makes a level known, also when it finds none', async () => {
  const made = await article()
  const counted = await me.does('counts.register', count(made.id, 0))
  expect(counted.lines[0]).toMatchObject({ book: null, difference: 0, onHand: 0 })
  expect(await level(made.id)).toMatchObject({ onHand: 0, available: 0, version: 1 })
})

test('L7: a sale alone says what went, not what is there: the number stays unknown until somebody counts', async () => {
  const made = await article()
  await me.does('sales.register', sale(made.id, 2))
  expect(await level(made.id)).toMatchObject({ onHand: null, available: null })
  web.clock.advance(60_000)
  const counted = await me.does('counts.register', count(made.id, 5))
  expect(counted.lines[0]).toMatchObject({ book: null, onHand: 5 })
  expect(await level(made.id)).toMatchObject({ onHand: 5 })
})

test('L3: a sale sent many times at once is one sale; the same ref with another body is refused', async () => {
  const made = await stocked(10)
  const body = sale(made.id, 3)
  const answers = await Promise.all(Array.from({ length: 8 }, () => me.call('sales.register', body)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
  expect(answers.every((answer) => answer.body.repeated === (answer.status === 200))).toBe(true)
  expect(await level(made.id)).toMatchObject({ onHand: 7 })
  const other = await me.call('sales.register', { body: { ...body.body, lines: [{ articleId: made.id, quantity: 4 }] } })
  expect(other).toMatchObject({ status: 409, body: { code: 'key-reused', field: 'ref' } })
  expect(await level(made.id)).toMatchObject({ onHand: 7 })
})

test('L3: an Idempotency-Key gives the first answer again, and another body under it is refused', async () => {
  const headers = { 'idempotency-key': 'en-nyckel' }
  const body = { number: 'IK-1', name: 'Mössa' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => me.call('articles.make', { body, headers })))
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201])
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
  expect(await me.call('articles.make', { body: { ...body, name: 'Vante' }, headers })).toMatchObject({ status: 409, body: { code: 'key-reused' } })
  expect((await me.does('articles.list', { query: { number: 'IK-1' } })).items).toHaveLength(1)
  const key = await me.key()
  expect(await key.call('articles.make', { body, headers })).toMatchObject({ status: 409, body: { code: 'number-taken' } })
})

test('L4: a document with one bad line leaves nothing behind', async () => {
  const made = await stocked(5)
  const refused = await me.call('sales.register', {
    body: {
      ref: 'half',
      locationId: me.locationId,
      lines: [
        { articleId: made.id, quantity: 1 },
        { articleNumber: 'finns inte', quantity: 1 },
      ],
    },
  })
  expect(refused).toMatchObject({ status: 404, body: { code: 'unknown-article', field: 'lines.1.articleNumber' } })
  expect(await level(made.id)).toMatchObject({ onHand: 5, version: 1 })
  expect((await me.does('documents.list', { query: { ref: 'half' } })).items).toEqual([])
})

test('L5: sales at the same moment always add up, and stock may go below zero', async () => {
  const made = await stocked(10)
  const answers = await Promise.all(Array.from({ length: 60 }, () => me.call('sales.register', sale(made.id, 1))))
  expect(answers.every((answer) => answer.status === 201)).toBe(true)
  expect(await level(made.id)).toMatchObject({ onHand: -50, available: -50 })
})

test('L5: documents over the same articles in opposite order never deadlock', async () => {
  const [a, b] = [await stocked(100), await stocked(100)]
  const both = (first: number, second: number) =>
    me.call('sales.register', {
      body: {
        ref: `X-${++number}`,
        locationId: me.locationId,
        lines: [
          { articleId: first, quantity: 1 },
          { articleId: second, quantity: 1 },
        ],
      },
    })
  const counts = (first: number, second: number) =>
    me.call('counts.register', {
      body: {
        ref: `X-${++number}`,
        locationId: me.locationId,
        lines: [
          { articleId: first, counted: 50 },
          { articleId: second, counted: 50 },
        ],
      },
    })
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 5 === 0 ? counts : both)(...((n % 2 === 0 ? [a.id, b.id] : [b.id, a.id]) as [number, number]))))
  expect(answers.map((answer) => answer.status).filter((status) => status !== 201)).toEqual([])
})

test('L6: claims at the same moment never grant more than there is', async () => {
  const made = await stocked(10)
  const claim = (n: number) =>
    me.call('reservations.claim', { body: { key: `r-${made.id}-${n}`, articleId: made.id, locationId: me.locationId, quantity: 1, expiresInSeconds: 60 } })
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => claim(n)))
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(10)
  expect(answers.filter((answer) => answer.status === 409).every((answer) => (answer.body as unknown as { code: string }).code === 'not-enough-stock')).toBe(true)
  expect(await level(made.id)).toMatchObject({ onHand: 10, reserved: 10, available: 0 })
  const granted = answers.findIndex((answer) => answer.status === 201)
  expect(await claim(granted)).toMatchObject({ status: 200, body: { state: 'held' } })
  web.clock.advance(61_000)
  expect((await claim(1000)).status).toBe(201)
  expect(await level(made.id)).toMatchObject({ reserved: 1, available: 9 })
})

test('L6: a claim is released once, and one that is over stays over', async () => {
  const made = await stocked(3)
  const claimed = await me.does('reservations.claim', { body: { key: `k-${made.id}`, articleId: made.id, locationId: me.locationId, quantity: 2, expiresInSeconds: 60 } })
  const release = () => me.call('reservations.release', { params: { reservationId: claimed.id } })
  expect((await Promise.all([release(), release()])).map((answer) => answer.status)).toEqual([200, 200])
  expect(await level(made.id)).toMatchObject({ reserved: 0 })
  expect(await me.call('reservations.claim', { body: { key: `k-${made.id}`, articleId: made.id, locationId: me.locationId, quantity: 3 } })).toMatchObject({
    status: 409,
    body: { code: 'key-reused' },
  })
})

test('L9: a count is compared with the book as it was then, and a sale that arrives late corrects it', async () => {
  const made = await stocked(10)
  web.clock.advance(3600_000)
  await me.does('sales.register', sale(made.id, 2, { occurredAt: at(-10) }))
  // Counted 20 minutes ago, when ten stood in the book; two were sold since.
  const counted = await me.does('counts.register', count(made.id, 9, { countedAt: at(-20) }))
  expect(counted.lines[0]).toMatchObject({ book: 10, difference: -1, onHand: 7 })
  // One sold before the count was already missing from the shelf: it explains the difference instead of adding to it.
  await me.does('sales.register', sale(made.id, 1, { occurredAt: at(-30) }))
  expect(await level(made.id)).toMatchObject({ onHand: 7 })
  await me.does('sales.register', sale(made.id, 1, { occurredAt: at(-5) }))
  expect(await level(made.id)).toMatchObject({ onHand: 6 })
})

test('L9: a count in the future and two lines of one article are refused', async () => {
  const made = await stocked(1)
  expect(await me.call('counts.register', count(made.id, 1, { countedAt: at(5) }))).toMatchObject({ status: 422, body: { code: 'counted-in-future', field: 'lines.0.countedAt' } })
  expect((await me.call('counts.register', count(made.id, 1, { countedAt: at(1) }))).status).toBe(201)
  const twice = {
    body: {
      ref: 'twice',
      locationId: me.locationId,
      lines: [
        { articleId: made.id, counted: 1 },
        { articleNumber: made.number, counted: 2 },
      ],
    },
  }
  expect(await me.call('counts.register', twice)).toMatchObject({ status: 400, body: { code: 'bad-input', field: 'lines.1', facts: { reason: 'twice' } } })
})

test('an offline batch: each sale its own outcome, and the till is told when its clock is wrong', async () => {
  const made = await stocked(10)
  const ok = { ref: 'off-1', locationId: me.locationId, occurredAt: at(-120), lines: [{ articleNumber: made.number, quantity: 2 }] }
  const sales = [
    ok,
    { ...ok, ref: 'off-2', lines: [{ articleNumber: 'okänd', quantity: 1 }] },
    'inte en försäljning',
    { ...ok, ref: 'off-3', lines: [{ articleNumber: made.number, quantity: 2_000_000 }] },
    ok,
  ]
  const answer = await me.does('sales.register-many', { body: { sentAt: at(7), sales } })
  expect(answer).toMatchObject({ done: 2, refused: 3, clockSkewMs: 7 * 60_000, clockWrong: true })
  expect(answer.lines.map((line) => (line.outcome === 'done' ? line.repeated : line.problem.code))).toEqual([false, 'unknown-article', 'bad-input', 'quantity-absurd', true])
  expect(await level(made.id)).toMatchObject({ onHand: 8 })
})

test('articles are named by number, barcode or id; a pack counts its pieces; what is not kept in stock moves nothing', async () => {
  const made = await article({ number: '00123', barcodes: [{ code: '036000291452' }, { code: '07350053850019', pack: 6 }] })
  await me.does('goods-receipts.register', { body: { ref: 'packs', locationId: me.locationId, lines: [{ articleId: made.id, quantity: 20 }] } })
  const service = await article({ stockTracked: false })
  const lines = [
    { articleNumber: '00123', quantity: 1 },
    { barcode: '0036000291452', quantity: 1 },
    { barcode: '7350053850019', quantity: 2 },
    { articleId: service.id, quantity: 1 },
  ]
  const booked = await me.does('sales.register', { body: { ref: 'mixed', locationId: me.locationId, lines } })
  expect(booked.lines.map((line) => [line.quantity, line.onHand])).toEqual([
    [1, 6],
    [1, 6],
    [12, 6],
    [1, null],
  ])
  expect(await me.call('goods-receipts.register', { body: { ref: 'svc', locationId: me.locationId, lines: [{ articleId: service.id, quantity: 1 }] } })).toMatchObject({
    status: 422,
    body: { code: 'not-tracked' },
  })
  expect((await me.call('sales.register', { body: { ref: 'absurd', locationId: me.locationId, lines: [{ barcode: '7350053850019', quantity: 900_000 }] } })).body).toMatchObject({
    code: 'quantity-absurd',
  })
  expect(made.number).toBe('00123')
})

test('"why is it 5?": the timeline tells each movement with who, when, from what and the running number', async () => {
  const made = await stocked(8)
  await me.does('sales.register', sale(made.id, 3))
  const key = await me.key()
  await key.does('corrections.register', { body: { ref: `w-${made.id}`, kind: 'waste', locationId: me.locationId, lines: [{ articleId: made.id, quantity: 1 }] } })
  const first = await me.does('articles.timeline', { params: { articleId: made.id }, query: { limit: 2 } })
  const rest = await me.does('articles.timeline', { params: { articleId: made.id }, query: { limit: 2, cursor: first.next ?? '' } })
  const all = [...first.items, ...rest.items]
  expect(all.map((each) => [each.kind, each.onHand, each.onHandAfter])).toEqual([
    ['waste', -1, 4],
    ['sale', -3, 5],
    ['receipt', 8, 8],
  ])
  expect(all.map((each) => each.actor.name)).toEqual(['kassa', 'Anna 1', 'Anna 1'])
  expect(rest.next).toBeNull()
})

test('L1: after all of this every level is the sum of its movements', async () => {
  const verified = await web.data.db.inCompany(me.companyId, verifyLedger)
  expect(verified.faults).toEqual([])
  expect(verified.cells).toBeGreaterThan(10)
})

test('L1: a level that is not the sum of its movements is found', async () => {
  const made = await stocked(1)
  await web.data.owner.run({ text: 'update level set on_hand = on_hand + 1 where article_id = $1', values: [made.id] })
  expect((await web.data.db.inCompany(me.companyId, verifyLedger)).faults).toMatchObject([{ articleId: made.id, onHand: 2, onHandSum: 1 }])
})
