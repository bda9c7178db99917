/** An order that is deleted in the shop: what it held is free again, what was shipped stays, and the shop's own number is looked at, whether it put anything back or not. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { HOUR_MS, MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

let s: ShopStand
beforeAll(async () => {
  s = await shopStand(8)
})
afterAll(() => s.close())
afterEach(() => s.agrees())

const orderOf = async (gid: string) => {
  const [head] = (await s.owner.does('orders.list', { query: { orderRef: gid } })).items
  return await s.owner.does('orders.show', { params: { orderId: head?.id ?? 0 } })
}
const reserved = async (gid: string) => (await orderOf(gid)).movements.reduce((sum, movement) => sum + movement.reserved, 0)
/** Deleted there; `free` pieces of the article are ours to sell again. */
function remove(gid: string, sku: string, free: number): void {
  s.sim.shop.deleteOrder({ order: gid })
  s.expectMore(sku, free)
}

for (const deleteRestocks of [false, true])
  test(`R9: deleted with its pieces ${deleteRestocks ? 'put back' : 'gone'} in the shop, its open ones are free here, shipped ones stay, and both agree again`, async () => {
    s.sim.switch({ deleteRestocks })
    const whole = s.order(skuOf(0), 3)
    const part = s.order(skuOf(1), 4)
    s.sim.shop.fulfil({ order: part, lines: [{ sku: skuOf(1), quantity: 1 }] })
    await s.pass(2 * MINUTE_MS)
    remove(whole, skuOf(0), 3)
    remove(part, skuOf(1), 3)
    await s.pass(3 * MINUTE_MS)
    expect(await orderOf(whole)).toMatchObject({ state: 'deleted', open: 0, lines: [{ at: [] }] })
    const shown = await orderOf(part)
    expect(shown).toMatchObject({ state: 'deleted', open: 0, shipped: 1, lines: [{ at: [{ what: 'shipped', quantity: 1 }] }] })
    expect([await reserved(whole), await reserved(part), shown.movements.reduce((sum, m) => sum + m.onHand, 0)]).toEqual([0, 0, -1])
    expect(shown.deletedAt).not.toBeNull()
  })

test('R9: a deletion nobody told of is found by asking, within a day', async () => {
  const gid = s.order(skuOf(2), 2)
  await s.pass(MINUTE_MS)
  s.loseHooks(true)
  remove(gid, skuOf(2), 2)
  await s.pass(MINUTE_MS)
  await s.hourly()
  await s.pass(MINUTE_MS)
  expect((await orderOf(gid)).state).toBe('open')
  s.web.clock.advance(20 * HOUR_MS)
  await s.pass(MINUTE_MS)
  await s.hourly()
  await s.pass(3 * MINUTE_MS)
  expect((await orderOf(gid)).state).toBe('deleted')
  s.loseHooks(false)
})

test('R9: hooks of a deleted order that come afterwards don’t bring it back, and its deletion told before it was heard of leaves nothing behind', async () => {
  const gid = s.order(skuOf(3), 2)
  await s.pass(MINUTE_MS)
  s.sim.hooks.hold()
  s.sim.shop.edit({ order: gid, lines: [{ sku: skuOf(3), quantity: 5 }] })
  s.expectMore(skuOf(3), -3)
  remove(gid, skuOf(3), 5)
  const unheard = s.order(skuOf(4), 2)
  remove(unheard, skuOf(4), 2)
  await s.sim.hooks.release(
    s.sim.hooks
      .waiting()
      .map((delivery) => delivery.id)
      .toReversed(),
  )
  await s.pass(15 * MINUTE_MS)
  expect([(await orderOf(gid)).state, await reserved(gid)]).toEqual(['deleted', 0])
  const { n } = await s.web.data.owner.one<{ n: number }>(sql`select count(*)::int as n from web_order where order_ref = ${unheard} and state = 'open'`)
  expect(n).toBe(0)
})

test('R9: an order too old to be shown isn’t gone because nobody shows it', async () => {
  const gid = s.order(skuOf(5), 2)
  await s.pass(MINUTE_MS)
  s.web.clock.advance(61 * 24 * HOUR_MS)
  await s.pass(5 * MINUTE_MS)
  await s.hourly()
  await s.pass(5 * MINUTE_MS)
  expect([(await orderOf(gid)).state, await reserved(gid)]).toEqual(['open', 2])
})
