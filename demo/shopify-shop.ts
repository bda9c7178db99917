/** The demo shop's Shopify: its places and goods in the simulator, and how it is connected. */
import { type ShopifyOptions, startShopify } from '../sim/shopify/shopify.ts'
import { askSim } from './ask.ts'
import { COMPANY, catalogue, STORES } from './catalogue.ts'
import { connect } from './connect.ts'
import type { ShopKind } from './shops.ts'

export const shopify: ShopKind = {
  addressField: 'shop',
  async start(options: ShopifyOptions) {
    const sim = await startShopify({ name: COMPANY, domain: 'ull-och-lin.myshopify.com', places: [...STORES], ...options })
    const { clientId, clientSecret } = sim.credentials
    return { sim, settings: { shop: sim.address, clientId, clientSecret } }
  },
  fill,
  connect: (api, settings, hooks) =>
    connect(api, {
      code: 'shopify',
      name: 'Shopify',
      settings,
      manyPlaces: true,
      places: (ours, theirs) =>
        ours.flatMap((location) => {
          const place = theirs.find((each) => each.name === location.name)
          return place === undefined ? [] : [{ locationId: location.id, placeRef: place.ref }]
        }),
      hooks,
    }),
}

/** Goods with numbers as the shopkeeper left them: some differ from the shelves, which the first sync puts right. One order is open already. */
async function fill(sim: string): Promise<void> {
  const goods = catalogue().flatMap((product) => product.wares.map((ware) => ({ ...ware, product: product.name })))
  const items = goods
    .filter((ware) => ware.online)
    .map((ware, n) => ({
      sku: ware.number,
      title: ware.name,
      priceMinor: ware.priceMinor,
      barcode: ware.gtin,
      product: ware.product,
      options: ware.values,
      levels: Object.fromEntries(STORES.map((store) => [store, (ware.stock?.[store] ?? 0) + (n % 4 === 0 ? 3 : 0)])),
    }))
  await askSim(sim, 'shop/addItems', items)
  await askSim(sim, 'shop/placeOrder', { lines: [{ sku: '2005', quantity: 2, at: 'Odenplan' }] })
}
