/** Listeners, and what they are told: a thin form, unsigned, at most once, in no promised order. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listener, stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'
import { ask, refusal } from './asking.ts'
import type { Knobs } from './knobs.ts'

let sim: AbicartSim
let ear: Awaited<ReturnType<typeof listener>>
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime() })
  ear = await listener()
  sim.shop.addArticles([{ articleNumber: 'A-1', stock: 100 }])
})
afterEach(async () => {
  await sim.close()
  await ear.close()
})
const listen = (eventName: string, url = ear.uri, auth = sim.credentials.key) =>
  ask<{ uid: number; status: { active: boolean } }>(sim, 'EventListener.create', [{ authToken: auth, eventName, url }, ['uid', 'status']], { auth })
const buy = (paid = true) => sim.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 1 }], paid })
const all = async () => {
  await sim.events.quiet()
  return ear.heard.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
}

test('an event is a form of class, event, uid and shop, nothing more and unsigned', async () => {
  for (const name of ['Order/created', 'Order/paid', 'Order/discarded', 'Article/changed']) expect(await listen(name)).toMatchObject({ status: { active: true } })
  const { uid } = buy()
  sim.shop.discard({ order: uid })
  await ask(sim, 'Article.set', [sim.shop.goods({ articleNumber: 'A-1' }).uid, { stock: { stock: 3 } }, 'uid'])
  expect((await all()).map((told) => `${told.class}/${told.event}`)).toEqual(['Order/created', 'Order/paid', 'Order/discarded', 'Article/changed'])
  expect(ear.heard[2]?.body).toBe(`class=Order&event=discarded&uid=${uid}&webshop=49251`)
  expect(ear.heard[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(sim.eventBody('Order/discarded', uid)).toBe(ear.heard[2]?.body)
})
test('one listener per event and key; the token must be the own one, the address one, the event known', async () => {
  const { uid } = await listen('Order/paid')
  const key = sim.credentials.key
  const tried = (patch: unknown) => refusal(sim, 'EventListener.create', [patch, true])
  expect(await tried({ authToken: key, eventName: 'Order/paid', url: ear.uri })).toEqual({ code: -32602, pointer: '/eventName' })
  expect(await tried({ eventName: 'Order/discarded', url: ear.uri })).toEqual({ code: -32602, pointer: '/authToken' })
  expect(await tried({ authToken: 'another', eventName: 'Order/discarded', url: ear.uri })).toEqual({ code: -32602, pointer: '/authToken' })
  expect(await tried({ authToken: key, eventName: 'Order/discarded', url: 'here' })).toEqual({ code: -32602, pointer: '/url' })
  expect(await refusal(sim, 'EventListener.list', [true, {}], { auth: null })).toMatchObject({ code: 1006 })
  expect(await ask(sim, 'EventListener.set', [uid, { url: `${ear.uri}/b` }, ['url', 'eventName']])).toEqual({ url: `${ear.uri}/b`, eventName: 'Order/paid' })
  expect(await ask(sim, 'EventListener.delete', [uid])).toBeNull()
  expect(await ask(sim, 'EventListener.list', [true, { sort: 'uid' }])).toEqual([])
})
test("knob listenersListed: a key sees its own listeners, or all of the shop's; it never changes another's", async () => {
  const { username, password } = sim.credentials
  const admin = await ask<string>(sim, 'Admin.login', [username, password], { auth: null })
  const { uid: second } = await ask<{ uid: string }>(sim, 'AuthToken.create', [{ name: 'b' }, 'uid'], { auth: admin })
  const mine = await listen('Order/paid')
  const theirs = await listen('Order/paid', 'https://other.example/x', second)
  const seen = () => ask(sim, 'EventListener.list', ['uid', {}])
  expect(await seen()).toEqual([{ uid: mine.uid }])
  expect(await refusal(sim, 'EventListener.delete', [theirs.uid])).toMatchObject({ code: 1006 })
  sim.turn({ listenersListed: 'shop' })
  expect(await seen()).toEqual([{ uid: mine.uid }, { uid: theirs.uid }])
  expect(await refusal(sim, 'EventListener.set', [theirs.uid, { url: ear.uri }])).toMatchObject({ code: 1006 })
})
test('knob orderCreatedEventName: Order/created, Order/placed, or no such event; knob unknownEventName: refused, or taken and never called', async () => {
  const told = async (knobs: Partial<Knobs>, name: string) => {
    sim.reset()
    sim.shop.addArticles([{ articleNumber: 'A-1', stock: 1 }])
    sim.turn(knobs)
    ear.heard.length = 0
    const { code } = await refusal(sim, 'EventListener.create', [{ authToken: sim.credentials.key, eventName: name, url: ear.uri }, 'uid'])
    buy()
    return [code, (await all()).length]
  }
  expect(await told({}, 'Order/created')).toEqual([0, 1])
  expect(await told({}, 'Order/placed')).toEqual([-32602, 0])
  expect(await told({ orderCreatedEventName: 'Order/placed' }, 'Order/placed')).toEqual([0, 1])
  expect(await told({ orderCreatedEventName: 'none' }, 'Order/created')).toEqual([-32602, 0])
  expect(await told({ orderCreatedEventName: 'none', unknownEventName: 'accepted' }, 'Order/created')).toEqual([0, 0])
})
test('knob eventGetSchema: no such method, or the names that can be listened for', async () => {
  expect(await refusal(sim, 'EventListener.getSchema', [null])).toMatchObject({ code: -32601 })
  sim.turn({ eventGetSchema: 'present' })
  expect(await ask(sim, 'EventListener.getSchema', [null])).toMatchObject({
    properties: { eventName: { enum: ['Article/changed', 'Article/created', 'Order/created', 'Order/discarded', 'Order/paid'] } },
  })
})
test('knob eventPayload: as documented, with more fields, twice, overtaken, or one in ten lost', async () => {
  await listen('Order/created')
  sim.turn({ eventPayload: 'extra-fields' })
  buy()
  expect((await all())[0]).toMatchObject({ class: 'Order', version: '2' })
  sim.turn({ eventPayload: 'duplicates' })
  buy()
  expect((await all()).map((each) => each.uid)).toHaveLength(3)
  sim.turn({ eventPayload: 'out-of-order' })
  ear.heard.length = 0
  const uids = [buy().uid, buy().uid, buy().uid].map(String)
  expect((await all()).map((each) => each.uid)).toEqual([uids[1], uids[0]])
  sim.advance(2000)
  expect((await all()).map((each) => each.uid)).toEqual([uids[1], uids[0], uids[2]])
  sim.turn({ eventPayload: 'lost-tenth' })
  ear.heard.length = 0
  for (let n = 0; n < 60; n += 1) buy()
  const heard = (await all()).length
  expect(heard).toBeGreaterThan(45)
  expect(heard).toBeLessThan(60)
})
test('knobs deactivateAfterErrors and setReactivatesListener: switched off after five failures in a row, fifty, or never; a new address switches it on, or not', async () => {
  const { uid } = await listen('Order/created')
  const status = () => ask<{ status: { active: boolean; inactiveSince?: string } }>(sim, 'EventListener.get', [uid, 'status']).then((each) => each.status)
  const fail = async (times: number) => {
    ear.answers(500)
    for (let n = 0; n < times; n += 1) buy()
    await sim.events.quiet()
    ear.answers(200)
  }
  await fail(4)
  buy()
  await sim.events.quiet()
  expect(await status()).toEqual({ active: true })
  await fail(5)
  expect(await status()).toEqual({ active: false, inactiveSince: '2026-11-02 09:00T+01:00' })
  expect(await ask<unknown[]>(sim, 'EventListener.getLog', [uid])).toHaveLength(10)
  buy()
  expect(await all()).toHaveLength(10)
  sim.turn({ setReactivatesListener: false })
  expect(await ask(sim, 'EventListener.set', [uid, { url: ear.uri }, { status: 'active' }])).toEqual({ status: { active: false } })
  sim.turn({ setReactivatesListener: true, deactivateAfterErrors: 50 })
  expect(await ask(sim, 'EventListener.set', [uid, { url: ear.uri }, { status: 'active' }])).toEqual({ status: { active: true } })
  await fail(49)
  expect((await status()).active).toBe(true)
  sim.turn({ deactivateAfterErrors: 'never' })
  await fail(3)
  expect((await status()).active).toBe(true)
})
test('listeners vanish or are switched off behind the back of whoever made them', async () => {
  await listen('Order/created')
  await listen('Order/paid')
  expect(sim.dropListeners({ eventName: 'Order/paid', switchOff: true })).toBe(1)
  expect(sim.dropListeners({ eventName: 'Order/created' })).toBe(1)
  expect(sim.state().shops[0]?.listeners).toMatchObject([{ eventName: 'Order/paid', active: false }])
})
test("an article's events: staff's changes, and a sale where it moves the article", async () => {
  for (const name of ['Article/created', 'Article/changed']) await listen(name)
  sim.shop.handEdit({ articleNumber: 'A-1', stock: 7 })
  sim.shop.addArticles([{ articleNumber: 'A-2', stock: 1 }])
  buy()
  sim.turn({ saleBumpsArticle: true })
  buy()
  expect((await all()).map((told) => told.event)).toEqual(['changed', 'created', 'changed'])
})
test('no answer in time counts as a failure', async () => {
  await sim.close()
  sim = await startAbicart({ clock: stillTime(), eventBudgetMs: 20 })
  sim.shop.addArticles([{ articleNumber: 'A-1', stock: 1 }])
  await listen('Order/created')
  ear.answers('silence')
  buy()
  await sim.events.quiet()
  expect(sim.state().shops[0]?.listeners).toMatchObject([{ failures: 1 }])
})
test('events can be held, sent one by one, lost, and let go in another order', async () => {
  await listen('Order/created')
  sim.events.hold()
  const uids = [buy(), buy(), buy(), buy()].map((each) => String(each.uid))
  const [first, second, third, fourth] = sim.events.waiting().map((each) => each.id)
  expect(await sim.events.send(third ?? 0)).toBe(200)
  sim.events.lose(first ?? 0)
  await sim.events.release([fourth ?? 0, second ?? 0])
  expect((await all()).map((each) => each.uid)).toEqual([uids[2], uids[3], uids[1]])
  sim.events.lossy({ drop: 1, duplicate: 1 })
  buy()
  buy()
  expect(await all()).toHaveLength(5)
})
