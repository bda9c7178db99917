/** Synka alla artiklar undone at Shopify, which compares: what a hand had set there is there again, less what was sold since. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

let s: ShopStand
beforeAll(async () => {
  s = await shopStand(3)
})
afterAll(() => s.close())

const SKUS = [0, 1, 2].map(skuOf)
const shown = () => SKUS.map((sku) => s.sim.available(sku, 'Odenplan'))
const run = (runId: number) => ({ params: { connectionId: s.connectionId, runId } })
async function carriedOut(runId: number) {
  await s.owner.does('runs.confirm', { ...run(runId), body: {} })
  await s.pass(5 * MINUTE_MS)
  return s.owner.does('runs.show', run(runId))
}

test('R49 R50 R51: the shop shows what it showed before, less what was sold since, also while somebody looks at the preview', async () => {
  const [low = '', high = '', same = ''] = SKUS
  s.sim.shop.handEdit({ sku: low, at: 'Odenplan', available: 6 })
  s.sim.shop.handEdit({ sku: high, at: 'Odenplan', available: 50 })
  const { id: first } = await s.owner.does('runs.start', { params: { connectionId: s.connectionId }, body: { kind: 'sync-all' } })
  await s.pass(MINUTE_MS)
  expect(await carriedOut(first)).toMatchObject({ state: 'done', undoable: true })
  expect(shown()).toEqual([20, 20, 20])
  s.order(low, 2)
  await s.sell(high, 3)
  await s.pass(5 * MINUTE_MS)
  expect(shown()).toEqual([18, 17, 20])

  const { id } = await s.owner.does('runs.undo', { ...run(first), body: {} })
  await s.pass(MINUTE_MS)
  const { items } = await s.owner.does('runs.items', run(id))
  expect(Object.fromEntries(items.map((item) => [item.articleNumber, [item.was, item.target]]))).toEqual({ [low]: [18, 4], [high]: [17, 47] })
  s.order(low)
  expect(await carriedOut(id)).toMatchObject({ state: 'done', done: 2, failed: 0 })
  expect(shown()).toEqual([3, 47, 20])
  await s.sell(high)
  await s.sell(same)
  await s.pass(5 * MINUTE_MS)
  expect(shown(), 'what was undone is left alone, what was never sent is told as before').toEqual([3, 47, 19])
})
