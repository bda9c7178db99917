/** An ERP that is master of a location's numbers: what the shop shows is its number less what it doesn't contain (R38-R40). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EconomicSim, startEconomic } from '../../sim/economic/economic.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { economic } from '../../src/connectors/economic/economic.ts'
import { applyWaiting } from '../../src/sync/apply.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

/** One for each test, and one that is hard to write. */
const NUMBERS = ['0571527051', '0571527052', '0571527053', '0571527054', 'A.B/1 æ+&']
let s: ToyStand
let erp: EconomicSim
let ledger: Connection
let at: { connectionId: number }
/** The integration code; '' = none was made yet. */
let code = ''

/** The shop sells the articles, ten pieces each; e-conomic has six of each and becomes master. */
beforeAll(async () => {
  s = await toyStand(NUMBERS, {}, { economic: economic as Connector<unknown> })
  erp = await startEconomic({ clock: s.web.clock })
  erp.office.addProducts(NUMBERS.map((productNumber) => ({ productNumber, inStock: 6 })))
  const { id } = await s.owner.does('connections.make', { body: { code: 'economic', name: 'Regnskabet' } })
  at = { connectionId: id }
  const { appSecret, grant } = erp.credentials
  await s.owner.does('connections.settings', {
    params: at,
    body: { settings: { appSecretToken: appSecret, agreementGrantToken: grant, address: erp.address, stock: 'webhook' } },
  })
  const { health } = await s.owner.does('connections.check', { params: at, body: {} })
  await s.owner.does('connections.places', { params: at, body: { places: [{ locationId: s.owner.locationId, placeRef: health?.places[0]?.ref ?? '' }] } })
  await s.owner.does('connections.activate', { params: at, body: {} })
  ledger = openConnection(s.web.deps, s.owner.companyId, id)
  await settle()
})
afterAll(async () => {
  await ledger.letGo()
  await erp.close()
  await s.close()
})

/** Until both have been polled: the shop's orders, the accounts, and the shop is told. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    s.web.clock.advance(61_000)
    await applyWaiting(s.web.deps, s.owner.companyId, at.connectionId)
    for (let n = 0; n < 50 && (await ledger.step()).did; n++);
    await s.settle()
  }
}
const told = async (type: string, number: string) => {
  if (code === '') code = (await s.owner.does('masters.make-code', { params: at, body: {} })).code
  return s.web.app.inject({ method: 'GET', url: `/webhooks.php?type=${type}&username=shop${at.connectionId}&password=${code}&number=${encodeURIComponent(number)}` })
}
const shows = (number: string) => s.sim.value(number)
const level = async (number: string) => {
  const { items } = await s.owner.does('levels.list', { query: { number } })
  const cell = items[0]
  return [cell?.onHand, cell?.reserved]
}

test('R38 R39 R40: the shop shows the ERP’s number less the orders it has not booked, and booking changes nothing', async () => {
  expect([await level('0571527051'), shows('0571527051')]).toEqual([[6, 0], 6])
  const order = s.sim.sell('0571527051', 1)
  await settle()
  expect([await level('0571527051'), shows('0571527051')]).toEqual([[6, 1], 5])
  // A call with the old number: the ERP still says six.
  expect((await told('stockUpdate', '0571527051')).body).toBe('Success')
  await settle()
  expect([await level('0571527051'), shows('0571527051')]).toEqual([[6, 1], 5])
  const draft = erp.office.makeInvoice({ lines: [{ productNumber: '0571527051', quantity: 1 }], other: order.name })
  await settle()
  expect([await level('0571527051'), shows('0571527051')]).toEqual([[6, 1], 5])
  const booked = erp.office.book({ draft: draft.number })
  await told('orderPdf', String(booked.number))
  await settle()
  expect([await level('0571527051'), shows('0571527051')]).toEqual([[5, 0], 5])
})

test('R38: shipped here before it is booked there, or after: the goods leave once', async () => {
  const [first, second] = [s.sim.sell('0571527053', 1), s.sim.sell('0571527053', 2)]
  s.sim.ship(first)
  await settle()
  expect([await level('0571527053'), shows('0571527053')]).toEqual([[5, 2], 3])
  for (const [order, quantity] of [
    [first, 1],
    [second, 2],
  ] as const)
    erp.office.book({ draft: erp.office.makeInvoice({ lines: [{ productNumber: '0571527053', quantity }], other: order.name }).number })
  await settle()
  expect([await level('0571527053'), shows('0571527053')]).toEqual([[3, 0], 3])
  s.sim.ship(second)
  await settle()
  expect([await level('0571527053'), shows('0571527053')]).toEqual([[3, 0], 3])
})

test('a receipt, a count and a correction are made in the ERP, and are refused here with its name; the till goes on selling', async () => {
  const where = { locationId: s.owner.locationId }
  const lines = [{ articleNumber: '0571527054', quantity: 1 }]
  const receipt = await s.owner.call('goods-receipts.register', { body: { ref: 'I1', ...where, lines } })
  expect(receipt).toMatchObject({ status: 409, body: { code: 'erp-is-master', facts: { master: 'Regnskabet' } } })
  expect(await s.owner.call('counts.register', { body: { ref: 'C1', ...where, lines: [{ articleNumber: '0571527054', counted: 3 }] } })).toMatchObject({ status: 409 })
  await s.owner.does('sales.register', { body: { ref: 'K1', ...where, lines } })
  await settle()
  expect([await level('0571527054'), shows('0571527054')]).toEqual([[5, 0], 5])
  erp.office.count({ productNumber: '0571527054', inStock: 9 })
  await settle()
  expect([await level('0571527054'), shows('0571527054')]).toEqual([[8, 0], 8])
})

test('/webhooks.php: a browser sees Success; another code, an unknown shop, a placeholder and a stock module that is off are told apart; numbers come to the letter', async () => {
  const get = (query: string, method: 'GET' | 'POST' | 'HEAD' = 'GET') => s.web.app.inject({ method, url: `/webhooks.php?${query}` })
  expect(await told('stockUpdate', '0571527051')).toMatchObject({
    statusCode: 200,
    body: 'Success',
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
  const mine = `username=shop${at.connectionId}`
  const [wrong, stranger] = [await get(`type=stockUpdate&${mine}&password=nej&number=1`), await get('type=stockUpdate&username=shop999999&password=nej&number=1')]
  expect([wrong.statusCode, wrong.body]).toEqual([401, stranger.body])
  expect((await get(`type=stockUpdate&${mine}&password=${code}&number=[NUMBER]`)).statusCode).toBe(400)
  expect((await get(`type=hello&${mine}&password=${code}&number=1`)).statusCode).toBe(400)
  expect(await get(`type=stockUpdate&${mine}&password=${code}&number=1`, 'HEAD')).toMatchObject({ statusCode: 200, body: '' })
  expect((await s.web.app.inject({ method: 'PUT', url: '/webhooks.php', payload: '' })).statusCode).toBeGreaterThanOrEqual(404)
  // As e-conomic may send it: a form whose number isn't encoded, and JSON.
  const post = (payload: string, type: string) => s.web.app.inject({ method: 'POST', url: '/webhooks.php?', payload, headers: { 'content-type': type } })
  expect((await post(`type=stockUpdate&${mine}&password=${code}&number=A.B/1 æ+&`, 'application/x-www-form-urlencoded')).body).toBe('Success')
  expect((await post(JSON.stringify({ type: 'stockUpdate', username: `shop${at.connectionId}`, password: code, number: '007' }), 'application/json')).body).toBe('Success')
  await settle()
  const { items } = await s.owner.does('masters.called', { params: at })
  expect(items.slice(0, 3).map(({ number, result }) => [number, result])).toEqual([
    ['007', 'not-there'],
    ['A.B/1 æ &', 'same'],
    ['0571527051', 'same'],
  ])
  await s.owner.does('connections.settings', { params: at, body: { settings: { stock: 'yes' } } })
  const off = await told('stockUpdate', '0571527051')
  expect([off.statusCode, off.body]).toEqual([200, 'Ignored: stock webhook is off'])
  await s.owner.does('connections.settings', { params: at, body: { settings: { stock: 'webhook' } } })
  // The old code is taken for a day.
  const { code: next } = await s.owner.does('masters.make-code', { params: at, body: {} })
  const both = async () => Promise.all([code, next].map(async (each) => (await get(`type=stockUpdate&${mine}&password=${each}&number=1`)).statusCode))
  expect(await both()).toEqual([200, 200])
  s.web.clock.advance(25 * 3_600_000)
  expect(await both()).toEqual([401, 200])
  code = next
})

test('a call for a number reads the shop too, and puts right what somebody changed there', async () => {
  s.sim.handEdit('0571527054', 2)
  await settle()
  expect(shows('0571527054')).toBe(2)
  await told('stockUpdate', '0571527054')
  await settle()
  await settle()
  expect(shows('0571527054')).toBe(8)
})

test('R39: available counts what is registered; a draft is contained where it reserves, and the order of both makes no difference', async () => {
  await s.owner.does('connections.settings', { params: at, body: { settings: { number: 'available', counted: 'draft' } } })
  erp.turn({ draftReserves: true })
  const order = s.sim.sell('0571527052', 2)
  const draft = erp.office.makeInvoice({ lines: [{ productNumber: '0571527052', quantity: 2 }], other: order.name })
  await settle()
  await settle()
  expect([await level('0571527052'), shows('0571527052')]).toEqual([[4, 0], 4])
  erp.office.book({ draft: draft.number })
  await settle()
  expect([await level('0571527052'), shows('0571527052')]).toEqual([[4, 0], 4])
})

test('the back office takes the numbers back from what stands, and gives them away again; invoices go on meanwhile, and a call for a number says that it is off', async () => {
  const receipt = (ref: string) => s.owner.call('goods-receipts.register', { body: { ref, locationId: s.owner.locationId, lines: [{ articleNumber: '0571527054', quantity: 2 }] } })
  const [before] = await level('0571527054')
  expect(await s.owner.does('masters.leave', { params: at, body: {} })).toMatchObject({ location: null, since: null })
  expect((await receipt('I2')).status).toBe(201)
  erp.office.count({ productNumber: '0571527054', inStock: 90 })
  expect((await told('stockUpdate', '0571527054')).body).toBe('Ignored: stock webhook is off')
  expect(await s.owner.call('masters.ask', { params: at, body: { numbers: ['0571527054'] } })).toMatchObject({ status: 409, body: { code: 'not-ready' } })
  const order = s.sim.sell('0571527054', 1)
  await settle()
  const booked = erp.office.book({ draft: erp.office.makeInvoice({ lines: [{ productNumber: '0571527054', quantity: 1 }], other: order.name }).number })
  await told('orderPdf', String(booked.number))
  await settle()
  expect(await level('0571527054')).toEqual([(before ?? 0) + 2, 1])
  const { items } = await s.owner.does('masters.called', { params: at, query: { limit: '2' } })
  expect(items).toMatchObject([
    { feed: 'invoices', number: String(booked.number), result: 'linked', order: { name: order.name } },
    { feed: 'stock', number: '0571527054', result: 'ignored', articleId: expect.any(Number) },
  ])
  expect(await s.owner.does('masters.become', { params: at, body: {} })).toMatchObject({ location: { id: s.owner.locationId }, walk: { beganAt: expect.any(String) } })
  expect((await receipt('I3')).body).toMatchObject({ code: 'erp-is-master' })
  await settle()
  // The order's one piece was booked meanwhile: it is inside the new number, and is reserved no more.
  expect([await level('0571527054'), shows('0571527054')]).toEqual([[89, 0], 89])
  s.sim.ship(order)
  await settle()
  expect([await level('0571527054'), shows('0571527054')]).toEqual([[89, 0], 89])
})

test('with Rackbeat the back office keeps the numbers, and the connection is active all the same', async () => {
  await s.owner.does('connections.settings', { params: at, body: { settings: { rackbeat: 'yes' } } })
  expect(await s.owner.does('masters.show', { params: at })).toMatchObject({ location: null })
  expect((await told('stockUpdate', '0571527051')).body).toBe('Ignored: stock is kept in Rackbeat')
  expect(await s.owner.call('masters.become', { params: at, body: {} })).toMatchObject({ status: 409, body: { code: 'not-ready' } })
  await s.owner.does('connections.settings', { params: at, body: { settings: { rackbeat: 'no' } } })
  expect(await s.owner.does('masters.become', { params: at, body: {} })).toMatchObject({ location: { id: s.owner.locationId } })
})

test('an ERP is told nothing: its guide has no such step, nothing is boxed, and its calls are done again as they came', async () => {
  const connection = await s.owner.does('connections.show', { params: at })
  expect([connection.role, connection.guide.map((step) => step.code)]).toEqual(['erp', ['tokens', 'store', 'settings', 'hooks', 'fetch']])
  expect(connection.guide.filter((step) => step.missing.includes('called') || step.missing.includes('fetched'))).toEqual([])
  for (const ask of [
    s.owner.call('connections.box', { params: at, body: { boxed: true, foundInShop: true } }),
    s.owner.call('runs.start', { params: at, body: { kind: 'first-sync' } }),
  ])
    expect(await ask).toMatchObject({ status: 409, body: { code: 'erp-takes-none' } })
  const { items } = await s.owner.does('masters.called', { params: at, query: { number: '0571527054' } })
  expect(await s.owner.does('masters.ask', { params: at, body: { calls: items.slice(0, 2).map((call) => call.id) } })).toEqual({ numbers: 2 })
  expect((await s.owner.call('masters.ask', { params: at, body: { calls: [999_999] } })).status).toBe(404)
  expect((await s.owner.call('masters.ask', { params: at, body: {} })).status).toBe(400)
})
