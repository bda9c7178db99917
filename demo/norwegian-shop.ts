/** Garn & Gull's Shopify: what was there before, and how it is connected so that the whole catalogue is shown there. */
import { type ShopifyOptions, startShopify } from '../sim/shopify/shopify.ts'
import { askSim } from './ask.ts'
import { connect } from './connect.ts'
import { KNOWN, NORWEGIAN_COMPANY, NORWEGIAN_STORE, STRANGER } from './norwegian-goods.ts'
import type { ShopKind } from './shops.ts'

/** Tellix's guide: products, files, publications, inventory, locations, orders and their fulfilment. */
const RIGHTS = [
  'read_products',
  'write_products',
  'read_files',
  'write_files',
  'read_publications',
  'write_publications',
  'read_inventory',
  'write_inventory',
  'read_locations',
  'read_orders',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
]

export const catalogueShop: ShopKind = {
  addressField: 'shop',
  async start(options: ShopifyOptions) {
    const sim = await startShopify({ name: NORWEGIAN_COMPANY, domain: 'garn-og-gull.myshopify.com', currency: 'NOK', places: [NORWEGIAN_STORE], scopes: RIGHTS, ...options })
    const { clientId, clientSecret } = sim.credentials
    return { sim, settings: { shop: sim.address, clientId, clientSecret, fulfilled: 'yes' } }
  },
  async fill(sim) {
    const stranger = STRANGER.numbers.map((sku, n) => ({
      sku,
      title: `Kveld ${n + 1}`,
      product: STRANGER.product,
      priceMinor: STRANGER.priceMinor,
      levels: { [NORWEGIAN_STORE]: 8 },
    }))
    await askSim(sim, 'shop/addItems', [...stranger, { sku: KNOWN.number, title: KNOWN.name, priceMinor: KNOWN.priceMinor, levels: { [NORWEGIAN_STORE]: 2 } }])
  },
  async connect(api, settings, hooks) {
    const id = await connect(api, {
      code: 'shopify',
      name: 'Shopify',
      settings,
      manyPlaces: false,
      places: (ours, theirs) => [{ locationId: ours[0]?.id ?? 0, placeRef: theirs[0]?.ref ?? '' }],
      hooks,
    })
    const params = { connectionId: id }
    await api('catalogues.set', { params, body: { products: true, descriptions: true } })
    await api('catalogues.tell', { params, body: { mode: 'verify' } })
    return id
  },
}
