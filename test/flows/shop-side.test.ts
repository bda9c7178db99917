/** When the shop's side breaks in the middle of a run: words on the page, nothing refused row by row, and afterwards ledger and shop agree by themselves. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { GUIDE_SCOPES } from '../../sim/shopify/access.ts'
import { sql } from '../../src/db/sql.ts'
import { HOUR_MS, MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

/** More than one batch of 250, so that there is a middle to break in. */
const ARTICLES = 260
let s: ShopStand
beforeAll(async () => {
  s = await shopStand(ARTICLES)
})
afterAll(() => s.close())
/** Whatever was broken: mended, everything agrees, and only so much time has passed. */
afterEach(() => s.agrees())

const params = () => ({ connectionId: s.connectionId })
const standing = () => s.sim.state().subscriptions.length
/** A change for every article is on its way: the first batch is done, and then it happens. */
async function inTheMiddle(breaks: () => void): Promise<void> {
  await s.deliver()
  let broken = false
  s.sim.beforeNext('inventorySetQuantities', () => {
    broken = true
    breaks()
  })
  for (let n = 0; n < 20 && !broken; n++) await s.step()
  expect(broken).toBe(true)
}
/** Tills and buyers don't wait for anybody. */
async function lifeGoesOn(from: number): Promise<void> {
  await s.sell(skuOf(from))
  await s.sell(skuOf(from + 1), 2)
  s.order(skuOf(from + 2))
  s.order(skuOf(from), 2)
}

test('S6: a day’s token that ends in the middle of a run is renewed, early or once', async () => {
  await inTheMiddle(() => s.sim.expireTokens())
  await lifeGoesOn(0)
  const granted = s.sim.hits()['token-granted'] ?? 0
  await s.pass(2 * MINUTE_MS)
  expect((s.sim.hits()['token-granted'] ?? 0) - granted).toBe(1)
  await s.agrees()
  s.web.clock.advance(24 * HOUR_MS)
  await s.deliver()
  await s.pass(2 * MINUTE_MS)
  expect((s.sim.hits()['token-granted'] ?? 0) - granted).toBe(2)
  expect(s.sim.hits()['token-expired']).toBeUndefined()
})

test('S6: the app is taken out of the shop: paused with the reason, and connected again by a person or by itself', async () => {
  await inTheMiddle(() => s.sim.uninstall())
  await lifeGoesOn(10)
  await s.pass(3 * MINUTE_MS)
  const page = await s.page()
  expect([page.state, page.why?.code]).toEqual(['paused', 'app-uninstalled'])
  expect(Date.parse(page.quietUntil ?? '')).toBeGreaterThan(s.web.clock.now().getTime())
  const pressed = await s.owner.call('connections.resume', { params: params(), body: {} })
  expect([pressed.status, (pressed.body as unknown as { facts: { reason: string } }).facts.reason]).toEqual([502, 'app-not-installed'])
  expect(standing()).toBe(0)
  s.sim.switch({ shop: 'open' })
  await s.owner.does('connections.resume', { params: params(), body: {} })
  await s.pass(2 * MINUTE_MS)
  expect(standing()).toBeGreaterThan(10)
})

/** What stands still without each right; the rest goes on. */
const WITHOUT = [
  ['write_inventory', ['stock']],
  ['read_orders', ['orders', 'stock']],
  ['read_merchant_managed_fulfillment_orders', ['stock']],
  ['read_locations', ['places']],
] as const

test.each(WITHOUT)('S6 S7: without the right %s only %j stands still, says so, and goes on by itself when it is given back', async (scope, stops) => {
  s.loseHooks(true)
  await inTheMiddle(() => s.sim.setScopes(GUIDE_SCOPES.filter((other) => other !== scope)))
  await s.hourly()
  await s.pass(1)
  await s.pass(1)
  const asked = s.sim.calls().length
  await lifeGoesOn(20)
  await s.deliver()
  await s.pass(3 * MINUTE_MS)
  const page = await s.page()
  expect([page.state, page.trouble, page.stopped]).toEqual(['active', null, stops.map((what) => ({ what, scope }))])
  const calls = s.sim.calls().slice(asked)
  expect(calls.some((call) => call.operation === 'SetStock')).toBe(scope === 'read_locations')
  expect(calls.length, 'asked now and then').toBeLessThan(60)
  const { n } = await s.web.data.owner.one<{ n: number }>(
    sql`select count(*)::int as n from web_order where state = 'open' and placed_at > ${new Date(s.web.clock.now().getTime() - 5 * MINUTE_MS)}`,
  )
  expect(n > 0, `orders are read without ${scope}`).toBe(scope !== 'read_orders')
  s.loseHooks(false)
  s.sim.setScopes(GUIDE_SCOPES)
  const from = s.sim.calls().length
  await s.pass(4 * MINUTE_MS)
  const then = s.sim
    .calls()
    .slice(from)
    .map((call) => call.operation)
  if (scope === 'read_orders') expect(then.indexOf('OrderHeads')).toBeLessThan(then.indexOf('SetStock'))
  expect((await s.page()).stopped).toEqual([])
})

test('S6: a right without which nothing can be read of the shop’s articles stops what needs them, and orders are taken in all the same', async () => {
  await inTheMiddle(() => s.sim.setScopes(GUIDE_SCOPES.filter((scope) => !scope.endsWith('_inventory'))))
  await lifeGoesOn(24)
  await s.pass(3 * MINUTE_MS)
  expect((await s.page()).stopped.map(({ what }) => what)).toEqual(['articles', 'stock'])
  const run = await s.owner.does('runs.start', { params: params(), body: { kind: 'sync-all' } })
  await s.pass(MINUTE_MS)
  expect((await s.owner.does('runs.show', { params: { ...params(), runId: run.id } })).waits).toMatchObject({ code: 'connection-stopped', facts: { reason: 'scope-missing' } })
  await s.owner.does('runs.cancel', { params: { ...params(), runId: run.id }, body: {} })
  s.sim.setScopes(GUIDE_SCOPES)
  await s.pass(4 * MINUTE_MS)
})

test('S6: a person’s pause is a person’s to end, even when the shop had stopped it first', async () => {
  s.sim.switch({ shop: 'frozen' })
  await s.pass(2 * MINUTE_MS)
  expect((await s.page()).why?.code).toBe('shop-frozen')
  await s.owner.does('connections.pause', { params: params(), body: {} })
  s.sim.switch({ shop: 'open' })
  await lifeGoesOn(30)
  await s.pass(2 * HOUR_MS)
  expect((await s.page()).why?.code).toBe('person')
  await s.owner.does('connections.resume', { params: params(), body: {} })
  await s.pass(2 * MINUTE_MS)
})

const WAYS_TO_BE = [
  ['frozen', 'paused', 'shop-frozen'],
  ['locked', 'paused', 'shop-locked'],
  ['gone', 'paused', 'shop-not-found'],
  ['uninstalled-401', 'paused', 'app-not-installed'],
  ['uninstalled-403', 'paused', 'access-denied'],
  ['unavailable', 'active', 'remote-error'],
  ['hangs-up', 'active', 'unreachable'],
] as const
test.each(WAYS_TO_BE)('S6: a shop that is %s (%s, %s) is asked less and less often, and goes on by itself', async (shop, state, code) => {
  await inTheMiddle(() => s.sim.switch({ shop }))
  await lifeGoesOn(40)
  const asked = s.sim.calls().length
  await s.pass(15 * MINUTE_MS)
  expect(s.sim.calls().length - asked).toBeLessThan(20)
  const page = await s.page()
  expect([page.state, page.trouble?.code]).toEqual([state, code])
  expect(s.web.clock.now().getTime() - Date.parse(page.trouble?.since ?? '')).toBeGreaterThan(13 * MINUTE_MS)
  s.sim.switch({ shop: 'open' })
  await s.pass(19 * MINUTE_MS)
})

test('S1: two days without an answer and a killed process: nothing grows, sales go on, then orders first, then stock, and the subscriptions Shopify gave up stand again', async () => {
  await inTheMiddle(() => s.sim.switch({ shop: 'hangs-up' }))
  s.deaf(true)
  await lifeGoesOn(50)
  const rows = () =>
    s.web.data.owner.one<{ inbox: number; asked: number }>(sql`select (select count(*)::int from inbox) as inbox, (select count(*)::int from look_request) as asked`)
  await s.pass(MINUTE_MS)
  const before = await rows()
  for (let n = 0; n < 12; n++) {
    if (n === 4) s.restart()
    s.web.clock.advance(4 * HOUR_MS)
    await s.pass(1)
    if (n % 4 === 0) await lifeGoesOn(60 + n)
  }
  expect(await rows()).toEqual(before)
  const page = await s.page()
  expect([page.state, page.trouble?.code, page.queue.refused]).toEqual(['active', 'unreachable', 0])
  expect(s.web.clock.now().getTime() - Date.parse(page.trouble?.since ?? '')).toBeGreaterThan(48 * HOUR_MS - MINUTE_MS)
  const gone = standing()
  expect(s.sim.hits()['subscription-removed']).toBeGreaterThan(0)
  s.deaf(false)
  s.sim.switch({ shop: 'open' })
  const from = s.sim.calls().length
  await s.pass(6 * MINUTE_MS)
  const asked = s.sim
    .calls()
    .slice(from)
    .map((call) => call.operation)
  expect(asked.indexOf('OrderHeads')).toBeLessThan(asked.indexOf('SetStock'))
  expect(standing()).toBeGreaterThan(gone)
})

test('S12: while Shopify holds us back a sale goes out, and bulk work waits for its points', async () => {
  await s.owner.does('runs.start', { params: params(), body: { kind: 'sync-all' } })
  s.sim.fault({ arm: { kind: 'throttled', field: 'nodes', times: 3 } })
  for (let n = 0; n < 10 && (s.sim.hits()['fault:throttled'] ?? 0) === 0; n++) await s.step()
  expect(s.sim.hits()['fault:throttled']).toBe(1)
  await s.sell(skuOf(100))
  const left = s.sim.available(skuOf(100), 'Odenplan') ?? 0
  for (let n = 0; n < 3; n++) await s.step()
  expect(s.sim.available(skuOf(100), 'Odenplan')).toBe(left - 1)
  expect((await s.page()).trouble).toBeNull()
  await s.pass(5 * MINUTE_MS)
  s.sim.fault({ arm: { kind: 'status', status: 429, retryAfterSeconds: 90, times: 2 } })
  await s.sell(skuOf(101))
  await s.pass(MINUTE_MS)
  expect((await s.page()).trouble?.code).toBe('throttled')
  await s.pass(5 * MINUTE_MS)
})

test('S1: a clock that was a day ahead and is set right again keeps nobody waiting', async () => {
  s.jumpClock(24 * HOUR_MS)
  await inTheMiddle(() => s.sim.switch({ shop: 'hangs-up' }))
  await s.pass(10 * MINUTE_MS)
  await lifeGoesOn(110)
  s.jumpClock(-24 * HOUR_MS)
  s.restart()
  s.sim.switch({ shop: 'open' })
  await lifeGoesOn(115)
  await s.pass(5 * MINUTE_MS)
})
