/** The battery for products, with the toy shop and with Shopify. */
import { ask } from '../../sim/shopify/asking.ts'
import { paintedPng } from '../../sim/shopify/painted.ts'
import { startShopify } from '../../sim/shopify/shopify.ts'
import { startToy } from '../../sim/toy/toy.ts'
import type { Connector, Tools } from '../../src/connectors/contract.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { parseMinor } from '../../src/kit/money.ts'
import { type Goods, productBattery } from './battery-products.ts'

function opened<S>(connector: Connector<S>, raw: Record<string, string>): Pick<Goods, 'remote'> {
  const clock = fakeClock()
  const kept = new Map<string, string>()
  const http = openHttp({ allowLoopback: true })
  const tools: Tools = {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  }
  return { remote: connector.open(connector.settings.parse(raw), tools) }
}

productBattery('toy', async () => {
  const sim = await startToy({ places: ['store'] })
  const items = () => [...sim.state.items.values()]
  return {
    ...opened(toy, sim.settings()),
    currency: 'SEK',
    tooMany: 101,
    make: (name, variants) =>
      void sim.addProduct({ name, options: ['Size'], items: variants.map(({ number, size, priceMinor }) => ({ number, stock: { store: 1 }, values: [size], price: priceMinor })) }),
    addPicture: (number, alt) => {
      const product = sim.state.products.get(items().find((item) => item.number === number)?.parent ?? '')
      product?.pictures.push({ ref: `theirs ${alt}`, alt, item: null, digest: '', bytes: paintedPng(alt), type: 'image/png' })
    },
    reprice: async (number, price) => {
      const ref = items().find((item) => item.number === number)?.ref ?? ''
      const face = sim.state.faces.get(ref)
      if (face !== undefined) face.price = price
    },
    seen: async () =>
      [...sim.state.products.values()].map((product) => ({
        name: product.name,
        active: product.active,
        variants: items()
          .filter((item) => item.parent === product.ref)
          .map((item) => {
            const face = sim.state.faces.get(item.ref)
            return { number: item.number, size: face?.values[0] ?? '', priceMinor: face?.price ?? null, barcode: face?.barcode ?? null }
          }),
        pictures: product.pictures.map((each) => each.alt),
      })),
    loseAnswer: () => sim.fault({ kind: 'timeout-after', times: 1, on: 'products' }),
    stop: () => sim.close(),
  }
})

const SEEN = `query Seen { products(first: 20) { nodes { title status media(first: 20) { nodes { alt } }
  variants(first: 20) { nodes { id sku barcode price selectedOptions { value } } } } } }`
interface Seen {
  products: {
    nodes: {
      title: string
      status: string
      media: { nodes: { alt: string }[] }
      variants: { nodes: { id: string; sku: string | null; barcode: string | null; price: string; selectedOptions: { value: string }[] }[] }
    }[]
  }
}
const REPRICE =
  'mutation R($product: ID!, $variants: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(productId: $product, variants: $variants) { userErrors { message } } }'
productBattery('shopify', async () => {
  const scopes = ['read_inventory', 'write_products', 'write_files', 'write_publications']
  const sim = await startShopify({ scopes, currency: 'NOK', clock: fakeClock(), switches: { searchLagMs: 15_000 } })
  return {
    ...opened(shopify, { shop: sim.address, accessToken: sim.credentials.token }),
    currency: 'NOK',
    tooMany: 2049,
    make: (name, variants) => {
      sim.shop.addItems(variants.map(({ number, size, priceMinor }) => ({ sku: number, product: name, options: { Size: size }, priceMinor })))
      // It has stood there a while.
      sim.advance(15_000)
    },
    addPicture: (sku, alt) => void sim.shop.addImage({ sku, alt }),
    reprice: async (sku, priceMinor) => {
      const { productId, variantId } = sim.shop.handle({ sku })
      const variants = [{ id: `gid://shopify/ProductVariant/${variantId}`, price: String(priceMinor / 100) }]
      await ask(sim, REPRICE, { product: `gid://shopify/Product/${productId}`, variants })
    },
    seen: async () =>
      ((await ask(sim, SEEN)).data as unknown as Seen).products.nodes.map(({ title, status, media, variants }) => ({
        name: title,
        active: status === 'ACTIVE',
        variants: variants.nodes.map((each) => ({ number: each.sku, size: each.selectedOptions[0]?.value ?? '', priceMinor: parseMinor(each.price), barcode: each.barcode })),
        pictures: media.nodes.map((each) => each.alt),
      })),
    loseAnswer: () => sim.fault({ arm: [{ kind: 'hangup', when: 'after', field: 'productSet' }] }),
    stop: () => sim.close(),
  }
})
