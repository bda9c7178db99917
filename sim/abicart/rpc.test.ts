/** The envelope: one call or many, what is refused, and who may come in. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'
import { ask, post, type Reply, refusal, reply, request } from './asking.ts'

let sim: AbicartSim
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime(), shops: [{ webshop: 49_251 }, { webshop: 60_001, parent: 49_251 }, { webshop: 70_001, refused: 'all' }] })
})
afterEach(() => sim.close())
const many = async (calls: unknown[]) => (await (await post(sim, calls)).json()) as Reply[]

test('both content types, with and without the last slash, answer JSON-RPC 2.0', async () => {
  for (const type of ['application/json', 'application/json-rpc']) {
    const response = await post(sim, request('Context.get', [true], 'a'), { headers: { 'content-type': type } })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ jsonrpc: '2.0', id: 'a', result: { webshop: 49251, language: 'sv', session: null } })
  }
  const bare = await fetch(sim.endpoint.slice(0, -1), { method: 'POST', body: JSON.stringify(request('Context.get', [true])) })
  expect(await bare.json()).toMatchObject({ result: { webshop: null, language: 'en' } })
})
test('a batch answers each call by its id, and one that fails fails no other', async () => {
  const replies = await many([request('Article.count', [{}], 1), request('Moon.full', [], 2), request('Order.phase', [], 3), { jsonrpc: '2.0', method: 'Article.count' }])
  expect(replies.map((r) => [r.id, r.result ?? r.error?.message])).toEqual([
    [1, 0],
    [null, 'Method not found: No API for Moon'],
    [3, 'Method not found: Order.phase'],
  ])
})
test('knob batch: more than fifty are refused, or the answers come in another order', async () => {
  const fifty = Array.from({ length: 51 }, (_, n) => request('Context.get', [true], n))
  expect(await many(fifty)).toHaveLength(51)
  sim.turn({ batch: 'max-50' })
  expect(await many(fifty)).toMatchObject({ error: { code: -32600 } })
  sim.turn({ batch: 'shuffled' })
  const ids = (await many(fifty)).map((r) => Number(r.id))
  expect(ids).not.toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(ids).size).toBe(51)
})
test('what can not be read is refused, a notification gets nothing', async () => {
  const said = async (body: unknown) => ((await (await post(sim, body)).json()) as Reply).error?.code
  expect(await said('{"jsonrpc":')).toBe(-32700)
  expect(await said([])).toBe(-32600)
  expect(await said({ method: 'Context.get' })).toBe(-32600)
  expect(await said({ jsonrpc: '2.0', id: 1, method: 'Context.get', params: { query: true } })).toBe(-32602)
  expect((await post(sim, { jsonrpc: '2.0', method: 'Context.get', params: [true] })).status).toBe(204)
})
test('knob httpStatusOnError: errors under 200, or under 404 and 400', async () => {
  const statuses = async () => Promise.all([post(sim, request('Moon.full', [])), post(sim, request('Order.get', ['x']))].map(async (r) => (await r).status))
  expect(await statuses()).toEqual([200, 200])
  sim.turn({ httpStatusOnError: '2013' })
  expect(await statuses()).toEqual([404, 400])
})

test('the shop: 1001 when it is missing, 1002 when it is none, 1003 for a language that is none', async () => {
  expect(await refusal(sim, 'Article.count', [{}], { webshop: null })).toMatchObject({ code: 1001 })
  for (const webshop of ['999', 'abc', '-1']) expect(await refusal(sim, 'Article.count', [{}], { webshop })).toMatchObject({ code: 1002 })
  expect(await refusal(sim, 'Context.get', [true], { language: 'svenska' })).toMatchObject({ code: 1003 })
})
test('the key: 1004 when it is wrong, revoked or of another shop; 1006 where its rights end', async () => {
  expect(sim.credentials.key.startsWith('YXV0aDp')).toBe(true)
  expect(Buffer.from(sim.credentials.key, 'base64').toString('latin1').startsWith('auth:')).toBe(true)
  expect(await refusal(sim, 'Context.get', [true], { auth: 'wrong' })).toMatchObject({ code: 1004 })
  expect(await refusal(sim, 'Article.count', [{}], { auth: sim.credentialsOf(70_001).key })).toMatchObject({ code: 1004 })
  expect(await refusal(sim, 'Order.list', [true, {}], { auth: null })).toMatchObject({ code: 1006 })
  expect(await refusal(sim, 'AuthToken.list', [true])).toMatchObject({ code: 1006 })
  const bare = sim.credentialsOf(70_001)
  expect(await refusal(sim, 'ArticleVariant.count', [{}], { webshop: bare.webshop, auth: bare.key })).toMatchObject({ code: 1006 })
  sim.setKey({ refused: ['Order'] })
  expect([await refusal(sim, 'Order.count', [{}]), await refusal(sim, 'ArticleVariant.count', [{}])]).toMatchObject([{ code: 1006 }, { code: 0 }])
  sim.setKey({ active: false })
  expect(await refusal(sim, 'Context.get', [true])).toMatchObject({ code: 1004 })
})
test('a person logs in for a day and makes a key, which works at once', async () => {
  const { username, password } = sim.credentials
  expect(await refusal(sim, 'Admin.login', [username, 'fel'], { auth: null })).toMatchObject({ code: 1006 })
  const auth = await ask<string>(sim, 'Admin.login', [username, password], { auth: null })
  const made = await ask<{ uid: string }>(sim, 'AuthToken.create', [{ name: 'Kassan' }, ['uid', 'active']], { auth })
  expect(made).toMatchObject({ active: true })
  expect(await ask(sim, 'Order.count', [{}], { auth: made.uid })).toBe(0)
  expect(await ask(sim, 'AuthToken.count', [{ '/active': true }], { auth })).toBe(2)
  await ask(sim, 'AuthToken.set', [made.uid, { active: false }, 'uid'], { auth })
  expect(await refusal(sim, 'Order.count', [{}], { auth: made.uid })).toMatchObject({ code: 1004 })
  sim.advance(24 * 3_600_000)
  expect(await refusal(sim, 'AuthToken.count', [{}], { auth })).toMatchObject({ code: 1004 })
})
test('context is read from cookies where the address says nothing', async () => {
  const response = await fetch(sim.endpoint, {
    method: 'POST',
    headers: { cookie: `webshop=49251; auth=${encodeURIComponent(sim.credentials.key)}` },
    body: JSON.stringify(request('Order.count', [{}])),
  })
  expect(await response.json()).toMatchObject({ result: 0 })
})
test('anybody sees what a shop says of itself; knob webshopParent: a sub-shop names its parent, or only says that it has one', async () => {
  const of = (uid: number) => ask(sim, 'Webshop.get', [uid, ['uid', 'name', 'isShopSystem', 'parent', 'children']], { auth: null, webshop: null })
  expect(await of(49_251)).toEqual({ uid: 49251, name: { sv: 'Butik 49251' }, isShopSystem: true, children: [60001] })
  expect(await of(60_001)).toMatchObject({ isShopSystem: true, parent: 49251 })
  sim.turn({ webshopParent: 'true' })
  expect(await of(60_001)).toMatchObject({ parent: true })
  expect(await ask(sim, 'Language.list', [true, true])).toEqual([
    { uid: 'sv', active: true, defaultCurrency: 'SEK' },
    { uid: 'en', active: true, defaultCurrency: 'SEK' },
  ])
})
test('no key stands in the log, the state or an answer of the control routes', async () => {
  await ask(sim, 'EventListener.create', [{ authToken: sim.credentials.key, eventName: 'Order/paid', url: 'https://x.example/a' }])
  await reply(sim, 'Moon.full')
  const texts = await Promise.all(['log', 'state'].map(async (name) => (await fetch(`${sim.address}/_sim/${name}`)).text()))
  for (const text of texts) expect(text).not.toMatch(/YXV0aDp|auth=/)
  expect(texts[0]).toContain('EventListener.create')
})
