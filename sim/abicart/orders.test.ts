/** Orders as buyers and staff make them: by the storefront's own calls, and by hand. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'
import { ask, refusal, reply } from './asking.ts'

let sim: AbicartSim
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime(), shops: [{ webshop: 49_251 }, { webshop: 60_001, parent: 49_251 }, { webshop: 70_001 }] })
  sim.shop.addArticles([
    { articleNumber: 'A-1', name: 'Mössa', stock: 5, price: 349 },
    { articleNumber: 'T', choices: { Storlek: ['S', 'M'] }, variants: [{ options: ['S'], articleNumber: 'T-S', stock: 2 }] },
  ])
})
afterEach(() => sim.close())
const whole = {
  uid: true,
  orderNumber: true,
  ordered: true,
  changed: true,
  discarded: true,
  paymentStatus: true,
  deliveryStatus: true,
  items: ['article', 'articleNumber', 'choices'],
}

test('a visitor fills a cart and places it, as a shop window does', async () => {
  const visitor = { auth: null }
  const { uid: shirt } = sim.shop.goods({ articleNumber: 'T' })
  const { variants } = await ask<{ variants: { definedBy: Record<string, string> }[] }>(sim, 'Article.get', [shirt, 'variants'], visitor)
  const session = await ask<string>(sim, 'Session.getToken', [], visitor)
  expect(await refusal(sim, 'Order.set', [null, {}, true], visitor)).toMatchObject({ code: 1008 })
  expect(await refusal(sim, 'Session.getOrder', [true], { ...visitor, session: 'nobody' })).toMatchObject({ code: 1005 })
  expect(await ask(sim, 'Session.getOrder', [true], { ...visitor, session })).toBeNull()
  const { uid } = await ask<{ uid: number }>(sim, 'Order.set', [null, { language: 'sv', currency: 'SEK', customer: { info: { type: 'individual' } } }, { uid: true }], {
    ...visitor,
    session,
  })
  const add = (quantity: number) =>
    reply(sim, 'Order.addArticle', [uid, shirt, { quantity, ...variants[0]?.definedBy }, ['articleNumber', 'choices'], { fastVerify: true }], { ...visitor, session })
  expect((await add(1)).result).toEqual({ articleNumber: 'T-S', choices: { ...variants[0]?.definedBy, quantity: 1 } })
  expect((await add(2)).error).toEqual({ code: 2001, message: 'Not buyable', data: 'Artikel T finns inte i det antalet' })
  expect((await reply(sim, 'Order.addArticle', [uid, shirt, { quantity: 1 }, true], { ...visitor, session })).error).toMatchObject({ code: 2001 })
  expect(await ask(sim, 'Order.get', [uid, whole])).not.toHaveProperty('ordered')
  sim.shop.checkout({ order: uid })
  expect(await ask(sim, 'Order.get', [uid, whole])).toMatchObject({
    orderNumber: '1001',
    ordered: '2026-11-02T08:00:00Z',
    paymentStatus: 'paid',
    deliveryStatus: 'unsent',
    discarded: false,
  })
  expect(await refusal(sim, 'Order.addArticle', [uid, shirt, {}, true], { ...visitor, session })).toMatchObject({ code: 1006 })
  expect(await refusal(sim, 'Order.get', [uid, true], visitor)).toMatchObject({ code: 1006 })
})
test('carts are orders without a time of order, and stand in the list', async () => {
  const cart = sim.shop.cart({ lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  const order = sim.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  expect(await ask(sim, 'Order.list', [['uid', 'ordered'], {}])).toEqual([{ uid: cart.uid }, { uid: order.uid, ordered: '2026-11-02T08:00:00Z' }])
  expect(await ask(sim, 'Order.count', [{ '/ordered': { min: '2026-11-01' } }])).toBe(1)
  expect(sim.shop.stock({ articleNumber: 'A-1' })).toBe(4)
})
test("knob itemArticleNumber: an item carries the variant's number, or the article's", () => {
  const number = () => sim.shop.placeOrder({ lines: [{ articleNumber: 'T-S', quantity: 1 }] }).items[0]?.articleNumber
  expect(number()).toBe('T-S')
  sim.turn({ itemArticleNumber: 'parent' })
  expect(number()).toBe('T')
})
test('knobs changedBumpsOnItemEdit and changedBumpsOnDiscard: changed moves with them, or stays', async () => {
  const { uid } = sim.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 2 }] })
  const changed = async () => (await ask<{ changed: string }>(sim, 'Order.get', [uid, 'changed'])).changed.slice(17, 19)
  const edit = (quantity: number) => sim.shop.edit({ order: uid, lines: [{ articleNumber: 'A-1', quantity }] })
  const after = async (work: () => unknown) => {
    sim.advance(1000)
    work()
    return await changed()
  }
  expect(await after(() => edit(1))).toBe('01')
  expect(await after(() => sim.shop.discard({ order: uid }))).toBe('02')
  expect(await after(() => sim.shop.undiscard({ order: uid }))).toBe('03')
  sim.turn({ changedBumpsOnItemEdit: false, changedBumpsOnDiscard: false })
  expect(await after(() => edit(3))).toBe('03')
  expect(await after(() => sim.shop.discard({ order: uid }))).toBe('03')
  expect(await after(() => sim.shop.send({ order: uid }))).toBe('06')
})
test('an item is deleted for good; an administrator may set notes and the number of another system', async () => {
  const order = sim.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 2 }] })
  expect(await ask(sim, 'OrderItem.get', [order.items[0]?.uid, ['articleNumber', 'choices']])).toEqual({ articleNumber: 'A-1', choices: { quantity: 2 } })
  expect(await reply(sim, 'OrderItem.delete', [order.items[0]?.uid])).toEqual({ jsonrpc: '2.0', id: 1, result: null })
  expect(await ask(sim, 'Order.set', [order.uid, { externalOrderNumber: 'X-1', note: 'Ring', tags: ['b2b'] }, ['items', 'externalOrderNumber', 'tags']])).toEqual({
    items: [],
    externalOrderNumber: 'X-1',
    tags: ['b2b'],
  })
  expect(await refusal(sim, 'Order.set', [order.uid, { paymentStatus: 'paid' }])).toEqual({ code: -32602, pointer: '/paymentStatus' })
  expect(sim.shop.stock({ articleNumber: 'A-1' })).toBe(5)
  expect(await refusal(sim, 'Order.get', [7, true])).toMatchObject({ code: 9003 })
})
test("knob subShopOrdersAtTop: a sub-shop sells from the top's stock, and its orders are its own, or listed at the top as well", async () => {
  const order = sim.shop.placeOrder({ webshop: 60_001, lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  const sub = { webshop: '60001', auth: sim.credentialsOf(60_001).key }
  expect(sim.shop.stock({ articleNumber: 'A-1' })).toBe(4)
  expect([await ask(sim, 'Order.list', ['uid', {}]), await ask(sim, 'Order.list', ['uid', {}], sub)]).toEqual([[], [{ uid: order.uid }]])
  expect(await ask(sim, 'Article.count', [{}], sub)).toBe(2)
  sim.turn({ subShopOrdersAtTop: true })
  expect(await ask(sim, 'Order.list', [{ items: 'articleNumber' }, {}])).toEqual([{ items: [{ articleNumber: 'A-1' }] }])
})
test('two shops on one server share nothing', async () => {
  const other = { webshop: '70001', auth: sim.credentialsOf(70_001).key }
  sim.shop.addArticles({ webshop: 70_001, articles: [{ articleNumber: 'A-1', stock: 1 }] })
  sim.shop.placeOrder({ webshop: 70_001, lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  expect([await ask(sim, 'Order.count', [{}]), await ask(sim, 'Order.count', [{}], other)]).toEqual([0, 1])
  expect([sim.shop.stock({ articleNumber: 'A-1' }), sim.shop.stock({ articleNumber: 'A-1', webshop: 70_001 })]).toEqual([5, 0])
  const theirs = sim.shop.goods({ articleNumber: 'A-1', webshop: 70_001 }).uid
  expect(await refusal(sim, 'Article.get', [theirs, true])).toMatchObject({ code: 9003 })
})
