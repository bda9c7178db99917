/** The order pages' API: what is listed, what is found, and what one order tells of itself. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenerById } from '../../src/core/listeners/listeners.sql.ts'
import type { Order } from '../../src/core/orders/order.ts'
import { saveOrder } from '../../src/core/orders/save-order.ts'
import { must } from '../../src/kit/assert.ts'
import { anOrder } from './inbound-ground.ts'
import { type Owner, openWeb, type Web } from './web.ts'

let web: Web
let me: Owner
let connectionId: number
let shirt: number
let minutes = 0
beforeAll(async () => {
  web = await openWeb()
  me = await web.owner()
  connectionId = (await me.does('connections.make', { body: { code: 'toy', name: 'Webben' } })).id
  shirt = (await me.does('articles.make', { body: { number: '007', name: 'Tröja' } })).id
  await me.does('goods-receipts.register', { body: { ref: 'in', locationId: me.locationId, lines: [{ articleId: shirt, quantity: 10 }] } })
  const values = [connectionId, me.locationId]
  await web.data.owner.run({ text: `update listener set state = 'active', default_location_id = $2, lost_policy = 'ask' where id = $1`, values })
  await web.data.owner.run({
    text: `insert into place (company_id, listener_id, location_id, place_ref, name) select company_id, id, $2, 'P1', 'Odenplan' from listener where id = $1`,
    values,
  })
})
afterAll(() => web.close())

const later = () => new Date(web.clock.now().getTime() + ++minutes * 1000).toISOString()
const take = (over: Partial<Order>) =>
  web.data.db.inCompany(me.companyId, async (tx) => {
    const by = { actor: `listener:${connectionId}`, now: web.clock.now() }
    await saveOrder(tx, must(await listenerById(tx, connectionId), 'listener'), anOrder({ stamp: later(), placedAt: later(), ...over }), 'read', by)
  })
const names = async (query: Record<string, string> = {}) => (await me.does('orders.list', { query })).items.map((order) => order.name)

test('orders: the newest first, cut down by what is worth a look, found by any part of the number', async () => {
  await take({ orderRef: 'A', name: '#1001' })
  await take({ orderRef: 'B', name: '#1002', shipments: [{ shipmentRef: 'S', at: later(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 2 }] }] })
  await take({ orderRef: 'C', name: '#1103', routing: 'unknown' })
  const lines = [{ lineRef: 'L', articleNumber: 'HAT', itemRef: null, title: 'Mössa', ordered: 2, unitPriceMinor: null }]
  await take({ orderRef: 'D', name: '#1104', lines, routing: [{ lineRef: 'L', placeRef: 'P1', quantity: 2 }] })
  expect(await names()).toEqual(['#1104', '#1103', '#1002', '#1001'])
  expect(await names({ q: '110' })).toEqual(['#1104', '#1103'])
  expect(await names({ state: 'partly-shipped' })).toEqual(['#1002'])
  expect(await names({ state: 'unrouted' })).toEqual(['#1103'])
  expect(await names({ state: 'exception' })).toEqual(['#1104'])
  const [unknown, , partly] = (await me.does('orders.list')).items
  expect(unknown).toMatchObject({ pieces: 2, open: 2, shipped: 0, exceptions: 1, locationIds: [] })
  expect(partly).toMatchObject({ pieces: 5, open: 3, shipped: 2, exceptions: 0, locationIds: [me.locationId] })
})

test('R5: what connecting would do is said first and does nothing; then it is done, once', async () => {
  const [order] = (await me.does('orders.list', { query: { state: 'exception' } })).items
  const params = { orderId: order?.id ?? 0 }
  const hat = (await me.does('articles.make', { body: { number: '4711', name: 'Mössa, grå' } })).id
  const said = { orders: 1, changes: [{ locationId: me.locationId, locationName: 'Odenplan', onHand: 0, reserved: 2, available: null }] }
  expect(await me.does('orders.connect', { params, body: { lineRef: 'L', articleId: hat, preview: true } })).toEqual(said)
  expect((await me.does('orders.show', { params })).lines[0]?.articleId).toBe(null)
  expect(await me.does('orders.connect', { params, body: { lineRef: 'L', articleId: hat } })).toEqual(said)
  expect(await me.does('orders.connect', { params, body: { lineRef: 'L', articleId: hat } })).toEqual({ orders: 0, changes: [] })
  const shown = await me.does('orders.show', { params })
  expect(shown).toMatchObject({ exceptions: 0, lines: [{ articleId: hat, at: [{ what: 'open', locationId: me.locationId, quantity: 2, sure: true }] }] })
  expect(shown.movements.map((m) => [m.kind, m.reserved, m.articleName, m.locationName])).toEqual([['web-reserve', 2, 'Mössa, grå', 'Odenplan']])
  expect((await me.call('orders.connect', { params, body: { lineRef: 'nope', articleId: hat } })).status).toBe(404)
})

test('an order tells where each piece is, what it did to the stock, how it changed, and asks what is lost', async () => {
  const withdrawals = [{ withdrawalRef: 'W', at: later(), placeRef: 'P1', lines: [{ lineRef: 'L', quantity: 3, kind: 'lost' as const }] }]
  await take({
    orderRef: 'B',
    name: '#1002',
    shipments: [{ shipmentRef: 'S', at: later(), placeRef: 'P9', lines: [{ lineRef: 'L', quantity: 2 }] }],
    withdrawals,
    cancelledAt: later(),
  })
  const [order] = (await me.does('orders.list', { query: { q: '1002' } })).items
  const params = { orderId: order?.id ?? 0 }
  const shown = await me.does('orders.show', { params })
  expect(shown.lines[0]?.at).toEqual([
    { what: 'shipped', locationId: null, quantity: 2, sure: true },
    { what: 'lost', locationId: me.locationId, quantity: 3, sure: true },
  ])
  expect(shown.edits).toMatchObject([{ cancelled: true, lines: [{ what: 'lost', was: 0, now: 3 }] }])
  const sums = (kind: string) => shown.movements.filter((m) => m.kind === kind).map((m) => m.onHand + m.reserved)
  expect(shown.movements).toHaveLength(5)
  expect([sums('web-reserve'), sums('web-release'), sums('web-ship'), sums('web-loss')]).toEqual([[3], [-3], [-2, 2], [-3]])
  expect([shown.exceptions, shown.losses[0]?.state]).toEqual([1, 'asked'])
  const here = async () => (await me.does('articles.show', { params: { articleId: shirt } })).levels[0]?.onHand
  const before = (await here()) ?? 0
  expect(await me.does('orders.put-back', { params, body: { decision: 'written-off' } })).toEqual({ putBack: 1 })
  expect([(await me.does('orders.show', { params })).exceptions, await here()]).toEqual([0, before])
  await me.does('orders.put-back', { params, body: {} })
  expect(await here()).toBe(before + 3)
  await me.does('orders.put-back', { params, body: { decision: 'written-off' } })
  expect(await here()).toBe(before)
})

test('R2: with another store as the default, orders nobody has routed count there at once', async () => {
  await take({ orderRef: 'E', name: '#1205', routing: 'unknown' })
  const solna = (await me.does('locations.make', { body: { name: 'Solna' } })).id
  await me.does('goods-receipts.register', { body: { ref: 'in solna', locationId: solna, lines: [{ articleId: shirt, quantity: 20 }] } })
  const values = [connectionId, solna]
  await web.data.owner.run({
    text: `insert into place (company_id, listener_id, location_id, place_ref, name) select company_id, id, $2, 'P2', 'Solna' from listener where id = $1`,
    values,
  })
  const where = async () => (await me.does('orders.list', { query: { q: '1205' } })).items[0]?.locationIds
  expect(await where()).toEqual([me.locationId])
  const reserved = async (id: number) => (await me.does('articles.show', { params: { articleId: shirt } })).levels.find((level) => level.locationId === id)?.reserved ?? 0
  const before = await reserved(me.locationId)
  await me.does('connections.settings', { params: { connectionId }, body: { defaultLocationId: solna } })
  // The other order nobody routed moves along; the one that is routed stays.
  expect([await where(), before - (await reserved(me.locationId)), await reserved(solna)]).toEqual([[solna], 10, 10])
})
