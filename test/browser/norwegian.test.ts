/** In Norwegian, a whole catalogue in Shopify: the guide, the products that were there linked once, the settings by the guide's names, and a price and a picture that Synkroniser nå puts in the shop. */
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { paintedPng } from '../../sim/shopify/painted.ts'
import { type ShopifySim, startShopify } from '../../sim/shopify/shopify.ts'
import { ask, firstStore } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const RIGHTS = [
  ...['read_products', 'write_products', 'read_files', 'write_files', 'read_publications', 'write_publications', 'read_inventory', 'write_inventory', 'read_locations'],
  ...['read_orders', 'read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders'],
]
const MITTENS = '0201'
const PICTURE = paintedPng('votter i blått')

let shop: Shop
let shopify: ShopifySim
let looked: Looked
let page: Page

afterAll(() => shopify?.close())
onStage(
  async (stage) => {
    ;({ shop, looked, page } = stage)
    shopify = await startShopify({ clock: shop.product.clock, name: 'Garn & Gull', currency: 'NOK', places: ['Storgata'], scopes: RIGHTS })
    // The shop had these before: the mittens are ours, the evenings are nobody's here.
    shopify.shop.addItems([
      { sku: MITTENS, title: 'Votter Senja', priceMinor: 44900, levels: { Storgata: 4 } },
      ...['1', '2', '3'].map((n) => ({ sku: `KVELD-${n}`, title: `Kveld ${n}`, product: 'Strikkekveld', priceMinor: 25000, levels: { Storgata: 8 } })),
    ])
    await page.goto('/start')
    await ask(page, 'POST', '/v1/setup', {
      company: { name: 'Garn & Gull AS', country: 'NO' },
      location: { name: 'Storgata' },
      owner: { name: 'Kari Solheim', email: 'kari@example.com', password: 'garn og gull i lange baner', locale: 'nb' },
    })
    await ask(page, 'POST', '/v1/products', {
      name: 'Genser Lofoten',
      description: 'Strikket i ren norsk ull.',
      options: [{ name: 'Størrelse', values: ['S', 'M'] }],
      variants: ['S', 'M'].map((size, n) => ({ number: `010${n + 1}`, name: `Genser Lofoten ${size}`, priceMinor: 169900, optionValues: { Størrelse: size } })),
    })
    await ask(page, 'POST', '/v1/articles/batch', {
      articles: [
        { number: MITTENS, name: 'Votter Senja', priceMinor: 44900 },
        { number: '0301', name: 'Garnnøste uten pris' },
      ],
    })
    const lines = ['0101', '0102', MITTENS].map((articleNumber) => ({ articleNumber, quantity: 5 }))
    await ask(page, 'POST', '/v1/goods-receipts', { ref: 'VM-1', locationId: await firstStore(page), lines })
  },
  { locale: 'nb' },
)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
const steps = (done: number) => page.getByText(`${done} av 6 trinn ferdige`).waitFor()
const there = (product: string) => shopify.shop.products().find((each) => each.title === product)
/** Until the run that was just begun is over. */
const runIsOver = () => shop.soon(page.getByRole('region', { name: 'Produkter i nettbutikken' }).getByText('Ferdig', { exact: true }).waitFor({ timeout: 60_000 }))

test('the guide is followed from the shop’s page, and each step is ticked by what Shopify answers', async () => {
  await page.goto('/webshops')
  await press('Koble til Shopify')
  await page.getByRole('heading', { name: 'Aktiver Shopify' }).waitFor()
  await looked.look('n0-guide')
  await page.getByLabel('Shopify-adresse').fill(shopify.address)
  await page.getByRole('textbox', { name: 'Klient-ID' }).fill(shopify.credentials.clientId)
  await page.getByLabel('Klienthemmelighet (API secret key)').fill(shopify.credentials.clientSecret)
  await press('Lagre og kontroller')
  // The step for products is ticked with the first: the rights are there.
  await steps(2)
  await page.getByRole('button', { name: /Send produktene også/ }).click()
  await page.getByText('write_products').first().waitFor()
  await looked.look('n0-guide-products')
  await page.getByRole('button', { name: /Koble stedene i Shopify/ }).click()
  await press('Lagre')
  await steps(3)
  await press('Aktiver')
  await steps(4)
  await press('Opprett webhooks')
  await steps(5)
  await page.getByRole('link', { name: 'Vis integrasjonens status' }).click()
})

test('what the shop had is linked once; a second time it says when that was, and by whom', async () => {
  await tab('Koble sammen / importere')
  await press('Vis hva som vil skje')
  await shop.soon(page.getByText('Dette vil skje.').waitFor({ timeout: 60_000 }))
  await looked.look('n1-import')
  await page.getByLabel('Bare koble sammen').check()
  await press('Gjennomfør')
  await shop.soon(page.getByText(/av Kari Solheim. Det gjøres bare én gang/).waitFor({ timeout: 60_000 }))
  await looked.look('n2-imported')
})

test('the settings are saved, and Synkroniser nå puts every product in the shop; what has no price is said, with the way to its article', async () => {
  await tab('Produkter')
  await page.getByText('Ingen produkter sendes til Shopify.').waitFor()
  await looked.look('n3-products-off')
  await page.getByLabel('Synkronisere produkter').check()
  await page.getByLabel('Synkronisere beskrivelse').check()
  await page.getByLabel('Send endringer med en gang').uncheck()
  await page.getByLabel('Overskriv bilder').selectOption({ label: 'Ja' })
  await page.getByText('Du har endringer som ikke er lagret.').waitFor()
  await press('Lagre')
  await page.getByText('Trykk på Synkroniser nå øverst, så sendes alle produktene.').waitFor()
  await looked.look('n4-saved')
  await press('Synkroniser nå')
  await runIsOver()
  await page.getByText('Pris mangler').first().waitFor()
  await shop.soon(page.getByText('Opprettet i nettbutikken').first().waitFor())
  await looked.look('n5-synced')
  expect(there('Genser Lofoten')).toMatchObject({
    status: 'ACTIVE',
    variants: [
      { sku: '0101', priceMinor: 169900 },
      { sku: '0102', priceMinor: 169900 },
    ],
  })
  expect(there('Genser Lofoten')?.descriptionHtml).toContain('Strikket i ren norsk ull.')
  expect(shopify.shop.products().filter((each) => each.title === 'Votter Senja')).toHaveLength(1)
  expect(there('Garnnøste uten pris')).toBeUndefined()
})

test('a price and a picture are changed here, and after Synkroniser nå they are in the shop', async () => {
  const shopPage = new URL(page.url()).pathname
  await page.goto('/articles')
  await page.getByRole('link', { name: 'Votter Senja' }).click()
  const particulars = page.getByRole('region', { name: 'Opplysninger' })
  await particulars.getByRole('textbox', { name: 'Pris' }).fill('499')
  await particulars.getByRole('button', { name: 'Lagre' }).click()
  await page.getByRole('region', { name: 'Bilder' }).locator('input[type=file]').setInputFiles({ name: 'votter.png', mimeType: 'image/png', buffer: PICTURE })
  await page.getByLabel('Beskrivelse av bilde 1').waitFor()
  await page.goto(`${shopPage}?tab=products`)
  await page.getByText(/endringer er på vei til Shopify|endring er på vei til Shopify/).waitFor()
  await looked.look('n6-waiting')
  expect(there('Votter Senja')?.variants[0]?.priceMinor).toBe(44900)
  await press('Synkroniser nå')
  await runIsOver()
  await shop.soon(expect.poll(() => there('Votter Senja')?.variants[0]?.priceMinor, { timeout: 60_000 }).toBe(49900))
  const pictures = () => shopify.shop.images({ sku: MITTENS }).map((image) => [image.status, image.sha256])
  await shop.soon(expect.poll(pictures, { timeout: 60_000 }).toEqual([['READY', createHash('sha256').update(PICTURE).digest('hex')]]))
  await looked.look('n7-price-and-picture')
})

test('what the shop has of its own is as it was', () => {
  expect(there('Strikkekveld')?.variants.map((each) => [each.sku, each.priceMinor])).toEqual([1, 2, 3].map((n) => [`KVELD-${n}`, 25000]))
  expect(looked.complaints).toEqual([])
})
