/** The demo: its promises are kept, a broken shop is noticed, and the shop made by the first page's button outlives a restart. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askProduct, askSim, until } from '../../demo/ask.ts'
import { catalogue } from '../../demo/catalogue.ts'
import { ullOchLin } from '../../demo/company.ts'
import { type DemoShop, openDemoShop } from '../../demo/demo-shop.ts'
import { readFlags } from '../../demo/flags.ts'
import type { ShopCode } from '../../demo/shops.ts'
import { gtin14 } from '../../src/core/articles/barcode.ts'
import { silentLog } from '../../src/kit/log.ts'
import { type Product, startProduct } from '../../src/main.ts'
import { ground, type Rehearsal, rehearsed } from './rehearsed.ts'

const broken = (summary: Rehearsal['summary']) => summary.promises.filter((each) => each.result === 'broken').map((each) => each.promise)

// Side by side: they wait more than they compute.
describe.concurrent('the demo', { timeout: 120_000 }, () => {
  test('npm run demo -- --once: every promise is kept', async () => {
    const { code, summary, said } = await rehearsed({ flags: { only: ['shopify'], sabotage: null } })
    expect(said).not.toContain('broken:')
    expect([code, summary.ok, summary.promises.every((each) => each.result === 'kept')]).toEqual([0, true, true])
  })

  test('npm run demo -- --once: a shop that says done and keeps nothing is noticed', async () => {
    const { code, summary } = await rehearsed({ flags: { only: ['shopify'], sabotage: 'lost-writes' }, patienceMs: 5_000 })
    expect([code, summary.ok, broken(summary)]).toEqual([1, false, ["A sale in Odenplan leaves Odenplan's number in the webshop, and no other store's"]])
  })

  test('npm run demo -- --once: a shop that never shows its orders is noticed', async () => {
    const { code, summary } = await rehearsed({ flags: { only: ['shopify'], sabotage: 'no-orders' }, patienceMs: 5_000 })
    expect([code, summary.ok, broken(summary)]).toEqual([1, false, ['A web order that ships from Odenplan leaves its stock, and nothing is written back']])
  })

  test('"Try with a demo shop" on the first page, in a product with loopback shut and no public address: who pressed it can sign in, and the shop goes on after a restart', () =>
    withDemoShop(async ({ product, demo, restart, said }) => {
      expect(await demo().opened(product().address)).toBeNull()
      const visitor = askProduct(product().address).api
      expect(await visitor('setup.show')).toEqual({ needed: true, demo: true })
      const owner = await visitor('setup.demo', { body: {} })
      expect(await visitor('session.open', { body: owner })).toMatchObject({ company: { name: 'Ull & Lin' } })
      const { items } = await visitor('connections.list')
      expect(items.map(({ code, state }) => `${code} ${state}`).toSorted()).toEqual(['abicart active', 'shopify active'])
      await expect(visitor('setup.demo', { body: {} })).rejects.toMatchObject({ code: 'already-set-up' })

      await restart()
      const again = await demo().opened(product().address)
      expect(again).toMatchObject(owner)
      expect(said).toEqual([owner.password, owner.password])
      if (again === null) throw new Error('gone')
      const { api } = askProduct(product().address, again.key)
      const shopify = again.shops.shopify?.sim ?? expect.fail('no Shopify')
      const order = await askSim<{ name: string }>(shopify, 'shop/placeOrder', { lines: [{ sku: '00123', quantity: 1 }] })
      expect(order.name).toBe('#1002')
      expect(await until(20_000, async () => (await api('orders.list')).items.find((each) => each.name === order.name) ?? null)).toMatchObject({ pieces: 1 })
      expect(demo().reaches(new URL(shopify).host)).toBe(true)
      expect(demo().reaches(new URL(product().address).host)).toBe(false)
    }))
})

test('flags that mean nothing are said to', () => {
  expect(readFlags(['--once', '--only', 'shopify', '--sabotage=no-orders'])).toEqual({ once: true, only: ['shopify'], sabotage: 'no-orders', help: false })
  for (const [argv, words] of [
    [['--onec'], '"--onec" means nothing here'],
    [['--once', '--only', 'abikart'], '--only can\'t be "abikart": shopify, abicart, views, import, dandomain'],
    [['--once', '--sabotage'], '--sabotage needs a word: lost-writes, no-orders'],
    [['--only', 'shopify'], '--only and --sabotage go with --once'],
  ] as const)
    expect(() => readFlags(argv)).toThrow(words)
})

test('the demo shop sells about forty things, each with its own number and a right barcode', () => {
  const wares = catalogue().flatMap((product) => product.wares)
  expect(wares.length).toBeGreaterThanOrEqual(40)
  expect(new Set(wares.map((ware) => ware.number)).size).toBe(wares.length)
  expect(new Set(wares.map((ware) => gtin14(ware.gtin))).size).toBe(wares.length)
  expect(wares.filter((ware) => gtin14(ware.gtin) === null)).toEqual([])
})

/** Opened, and closed again with all that it started. */
async function withDemoShop(work: (stand: { product: () => Product; demo: () => DemoShop<ShopCode>; restart(): Promise<void>; said: string[] }) => Promise<void>): Promise<void> {
  const place = await ground()
  const said: string[] = []
  async function open() {
    const config = { ...place.config, allowLoopback: false, publicAddress: null }
    const demo = await openDemoShop({
      company: ullOchLin,
      folder: join(place.folder, 'demo-shop'),
      hooks: false,
      say: (words) => said.push(words),
      stands: (shop) => said.push(shop.password),
    })
    if (demo === null) throw new Error('no simulator')
    return { demo, product: await startProduct(config, { log: silentLog, demo }) }
  }
  let now = await open()
  const shut = async () => {
    await now.product.close()
    await now.demo.close()
  }
  try {
    await work({
      product: () => now.product,
      demo: () => now.demo,
      async restart() {
        await shut()
        now = await open()
      },
      said,
    })
  } finally {
    await shut()
    await place.clear()
  }
}
