/** In Danish, e-conomic and a DanDomain Webshop: both guides, the two webhook lines pasted into e-conomic's own page, a count there on product and variant, and the booked invoice on the shop's order. */
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type DandomainSim, startDandomain } from '../../sim/dandomain/dandomain.ts'
import { type EconomicSim, startEconomic } from '../../sim/economic/economic.ts'
import { ask } from './company.ts'
import { type Looked, openPage } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const PLAIN = '2001'
const VARIANT = '0571527051'

let shop: Shop
let dandomain: DandomainSim
let economic: EconomicSim
let looked: Looked
let page: Page
/** The pages of the two themselves, as a person has them open beside ours. */
let accounts: Looked
let admin: Looked

afterAll(async () => {
  await accounts?.close()
  await admin?.close()
  await dandomain?.close()
  await economic?.close()
})
onStage(
  async (stage) => {
    ;({ shop, looked, page } = stage)
    const { clock } = shop.product
    ;[dandomain, economic] = await Promise.all([startDandomain({ clock, solution: { title: 'Uld & Lærred' } }), startEconomic({ clock })])
    dandomain.shop.addProducts([
      { itemNumber: PLAIN, title: 'Viskestykke', price: 149, stock: 9 },
      {
        itemNumber: 'FANO',
        title: 'Sweater Fanø',
        price: 1195,
        stock: null,
        variants: [
          { itemNumber: VARIANT, title: 'Str. S', stock: 1 },
          { itemNumber: '0571527052', title: 'Str. M', stock: 2 },
        ],
      },
    ])
    economic.office.addProducts([
      { productNumber: PLAIN, name: 'Viskestykke', inStock: 6, salesPrice: 119.2 },
      { productNumber: VARIANT, name: 'Sweater Fanø S', inStock: 5, salesPrice: 956 },
      { productNumber: '0571527052', name: 'Sweater Fanø M', inStock: 2, salesPrice: 956 },
    ])
    economic.office.addCustomer({ customerNumber: 7, name: 'Webkunder' })
    await page.goto('/start')
    await ask(page, 'POST', '/v1/setup', {
      company: { name: 'Uld & Lærred ApS', country: 'DK' },
      location: { name: 'Strøget' },
      owner: { name: 'Kirsten Holm', email: 'kirsten@example.com', password: 'uld og lærred i lange baner', locale: 'da' },
    })
    await ask(page, 'POST', '/v1/products', {
      name: 'Sweater Fanø',
      options: [{ name: 'Størrelse', values: ['S', 'M'] }],
      variants: ['S', 'M'].map((size, n) => ({ number: `057152705${n + 1}`, name: `Sweater Fanø ${size}`, optionValues: { Størrelse: size } })),
    })
    await ask(page, 'POST', '/v1/articles/batch', { articles: [{ number: PLAIN, name: 'Viskestykke' }] })
    const browser = page.context().browser()
    if (browser === null) throw new Error('no browser')
    ;[accounts, admin] = await Promise.all([openPage(browser, economic.address, 'da'), openPage(browser, dandomain.address, 'da')])
  },
  { locale: 'da' },
)
const shown = () => [PLAIN, VARIANT].map((itemNumber) => dandomain.shop.stock({ itemNumber }))
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const steps = (done: number, all: number) => page.getByText(`${done} af ${all} trin færdige`).waitFor()
const step = (number: number) => page.getByRole('button', { name: new RegExp(`^Trin ${number}:`) }).click()

test('e-conomic: the tokens, the store, Kontoindstillinger', async () => {
  await page.goto('/webshops')
  await page.getByRole('button', { name: 'Tilslut e-conomic' }).waitFor()
  await looked.look('a0-webshops')
  await press('Tilslut e-conomic')
  await page.getByRole('heading', { name: 'Aktivér e-conomic' }).waitFor()
  await looked.look('a1-economic-guide')
  await accounts.page.goto('/indstillinger')
  await accounts.look('a2-economic-settings')
  const token = (name: string) => accounts.page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]').innerText()
  await page.getByLabel('Appens hemmelighed').fill(await token('X-AppSecretToken'))
  await page.getByLabel('Adgang til aftalen').fill(await token('X-AgreementGrantToken'))
  await page.getByLabel('Bruger I Rackbeat?').selectOption({ label: 'Nej' })
  await page.getByLabel('API-adresse').fill(economic.address)
  await press('Gem og kontrollér')
  await steps(1, 5)
  await looked.look('a3-economic-store')
  await press('Gem')
  await steps(2, 5)
  await page.getByLabel('E-conomic lagermodul').selectOption({ label: 'Ja - med webhook' })
  await page.getByLabel('Hvordan skal webshoppens ordrer ind i e-conomic?').selectOption({ label: 'Som igangværende faktura' })
  await page.getByLabel('Samlekundens kundenr.').fill('7')
  await looked.look('a4-economic-kontoindstillinger')
  await press('Aktivér')
  await page.getByRole('button', { name: 'Vis linjerne' }).waitFor()
  await looked.look('a5-economic-webhooks')
})

test('the two lines our page shows are pasted in e-conomic under Indstillinger > Udvidelser > Webhooks > Nyt webhook, and tested in the browser', async () => {
  await press('Vis linjerne')
  await page.getByRole('region', { name: 'Varelager opdateret' }).waitFor()
  await looked.look('a6-economic-lines')
  const e = accounts.page
  for (const type of ['Varelager opdateret', 'Faktura bogført']) {
    const line = page.getByRole('region', { name: type })
    await e.getByRole('link', { name: 'Indstillinger' }).click()
    await e.getByRole('link', { name: 'Webhooks' }).click()
    await e.getByRole('link', { name: 'Nyt webhook' }).click()
    await e.getByLabel('Type').selectOption(type)
    await e.getByLabel('Navn').fill(`Lagerbro ${type}`)
    await e.getByLabel('Url').fill(await line.getByRole('textbox', { name: 'Url' }).inputValue())
    await e.getByLabel('Sendte data').fill(await line.getByRole('textbox', { name: 'Sendte data' }).inputValue())
    if (type === 'Varelager opdateret') await accounts.look('a7-economic-nyt-webhook')
    await e.getByRole('button', { name: 'Gem' }).click()
  }
  await e.getByRole('link', { name: 'Lagerbro Faktura bogført', exact: true }).waitFor()
  await accounts.look('a8-economic-webhooks')
  await e.goto(await page.getByRole('textbox', { name: 'Streng til test' }).inputValue())
  expect(await e.locator('body').innerText()).toBe('Success')
  await page.getByText(/^Lagerantal: seneste kald/).waitFor()
  await steps(5, 5)
  await step(5)
  await looked.look('a9-economic-done')
})

test('DanDomain: the API user, the stock, Aktivér, the webhooks and the numbers', async () => {
  await page.goto('/webshops')
  await press('Tilslut DanDomain Webshop')
  await page.getByRole('heading', { name: 'Aktivér DanDomain Webshop' }).waitFor()
  await looked.look('b0-dandomain-guide')
  const { username, password, hookSecret } = dandomain.credentials
  await page.getByLabel('API-brugerens e-mail').fill(username)
  await page.getByLabel('API-brugerens adgangskode').fill(password)
  await page.getByLabel('API-adresse').fill(dandomain.address)
  await press('Gem og kontrollér')
  await steps(1, 6)
  await press('Gem')
  await steps(2, 6)
  await looked.look('b1-dandomain-activate')
  await press('Aktivér')
  await steps(3, 6)
  await admin.page.goto('/')
  const url = await page.getByRole('textbox', { name: 'Adresse til webhooks' }).inputValue()
  for (const topic of ['orders/created', 'orders/updated', 'orders/cancelled']) {
    await admin.page.getByLabel('Emne').selectOption(topic)
    await admin.page.getByLabel('URL').fill(url)
    await admin.page.getByRole('button', { name: 'Opret webhook' }).click()
    await admin.page.getByRole('cell', { name: topic, exact: true }).waitFor()
  }
  await admin.look('b2-dandomain-admin')
  await page.getByLabel('Webhook-nøgle').fill(hookSecret)
  await looked.look('b3-dandomain-webhooks')
  await press('Opret webhooks')
  await steps(4, 6)
  await step(6)
  await press('Vælg varer')
  await page.getByRole('button', { name: 'Sæt kryds i Webshop' }).waitFor()
  await looked.look('b4-dandomain-box')
  await press('Sæt kryds i Webshop')
  await shop.soon(page.getByRole('button', { name: 'Synkronisér alle varer' }).click())
  await shop.soon(page.getByText('2 antal vil blive ændret').waitFor({ timeout: 60_000 }))
  await looked.look('b5-dandomain-preview')
  await press('Send 2 ændringer')
  await shop.soon(page.getByText('2 sendt, 1 var allerede ens, 0 mislykkedes.').waitFor({ timeout: 60_000 }))
  expect(shown()).toEqual([6, 5])
})

test('a count in e-conomic’s own page is in the shop, on the product and on the variant', async () => {
  const e = accounts.page
  await e.goto('/')
  await accounts.look('c0-economic-goods')
  for (const [number, counted] of [
    [PLAIN, '11'],
    [VARIANT, '3'],
  ] as const) {
    await e.getByLabel(`Optalt af ${number}`).fill(counted)
    await e.getByRole('row', { name: number }).getByRole('button', { name: 'Optæl' }).click()
  }
  await shop.soon(expect.poll(shown, { timeout: 60_000 }).toEqual([11, 3]))
  const s = admin.page
  await s.goto('/')
  await s.getByRole('row', { name: /^2001 Viskestykke 11 / }).waitFor()
  await s.getByRole('row', { name: /^0571527051 Str. S 3 / }).waitFor()
  await admin.look('c1-dandomain-goods')
  await page.goto('/articles')
  await page.getByRole('link', { name: 'Sweater Fanø S' }).click()
  await page.getByRole('heading', { name: 'Hvorfor er der 3?' }).waitFor()
  await shop.soon(page.getByText('Synkroniseret').first().waitFor({ timeout: 60_000 }))
  await looked.look('c2-article')
})

test('an order in the shop is an igangværende faktura in e-conomic, and once it is booked the shop shows the same', async () => {
  const s = admin.page
  await s
    .getByRole('row', { name: /^0571527051/ })
    .getByRole('button', { name: 'Læg ordre' })
    .click()
  await page.goto('/orders')
  await shop.soon(page.getByRole('row').nth(1).waitFor({ timeout: 60_000 }))
  const order = String(dandomain.shop.orders()[0]?.id)
  await page.getByRole('link', { name: order }).click()
  const e = accounts.page
  await shop.soon(expect.poll(() => economic.office.documents({ stage: 'draft-invoice' }).map((each) => each.other), { timeout: 60_000 }).toEqual([order]))
  await page.getByText('igangværende faktura').first().waitFor()
  await looked.look('d0-order')
  await e.goto('/')
  await e.getByRole('button', { name: /^Bogfør faktura/ }).click()
  await e.getByRole('heading', { name: 'Bogførte fakturaer' }).waitFor()
  await accounts.look('d1-economic-booked')
  await shop.soon(expect.poll(() => economic.office.product({ productNumber: VARIANT }).inStock).toBe(2))
  await shop.soon(page.getByText('Bogført').first().waitFor({ timeout: 60_000 }))
  const shownPdf = page.getByRole('link', { name: /^Vis PDF: Faktura/ })
  await shop.soon(shownPdf.waitFor({ timeout: 60_000 }))
  await shop.soon(expect.poll(() => dandomain.shop.orders()[0]?.uploads.length, { timeout: 60_000 }).toBe(1))
  await looked.look('d2-order-booked')
  expect(shown()).toEqual([11, 2])
  const bytes = (from: Page, link: string) => from.evaluate(async (to) => [...new Uint8Array(await (await fetch(to)).arrayBuffer())], link)
  await s.goto('/')
  const there = s.getByRole('link', { name: /^Faktura/ })
  const [here, atTheShop] = [await bytes(page, (await shownPdf.getAttribute('href')) ?? ''), await bytes(s, (await there.getAttribute('href')) ?? '')]
  expect(Buffer.from(here.slice(0, 5)).toString()).toBe('%PDF-')
  expect(atTheShop).toEqual(here)
  await admin.look('d3-dandomain-invoice')
  expect([...looked.complaints, ...accounts.complaints, ...admin.complaints]).toEqual([])
})
