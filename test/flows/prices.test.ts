/** Prices: what holds where and when, offers that begin and end by themselves, and what the lowest was before. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chores } from '../../src/sync/chores.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let web: Web
let owner: Owner
/** Signed in for as long as the clock goes. */
let till: Someone
let shop = 0
let made = 0
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Ull & Lin')
  till = await owner.key()
  shop = (await owner.does('locations.make', { body: { name: 'Gamla stan' } })).id
})
beforeEach(async () => {
  await offersTurn()
})
afterAll(() => web.close())

const article = async (priceMinor: number | null = 100_00) => (await till.does('articles.make', { body: { number: `P-${++made}`, name: `Vara ${made}`, priceMinor } })).id
const prices = (articleId: number) => till.does('prices.show', { params: { articleId } })
const regular = (articleId: number, priceMinor: number | null) => till.does('articles.change', { params: { articleId }, body: { priceMinor } })
const inDays = (days: number) => new Date(web.clock.now().getTime() + days * DAY).toISOString()
const offers = async (articleIds: number[], priceMinor: number, rest: object = {}) =>
  (await till.does('offers.make', { body: { lines: articleIds.map((articleId) => ({ articleId, priceMinor })), ...rest } })).items
const history = async (articleId: number) =>
  (await till.does('prices.changes', { query: { articleId } })).items.map((each) => `${each.kind} ${each.oldMinor} ${each.newMinor} ${each.actor.kind}`).toReversed()
async function offersTurn(): Promise<void> {
  await chores(web.deps)
    .find((chore) => chore.name === 'offers')
    ?.run(owner.companyId)
}

test('P1: one call says what an article costs, everywhere and where something of its own holds', async () => {
  const id = await article()
  await till.does('articles.price', { params: { articleId: id }, body: { locationId: shop, priceMinor: 90_00 } })
  expect(await prices(id)).toMatchObject({
    currency: 'SEK',
    priceMinor: 100_00,
    regularMinor: 100_00,
    offer: null,
    atLocations: [{ locationId: shop, priceMinor: 90_00, regularMinor: 90_00, offer: null }],
  })
  await offers([id], 95_00, { campaign: 'Höstrea' })
  await offers([id], 80_00, { locationId: owner.locationId })
  expect(await prices(id)).toMatchObject({
    priceMinor: 95_00,
    regularMinor: 100_00,
    offer: { campaign: 'Höstrea', priceMinor: 95_00, validTo: null },
    atLocations: [
      { locationId: owner.locationId, priceMinor: 80_00, regularMinor: null, offer: { priceMinor: 80_00 } },
      { locationId: shop, priceMinor: 90_00, regularMinor: 90_00, offer: null },
    ],
  })
})

test('P4: every change of a price is kept with who made it, whichever way it came', async () => {
  const id = await article(100_00)
  await owner.does('articles.change', { params: { articleId: id }, body: { priceMinor: 110_00 } })
  await regular(id, 110_00)
  await till.does('prices.put', { params: { articleId: id }, body: { regularMinor: 120_00, atLocations: [{ locationId: shop, regularMinor: 90_00 }] } })
  await till.does('prices.put', { params: { articleId: id }, body: { atLocations: [] } })
  const [a] = await offers([id], 60_00, { validFrom: inDays(1), validTo: inDays(2) })
  await till.does('offers.change', { params: { offerId: a?.id ?? 0 }, body: { priceMinor: 50_00 } })
  web.clock.advance(3 * DAY)
  await offersTurn()
  expect(await history(id)).toEqual([
    'regular null 10000 key',
    'regular 10000 11000 person',
    'regular 11000 12000 key',
    'regular null 9000 key',
    'regular 9000 null key',
    'offer-made null 6000 key',
    'offer-changed 6000 5000 key',
    'offer-began null 5000 system',
    'offer-ended 5000 null system',
  ])
  const page = await till.does('prices.changes', { query: { articleId: id, limit: 2 } })
  expect(page.items.map((each) => each.at)).toEqual([a?.validTo, a?.validFrom])
  expect((await till.does('prices.changes', { query: { articleId: id, limit: 2, cursor: page.next ?? '' } })).items).toMatchObject([
    { kind: 'offer-changed' },
    { kind: 'offer-made' },
  ])
  expect((await till.does('products.make', { body: { name: 'Mössa', options: [], variants: [{ number: 'M-1', priceMinor: 7 }] } })).articles).toHaveLength(1)
  expect(await till.does('prices.changes', { query: { number: 'M-1' } })).toMatchObject({ items: [{ kind: 'regular', oldMinor: null, newMinor: 7 }] })
  await expect(web.data.db.inCompany(owner.companyId, (tx) => tx.run({ text: 'update price_change set new_minor = 1', values: [] }))).rejects.toThrow('permission denied')
})

test('P3: one that has begun keeps its price, place and beginning; it may end sooner or later, and what is over is over', async () => {
  const id = await article()
  const [a] = await offers([id], 80_00, { validFrom: inDays(1), validTo: inDays(2) })
  const params = { offerId: a?.id ?? 0 }
  const change = (body: object, headers = {}) => till.call('offers.change', { params, body, headers })
  expect(a).toMatchObject({ state: 'coming', holds: false, regularMinor: 100_00, lowest30DaysMinor: 100_00, locationId: null, actor: { kind: 'key' } })
  const { etag } = (await till.call('offers.show', { params })).headers
  expect((await change({ priceMinor: 75_00, locationId: shop }, { 'if-match': etag })).body).toMatchObject({ priceMinor: 75_00, locationId: shop })
  expect(await change({ priceMinor: 70_00 }, { 'if-match': etag })).toMatchObject({ status: 412, body: { code: 'version-changed' } })
  expect(await change({ validTo: inDays(1) })).toMatchObject({ status: 400, body: { code: 'offer-dates', field: 'validTo' } })
  web.clock.advance(1.5 * DAY)
  expect(await till.does('offers.show', { params })).toMatchObject({ state: 'active', holds: true })
  for (const body of [{ priceMinor: 1 }, { locationId: null }, { validFrom: inDays(1) }])
    expect(await change(body)).toMatchObject({ status: 409, body: { code: 'offer-begun', field: Object.keys(body)[0] } })
  expect((await change({ priceMinor: 75_00, campaign: 'Rea', validTo: null })).body).toMatchObject({ campaign: 'Rea', validTo: null })
  expect(await till.does('offers.end', { params })).toEqual({ id: params.offerId, began: true })
  expect(await till.does('offers.show', { params })).toMatchObject({ state: 'past', holds: false, validTo: web.clock.now().toISOString() })
  expect((await prices(id)).atLocations).toEqual([])
  expect(await change({ campaign: 'x' })).toMatchObject({ status: 409, body: { code: 'offer-over' } })
  expect(await till.call('offers.end', { params })).toMatchObject({ status: 409, body: { code: 'offer-over' } })
  const [b] = await offers([id], 80_00, { validFrom: inDays(1) })
  expect(await till.does('offers.end', { params: { offerId: b?.id ?? 0 } })).toMatchObject({ began: false })
  expect((await till.call('offers.show', { params: { offerId: b?.id ?? 0 } })).status).toBe(404)
})

test('P2: wall times are the company’s, through summer time and back', async () => {
  const id = await article()
  const from = async (validFrom: string) => (await offers([id], 80_00, { validFrom }))[0]?.validFrom
  expect(await from('2036-11-27T08:00')).toBe('2036-11-27T07:00:00.000Z')
  expect(await from('2036-07-01T00:00')).toBe('2036-06-30T22:00:00.000Z')
  // The hour that isn't there, and the one that comes twice (30 March and 26 October 2036).
  expect(await from('2036-03-30T02:30')).toBe('2036-03-30T01:30:00.000Z')
  expect(await from('2036-10-26T02:30')).toBe('2036-10-26T01:30:00.000Z')
  expect(await from('2036-11-27T08:00:00+03:00')).toBe('2036-11-27T05:00:00.000Z')
  // What is past is now.
  expect(await from('2020-01-01T00:00')).toBe(web.clock.now().toISOString())
  for (const validFrom of ['2036-02-30T08:00', '2036-11-27', '0000-01-01T00:00', '2036-11-27T08:00+99:99', '2036-11-27T24:00'])
    expect(await till.call('offers.make', { body: { validFrom, lines: [{ articleId: id, priceMinor: 1 }] } })).toMatchObject({ status: 400, body: { field: 'validFrom' } })
})

test('one offer for many articles is made whole or not at all, and found by state, article, campaign and place', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => article()))
  const make = (lines: object[], rest: object = {}) => till.call('offers.make', { body: { campaign: 'Black Week', lines, ...rest } })
  const lines = ids.map((articleId) => ({ articleId, priceMinor: 50_00 }))
  expect(await make([...lines, { articleNumber: 'FINNS-INTE', priceMinor: 1 }])).toMatchObject({ status: 404, body: { code: 'unknown-article', field: 'lines.3.articleNumber' } })
  expect(await make([...lines, { articleId: ids[0], priceMinor: 1 }])).toMatchObject({ status: 400, body: { field: 'lines.3' } })
  expect(await make([{ articleId: ids[0], priceMinor: -1 }])).toMatchObject({ status: 400, body: { field: 'lines.0.priceMinor' } })
  expect(await make(lines, { locationId: 999_999 })).toMatchObject({ status: 404, body: { code: 'unknown-location' } })
  expect(await make(lines, { validFrom: inDays(2), validTo: inDays(2) })).toMatchObject({ status: 400, body: { code: 'offer-dates' } })
  const list = async (query: Record<string, string | number>) => (await till.does('offers.list', { query })).items.map((each) => [each.articleId, each.state])
  expect(await list({ campaign: 'Black Week' })).toEqual([])
  expect((await make(lines, { validTo: inDays(1) })).body.items.map((each) => each.articleId)).toEqual(ids)
  await make(lines.slice(0, 1), { validFrom: inDays(2), locationId: shop })
  expect(await list({ campaign: 'Black Week', state: 'coming' })).toEqual([[ids[0], 'coming']])
  expect(await list({ locationId: shop, campaign: 'Black Week' })).toHaveLength(1)
  expect(await list({ q: 'black w', state: 'active' })).toEqual(ids.map((id) => [id, 'active']).toReversed())
  const first = await till.does('offers.list', { query: { campaign: 'Black Week', limit: 3 } })
  expect((await till.does('offers.list', { query: { campaign: 'Black Week', limit: 3, cursor: first.next ?? '' } })).items).toMatchObject([{ articleId: ids[0] }])
  web.clock.advance(DAY)
  expect(await list({ campaign: 'Black Week', articleId: ids[1] ?? 0 })).toEqual([[ids[1], 'past']])
})

test('prices are put as they were read, or not at all', async () => {
  const id = await article()
  const put = (body: object, tag?: unknown) => till.call('prices.put', { params: { articleId: id }, body, ...(tag === undefined ? {} : { headers: { 'if-match': String(tag) } }) })
  const { etag } = (await till.call('prices.show', { params: { articleId: id } })).headers
  expect(await put({ regularMinor: 90_00, atLocations: [{ locationId: shop, regularMinor: 80_00 }] }, etag)).toMatchObject({
    status: 200,
    body: { priceMinor: 90_00, atLocations: [{ priceMinor: 80_00 }] },
  })
  expect(await put({ regularMinor: 70_00 }, etag)).toMatchObject({ status: 412, body: { code: 'version-changed' } })
  expect((await put({ regularMinor: null })).body).toMatchObject({ priceMinor: null, atLocations: [{ locationId: shop, priceMinor: 80_00 }] })
  expect((await put({ atLocations: [] })).body).toMatchObject({ atLocations: [] })
  const twice = { locationId: shop, regularMinor: 1 }
  expect(await put({ atLocations: [twice, twice] })).toMatchObject({ status: 400, body: { field: 'atLocations.1' } })
  expect(await put({ atLocations: [{ locationId: 999_999, regularMinor: 1 }] })).toMatchObject({ status: 404, body: { code: 'unknown-location' } })
})

test('P5: the lowest of the thirty days before an offer, against a table reckoned by hand', async () => {
  const id = await article(1000_00)
  const begins: Record<string, number | null> = {}
  const begin = async (name: string, priceMinor: number, days: number, rest: object = {}) => {
    const [offer] = await offers([id], priceMinor, { validTo: inDays(days), ...rest })
    begins[name] = offer?.lowest30DaysMinor ?? null
  }
  const pass = (days: number) => web.clock.advance(days * DAY)
  await begin('day 0, on sale for no time at all', 900_00, 5)
  pass(10)
  await begin('day 10: the offer until day 5 was 900', 850_00, 2)
  pass(20)
  await regular(id, 950_00)
  pass(1)
  await begin('day 31: 850 from day 10 to 12', 800_00, 2)
  pass(3)
  await begin('day 34: 800 from day 31 to 33', 820_00, 1)
  pass(27)
  await begin('day 61: 800 held to day 33', 700_00, 1, { locationId: shop })
  pass(3)
  await begin('day 64: 820 from day 34 to 35, the other shop alone had 700', 750_00, 1)
  await begin('day 64, in the shop that had 700', 650_00, 1, { locationId: shop })
  expect(begins).toEqual({
    'day 0, on sale for no time at all': null,
    'day 10: the offer until day 5 was 900': 900_00,
    'day 31: 850 from day 10 to 12': 850_00,
    'day 34: 800 from day 31 to 33': 800_00,
    'day 61: 800 held to day 33': 800_00,
    'day 64: 820 from day 34 to 35, the other shop alone had 700': 820_00,
    'day 64, in the shop that had 700': 700_00,
  })
  expect(await prices(id)).toMatchObject({ offer: { lowest30DaysMinor: 820_00 }, atLocations: [{ offer: { lowest30DaysMinor: 700_00 } }] })
})

test('P7: a sale without a price was made at the price that held there when it was made', async () => {
  const id = await article(100_00)
  const none = await article(null)
  await offers([id], 80_00, { locationId: shop, validFrom: inDays(1), validTo: inDays(2) })
  web.clock.advance(3 * DAY)
  let sales = 0
  const sell = async (locationId: number, occurredAt: string) => {
    const lines = [
      { articleId: id, quantity: 1 },
      { articleId: none, quantity: 1 },
      { articleId: id, quantity: 1, unitPriceMinor: 1 },
    ]
    const { documentId } = await till.does('sales.register', { body: { ref: `S-${++sales}`, locationId, occurredAt, lines } })
    return (await till.does('documents.show', { params: { documentId } })).lines.map((line) => line.unitPriceMinor)
  }
  expect(await sell(shop, inDays(-1.5))).toEqual([80_00, null, 1])
  expect(await sell(owner.locationId, inDays(-1.5))).toEqual([100_00, null, 1])
  expect(await sell(shop, inDays(0))).toEqual([100_00, null, 1])
  // Before it had one.
  expect(await sell(shop, inDays(-30))).toEqual([null, null, 1])
})

test('P6: an offer that begins or ends by itself is told to whoever listens to prices, also when nobody ran at that time', async () => {
  const id = await article(100_00)
  const { id: viewId, key } = await till.does('views.make', {
    body: { name: 'Kassan', byNumber: true, entities: ['price'], joinsProducts: true, writes: ['articles:write'], locations: [owner.locationId] },
  })
  const params = { viewId }
  const reader = web.withKey(key)
  const told = async () => {
    const { items, nextCursor } = await reader.does('views.changes', { params, query: { limit: 500 } })
    await reader.does('views.ack', { params, body: { cursor: nextCursor } })
    return items.filter((item) => item.id === id).map((item) => item.data)
  }
  await till.does('views.resend', { params, body: { products: [(await till.does('articles.show', { params: { articleId: id } })).productId] } })
  expect(await told()).toMatchObject([{ priceMinor: 100_00, regularMinor: 100_00, offer: null, atLocations: {}, offersAtLocations: {} }])
  await offers([id], 80_00, { validFrom: inDays(1), validTo: inDays(3), campaign: 'Rea' })
  await offers([id], 70_00, { validFrom: inDays(2), validTo: inDays(6), locationId: owner.locationId })
  await offers([id], 60_00, { validFrom: inDays(2), validTo: inDays(6), locationId: shop })
  expect(await told()).toEqual([])
  const [from, to] = [inDays(1), inDays(3)]
  web.clock.advance(DAY)
  await offersTurn()
  const offer = { id: expect.any(Number), campaign: 'Rea', priceMinor: 80_00, validFrom: from, validTo: to, lowest30DaysMinor: 100_00 }
  expect(await told()).toEqual([
    { articleId: id, number: expect.any(String), currency: 'SEK', priceMinor: 80_00, regularMinor: 100_00, offer, atLocations: {}, regularAtLocations: {}, offersAtLocations: {} },
  ])
  await offersTurn()
  expect(await told()).toEqual([])
  // Nobody ran while one ended and others began; the view hears of its own place.
  web.clock.advance(3 * DAY)
  await offersTurn()
  expect(await told()).toMatchObject([
    { priceMinor: 100_00, offer: null, atLocations: { [owner.locationId]: 70_00 }, offersAtLocations: { [owner.locationId]: { priceMinor: 70_00 } } },
  ])
  web.clock.advance(2 * DAY)
  await offersTurn()
  expect(await told()).toMatchObject([{ offer: null, atLocations: {} }])
  // Ended by a person it is told at once.
  const [now] = await offers([id], 50_00)
  expect(await told()).toMatchObject([{ priceMinor: 50_00, offer: { validTo: null } }])
  await till.does('offers.end', { params: { offerId: now?.id ?? 0 } })
  expect(await told()).toMatchObject([{ priceMinor: 100_00, offer: null }])
})

test('a reader hands in regular prices, also while an offer holds', async () => {
  const { id: viewId, key } = await till.does('views.make', { body: { name: 'Affärssystemet', joinsProducts: true, writes: ['articles:write'] } })
  const put = (priceMinor: number) =>
    web.withKey(key).does('views.put-product', {
      params: { viewId, externalId: 'T-1' },
      body: { name: 'Tröja', options: [], articles: [{ number: 'T-1', priceMinor, prices: [{ locationId: shop, priceMinor: 7 }] }] },
    })
  const id = (await put(100_00)).articles[0]?.id ?? 0
  await offers([id], 5)
  expect(await put(90_00)).toMatchObject({ changed: true, corrected: false })
  expect(await prices(id)).toMatchObject({ priceMinor: 5, regularMinor: 90_00, atLocations: [{ priceMinor: 5, regularMinor: 7 }] })
  expect(await history(id)).toEqual(['regular null 10000 key', 'regular null 7 key', 'offer-made null 5 key', 'regular 10000 9000 key'])
})
