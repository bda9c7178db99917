/** Leaving Shopify: our subscriptions are taken down there, some gone already or not, and a shop that refuses keeps nobody. */
import { afterEach, expect, test } from 'vitest'
import { type ShopStand, shopStand } from './shop-stand.ts'

let s: ShopStand
afterEach(() => s.close())

const standing = () => s.sim.state().subscriptions.map(({ topic }) => topic)
const leave = () => s.owner.does('connections.disconnect', { params: { connectionId: s.connectionId } })
async function stand(): Promise<string[]> {
  s = await shopStand(1)
  const all = standing()
  expect(all.length).toBeGreaterThan(15)
  return all
}

test('leaving takes all of ours down at Shopify, also when some are gone already, and leaves the numbers', async () => {
  await stand()
  const shown = s.sim.available('A-000', 'Odenplan')
  s.sim.loseSubscriptions('ORDERS_CREATE', 'INVENTORY_LEVELS_UPDATE')
  // One more goes between our list and our taking it down.
  s.sim.beforeNext('webhookSubscriptionDelete', () => s.sim.loseSubscriptions(standing()[0] ?? ''))
  expect(await leave()).toMatchObject({ state: 'gone', subscriptionsLeft: false, leftTopics: [] })
  expect([standing(), s.sim.available('A-000', 'Odenplan')]).toEqual([[], shown])
})

test('a shop that breaks off keeps nobody, and what still stands there is said', async () => {
  const all = await stand()
  let taken = 0
  const refuse = () => {
    taken += 1
    if (taken === 3) s.sim.switch({ shop: 'frozen' })
    else s.sim.beforeNext('webhookSubscriptionDelete', refuse)
  }
  s.sim.beforeNext('webhookSubscriptionDelete', refuse)
  const left = await leave()
  expect(left).toMatchObject({ state: 'gone', subscriptionsLeft: true })
  expect(left.leftTopics.toSorted()).toEqual(standing().toSorted())
  expect(all.length - left.leftTopics.length).toBe(3)
})

test('an app that was taken out, or a shop that answers nothing, says only that some may stand', async () => {
  await stand()
  s.sim.switch({ shop: 'hangs-up' })
  expect(await leave()).toMatchObject({ state: 'gone', subscriptionsLeft: true, leftTopics: [] })
})
