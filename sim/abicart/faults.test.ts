/** Everything that goes wrong on the way, each switched on while the simulator runs, over its control routes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { type AbicartSim, startAbicart } from './abicart.ts'
import { ask, post, type Reply, refusal, request } from './asking.ts'
import type { Fault } from './faults.ts'
import { KNOBS } from './knobs.ts'

let sim: AbicartSim
let uids: number[]
beforeEach(async () => {
  sim = await startAbicart({ clock: stillTime() })
  uids = sim.shop
    .addArticles([
      { articleNumber: 'A-1', stock: 5 },
      { articleNumber: 'A-2', stock: 5 },
    ])
    .map((each) => each.uid)
})
afterEach(() => sim.close())
const control = async (name: string, body: unknown = {}) => {
  const response = await fetch(`${sim.address}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, ...((await response.json()) as { result?: unknown; error?: string }) }
}
const arm = (fault: Fault) => control('fault', { arm: fault })
const stocks = () => ['A-1', 'A-2'].map((articleNumber) => sim.shop.stock({ articleNumber }))
const sets = (stock: number) => uids.map((uid, n) => request('Article.set', [uid, { stock: { stock } }, 'stock'], n))
const broken = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    () => 'broken',
  )

test('the connection ends: before anything, after everything, or in the middle of a batch', async () => {
  await arm({ kind: 'reset-before', on: 'Article.set' })
  expect([await broken(post(sim, sets(1))), stocks()]).toEqual(['broken', [5, 5]])
  await arm({ kind: 'reset-after', on: 'write' })
  expect([await broken(post(sim, sets(2))), stocks()]).toEqual(['broken', [2, 2]])
  await arm({ kind: 'reset-midway' })
  expect([await broken(post(sim, sets(3))), stocks()]).toEqual(['broken', [3, 2]])
  expect(await broken(post(sim, sets(4)))).toBe('answered')
})
/** A call whose sender gives up once this has happened. */
async function givenUp(happened: () => boolean): Promise<string> {
  const left = new AbortController()
  const address = `${sim.endpoint}?webshop=49251&auth=${encodeURIComponent(sim.credentials.key)}`
  const waiting = broken(fetch(address, { method: 'POST', body: JSON.stringify(sets(9)), signal: left.signal }))
  while (!happened()) await control('state')
  left.abort()
  return waiting
}
const bitten = (kind: string) => () => sim.state().hits[`fault:${kind}`] !== undefined
test('no answer ever comes, done or not', async () => {
  await arm({ kind: 'silence-before' })
  expect([await givenUp(bitten('silence-before')), stocks()]).toEqual(['broken', [5, 5]])
  await arm({ kind: 'silence-after' })
  expect([await givenUp(bitten('silence-after')), stocks()]).toEqual(['broken', [9, 9]])
})
test('a body cut in half: the write is done', async () => {
  await arm({ kind: 'half-body' })
  const response = await post(sim, sets(1))
  expect(response.status).toBe(200)
  expect([await broken(response.text()), stocks()]).toEqual(['broken', [1, 1]])
})
test('a page of HTML instead of JSON, under 502 or 200, done or not', async () => {
  await arm({ kind: 'html' })
  const first = await post(sim, sets(1))
  expect([first.status, first.headers.get('content-type'), (await first.text()).startsWith('<html>'), stocks()]).toEqual([502, 'text/html', true, [5, 5]])
  await arm({ kind: 'html', status: 200, after: true })
  expect([(await post(sim, sets(1))).status, stocks()]).toEqual([200, [1, 1]])
})
test('a bare status with or without Retry-After', async () => {
  await arm({ kind: 'status', status: 429, retryAfter: 3 })
  const response = await post(sim, sets(1))
  expect([response.status, response.headers.get('retry-after'), stocks()]).toEqual([429, '3', [5, 5]])
  await arm({ kind: 'status', status: 504, after: true })
  expect([(await post(sim, sets(1))).status, stocks()]).toEqual([504, [1, 1]])
})
test('a burst of -32000, another code, and 1004 in the middle of a run', async () => {
  await arm({ kind: 'rpc-error', times: 3, on: 'Article.set' })
  const codes = ((await (await post(sim, [...sets(1), request('Article.count', [{}], 9)])).json()) as Reply[]).map((each) => each.error?.code ?? 0)
  expect([codes, stocks()]).toEqual([
    [-32000, -32000, 0],
    [5, 5],
  ])
  expect(await refusal(sim, 'Article.set', [uids[0], {}])).toMatchObject({ code: -32000 })
  await arm({ kind: 'rpc-error', code: -32603 })
  expect(await refusal(sim, 'Article.count', [{}])).toMatchObject({ code: -32603 })
  await arm({ kind: 'bad-token', pass: 1 })
  expect([await refusal(sim, 'Article.count', [{}]), await refusal(sim, 'Article.count', [{}]), await refusal(sim, 'Article.count', [{}])]).toMatchObject([
    { code: 0 },
    { code: 1004 },
    { code: 0 },
  ])
})
test('an answer may be late, by the clock of the shop', async () => {
  await arm({ kind: 'latency', ms: 5000 })
  const waiting = post(sim, sets(1))
  while (!bitten('latency')()) await control('state')
  expect(stocks()).toEqual([5, 5])
  await control('clock', { advanceMs: 5000 })
  expect([(await waiting).status, stocks()]).toEqual([200, [1, 1]])
})
test('a write may stand still and land after its sender gave up', async () => {
  await arm({ kind: 'hold', on: 'write' })
  expect(await givenUp(() => sim.state().requestsHeld > 0)).toBe('broken')
  await ask(sim, 'Article.set', [uids[0], { stock: { stock: 7 } }, 'uid'])
  expect(stocks()).toEqual([7, 5])
  expect(sim.release()).toBe(1)
  await control('state')
  expect(stocks()).toEqual([9, 9])
})
test('somebody buys between a look and a write', async () => {
  await arm({ kind: 'sale-before', on: 'Article.set', articleNumber: 'A-1', quantity: 2 })
  await ask(sim, 'Article.list', [['uid', 'stock'], {}])
  await ask(sim, 'Article.set', [uids[0], { stock: { stock: 4 } }, 'uid'])
  expect([stocks()[0], sim.shop.orders().length]).toEqual([4, 1])
  let seen = 0
  sim.beforeNext('Article.list', () => (seen = sim.shop.stock({ articleNumber: 'A-1' })))
  await ask(sim, 'Article.list', ['uid', {}])
  expect(seen).toBe(4)
})
test('sabotage: a number is acknowledged and not kept, orders are placed and never shown', async () => {
  await arm({ kind: 'lost-write', times: 'always' })
  expect(await ask(sim, 'Article.set', [uids[0], { stock: { stock: 1 } }, { stock: 'stock' }])).toEqual({ stock: { stock: 1 } })
  expect(stocks()).toEqual([5, 5])
  await arm({ kind: 'hidden-orders', times: 'always' })
  const { uid } = sim.shop.placeOrder({ lines: [{ articleNumber: 'A-1', quantity: 1 }] })
  expect([await ask(sim, 'Order.list', ['uid', {}]), stocks()]).toEqual([[], [4, 5]])
  expect(await refusal(sim, 'Order.get', [uid, true])).toMatchObject({ code: 9003 })
})
test('knob rateLimit: off, 429 with Retry-After, or 503, after ten calls in a second', async () => {
  const statuses = async () => {
    const all: number[] = []
    for (let n = 0; n < 12; n += 1) all.push((await post(sim, request('Context.get', [true]))).status)
    return [...new Set(all)]
  }
  expect(await statuses()).toEqual([200])
  sim.turn({ rateLimit: '429' })
  expect(await statuses()).toEqual([200, 429])
  expect((await post(sim, request('Context.get', [true]))).headers.get('retry-after')).toBe('1')
  sim.advance(1000)
  sim.turn({ rateLimit: '503' })
  expect(await statuses()).toEqual([200, 503])
})
test('an unknown fault, knob or value is refused in words', async () => {
  expect(await arm({ kind: 'moonlight' as never })).toMatchObject({ status: 400, error: expect.stringContaining('no fault is called moonlight') })
  expect(await control('fault', { knobs: { colour: 1 } })).toMatchObject({ status: 400, error: expect.stringContaining('no knob is called colour') })
  expect(await control('fault', { knobs: { maxLimit: 7 } })).toMatchObject({ status: 400, error: 'maxLimit can be 400, 500, 100, error-above-400, not 7' })
})
test('knobs and faults are turned over HTTP and seen in the state; reset makes everything new', async () => {
  await control('fault', { knobs: { batch: 'shuffled' }, skewMs: 1000, arm: [{ kind: 'html', times: 'always' }] })
  expect(await control('shop/placeOrder', { lines: [{ articleNumber: 'A-1', quantity: 1 }] })).toMatchObject({ result: { orderNumber: '1001' } })
  expect(sim.state()).toMatchObject({ knobs: { batch: 'shuffled' }, skewMs: 1000, faults: [{ kind: 'html', left: 'always' }] })
  const key = sim.credentials.key
  await control('reset')
  expect(sim.state()).toMatchObject({ knobs: { batch: 'allowed' }, skewMs: 0, faults: [], hits: {}, shops: [{ articles: [], orders: [] }] })
  expect(sim.credentials.key).toBe(key)
  expect(await ask(sim, 'Order.count', [{}])).toBe(0)
})
test('the first value of every knob is the bold one', () => {
  expect(sim.state().knobs).toEqual(Object.fromEntries(Object.entries(KNOBS).map(([name, values]) => [name, values[0]])))
})
