/** The way to the shop breaks, or its answers get lost: what may have landed is closed by its key, what certainly didn't is sent anew, and each has its own words. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

const SILENCE_MS = 10_000
let s: ShopStand
beforeAll(async () => {
  s = await shopStand(6)
})
afterAll(() => s.close())
/** Whatever happened: mended, everything agrees article by article. */
afterEach(() => s.agrees())

const writes = () => s.sim.calls().filter((call) => call.operation === 'SetStock')
const params = () => ({ connectionId: s.connectionId })
/** Steps until a send went wrong; what changes meanwhile changes. */
async function untilTrouble(): Promise<void> {
  for (let n = 0; n < 20 && (await s.page()).trouble === null; n++) await s.step()
}
async function lifeGoesOn(from: number): Promise<void> {
  await s.sell(skuOf(from))
  s.order(skuOf(from), 2)
  s.order(skuOf((from + 1) % 6))
}

test.each(['before', 'after'] as const)('S4 R15: no answer within ten seconds, %s the effect: unknown, and closed by its key when the shop answers', async (when) => {
  await s.sell(skuOf(0), 2)
  const sent = writes().length
  s.sim.fault({ arm: { kind: 'timeout', when, field: 'inventorySetQuantities' } })
  // The request has come in, and is executed or not; then nobody says anything until our patience is over.
  s.sim.beforeNext('inventorySetQuantities', () => void setImmediate(() => s.web.clock.advance(SILENCE_MS)))
  await untilTrouble()
  const page = await s.page()
  expect([page.state, page.trouble?.code, page.queue.inFlight]).toEqual(['active', 'timeout', 1])
  await lifeGoesOn(0)
  await s.pass(3 * MINUTE_MS)
  // The same send under its key once more, and then what was sold since.
  expect(writes().length - sent).toBeGreaterThanOrEqual(3)
})

test('S4: a write that lands after we gave up on it is closed before anything else is sent, and changes nothing', async () => {
  await s.sell(skuOf(2), 3)
  s.sim.fault({ arm: { kind: 'late', ms: 45_000, field: 'inventorySetQuantities' } })
  s.sim.beforeNext('inventorySetQuantities', () => void setImmediate(() => s.web.clock.advance(SILENCE_MS)))
  await untilTrouble()
  expect((await s.page()).queue.inFlight).toBe(1)
  await s.deliver()
  await lifeGoesOn(2)
  await s.pass(5 * MINUTE_MS)
  expect(s.sim.hits()['landed-late']).toBe(1)
})

test.each([
  ['nameless', 'name-unknown'],
  ['closed', 'unreachable'],
] as const)('S6: with the way to the shop %s (%s) nothing was sent, nothing is unknown, and it goes on when it is open again', async (way, code) => {
  const sent = writes().length
  s.way(way)
  await s.deliver()
  await lifeGoesOn(3)
  await s.pass(10 * MINUTE_MS)
  const page = await s.page()
  expect([page.state, page.trouble?.code, page.queue.inFlight, writes().length]).toEqual(['active', code, 0, sent])
  const asked = await s.owner.call('connections.check', { params: params(), body: {} })
  expect([asked.status, (asked.body as unknown as { facts: { reason: string } }).facts.reason]).toEqual([503, code])
  s.way('open')
  await s.pass(6 * MINUTE_MS)
})

test('S6: the app’s secret is made anew in the middle of the work: no token is given, it is paused with its reason, and the new secret alone sets it going', async () => {
  await s.deliver()
  s.sim.beforeNext('inventorySetQuantities', () => s.sim.changeSecret('shpss_another0123456789abcdef'))
  await s.pass(MINUTE_MS)
  await s.sell(skuOf(4))
  await s.pass(20 * MINUTE_MS)
  const page = await s.page()
  expect([page.state, page.why?.code]).toEqual(['paused', 'client-wrong'])
  await lifeGoesOn(4)
  await s.owner.does('connections.settings', { params: params(), body: { settings: { clientSecret: 'shpss_another0123456789abcdef' } } })
  await s.pass(3 * MINUTE_MS)
})

test('S9: two days’ hooks that come late and the wrong way round change nothing that was read meanwhile', async () => {
  s.sim.hooks.hold()
  const kept = s.order(skuOf(1), 2)
  const gone = s.order(skuOf(2), 3)
  for (let day = 0; day < 4; day++) {
    s.web.clock.advance(12 * HOUR_MS)
    await lifeGoesOn(day)
    if (day === 1) s.sim.shop.fulfil({ order: kept })
    if (day === 2) {
      s.sim.shop.cancel({ order: gone, restock: true })
      s.expectMore(skuOf(2), 3)
    }
    await s.pass(MINUTE_MS)
  }
  const waiting = s.sim.hooks.waiting().map((delivery) => delivery.id)
  expect(waiting.length).toBeGreaterThan(15)
  await s.sim.hooks.release(waiting.toReversed())
  await s.pass(5 * MINUTE_MS)
})
