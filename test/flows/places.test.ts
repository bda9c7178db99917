/** Webshop butiksid and Multipla distributionsställen, over the API against a simulated Shopify with three locations. */
import { afterEach, expect, test } from 'vitest'
import { type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import * as connectors from '../../src/connectors/index.ts'
import { placeRef } from '../../src/connectors/shopify/places.ts'
import { must } from '../../src/kit/assert.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type Owner, openWeb, type Web } from './web.ts'

interface Shop {
  web: Web
  owner: Owner
  sim: ShopifySim
  params: { connectionId: number }
  connection: Connection
  /** Odenplan and Haga. */
  stores: [number, number]
  /** The shop's place of that name, as Shopify's own number. */
  number(place: string): string
  place(place: string): string
  articles: { id: number; number: string }[]
}
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Credentials are in and checked; two stores here, three locations there, three articles counted in both stores. */
async function start(over: Parameters<typeof startShopify>[0] = {}): Promise<Shop> {
  const web = await openWeb({ connectors: { shopify: must(connectors.shopify, 'Shopify') } })
  const sim = await startShopify({ clock: web.clock, places: ['Odenplan', 'Haga', 'Malmö'], ...over })
  closing.push(web.close, sim.close, () => journalSettled(web.deps))
  const owner = await web.owner()
  const haga = await owner.does('locations.make', { body: { name: 'Haga' } })
  const stores: [number, number] = [owner.locationId, haga.id]
  const articles = []
  for (const number of ['007', '008', '009']) articles.push(await owner.does('articles.make', { body: { number, name: `Vara ${number}` } }))
  sim.shop.addItems([
    { sku: '007', levels: { Odenplan: 10, Haga: 4, Malmö: 3 } },
    { sku: '008', levels: { Odenplan: 10, Haga: 7, Malmö: 3 } },
    { sku: '009', levels: { Odenplan: 10 } },
  ])
  for (const [locationId, counted] of [
    [stores[0], 10],
    [stores[1], 4],
  ])
    await owner.does('counts.register', { body: { ref: `INV-${locationId}`, locationId, lines: articles.slice(0, 2).map(({ id }) => ({ articleId: id, counted })) } })
  const { id } = await owner.does('connections.make', { body: { code: 'shopify', name: 'Shopify' } })
  const params = { connectionId: id }
  await owner.does('connections.settings', { params, body: { settings: { shop: sim.address, clientId: sim.credentials.clientId, clientSecret: sim.credentials.clientSecret } } })
  await owner.does('connections.check', { params })
  const place = (name: string) =>
    must(
      sim.shop.places().find((each) => each.name === name),
      name,
    ).gid
  return {
    web,
    owner,
    sim,
    params,
    connection: openConnection(web.deps, owner.companyId, id),
    stores,
    place,
    number: (name) => must(place(name).split('/').at(-1), name),
    articles,
  }
}

/** Works until nothing is left to do but for a person, letting the clock go where something waits. */
async function settle(shop: Shop): Promise<void> {
  for (let n = 0; n < 400; n++) {
    const { did, nextAt } = await shop.connection.step()
    if (did) continue
    const { waiting, runs, queue } = await shop.owner.does('connections.show', { params: shop.params })
    if (runs.some((run) => run.state === 'ready') || (waiting + queue.inboxWaiting === 0 && runs.length === 0)) return
    shop.web.clock.advance(Math.max(1, (nextAt ?? shop.web.clock.now()).getTime() - shop.web.clock.now().getTime()))
  }
  throw new Error('not at rest after 400 steps')
}
/** Later, after the next sweep of orders. */
async function later(shop: Shop): Promise<void> {
  shop.web.clock.advance(61_000)
  await settle(shop)
}
const pairs = (shop: Shop, ...names: string[]) => names.map((name, n) => ({ locationId: must(shop.stores[n], 'a store'), placeRef: shop.place(name) }))

async function running(shop: Shop, ...names: string[]): Promise<void> {
  const { owner, params } = shop
  await owner.does('connections.places', { params, body: { places: pairs(shop, ...names), manyPlaces: names.length > 1 } })
  await owner.does('connections.activate', { params })
  await owner.does('connections.box', { params, body: { boxed: true, articleIds: shop.articles.map((article) => article.id) } })
  const run = await owner.does('runs.start', { params, body: { kind: 'first-sync' } })
  await settle(shop)
  const ready = await owner.does('runs.show', { params: { ...params, runId: run.id } })
  if (ready.state === 'ready') await owner.does('runs.confirm', { params: { ...params, runId: run.id } })
  await settle(shop)
}
const writes = (sim: ShopifySim) =>
  sim
    .calls()
    .filter(
      (call) =>
        /^(inventory|webhook)[A-Z]\w*(Set|Activate|Adjust|Create|Delete)/.test(call.fields.join()) ||
        call.fields.some((field) => /^inventory(Set|Adjust|Activate|Bulk)/.test(field)),
    )
const reserved = async ({ owner, articles }: Shop, n = 0) =>
  (await owner.does('levels.list', { query: { number: must(articles[n], 'an article').number } })).items.map((level) => [level.locationName, level.onHand, level.reserved]).sort()

test.each([
  '57770000111',
  ' 57770000111 ',
  'https://webshopsnamn.myshopify.com/admin/settings/locations/57770000111',
  'webshopsnamn.myshopify.com/admin/settings/locations/57770000111?tab=1',
  'https://admin.shopify.com/store/webshopsnamn/settings/locations/57770000111',
  'gid://shopify/Location/57770000111',
])('a place pasted as %s is the same place', (text) => {
  expect(placeRef(text)).toBe('gid://shopify/Location/57770000111')
})
test.each([
  '',
  'Odenplan',
  'https://webshopsnamn.myshopify.com/admin/settings/locations',
  '5777x',
  'gid://shopify/Product/57770000111',
  'https://x.myshopify.com/admin/products/57770000111',
])('a place pasted as "%s" is none', (text) => {
  expect(placeRef(text)).toBeNull()
})

test('Webshop butiksid is taken as a number, an address or a gid; what cannot be used is refused by its field, with what to do', async () => {
  const shop = await start()
  const { owner, sim, params, stores } = shop
  const save = (...refs: string[]) => owner.call('connections.places', { params, body: { places: refs.map((ref, n) => ({ locationId: stores[n], placeRef: ref })) } })
  const address = `https://ull.myshopify.com/admin/settings/locations/${shop.number('Odenplan')}`
  for (const text of [shop.number('Odenplan'), address, shop.place('Odenplan')]) {
    expect((await save(text)).body).toMatchObject({ places: [{ locationId: stores[0], placeRef: shop.place('Odenplan'), name: 'Odenplan' }] })
  }
  const asked = sim.calls().length
  expect((await save('Odenplan')).body).toMatchObject({ code: 'place-unknown', field: 'places.0.placeRef', facts: { reason: 'place-not-an-id', place: 'Odenplan' } })
  expect(sim.calls()).toHaveLength(asked)
  expect((await save('999')).body).toMatchObject({ code: 'place-unknown', field: 'places.0.placeRef', facts: { reason: 'place-not-there', place: '999' } })
  expect((await save(address, shop.number('Odenplan'))).body).toMatchObject({ code: 'place-taken', field: 'places.1.placeRef', facts: { place: 'Odenplan', store: 'Odenplan' } })
  sim.shop.setPlace({ name: 'Haga', active: false })
  sim.shop.setPlace({ name: 'Malmö', fulfilmentService: 'Lagerhotellet' })
  await owner.does('connections.check', { params })
  expect((await save(address, shop.number('Haga'))).body).toMatchObject({ code: 'place-unusable', field: 'places.1.placeRef', facts: { place: 'Haga', reason: 'place-inactive' } })
  expect((await save(address, shop.number('Malmö'))).body).toMatchObject({ code: 'place-unusable', facts: { place: 'Malmö', reason: 'fulfilment-service' } })
  // Made in Shopify after the last check: the shop is asked again before it is called unknown.
  const { id } = sim.shop.addPlace({ name: 'Lund' })
  expect((await save(address, id)).body).toMatchObject({ places: [{ name: 'Odenplan' }, { name: 'Lund' }] })
})

test('Aktivera writes nothing to the shop before every check passes, and says which step is wrong', async () => {
  const shop = await start()
  const { owner, sim, params } = shop
  const activate = async () => (await owner.call('connections.activate', { params })).body
  expect(await activate()).toMatchObject({ code: 'place-missing', field: 'places' })
  await owner.does('connections.places', { params, body: { places: pairs(shop, 'Odenplan', 'Haga') } })
  expect((await owner.does('connections.show', { params })).guide.find((step) => step.code === 'places')).toMatchObject({ done: false, missing: ['places'] })
  expect(await activate()).toMatchObject({ code: 'many-places-off', field: 'manyPlaces', facts: { stores: expect.stringContaining('Haga') } })
  await owner.does('connections.settings', { params, body: { manyPlaces: true } })
  sim.shop.setPlace({ name: 'Haga', active: false })
  expect(await activate()).toMatchObject({ code: 'place-unusable', field: 'places', facts: { place: 'Haga' } })
  sim.shop.setPlace({ name: 'Haga', active: true })
  const rights = sim.state().scopes
  sim.setScopes(rights.filter((scope) => scope !== 'write_inventory'))
  sim.expireTokens()
  expect(await activate()).toMatchObject({ code: 'not-ready', facts: { missing: 'rights', scope: 'write_inventory' } })
  sim.setScopes(rights)
  sim.expireTokens()
  expect(await activate()).toMatchObject({ state: 'active' })
  expect(writes(sim)).toEqual([])
  expect((await owner.call('connections.settings', { params, body: { manyPlaces: false } })).body).toMatchObject({ code: 'many-places-off', field: 'manyPlaces' })
})

test('S1 R2: with two stores each store and its location agree in both directions, late routing and moves included', async () => {
  const shop = await start({ switches: { routingMs: 20_000 } })
  const { owner, sim, stores } = shop
  await running(shop, 'Odenplan', 'Haga')
  expect([sim.available('007', 'Odenplan'), sim.available('007', 'Haga'), sim.available('008', 'Haga')]).toEqual([10, 4, 4])
  for (const [n, locationId] of stores.entries()) await owner.does('sales.register', { body: { ref: `K-${n}`, locationId, lines: [{ articleNumber: '007', quantity: n + 1 }] } })
  await settle(shop)
  expect([sim.available('007', 'Odenplan'), sim.available('007', 'Haga'), sim.available('007', 'Malmö')]).toEqual([9, 2, 3])
  // Nobody has said yet where it ships from: it waits at the store that stands in, and moves when Shopify says so.
  const order = sim.shop.placeOrder({ lines: [{ sku: '007', quantity: 2, at: 'Haga' }] })
  shop.web.clock.advance(10_000)
  await shop.connection.step()
  await later(shop)
  expect(await reserved(shop)).toEqual([
    ['Haga', 2, 2],
    ['Odenplan', 9, 0],
  ])
  sim.shop.move({ order: order.name, to: 'Odenplan' })
  await later(shop)
  expect(await reserved(shop)).toEqual([
    ['Haga', 2, 0],
    ['Odenplan', 9, 2],
  ])
  expect([sim.available('007', 'Odenplan'), sim.available('007', 'Haga')]).toEqual([7, 2])
  sim.shop.fulfil({ order: order.name })
  await later(shop)
  expect(await reserved(shop)).toEqual([
    ['Haga', 2, 0],
    ['Odenplan', 7, 0],
  ])
})

for (const many of [false, true])
  test(`R2 R9: an order that ships from a place of no store counts nowhere, is shown, and counts when the place gets a store (${many ? 'several places' : 'one place'})`, async () => {
    const shop = await start({ switches: { routingTouchesOrder: many, routingHook: !many, hugeIds: many } })
    const { owner, sim, params, stores } = shop
    await running(shop, ...(many ? ['Odenplan', 'Haga'] : ['Odenplan']))
    sim.shop.placeOrder({ lines: [{ sku: '007', quantity: 2, at: 'Malmö' }] })
    await later(shop)
    expect((await reserved(shop)).map(([, , pieces]) => pieces)).toEqual([0, 0])
    expect(sim.available('007', 'Odenplan')).toBe(10)
    expect((await owner.does('connections.show', { params })).ordersElsewhere).toBe(1)
    const listed = async () => (await owner.does('orders.list', { query: { state: 'exception' } })).items.map((order) => order.elsewhere)
    expect(await listed()).toEqual([[{ placeRef: shop.place('Malmö'), place: 'Malmö', quantity: 2 }]])
    // The second store moves to Malmö: the order is its own from now on.
    const places = [
      { locationId: stores[0], placeRef: shop.place('Odenplan') },
      { locationId: stores[1], placeRef: shop.number('Malmö') },
    ]
    await owner.does('connections.places', { params, body: { places, manyPlaces: true } })
    expect(await reserved(shop)).toEqual([
      ['Haga', 4, 2],
      ['Odenplan', 10, 0],
    ])
    expect([await listed(), (await owner.does('connections.show', { params })).ordersElsewhere]).toEqual([[], 0])
    await settle(shop)
    expect([sim.available('007', 'Malmö'), sim.available('007', 'Haga')]).toEqual([2, 4])
  })

test('ticking Multipla distributionsställen first says per store what would be sent, and writes nothing', async () => {
  const shop = await start()
  const { owner, sim, params, stores } = shop
  await running(shop, 'Odenplan')
  await owner.does('sales.register', { body: { ref: 'K-1', locationId: stores[1], lines: [{ articleNumber: '007', quantity: 4 }] } })
  const before = writes(sim).length
  const refused = await owner.call('connections.places', { params, body: { places: pairs(shop, 'Odenplan', 'Haga') } })
  expect(refused.body).toMatchObject({ code: 'many-places-off', facts: { stores: expect.stringContaining('Haga') } })
  expect((await owner.call('connections.preview-places', { params, body: { places: pairs(shop, 'Odenplan', 'Haga') } })).body).toMatchObject({ code: 'many-places-off' })
  // Changed in the shop where nobody looks yet: the preview reads it.
  sim.shop.handEdit({ sku: '008', at: 'Haga', available: 4 })
  const preview = await owner.does('connections.preview-places', { params, body: { places: pairs(shop, 'Odenplan', 'Haga'), manyPlaces: true } })
  expect(preview.stores).toEqual([
    {
      locationId: stores[0],
      placeRef: shop.place('Odenplan'),
      name: 'Odenplan',
      before: shop.place('Odenplan'),
      direction: 'out',
      directionBefore: 'out',
      takes: null,
      articles: 2,
      same: 2,
      differ: 0,
      toZero: 0,
      unknown: 1,
      blocked: 0,
    },
    {
      locationId: stores[1],
      placeRef: shop.place('Haga'),
      name: 'Haga',
      before: null,
      direction: 'out',
      directionBefore: null,
      takes: null,
      articles: 2,
      same: 1,
      differ: 1,
      toZero: 1,
      unknown: 1,
      blocked: 0,
    },
  ])
  expect([preview.ends, preview.openOrders]).toEqual([[], 0])
  expect(writes(sim)).toHaveLength(before)
  await owner.does('connections.places', { params, body: { places: pairs(shop, 'Odenplan', 'Haga'), manyPlaces: true } })
  await settle(shop)
  expect([sim.available('007', 'Haga'), sim.available('008', 'Haga')]).toEqual([0, 4])
  expect(writes(sim)).toHaveLength(before + 1)
})

test('unticking leaves the other locations as they are: nothing is written there, and nothing waits for them', async () => {
  const shop = await start()
  const { owner, sim, params, stores } = shop
  await running(shop, 'Odenplan', 'Haga')
  const preview = await owner.does('connections.preview-places', { params, body: { places: pairs(shop, 'Odenplan') } })
  expect(preview.ends).toEqual([{ locationId: stores[1], placeRef: shop.place('Haga'), name: 'Haga', direction: 'out' }])
  const before = writes(sim).length
  await owner.does('connections.places', { params, body: { places: pairs(shop, 'Odenplan'), manyPlaces: false } })
  await owner.does('sales.register', { body: { ref: 'K-1', locationId: stores[1], lines: [{ articleNumber: '007', quantity: 4 }] } })
  await later(shop)
  await owner.does('connections.looks', { params, body: {} })
  await later(shop)
  expect(writes(sim)).toHaveLength(before)
  expect([sim.available('007', 'Haga'), sim.available('007', 'Odenplan')]).toEqual([4, 10])
  expect(await owner.does('connections.show', { params })).toMatchObject({ waiting: 0, counts: { 'in-sync': 2 }, manyPlaces: false })
  // Back again: what was believed of the place is forgotten, and the number is put right.
  await owner.does('connections.places', { params, body: { places: pairs(shop, 'Odenplan', 'Haga'), manyPlaces: true } })
  await settle(shop)
  expect(sim.available('007', 'Haga')).toBe(0)
  // A run that was to send there ends all the same.
  sim.shop.handEdit({ sku: '008', at: 'Haga', available: 9 })
  const run = await owner.does('runs.start', { params, body: { kind: 'sync-all' } })
  await settle(shop)
  await owner.does('runs.confirm', { params: { ...params, runId: run.id } })
  await owner.does('connections.places', { params, body: { places: pairs(shop, 'Odenplan'), manyPlaces: false } })
  await settle(shop)
  expect([(await owner.does('runs.show', { params: { ...params, runId: run.id } })).state, sim.available('008', 'Haga')]).toEqual(['done', 9])
})
