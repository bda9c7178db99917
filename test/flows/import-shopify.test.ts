/** A Shopify shop that had products before it was connected: linked and imported once, pictures and all, without a write there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GUIDE_SCOPES } from '../../sim/shopify/access.ts'
import { PNG } from '../pictures.ts'
import { HOUR_MS, type ShopStand, shopStand, skuOf } from './shop-stand.ts'

let stand: ShopStand
beforeAll(async () => {
  stand = await shopStand(1, { scopes: [...new Set([...GUIDE_SCOPES, 'read_products', 'write_products'])] })
  const place = stand.sim.shop.places()[0]?.name ?? ''
  const skjorte = (size: string) => ({ product: 'Skjorte', vendor: 'Nordvind', options: { Størrelse: size, Farge: 'Blå' } })
  stand.sim.shop.addItems([
    { ...skjorte('S'), sku: 'SKJ-S', barcode: '7350053850019', priceMinor: 39_900, compareAtMinor: 59_900, levels: { [place]: 3 } },
    { ...skjorte('M'), sku: 'SKJ-M', priceMinor: 59_900, levels: { [place]: 0 } },
    { ...skjorte('L'), sku: null, priceMinor: 59_900 },
  ])
  stand.sim.shop.addImage({ sku: 'SKJ-S', alt: 'Forfra', base64: PNG.toString('base64') })
  stand.sim.shop.addImage({ sku: 'SKJ-S', variant: 'SKJ-M' })
})
afterAll(() => stand.close())

const params = () => ({ connectionId: stand.connectionId })
async function settled() {
  for (let n = 0; n < 60; n++) {
    await stand.pass(2_000)
    const now = (await stand.owner.does('imports.show', { params: params() })).import
    if (now?.state === 'ready' || now?.state === 'done') return now
  }
  throw new Error('it never came to an end')
}
const article = async (number: string) => (await stand.owner.does('articles.list', { query: { number } })).items[0]
const wrote = () => stand.sim.calls().filter(({ fields }) => fields.some((field) => /(Set|Create|Update|Delete|Activate|Publish|Append|Reorder)/.test(field))).length

test('previewed, carried out, and told nothing: also when products are turned on afterwards', async () => {
  await stand.pass(HOUR_MS)
  const before = wrote()
  await stand.owner.does('imports.preview', { params: params(), body: {} })
  expect(await settled()).toMatchObject({
    state: 'ready',
    products: 2,
    variants: 4,
    previewed: { link: 1, make: 2, leftOut: 1 },
    images: 2,
    reasons: [{ code: 'no-number', n: 1 }],
  })
  await stand.owner.does('imports.start', { params: params(), body: { makes: true, images: true, prices: true, stock: true, boxes: true } })
  expect(await settled()).toMatchObject({ state: 'done', became: { link: 1, make: 2, leftOut: 1 }, notes: [] })
  const small = await article('SKJ-S')
  expect(small).toMatchObject({ name: 'Skjorte, S, Blå', priceMinor: 59_900, barcodes: [{ code: '7350053850019' }], levels: [{ onHand: 3 }], connections: [{ boxed: true }] })
  expect(await article('SKJ-M')).toMatchObject({ priceMinor: 59_900, levels: [{ onHand: 0 }] })
  expect(await article(skuOf(0))).toMatchObject({ connections: [{ boxed: true }] })
  const { items } = await stand.owner.does('images.list', { params: { productId: small?.productId ?? 0 } })
  expect(items).toMatchObject([{ alt: 'Forfra', articleId: null }, { articleId: (await article('SKJ-M'))?.id }])
  await stand.owner.does('catalogues.set', { params: params(), body: { products: true } })
  await stand.pass(60_000)
  expect(wrote()).toBe(before)
})
