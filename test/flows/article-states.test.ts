/** Every article says how it stands towards a webshop and has its button: what each press does at the shop, against the Shopify simulator. */
import { afterEach, expect, test } from 'vitest'
import { type ShopifyOptions, type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import * as connectors from '../../src/connectors/index.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type Owner, openWeb, type Web } from './web.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Ware {
  number: string
  /** What the shop has of it; null = nothing, left out = four pieces at Odenplan. */
  there?: Parameters<ShopifySim['shop']['addItems']>[0][number][] | null
}
interface Shop {
  web: Web
  owner: Owner
  sim: ShopifySim
  at: { connectionId: number }
  ids: Record<string, number>
  connection: Connection
  settle(): Promise<void>
  /** The article's state in the connection's own list, on the article's page, and in its counts: they say the same. */
  state(number: string): Promise<string>
  shows(number: string): number | null
  /** How often the shop was written to, by the name of the mutation. */
  did(what: string): number
}

/** A shop in step: ten of each counted at Odenplan, ticked, matched, and the first sync confirmed. */
async function open(wares: Ware[], options: ShopifyOptions & { synced?: boolean } = {}): Promise<Shop> {
  const web = await openWeb({ connectors })
  const sim = await startShopify({ clock: web.clock, places: ['Odenplan'], ...options })
  closing.push(
    () => web.close(),
    () => sim.close(),
    () => journalSettled(web.deps),
  )
  const owner = await web.owner()
  sim.shop.addItems(wares.flatMap(({ number, there }) => (there === undefined ? [{ sku: number, levels: { Odenplan: 4 } }] : (there ?? []))))
  const ids: Record<string, number> = {}
  for (const { number } of wares) ids[number] = (await owner.does('articles.make', { body: { number, name: `Vara ${number}` } })).id
  const lines = Object.values(ids).map((articleId) => ({ articleId, quantity: 10 }))
  await owner.does('goods-receipts.register', { body: { ref: 'start', locationId: owner.locationId, lines } })
  const { id } = await owner.does('connections.make', { body: { code: 'shopify', name: 'Webben' } })
  const at = { connectionId: id }
  await owner.does('connections.settings', { params: at, body: { settings: { shop: sim.address, accessToken: sim.credentials.token, clientSecret: sim.credentials.hookSecret } } })
  const { health } = await owner.does('connections.check', { params: at, body: {} })
  await owner.does('connections.places', { params: at, body: { places: [{ locationId: owner.locationId, placeRef: health?.places[0]?.ref ?? '' }] } })
  await owner.does('connections.activate', { params: at, body: {} })
  await owner.does('connections.box', { params: at, body: { boxed: true, articleIds: Object.values(ids) } })
  const connection = openConnection(web.deps, owner.companyId, id)
  const settle = async () => {
    let waits = 0
    for (let n = 0; n < 400; n++) {
      const { did, nextAt } = await connection.step()
      if (did) continue
      const { queue, runs, counts } = await owner.does('connections.show', { params: at })
      if ((queue.live + queue.backfill + (counts.stocking ?? 0) === 0 && !runs.some((run) => run.state === 'sending' || run.state === 'looking')) || waits++ > 20) return
      web.clock.advance(Math.max(1, (nextAt ?? web.clock.now()).getTime() - web.clock.now().getTime()))
    }
    throw new Error('not at rest after 400 steps')
  }
  if (options.synced !== false) {
    const run = await owner.does('runs.start', { params: at, body: { kind: 'first-sync' } })
    await settle()
    const { state } = await owner.does('runs.show', { params: { ...at, runId: run.id } })
    if (state === 'ready') await owner.does('runs.confirm', { params: { ...at, runId: run.id }, body: {} })
    await settle()
  }
  return {
    web,
    owner,
    sim,
    at,
    ids,
    connection,
    settle,
    async state(number) {
      const { items } = await owner.does('connections.articles', { params: at, query: { q: number } })
      const inList = items.find((item) => item.number === number)?.state ?? 'not-there'
      const page = await owner.does('articles.show', { params: { articleId: ids[number] ?? 0 } })
      const { counts } = await owner.does('connections.show', { params: at })
      expect(page.connections[0]?.state).toBe(inList)
      expect(counts[inList as 'in-sync'] ?? 0).toBeGreaterThan(0)
      return inList
    },
    shows: (number) => sim.available(number, 'Odenplan'),
    did: (what) => sim.state().hits[what] ?? 0,
  }
}
const press = (shop: Shop, ask: 'track' | 'stock' | 'leave' | 'mind', numbers?: string[]) =>
  shop.owner.call('connections.stocking', { params: shop.at, body: { ask, ...(numbers === undefined ? {} : { articleIds: numbers.map((number) => shop.ids[number] ?? 0) }) } })

test('not tracked: one press starts the tracking in the shop, and then the number is sent the ordinary way; switched off there again it says so again', async () => {
  const shop = await open([{ number: 'MUGG', there: [{ sku: 'MUGG', tracked: false, levels: { Odenplan: 3 } }] }, { number: 'KANNA' }])
  expect([await shop.state('MUGG'), await shop.state('KANNA')]).toEqual(['not-tracked', 'in-sync'])
  expect((await press(shop, 'track', ['MUGG'])).body).toEqual({ cells: 1 })
  expect(await shop.state('MUGG')).toBe('stocking')
  // Pressed twice before it is done, it is done once.
  expect((await press(shop, 'track', ['MUGG'])).body).toEqual({ cells: 0 })
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('in-sync')
  expect([shop.shows('MUGG'), shop.did('inventoryItemUpdate')]).toEqual([10, 1])

  shop.sim.shop.setTracked({ sku: 'MUGG', tracked: false })
  const writes = shop.did('inventorySetQuantities')
  await shop.owner.does('sales.register', { body: { ref: 'k1', locationId: shop.owner.locationId, lines: [{ articleId: shop.ids.MUGG ?? 0, quantity: 1 }] } })
  await shop.owner.does('connections.looks', { params: shop.at, body: { articleIds: [shop.ids.MUGG ?? 0] } })
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('not-tracked')
  expect(shop.did('inventorySetQuantities')).toBe(writes)
  await press(shop, 'track', ['MUGG'])
  await shop.settle()
  expect([await shop.state('MUGG'), shop.shows('MUGG')]).toEqual(['in-sync', 9])
})

test('S4: not stocked: one press keeps it at the place without erasing the number that stood there, also when the answer is lost and it is asked for again', async () => {
  const shop = await open([{ number: 'MUGG', there: [{ sku: 'MUGG', levels: { Odenplan: 7 }, inactiveAt: ['Odenplan'] }] }])
  expect(await shop.state('MUGG')).toBe('not-stocked')
  shop.sim.fault({ arm: { kind: 'hangup', when: 'after', field: 'inventoryActivate' } })
  let stood: number | null = null
  shop.sim.beforeNext('inventorySetQuantities', () => (stood = shop.shows('MUGG')))
  await press(shop, 'stock')
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('in-sync')
  expect([stood, shop.shows('MUGG'), shop.did('inventoryActivate')]).toEqual([7, 10, 1])
})

test('left out on purpose: it needs nobody and nothing is asked of the shop, until that is taken back or the article is kept there after all', async () => {
  const shop = await open([{ number: 'MUGG', there: [{ sku: 'MUGG', levels: { Odenplan: 7 }, inactiveAt: ['Odenplan'] }] }, { number: 'KANNA' }])
  expect((await press(shop, 'leave', ['KANNA'])).body).toEqual({ cells: 0 })
  expect((await press(shop, 'leave', ['MUGG'])).body).toEqual({ cells: 1 })
  expect((await press(shop, 'leave')).body).toEqual({ cells: 0 })
  expect(await shop.state('MUGG')).toBe('left-out')
  await shop.owner.does('sales.register', { body: { ref: 'k1', locationId: shop.owner.locationId, lines: [{ articleId: shop.ids.MUGG ?? 0, quantity: 1 }] } })
  await shop.owner.does('connections.looks', { params: shop.at, body: {} })
  await shop.settle()
  expect([await shop.state('MUGG'), await shop.state('KANNA'), shop.did('inventoryActivate')]).toEqual(['left-out', 'in-sync', 0])
  expect((await press(shop, 'mind', ['MUGG'])).body).toEqual({ cells: 1 })
  expect(await shop.state('MUGG')).toBe('not-stocked')
  await press(shop, 'leave')
  await press(shop, 'stock')
  await shop.settle()
  expect([await shop.state('MUGG'), shop.shows('MUGG')]).toEqual(['in-sync', 9])
})

test('all in a state at once: each is asked for once, and a sale goes before the next of them', async () => {
  const wares = Array.from({ length: 12 }, (_, n) => ({ number: `M${n}`, there: [{ sku: `M${n}`, tracked: false, levels: { Odenplan: 1 } }] }))
  const shop = await open([...wares, { number: 'KANNA' }])
  expect((await press(shop, 'track')).body).toEqual({ cells: 12 })
  await shop.connection.step()
  await shop.owner.does('sales.register', { body: { ref: 'k1', locationId: shop.owner.locationId, lines: [{ articleId: shop.ids.KANNA ?? 0, quantity: 1 }] } })
  await shop.connection.step()
  expect(shop.shows('KANNA')).toBe(9)
  expect(shop.did('inventoryItemUpdate')).toBeLessThan(12)
  await shop.settle()
  expect(shop.did('inventoryItemUpdate')).toBe(12)
  expect((await shop.owner.does('connections.show', { params: shop.at })).counts).toEqual({ 'in-sync': 13 })
})

test('a right that is missing: the button says which and nothing is asked of the shop; taken away after the press, it is done when it is given back', async () => {
  const shop = await open([{ number: 'MUGG', there: [{ sku: 'MUGG', tracked: false, levels: { Odenplan: 2 } }] }])
  const rights = [...shop.sim.state().scopes]
  const without = rights.filter((scope) => scope !== 'write_inventory')
  shop.sim.setScopes(without)
  await shop.owner.does('connections.check', { params: shop.at, body: {} })
  expect((await shop.owner.does('connections.list')).items[0]?.stocking).toEqual({ can: 'right-missing', scope: 'write_inventory' })
  const answer = await press(shop, 'track', ['MUGG'])
  expect([answer.status, answer.body]).toEqual([409, expect.objectContaining({ code: 'not-ready', facts: expect.objectContaining({ scope: 'write_inventory' }) })])

  shop.sim.setScopes(rights)
  await shop.owner.does('connections.check', { params: shop.at, body: {} })
  await press(shop, 'track', ['MUGG'])
  shop.sim.setScopes(without)
  await shop.settle()
  // Only what needs the right stands still.
  expect(await shop.owner.does('connections.show', { params: shop.at })).toMatchObject({ state: 'active' })
  expect(shop.did('inventoryItemUpdate')).toBe(0)
  shop.sim.setScopes(rights)
  await shop.owner.does('connections.check', { params: shop.at, body: {} })
  await shop.settle()
  expect([await shop.state('MUGG'), shop.shows('MUGG')]).toEqual(['in-sync', 10])
})

test('before the first dry run was confirmed nothing is asked of the shop', async () => {
  const shop = await open([{ number: 'MUGG', there: [{ sku: 'MUGG', tracked: false }] }], { synced: false })
  await shop.settle()
  const answer = await press(shop, 'track')
  expect([answer.status, (answer.body as { facts?: unknown }).facts]).toEqual([409, expect.objectContaining({ reason: 'first-sync-first' })])
})

test('the shop says no: its reason and its own words stand at the article, and the button works again', async () => {
  const shop = await open([{ number: 'MUGG', there: [{ sku: 'MUGG', levels: { Odenplan: 7 }, inactiveAt: ['Odenplan'] }] }])
  await press(shop, 'stock')
  shop.sim.shop.setPlace({ name: 'Odenplan', fulfilmentService: 'Lagerhotellet' })
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('place-gone')
  const [item] = (await shop.owner.does('connections.articles', { params: shop.at })).items
  expect(item?.cells[0]?.said).toContain('third-party')
  shop.sim.shop.setPlace({ name: 'Odenplan', fulfilmentService: null })
  await shop.owner.does('connections.retry', { params: shop.at, body: { articleIds: [shop.ids.MUGG ?? 0] } })
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('not-stocked')
  await press(shop, 'stock')
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('in-sync')
})

test('S10: two articles of one number in the shop are shown with their pages, and never chosen between; when one is renamed it is found', async () => {
  const shop = await open([
    {
      number: 'MUGG',
      there: [
        { sku: 'MUGG', levels: { Odenplan: 1 } },
        { sku: 'MUGG', levels: { Odenplan: 2 } },
      ],
    },
    { number: 'KANNA' },
  ])
  expect(await shop.state('MUGG')).toBe('ambiguous')
  const articleId = shop.ids.MUGG ?? 0
  const { items } = await shop.owner.does('connections.article', { params: { ...shop.at, articleId } })
  expect(items.map((item) => [item.number, item.why])).toEqual([
    ['MUGG', 'same-number'],
    ['MUGG', 'same-number'],
  ])
  const real = connectors.shopify?.settings.parse({ shop: 'kaffe.myshopify.com', accessToken: 'shpat_0123456789abcdef0123456789abcdef' })
  expect(connectors.shopify?.itemPage?.(real, 'gid://shopify/InventoryItem/44')).toBe('https://kaffe.myshopify.com/admin/products/inventory/44/inventory_history')
  expect([shop.shows('MUGG'), shop.did('inventorySetQuantities')]).toEqual([1, 1])
  shop.sim.shop.changeSku({ sku: 'MUGG', to: 'MUGG-GAMMAL' })
  expect(await shop.owner.does('connections.find', { params: shop.at, body: { articleIds: [articleId] } })).toEqual({ changed: 1 })
  await shop.settle()
  expect(await shop.state('MUGG')).toBe('in-sync')
})

test('S10: a number that is not there shows those near it, matches none of them, and is found when it has been put right', async () => {
  const shop = await open([{ number: '0012-a', there: [{ sku: '12 A', levels: { Odenplan: 4 } }] }, { number: 'KANNA' }])
  expect(await shop.state('0012-a')).toBe('missing')
  const articleId = shop.ids['0012-a'] ?? 0
  const one = await shop.owner.does('connections.article', { params: { ...shop.at, articleId } })
  expect([one.listRead, one.items.map((item) => [item.number, item.why])]).toEqual([true, [['12 A', 'near']]])
  expect(await shop.owner.does('connections.find', { params: shop.at, body: { articleIds: [articleId] } })).toEqual({ changed: 0 })
  expect(shop.shows('12 A')).toBe(4)
  await shop.owner.does('articles.change', { params: { articleId }, body: { number: '12 A' } })
  await shop.owner.does('connections.find', { params: shop.at, body: { articleIds: [articleId] } })
  await shop.settle()
  expect(shop.shows('12 A')).toBe(10)
})
