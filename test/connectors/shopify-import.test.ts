/** The shop's products as the first-time import reads them: whole, once, gone on with after a crash, and what the shop doesn't say stays unsaid. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import type { Remote, RemoteProduct } from '../../src/connectors/contract.ts'
import { plainText } from '../../src/connectors/shopify/plain-text.ts'
import { settings } from '../../src/connectors/shopify/settings.ts'
import { shopify } from '../../src/connectors/shopify/shopify.ts'
import { must } from '../../src/kit/assert.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { PNG } from '../pictures.ts'

const RIGHTS = ['read_inventory', 'write_inventory', 'read_orders', 'read_locations', 'read_merchant_managed_fulfillment_orders', 'read_products']
let clock: FakeClock
let sim: ShopifySim
let remote: Remote
beforeEach(async () => {
  clock = fakeClock()
  sim = await startShopify({ clock, scopes: RIGHTS })
  remote = opened()
})
afterEach(() => sim.close())
function opened(chosen: Record<string, string> = {}): Remote {
  const http = openHttp({ allowLoopback: true })
  return shopify.open(settings.parse({ shop: sim.address, accessToken: sim.credentials.token, clientSecret: sim.credentials.clientSecret, ...chosen }), {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock,
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async () => null, set: async () => undefined },
  })
}
const page = (cursor: string | null) => must(remote.readProducts, 'reads products')(cursor, 'backfill')
async function walk(cursor: string | null = null): Promise<RemoteProduct[]> {
  const { products, cursor: next, more } = await page(cursor)
  return more ? [...products, ...(await walk(next))] : products
}
const placeNamed = (name: string) => sim.shop.places().find((place) => place.name === name)?.gid

test('a product with its variants, options, prices, barcodes, numbers and pictures', async () => {
  sim.shop.addItems([
    {
      sku: 'SKJ-S',
      product: 'Skjorte',
      vendor: 'Nordvind',
      options: { Størrelse: 'S', Farge: 'Blå' },
      barcode: '7038010000019',
      priceMinor: 39_900,
      compareAtMinor: 59_900,
      levels: { Odenplan: 3, Göteborg: 1 },
    },
    { sku: 'SKJ-M', product: 'Skjorte', options: { Størrelse: 'M', Farge: 'Blå' }, priceMinor: 59_900, compareAtMinor: 59_900, levels: { Odenplan: 0 }, inactiveAt: ['Göteborg'] },
    { sku: null, product: 'Skjorte', options: { Størrelse: 'L', Farge: 'Blå' }, tracked: false },
  ])
  const [whole, alone] = [sim.shop.addImage({ sku: 'SKJ-S', alt: 'Forfra', base64: PNG.toString('base64') }), sim.shop.addImage({ sku: 'SKJ-S', variant: 'SKJ-M' })]
  const [product] = await walk()
  const itemOf = (sku: string) => `gid://shopify/InventoryItem/${sim.shop.handle({ sku }).inventoryItemId}`
  expect(product).toMatchObject({
    productRef: `gid://shopify/Product/${sim.shop.handle({ sku: 'SKJ-S' }).productId}`,
    title: 'Skjorte',
    description: null,
    vendor: 'Nordvind',
    active: true,
    options: ['Størrelse', 'Farge'],
  })
  expect(product?.variants).toMatchObject([
    {
      itemRef: itemOf('SKJ-S'),
      articleNumber: 'SKJ-S',
      optionValues: ['S', 'Blå'],
      barcode: '7038010000019',
      priceMinor: 39_900,
      regularMinor: 59_900,
      tracked: true,
      levels: [
        { placeRef: placeNamed('Odenplan'), value: 3, active: true },
        { placeRef: placeNamed('Göteborg'), value: 1, active: true },
      ],
    },
    {
      articleNumber: 'SKJ-M',
      barcode: null,
      priceMinor: 59_900,
      // As high as the price itself: it was never lowered.
      regularMinor: null,
      levels: [
        { placeRef: placeNamed('Odenplan'), value: 0, active: true },
        { placeRef: placeNamed('Göteborg'), active: false },
      ],
    },
    { articleNumber: null, tracked: false },
  ])
  expect(product?.images).toEqual([
    { imageRef: whole.gid, url: whole.url, alt: 'Forfra', itemRef: null },
    { imageRef: alone.gid, url: alone.url, alt: '', itemRef: itemOf('SKJ-M') },
  ])
  expect(await remote.readImage?.(product?.images[0]?.url ?? '')).toEqual(PNG)
  sim.shop.deleteImage({ image: whole.gid })
  expect(await remote.readImage?.(whole.url ?? '')).toBeNull()
})
test('one that comes in one form only has no options, and a number that isn’t counted is no zero', async () => {
  sim.shop.addItems([{ sku: 'LUE', title: 'Lue', tracked: false, levels: { Odenplan: 0 } }])
  const [product] = await walk()
  expect(product).toMatchObject({ title: 'Lue', options: [], variants: [{ optionValues: [], tracked: false, levels: [{ value: null }] }] })
})
test('250 products are three pages; a walk taken up at any cursor, by anybody, reads every product once', async () => {
  sim.shop.addItems(Array.from({ length: 250 }, (_, n) => ({ sku: `V${n}`, title: `Vare ${n}` })))
  const first = await page(null)
  expect([first.products.length, first.more]).toEqual([100, true])
  sim.shop.deleteItem({ sku: 'V99' })
  sim.shop.addItems([{ sku: 'NY', title: 'Ny vare' }])
  clock.advance(24 * 3_600_000)
  remote = opened()
  const rest = await walk(first.cursor)
  expect([...first.products, ...rest].map((each) => each.title)).toEqual([...Array.from({ length: 250 }, (_, n) => `Vare ${n}`), 'Ny vare'])
  const last = await page(JSON.stringify({ v: 1, after: sim.shop.handle({ sku: 'NY' }).productId }))
  expect([last.products, last.more]).toEqual([[], false])
})
test('a shop with more variants and pictures of a product than a page shows is read whole', async () => {
  sim.shop.addItems(Array.from({ length: 380 }, (_, n) => ({ sku: `K-${n}`, product: 'Knapp', options: { Farge: String(n) }, levels: { Odenplan: n } })))
  for (let n = 0; n < 45; n += 1) sim.shop.addImage({ sku: 'K-0' })
  sim.shop.addItems([{ sku: 'ETTER', title: 'Etter' }])
  const [button, after] = await walk()
  expect(button?.variants.map((variant) => variant.levels[0]?.value)).toEqual(Array.from({ length: 380 }, (_, n) => n))
  expect(button?.images).toHaveLength(45)
  expect(after?.title).toBe('Etter')
  expect(sim.calls().map((call) => call.operation)).toEqual(['ProductsPage', 'RestOfVariants', 'RestOfVariants', 'RestOfImages', 'StockOfItems', 'StockOfItems'])
})
test('an empty shop is a walk that is over', async () => {
  expect(await page(null)).toEqual({ products: [], cursor: '{"v":1,"after":null}', more: false })
})
test('without the right to read products it is said which right is missing', async () => {
  sim.setScopes(RIGHTS.filter((right) => right !== 'read_products'))
  await expect(page(null)).rejects.toMatchObject({ kind: 'denied', facts: { scope: 'read_products' } })
})
test('when the points are used up the walk waits, and goes on where it was', async () => {
  sim.shop.addItems(Array.from({ length: 120 }, (_, n) => ({ sku: `V${n}` })))
  const { cursor } = await page(null)
  sim.fault({ arm: { kind: 'throttled', field: 'products' } })
  await expect(page(cursor)).rejects.toMatchObject({ kind: 'busy', code: 'throttled', executed: 'no', only: 'backfill' })
  clock.advance(60_000)
  expect((await page(cursor)).products).toHaveLength(20)
})
test('what a page is thought to cost is what it costs', async () => {
  sim.shop.addItems([{ sku: 'A', title: 'A' }])
  await walk()
  expect(sim.calls()[0]?.requestedCost).toBe(632)
})

test('a description’s words stay in their paragraphs and its markup goes', () => {
  const cases: [string, string | null][] = [
    ['', null],
    ['<p>&nbsp;</p>', null],
    ['<p>Ullgenser<br>Vaskes p&aring; 30&deg;</p><p>Str. S &amp; M</p>', 'Ullgenser\nVaskes på 30°\n\nStr. S & M'],
    ['<ul>\n  <li>Varm</li>\n  <li>Myk</li>\n</ul>', '- Varm\n- Myk'],
    ['<div>En</div><div>To</div>', 'En\n\nTo'],
    ['<h2>Om</h2>\n<p>5 &lt; 6 &#8211; &#x1F9E5;</p>', 'Om\n\n5 < 6 – 🧥'],
    ['<script>alert(1)</script><!-- nei --><style>p{}</style><p onclick="x">Trygg</p>', 'Trygg'],
    ['a &lt;b&gt; &amp;lt; &unknown; &#0;', 'a <b> &lt; &unknown;'],
  ]
  for (const [html, text] of cases) expect(plainText(html)).toBe(text)
})
