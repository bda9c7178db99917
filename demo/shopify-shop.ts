/** The demo shop's Shopify: its places and goods in the simulator, and the connection set up step by step as EasyCashier's guide for Shopify says. */
import { type Api, askSim, until } from './ask.ts'
import { catalogue, STORES } from './catalogue.ts'

/** How often orders are asked for. Hooks come at once; this is what finds a lost one. */
const POLL_MS = 5_000
const SET_UP_MS = 60_000

export interface Credentials {
  clientId: string
  clientSecret: string
}

/** Goods with numbers as the shopkeeper left them: some differ from the shelves, which the first sync puts right. One order is open already. */
export async function fillShop(sim: string): Promise<void> {
  const goods = catalogue().flatMap((product) => product.wares.map((ware) => ({ ...ware, product: product.name })))
  const items = goods
    .filter((ware) => ware.online)
    .map((ware, n) => ({
      sku: ware.number,
      title: ware.name,
      priceMinor: ware.priceMinor,
      barcode: ware.gtin,
      product: ware.product,
      levels: Object.fromEntries(STORES.map((store) => [store, (ware.stock?.[store] ?? 0) + (n % 4 === 0 ? 3 : 0)])),
    }))
  await askSim(sim, 'shop/addItems', items)
  await askSim(sim, 'shop/placeOrder', { lines: [{ sku: '2005', quantity: 2, at: 'Odenplan' }] })
}

/** All of the guide's steps and its first sync begun; `hooks` false = nobody could reach us, so orders are only asked for. */
export async function connectShopify(api: Api, sim: string, credentials: Credentials, hooks: boolean): Promise<number> {
  const { id } = await api('connections.make', { body: { code: 'shopify', name: 'Shopify' } })
  const params = { connectionId: id }
  await api('connections.settings', { params, body: { settings: { shop: sim, ...credentials }, manyPlaces: true, pollEveryMs: POLL_MS } })
  const { health } = await api('connections.check', { params, body: {} })
  const { items: locations } = await api('locations.list')
  const places = locations.flatMap((location) => {
    const place = health?.places.find((each) => each.name === location.name)
    return place === undefined ? [] : [{ locationId: location.id, placeRef: place.ref }]
  })
  await api('connections.places', { params, body: { places } })
  await api('connections.activate', { params, body: {} })
  if (hooks) await api('connections.subscribe', { params, body: {} })
  await runUntil(api, id, 'match', 'done')
  await api('connections.box', { params, body: { boxed: true, foundInShop: true } })
  const { runId } = await runUntil(api, id, 'first-sync', 'ready')
  if (runId !== null) await api('runs.confirm', { params: { connectionId: id, runId }, body: {} })
  return id
}

/** Null when it was over at once: nothing differed. */
async function runUntil(api: Api, connectionId: number, kind: 'match' | 'first-sync', state: 'ready' | 'done'): Promise<{ runId: number | null }> {
  const { id } = await api('runs.start', { params: { connectionId }, body: { kind } })
  const seen = await until(SET_UP_MS, async () => {
    const run = await api('runs.show', { params: { connectionId, runId: id } })
    return run.state === state || run.endedAt !== null ? run : null
  })
  if (seen === null) throw new Error(`the ${kind} didn't come to ${state} in ${SET_UP_MS} ms`)
  return { runId: seen.endedAt === null ? id : null }
}

/** The first sync has ended: every number is known and told. Shopify's search of orders may lag 15 s behind, and that is waited out once. */
export async function firstSyncDone(api: Api, connectionId: number): Promise<void> {
  const done = await until(SET_UP_MS, async () => {
    const { counts, waiting, runs } = await api('connections.show', { params: { connectionId } })
    return runs.length === 0 && waiting === 0 && (counts['in-sync'] ?? 0) > 0 ? true : null
  })
  if (done === null) throw new Error(`the shop wasn't in step after ${SET_UP_MS} ms`)
}
