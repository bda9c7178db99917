/** The Shopify connector through the battery, with exactly the guide's four rights, in both positions of every switch that Shopify's documentation leaves open. */
import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ShopifyOptions, startShopify } from '../../sim/shopify/shopify.ts'
import { SUBSCRIBE } from '../../src/connectors/shopify/documents.ts'
import { tailOf } from '../../src/connectors/shopify/ids.ts'
import type { ShopifySettings } from '../../src/connectors/shopify/settings.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import { battery } from './battery.ts'
import { type Bench, type BenchFault, batchOf, failing, newKey, ordersOf, type Stand, stand, stockRow, walk } from './bench.ts'

const GUIDE_RIGHTS = ['read_inventory', 'write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders']
const TOKEN = 'shpat_0123456789abcdef'
const SECRET = 'shpss_fedcba9876543210'
/** Keeps hooks coming although the connector subscribed to none; nobody listens there. */
const OWN_HOOKS = 'http://127.0.0.1:9/bench'

const FAULTS: Record<BenchFault, Parameters<Awaited<ReturnType<typeof startShopify>>['fault']>[0]['arm']> = {
  busy: { kind: 'throttled' },
  'timeout-before': { kind: 'hangup', when: 'before' },
  'timeout-after': { kind: 'hangup', when: 'after' },
  'error-before': { kind: 'status', status: 502, when: 'before' },
  'error-after': { kind: 'status', status: 504, when: 'after' },
  denied: { kind: 'status', status: 403 },
  frozen: { kind: 'status', status: 402 },
  strange: { kind: 'status', status: 200 },
}

async function startBench(options: ShopifyOptions = {}, typed: Record<string, string> = {}) {
  const clock = fakeClock()
  const sim = await startShopify({ token: TOKEN, app: { clientSecret: SECRET }, scopes: GUIDE_RIGHTS, places: ['Odenplan', 'Göteborg'], clock, ...options })
  sim.hooks.hold()
  for (const topic of ['ORDERS_CREATE', 'ORDERS_UPDATED'])
    await fetch(`${sim.address}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': TOKEN },
      body: JSON.stringify({ query: SUBSCRIBE.text, variables: { topic, subscription: { uri: OWN_HOOKS } } }),
    })
  const placeNamed = (name: string) => `gid://shopify/Location/${sim.state().places.find((p) => p.name === name)?.id}`
  const numbers = new Map<string, string | null>()
  const numberOf = (itemRef: string) => numbers.get(itemRef) ?? ''
  const lineOf = (order: string, quantity: number) => ({ order, lines: [{ sku: sim.shop.order({ order }).lines[0]?.sku ?? '', quantity }] })
  let stopped = false
  const bench: Bench<ShopifySettings> = {
    raw: { shop: sim.address, accessToken: TOKEN, clientSecret: SECRET, ...typed },
    wrongKey: { accessToken: 'shpat_0000000000000000' },
    badSettings: [
      { change: { shop: '' }, field: 'shop' },
      { change: { shop: 'www.minbutik.se' }, field: 'shop' },
      { change: { accessToken: SECRET }, field: 'accessToken' },
      { change: { accessToken: '', clientId: '' }, field: 'clientId' },
      { change: { accessToken: '', clientId: TOKEN }, field: 'clientId' },
      { change: { clientSecret: TOKEN }, field: 'clientSecret' },
      { change: { previousSecret: TOKEN }, field: 'previousSecret' },
      { change: { quantityName: 'committed' }, field: 'quantityName' },
    ],
    secrets: [TOKEN, SECRET, 'shpat_0000000000000000'],
    placeRef: placeNamed('Odenplan'),
    otherPlaceRef: placeNamed('Göteborg'),
    pageful: 250,
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    addItem: ({ number, stock, tracked }) => {
      const [item] = sim.shop.addItems([{ sku: number, levels: { Göteborg: 2, ...(stock === null ? {} : { Odenplan: stock }) }, ...(tracked === undefined ? {} : { tracked }) }])
      clock.advance(options.switches?.searchLagMs ?? 0)
      const itemRef = `gid://shopify/InventoryItem/${item?.inventoryItemId}`
      numbers.set(itemRef, number)
      return itemRef
    },
    removeItem: (itemRef) => void sim.shop.deleteItem({ sku: numberOf(itemRef) }),
    value: (itemRef, placeRef) => sim.shop.level({ sku: numberOf(itemRef), at: tailOf(placeRef ?? placeNamed('Odenplan')) })?.available ?? null,
    handEdit: (itemRef, value) => void sim.shop.handEdit({ sku: numberOf(itemRef), at: 'Odenplan', available: value }),
    effects: () => (sim.hits().inventorySetQuantities ?? 0) + (sim.hits().inventoryAdjustQuantities ?? 0),
    sell: (number, quantity) => sim.shop.placeOrder({ lines: [{ sku: number, quantity, at: 'Odenplan' }], paid: true }).gid,
    ship: (order, quantity) => void sim.shop.fulfil(lineOf(order, quantity)),
    refund: (order, quantity, restock) => void sim.shop.refund({ ...lineOf(order, quantity), restock }),
    takeBack: (order, quantity, restock) => void sim.shop.refund({ ...lineOf(order, quantity), restock, shipped: true }),
    cancel: (order, restock) => void sim.shop.cancel({ order, restock }),
    deleteOrder: (order) => void sim.shop.deleteOrder({ order }),
    feedCatchesUp: () => clock.advance(16_000),
    orderHook: (orderRef) => {
      const found = sim.hooks.waiting().findLast((d) => d.uri === OWN_HOOKS && d.body !== null && d.body.includes(`"${orderRef}"`))
      if (found?.body === undefined || found.body === null) return null
      const body = Buffer.from(found.body)
      const headers = {
        'x-shopify-topic': found.topic,
        'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
        'x-shopify-shop-domain': sim.domain,
        'x-shopify-webhook-id': found.webhookId,
        'x-shopify-event-id': found.eventId,
      }
      return { topic: found.topic, headers, body }
    },
    subscriptions: () => sim.state().subscriptions.flatMap(({ topic, uri }) => (uri === OWN_HOOKS || uri.includes('vanished') ? [] : [{ topic, url: uri }])),
    dropSubscription: () => {
      sim.shop.addItems([{ sku: 'makes news' }])
      const told = sim.hooks.waiting().findLast((d) => d.topic === 'inventory_items/create') ?? expect.fail('nobody is told of items')
      told.subscription.uri = 'https://vanished.example/'
    },
    fault: (fault, on) => {
      const arm = FAULTS[fault]
      sim.fault({ arm: [arm ?? []].flat().map((one) => ({ ...one, ...(on === 'write' ? { field: 'inventorySetQuantities' } : {}) })) })
      return null
    },
    revoke: () => {
      sim.setScopes(GUIDE_RIGHTS.filter((scope) => scope !== 'read_orders'))
      return 'read_orders'
    },
    stop: async () => {
      if (!stopped) await sim.close()
      stopped = true
    },
  }
  return { bench, sim, clock }
}

/** What a position leaves to another one or to the tests below, and why. */
const ELSEWHERE: [title: string, why: string, only: (position: string) => boolean][] = [
  ['an untracked item and one not kept at the place are refused with their code', 'Shopify takes such writes silently: the look before them tells', () => true],
  ['pull walks every page of items, and a walk taken up at any page loses none', 'pages of 250 are walked in the first position', (position) => position !== PAGED],
  ['R25: a walk taken up at any cursor, by anybody, loses no order', 'pages of 100 are walked in the first position', (position) => position !== PAGED],
  ['pull walks every page of orders and stops', 'pages of 100 are walked in the first position', (position) => position !== PAGED],
]
const PAGED = 'shopify: as documented'
beforeEach(({ task, skip }) => {
  const found = ELSEWHERE.find(([title, , only]) => title === task.name && only(task.suite?.name ?? ''))
  if (found !== undefined) skip(found[1])
})

const manners = { compare: 'remote', keyMs: 23 * 3_600_000, lowersItself: 'placed', restores: true, adjust: true, feedLagMs: 15_000, maxFlightMs: 120_000 } as const
/** Switches that don't meet each other share a position, so that every one is seen both ways in a bearable time. */
const POSITIONS: Record<string, ShopifyOptions> = {
  'as documented': {},
  'every open question the other way': {
    switches: {
      routingMs: 30_000,
      routingHook: false,
      withoutRestock: 'stays-committed',
      editMakesRefund: true,
      staleField: 'row',
      staleRows: 'first',
      failedKey: 'previous-failed',
      hookVersion: 'app',
      hookIdOnRetry: 'new',
      levelHooks: 'each',
    },
  },
  'late, touched by routing, stale without a row': { switches: { searchLagMs: 15_000, routingMs: 30_000, routingTouchesOrder: true, staleField: 'none' } },
  'ids beyond 2^53, personal fields withheld': { switches: { hugeIds: true, personalData: 'redacted' } },
}
for (const [name, options] of Object.entries(POSITIONS))
  battery({ name: `shopify: ${name}`, connector: shopify, manners, start: () => startBench(options).then(({ bench }) => bench) })

battery({
  name: 'shopify: keys that stop no repeats',
  connector: shopify,
  manners,
  keysForgotten: true,
  start: () => startBench({ switches: { keysWork: false } }).then(({ bench }) => bench),
})
battery({
  name: 'shopify: client id and secret',
  connector: shopify,
  manners,
  start: async () => {
    const { bench } = await startBench({}, { accessToken: '', clientId: '3f0c9a5be1d24b7c8e6a5d4c3b2a1908' })
    const kept = bench.badSettings.filter(({ change }) => !('accessToken' in change))
    return { ...bench, wrongKey: { clientSecret: 'shpss_0000000000000000' }, badSettings: [...kept, { change: { clientSecret: '' }, field: 'clientSecret' }] }
  },
})
battery({
  name: 'shopify: the physical number',
  connector: shopify,
  manners: { lowersItself: 'shipped' },
  start: () => startBench({}, { quantityName: 'on_hand' }).then(({ bench }) => bench),
})

describe('what only Shopify does', () => {
  async function world(options: ShopifyOptions = {}, typed: Record<string, string> = {}) {
    const { bench, sim, clock } = await startBench(options, typed)
    const here = stand({ name: '', connector: shopify, manners, start: async () => bench }, bench) as Stand<unknown>
    const order = async (ref: string) => ordersOf((await here.open().pull('orders', { keys: [ref] })).events)[0] ?? expect.fail(`order ${ref} isn't there`)
    const kinds = async (ref: string) => (await order(ref)).withdrawals.flatMap((w) => w.lines.map((l) => `${l.quantity} ${l.kind}`)).toSorted()
    return { bench, sim, clock, here, remote: here.open(), order, kinds, end: () => bench.stop() }
  }
  const without = (scope: string) => GUIDE_RIGHTS.filter((s) => s !== scope)

  test('the looked-at listing tells what a write would not: no count, not stocked, inactive', async () => {
    const w = await world()
    const free = w.bench.addItem({ number: 'FREE', stock: 3, tracked: false })
    const elsewhere = w.bench.addItem({ number: 'ELSEWHERE', stock: null })
    const left = w.bench.addItem({ number: 'LEFT', stock: 4 })
    w.sim.shop.stockAt({ sku: 'LEFT', at: 'Odenplan', active: false })
    const { events } = await w.remote.pull('stock', { keys: [free, elsewhere, left] })
    const [a, b, c] = events.map((e) =>
      e.kind === 'listing-seen' ? { tracked: e.listing.tracked, here: e.listing.levels.find((l) => l.placeRef === w.bench.placeRef) } : expect.fail(e.kind),
    )
    expect(a).toEqual({ tracked: false, here: { placeRef: w.bench.placeRef, value: null, active: true } })
    expect(b).toEqual({ tracked: true, here: undefined })
    expect(c).toEqual({ tracked: true, here: { placeRef: w.bench.placeRef, value: 4, active: false } })
    await w.end()
  })
  test('R29: a bundle blocks its batch, says so, and its neighbours are sent again', async () => {
    const w = await world()
    const [good, bundle] = [w.bench.addItem({ number: 'A-1', stock: 3 }), w.bench.addItem({ number: 'SET', stock: 3 })]
    w.sim.shop.setBundle({ sku: 'SET', bundle: true })
    expect(await w.remote.push(batchOf(stockRow(w.here, good, 'A-1', 5, 3), stockRow(w.here, bundle, 'SET', 5, 3)))).toMatchObject([
      { kind: 'not-sent' },
      { kind: 'refused', code: 'bundle' },
    ])
    expect(w.bench.value(good)).toBe(3)
    await w.end()
  })
  test('a fulfilment service’s place is unusable, and nothing is written to it', async () => {
    const w = await world()
    w.sim.shop.setPlace({ name: 'Göteborg', fulfilmentService: 'Lager AB' })
    const item = w.bench.addItem({ number: 'A-1', stock: 3 })
    expect((await w.remote.check()).places.map((p) => [p.name, p.unusable]).toSorted()).toEqual([
      ['Göteborg', 'fulfilment-service'],
      ['Odenplan', null],
    ])
    const row = { ...stockRow(w.here, item, 'A-1', 5, 2), placeRef: w.bench.otherPlaceRef ?? '' }
    expect(await w.remote.push(batchOf(row))).toMatchObject([{ kind: 'refused', code: 'fulfilment-service' }])
    expect(w.bench.effects()).toBe(0)
    await w.end()
  })
  test('R2: shipped goods that come back are returned or kept', async () => {
    const w = await world()
    w.bench.addItem({ number: 'A-1', stock: 9 })
    const ref = w.bench.sell('A-1', 4)
    w.bench.refund(ref, 1, true)
    w.bench.refund(ref, 1, false)
    w.bench.ship(ref, 2)
    w.bench.takeBack(ref, 1, true)
    w.bench.takeBack(ref, 1, false)
    expect(await w.kinds(ref)).toEqual(['1 kept', '1 lost', '1 restocked', '1 returned'])
    expect(await w.order(ref)).toMatchObject({ doubtful: false, routing: [] })
    await w.end()
  })
  test.each([
    [false, true],
    [true, false],
  ])('R2: an edited order (leaves a refund: %s) puts back; doubtful: %s', async (editMakesRefund, doubtful) => {
    const w = await world({ switches: { editMakesRefund } })
    w.bench.addItem({ number: 'A-1', stock: 9 })
    const ref = w.bench.sell('A-1', 5)
    w.sim.shop.edit({ order: ref, lines: [{ sku: 'A-1', quantity: 3 }], restock: true })
    expect(await w.kinds(ref)).toEqual(['2 restocked'])
    expect(await w.order(ref)).toMatchObject({ doubtful, lines: [{ ordered: 5 }], routing: [{ placeRef: w.bench.placeRef, quantity: 3 }] })
    await w.end()
  })
  test.each([
    ['as documented', {}],
    ['the other way', { withoutRestock: 'stays-committed', editMakesRefund: true, hugeIds: true }],
  ] as const)('S9: whatever happens to an order, its hook and a pull tell the same story, and every piece is somewhere (%s)', async (_name, switches) => {
    const w = await world({ switches, plan: { size: 20_000, restorePerSecond: 1000 } })
    w.bench.addItem({ number: 'A-1', stock: 1000 })
    let seed = 7
    const random = (n: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
      return (seed >> 8) % n
    }
    const happened = new Map<string, number>()
    for (let history = 0; history < 40; history++) {
      const ref = w.bench.sell('A-1', 2 + random(5))
      for (let step = 0; step < 5; step++) {
        const quantity = 1 + random(2)
        const verbs: Record<string, () => void> = {
          ship: () => w.bench.ship(ref, quantity),
          restock: () => w.bench.refund(ref, quantity, true),
          lose: () => w.bench.refund(ref, quantity, false),
          return: () => w.bench.takeBack(ref, quantity, true),
          keep: () => w.bench.takeBack(ref, quantity, false),
          edit: () => void w.sim.shop.edit({ order: ref, lines: [{ sku: 'A-1', quantity: random(6) }], restock: true }),
          cancel: () => w.bench.cancel(ref, random(2) === 0),
        }
        const name = Object.keys(verbs)[random(7)] ?? ''
        try {
          // What is cancelled can't be edited any more.
          if (name !== 'edit' || w.sim.shop.order({ order: ref }).cancelledAt === null) verbs[name]?.()
        } catch {
          // The shop refuses what isn't possible just now.
          continue
        }
        happened.set(name, (happened.get(name) ?? 0) + 1)
        w.clock.advance(1000)
        const hook = w.bench.orderHook(ref, '') ?? expect.fail('no hook')
        const [told] = ordersOf(shopify.translateHook({ ...hook, receivedAt: '' }, w.here.settings as ShopifySettings))
        const pulled = await w.order(ref)
        expect({ ...told, routing: null }, `${history}.${step} ${name}`).toEqual({ ...pulled, routing: null })
        const line = w.sim.shop.order({ order: ref }).lines[0]
        const routed = pulled.routing === 'unknown' ? expect.fail('not routed') : pulled.routing.reduce((n, r) => n + r.quantity, 0)
        expect(routed, `${history}.${step} ${name}: open`).toBe(line?.unfulfilled)
      }
    }
    expect([...happened.keys()].toSorted()).toEqual(['cancel', 'edit', 'keep', 'lose', 'restock', 'return', 'ship'])
    await w.end()
  })
  test('two places ship one order; moved, it ships from the other', async () => {
    const w = await world()
    for (const sku of ['A-1', 'A-2']) w.bench.addItem({ number: sku, stock: 9 })
    const placed = w.sim.shop.placeOrder({
      lines: [
        { sku: 'A-1', quantity: 2, at: 'Odenplan' },
        { sku: 'A-2', quantity: 1, at: 'Göteborg' },
      ],
      oversell: true,
    })
    const routes = async () => {
      const { routing } = await w.order(placed.gid)
      return routing === 'unknown' ? routing : routing.map((r) => [r.placeRef === w.bench.placeRef ? 'Odenplan' : 'Göteborg', r.quantity])
    }
    expect(await routes()).toEqual([
      ['Odenplan', 2],
      ['Göteborg', 1],
    ])
    w.sim.shop.move({ order: placed.gid, to: 'Göteborg', lines: [{ sku: 'A-1', quantity: 2 }] })
    expect(await routes()).toEqual([
      ['Göteborg', 2],
      ['Göteborg', 1],
    ])
    await w.end()
  })
  test('one usable place routes everything, before Shopify has routed it', async () => {
    const w = await world({ places: ['Odenplan', 'Göteborg'], switches: { routingMs: 30_000 } })
    w.bench.addItem({ number: 'A-1', stock: 9 })
    const ref = w.bench.sell('A-1', 2)
    expect((await w.order(ref)).routing).toBe('unknown')
    w.sim.shop.setPlace({ name: 'Göteborg', active: false })
    await w.here.open().check()
    expect((await w.order(ref)).routing).toMatchObject([{ placeRef: w.bench.placeRef, quantity: 2 }])
    await w.end()
  })
  test('a long order is read whole', async () => {
    const w = await world()
    const lines = Array.from({ length: 300 }, (_, i) => ({ sku: `N-${i}`, quantity: 2, at: 'Odenplan' }))
    for (const { sku } of lines) w.bench.addItem({ number: sku, stock: 9 })
    const ref = w.sim.shop.placeOrder({ lines, oversell: true }).gid
    w.sim.shop.fulfil({ order: ref, lines: lines.slice(0, 200).map(({ sku }) => ({ sku, quantity: 1 })) })
    const read = await w.order(ref)
    expect(read).toMatchObject({ complete: true, doubtful: false })
    expect([read.lines.length, read.shipments[0]?.lines.length, read.routing.length]).toEqual([300, 200, 300])
    await w.end()
  })
  test.each([
    ['read_orders', (w: Awaited<ReturnType<typeof world>>) => w.remote.pull('orders', { cursor: null })],
    ['write_inventory', (w: Awaited<ReturnType<typeof world>>) => w.remote.push(batchOf(stockRow(w.here, w.bench.addItem({ number: 'A-1', stock: 3 }), 'A-1', 1, 3)))],
    ['read_inventory', (w: Awaited<ReturnType<typeof world>>) => w.remote.pull('articles', { cursor: null })],
    ['read_locations', (w: Awaited<ReturnType<typeof world>>) => w.remote.pull('stock', { cursor: null })],
  ])('without %s, what needs it is denied by name, and check says so', async (scope, needs) => {
    // Writing includes reading.
    const w = await world({ scopes: without(scope).filter((s) => s !== scope.replace('read_', 'write_')) })
    expect(await failing(w.here, needs(w))).toMatchObject({ kind: 'denied', code: 'scope-missing', executed: 'no', facts: { scope } })
    expect((await w.remote.check()).rights.find((r) => r.scope === scope)).toMatchObject({ granted: false, needed: true })
    await w.end()
  })
  test('without the right to see routing, orders are read and not routed', async () => {
    const w = await world({ scopes: without('read_merchant_managed_fulfillment_orders') })
    w.bench.addItem({ number: 'A-1', stock: 9 })
    expect(await w.order(w.bench.sell('A-1', 2))).toMatchObject({ routing: 'unknown', complete: true, doubtful: false })
    await w.end()
  })
  test('only the extras are not granted under the guide’s rights', async () => {
    const w = await world()
    const { topics } = await w.remote.subscribe('https://lagerbro.example/hooks/h-1')
    expect(topics.filter((t) => t.state === 'not-granted')).toEqual(
      ['FULFILLMENTS_CREATE', 'FULFILLMENTS_UPDATE'].map((topic) => ({ topic, state: 'not-granted', said: 'read_fulfillments' })),
    )
    await w.end()
  })
  test('a subscription of another system in the same app is left alone', async () => {
    const w = await world()
    await w.remote.subscribe('https://lagerbro.example/hooks/h-1')
    await w.remote.unsubscribe()
    expect(w.sim.state().subscriptions.map((s) => s.uri)).toEqual([OWN_HOOKS, OWN_HOOKS])
    await w.end()
  })
  test('without a secret no hooks are asked for', async () => {
    const w = await world({}, { clientSecret: '' })
    expect(await failing(w.here, w.remote.subscribe('https://lagerbro.example/hooks/h-1'))).toMatchObject({ code: 'hook-secret-missing' })
    await w.end()
  })
  test('the day’s token ends early: a new one is asked for, and the work goes on', async () => {
    const w = await world({}, { accessToken: '', clientId: '3f0c9a5be1d24b7c8e6a5d4c3b2a1908' })
    await w.remote.check()
    w.sim.expireTokens()
    await expect(w.remote.check()).resolves.toBeDefined()
    w.sim.uninstall()
    expect(await failing(w.here, w.remote.check())).toMatchObject({ kind: 'denied', executed: 'no' })
    await w.end()
  })
  test('R15: a key still in use is waited for: it may have been done, and is repeated', async () => {
    const w = await world()
    const item = w.bench.addItem({ number: 'A-1', stock: 3 })
    const batch = { key: newKey(), rows: [stockRow(w.here, item, 'A-1', 7, 3)] }
    w.sim.fault({ arm: { kind: 'key-concurrent', field: 'inventorySetQuantities' } })
    expect(await failing(w.here, w.remote.push(batch))).toMatchObject({ kind: 'busy', executed: 'unknown', retryAfterMs: 1000 })
    expect(await w.remote.push(batch)).toEqual([{ kind: 'done' }])
    w.sim.fault({ arm: { kind: 'key-previous-failed', field: 'inventorySetQuantities' } })
    expect(await w.remote.push({ key: newKey(), rows: [stockRow(w.here, item, 'A-1', 8, 7)] })).toEqual([{ kind: 'not-sent' }])
    expect(w.bench.value(item)).toBe(7)
    await w.end()
  })
  test('S7: somebody buys between our look and our write: stale, and nothing is raised', async () => {
    const w = await world()
    const item = w.bench.addItem({ number: 'A-1', stock: 3 })
    w.sim.fault({ arm: { kind: 'checkout-between', sku: 'A-1', quantity: 2, at: 'Odenplan', field: 'inventorySetQuantities' } })
    expect(await w.remote.push(batchOf(stockRow(w.here, item, 'A-1', 9, 3)))).toEqual([{ kind: 'stale', shows: null }])
    expect(w.bench.value(item)).toBe(1)
    await w.end()
  })
  test('a place in a list that Shopify no longer knows starts the list again', async () => {
    const w = await world()
    w.bench.addItem({ number: 'A-1', stock: 9 })
    const ref = w.bench.sell('A-1', 1)
    for (const feed of ['orders', 'articles'] as const) {
      const { cursor } = await w.remote.pull(feed, { cursor: null })
      const lost = JSON.stringify({ ...JSON.parse(cursor), since: '2026-11-02T00:00:00.000Z', after: 'long ago', read: {} })
      const { events } = await w.remote.pull(feed, { cursor: lost })
      expect(events).toHaveLength(1)
    }
    expect((await w.order(ref)).orderRef).toBe(ref)
    await w.end()
  })
  test('a routing hook’s fulfilment order leads to its order', async () => {
    const w = await world()
    w.bench.addItem({ number: 'A-1', stock: 9 })
    await w.remote.subscribe('https://lagerbro.example/hooks/h-1')
    const ref = w.bench.sell('A-1', 2)
    const told = w.sim.hooks.waiting().find((d) => d.topic === 'fulfillment_orders/order_routing_complete') ?? expect.fail('no hook')
    const [look] = shopify.translateHook(
      { topic: told.topic, headers: {}, body: Buffer.from(told.body ?? ''), receivedAt: w.clock.now().toISOString() },
      w.here.settings as ShopifySettings,
    )
    if (look?.kind !== 'look') return expect.fail('not a look')
    expect((await w.order(look.key)).orderRef).toBe(ref)
    await w.end()
  })
  test('points: heads cost 11, a sweep without news nothing more, 250 rows cost 10', async () => {
    const w = await world()
    const items = Array.from({ length: 250 }, (_, i) => w.bench.addItem({ number: `N-${i}`, stock: 1 }))
    const from = w.sim.calls().length
    await w.remote.push(batchOf(...items.map((item, i) => stockRow(w.here, item, `N-${i}`, 2, 1))))
    await walk(w.remote, 'orders')
    expect(
      w.sim
        .calls()
        .slice(from)
        .map((c) => [c.operation, c.requestedCost]),
    ).toEqual([
      ['SetStock', 10],
      ['OrderHeads', 11],
      ['OrderHeads', 11],
    ])
    await w.end()
  })
  test('S12: with the bucket near empty, backfill waits and live work goes', async () => {
    const w = await world({ plan: { size: 100, restorePerSecond: 1 } })
    const item = w.bench.addItem({ number: 'A-1', stock: 3 })
    await w.remote.push(batchOf(stockRow(w.here, item, 'A-1', 4, 3)))
    for (let n = 4; n < 10; n++) await w.remote.push(batchOf(stockRow(w.here, item, 'A-1', n + 1, n)), 'live')
    const busy = await failing(w.here, w.remote.push(batchOf(stockRow(w.here, item, 'A-1', 20, 10)), 'backfill'))
    expect(busy).toMatchObject({ kind: 'busy', code: 'throttled', executed: 'no' })
    expect(await w.remote.push(batchOf(stockRow(w.here, item, 'A-1', 11, 10)), 'live')).toEqual([{ kind: 'done' }])
    expect(w.sim.hits().throttled ?? 0).toBe(0)
    await w.end()
  })
  test('a key that is no inventory item or location is refused without asking', async () => {
    const w = await world()
    const item = w.bench.addItem({ number: 'A-1', stock: 3 })
    const asked = w.sim.calls().length
    expect(await w.remote.push(batchOf({ ...stockRow(w.here, 'missing', 'X', 1, 1) }, stockRow(w.here, item, 'A-1', 1, 3)))).toMatchObject([
      { code: 'item-gone' },
      { kind: 'not-sent' },
    ])
    expect(w.sim.calls()).toHaveLength(asked)
    expect(await w.remote.pull('stock', { keys: ['missing'] })).toMatchObject({ events: [{ kind: 'listing-gone', itemRef: 'missing' }] })
    await w.end()
  })
})
