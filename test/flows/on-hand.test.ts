/** Shopify told what stands on the shelf (the setting "on hand"): open orders are Shopify's own to take off, in both positions of what isn't documented. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import * as connectors from '../../src/connectors/index.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { type Planted, plant } from '../plant.ts'

let on: TestDatabase
let sim: ShopifySim
let clock: FakeClock
let it: Planted
let connection: Connection

beforeEach(async () => {
  on = await testDatabase()
  clock = fakeClock()
  sim = await startShopify({ clock, places: ['Odenplan'] })
  sim.shop.addItems([{ sku: 'TROJA-M', levels: { Odenplan: 12 } }])
  const settings = { shop: sim.address, accessToken: sim.credentials.token, clientSecret: sim.credentials.hookSecret, quantityName: 'on_hand' }
  const shopify = must(connectors.shopify, 'the Shopify connector')
  const m = shopify.manners(shopify.settings.parse(settings))
  const manners = {
    compares: true,
    lowersItself: m.lowersItself,
    restores: m.restores === 'unknown' ? null : m.restores,
    keyMs: m.keyMs,
    adjusts: m.adjust,
    feedLagMs: m.feedLagMs,
    maxFlightMs: m.maxFlightMs,
  }
  const deps = { db: on.db, clock, log: silentLog, box: secretBox(randomBytes(32)), http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
  const opened = shopify.open(shopify.settings.parse(settings), { ...deps, http: (url, init) => deps.http(url, init), keep: { get: async () => null, set: async () => {} } })
  const itemRef = must((await opened.match(['TROJA-M']))[0]?.itemRefs[0], 'the item')
  const place = must((await opened.check()).places[0], 'the place').ref
  it = await plant(on, { box: deps.box, code: 'shopify', settings, manners, number: 'TROJA-M', itemRef, places: [place], start: 10, now: clock.now() })
  connection = openConnection(deps, it.companyId, it.listenerId)
})
afterEach(async () => {
  await sim.close()
  await on.close()
})

async function settle(): Promise<void> {
  clock.advance(61_000)
  for (let n = 0; n < 300; n++) {
    const { did, nextAt } = await connection.step()
    if (did) continue
    const { dirty } = await on.owner.one<{ dirty: number }>(sql`select count(*)::int as dirty from told where company_id = ${it.companyId} and wanted > told and refusal is null`)
    if (dirty === 0) return
    clock.advance(Math.max(1, (nextAt ?? clock.now()).getTime() - clock.now().getTime()))
  }
  throw new Error('not at rest after 300 steps')
}
const level = () => on.owner.one<{ onHand: number; reserved: number }>(sql`select on_hand as "onHand", reserved from level where company_id = ${it.companyId}`)
const shelf = () => sim.shop.level({ sku: 'TROJA-M', at: 'Odenplan' })

for (const withoutRestock of ['on-hand-falls', 'stays-committed'] as const)
  test(`S1 R3: the shelf is told, and open orders are taken off once (${withoutRestock})`, async () => {
    sim.switch({ withoutRestock })
    await settle()
    expect(shelf()).toMatchObject({ onHand: 10, available: 10 })

    const order = sim.shop.placeOrder({ lines: [{ sku: 'TROJA-M', quantity: 3 }] })
    await settle()
    expect(await level()).toEqual({ onHand: 10, reserved: 3 })
    expect(shelf()).toMatchObject({ onHand: 10, available: 7 })

    const sale = { key: 'k1', articleId: it.articleId, locationId: it.locationIds[0] as number, kind: 'sale' as const, onHand: -1, at: clock.now(), source: {}, actor: 'system' }
    await on.db.inCompany(it.companyId, (tx) => postMovements(tx, [sale], clock.now()))
    await settle()
    expect(shelf()).toMatchObject({ onHand: 9, available: 6 })

    sim.shop.fulfil({ order: order.name })
    await settle()
    expect(await level()).toEqual({ onHand: 6, reserved: 0 })
    expect(shelf()).toMatchObject({ onHand: 6, available: 6 })

    const lost = sim.shop.placeOrder({ lines: [{ sku: 'TROJA-M', quantity: 2 }] })
    await settle()
    sim.shop.cancel({ order: lost.name, restock: false })
    await settle()
    expect((await level()).onHand).toBe(4)
    expect(shelf()?.onHand).toBe(4)
  })
