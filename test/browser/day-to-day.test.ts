/** What needs somebody on an ordinary day, and the one thing to press for it: every article that isn't in sync, a number edited in the shop, a message nobody can read. */
import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { activate, ask, boxAndSync, firstStore, makeArticles, makeCompany, receive } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

let shop: Shop
let looked: Looked
let page: Page
let at: string
let articles: Map<string, number>

onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  shop.shopify.shop.addItems([
    { sku: 'BRA', title: 'Bra', levels: { Odenplan: 3 } },
    { sku: 'UTAN-SALDO', title: 'Utan saldo', levels: { Odenplan: 7 } },
    { sku: 'DUBBEL', title: 'Dubbel, svart', levels: { Odenplan: 1 } },
    { sku: 'DUBBEL', title: 'Dubbel, vit', levels: { Odenplan: 2 } },
    { sku: 'OSPARAD', title: 'Osparad', levels: { Odenplan: 0 } },
    { sku: 'EJ-PLATS', title: 'Ej på platsen', levels: { Göteborg: 4 } },
    { sku: 'saknas 1', title: 'Saknas nästan', levels: { Odenplan: 4 } },
  ])
  shop.shopify.shop.setTracked({ sku: 'OSPARAD', tracked: false })
  await connected()
})
const press = (name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
const open = (number: string) => page.goto(`/articles/${articles.get(number)}`)

async function connected(): Promise<void> {
  await makeCompany(page)
  const numbers = ['BRA', 'UTAN-SALDO', 'DUBBEL', 'OSPARAD', 'EJ-PLATS', 'SAKNAS-1']
  articles = await makeArticles(page, numbers)
  await receive(
    page,
    'G1',
    numbers.filter((number) => number !== 'UTAN-SALDO'),
  )
  const { clientId, clientSecret } = shop.shopify.credentials
  at = await activate(page, 'shopify', { shop: shop.shopify.address, clientId, clientSecret }, shop.shopify.shop.places().find((each) => each.name === 'Odenplan')?.gid)
  await boxAndSync(page, shop, at, [...articles.values()])
  await shop.soon(vi.waitFor(async () => expect((await ask<{ counts: Record<string, number> }>(page, 'GET', at)).counts['in-sync']).toBe(1), 60_000))
  expect(shop.shopify.available('BRA', 'Odenplan')).toBe(10)
}

test('each article says its state, and the list can be cut down to one of them', async () => {
  await page.goto('/articles')
  for (const name of ['I synk', 'Inget lagersaldo än', 'Hittas inte', 'Finns flera gånger', 'Spåras inte', 'Inte på platsen'])
    await shop.soon(page.getByText(name, { exact: true }).first().waitFor({ timeout: 30_000 }))
  await looked.look('70-articles-states')
  await page.goto(at.replace('/v1/connections', '/webshops'))
  await page.getByText('Spåras inte').first().waitFor()
  expect(await page.getByRole('row', { name: /Artikel utan-saldo/ }).innerText()).not.toMatch(/\b0\b/)
  await looked.look('70-webshop-states')
})

test('not tracked and not stocked: one press, carried out in the shop, and then our number is there', async () => {
  await open('OSPARAD')
  await page.getByText('säljs hur många gånger som helst').waitFor()
  await looked.look('71-not-tracked')
  await press('Börja spåra')
  await page.getByText('Vi är på det').waitFor()
  await open('EJ-PLATS')
  await page.getByText('finns inte på platsen i webshopen').waitFor()
  await looked.look('71-not-stocked')
  await press('Lägg till på platsen')
  await shop.soon(expect.poll(() => shop.shopify.available('OSPARAD', 'Odenplan'), { timeout: 45_000 }).toBe(10))
  await shop.soon(expect.poll(() => shop.shopify.available('EJ-PLATS', 'Odenplan'), { timeout: 45_000 }).toBe(10))
  expect(shop.shopify.available('EJ-PLATS', 'Göteborg')).toBe(4)
})

test('missing and twice: what the shop has that is near, and never a guess', async () => {
  await open('SAKNAS-1')
  await page.getByText('Ingen artikel i webshopen har det här artikelnumret').waitFor()
  await looked.look('72-missing')
  await open('DUBBEL')
  await page.getByText('vi gissar aldrig').waitFor()
  await looked.look('72-ambiguous')
})

test('opening stock: the webshop’s number is taken over, seen first, and the shop isn’t written', async () => {
  await open('UTAN-SALDO')
  await page.getByText('Räkna artikeln själv, eller ta över').waitFor()
  await looked.look('73-not-counted')
  await press('Ta över webshopens antal')
  await shop.soon(page.getByText(/1 antal skulle tas över/).waitFor({ timeout: 60_000 }))
  await looked.look('73-take-over')
  await press(/^Ta över 1 antal/)
  await shop.soon(page.getByText('1 övertagna, 0 var redan lika').waitFor({ timeout: 60_000 }))
  await looked.look('73-taken-over')
  await open('UTAN-SALDO')
  await page.getByRole('heading', { name: 'Varför är det 7?' }).waitFor()
  expect(shop.shopify.available('UTAN-SALDO', 'Odenplan')).toBe(7)
})

test('edited by hand in the shop: found by the comparison, with both numbers and its reason', async () => {
  shop.shopify.shop.handEdit({ sku: 'BRA', at: 'Odenplan', available: 25 })
  await page.goto(`${at.replace('/v1/connections', '/webshops')}?tab=differences`)
  await press('Jämför nu')
  await shop.soon(page.getByRole('row', { name: /Artikel bra/ }).waitFor({ timeout: 30_000 }))
  await looked.look('74-differences')
})

test('a message nobody can read is listed, holds numbers back, and is dismissed by a person', async () => {
  const { hookUrl } = await ask<{ hookUrl: string }>(page, 'GET', at)
  const body = '{"id": 1, "line_items": cut short'
  const hmac = createHmac('sha256', shop.shopify.credentials.clientSecret).update(body).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'x-shopify-topic': 'orders/create',
    'x-shopify-hmac-sha256': hmac,
    'x-shopify-webhook-id': 'unreadable-1',
    'x-shopify-event-id': 'unreadable-1',
  }
  expect((await fetch(hookUrl, { method: 'POST', headers: { ...headers, 'x-shopify-shop-domain': 'x.myshopify.com', 'x-shopify-api-version': '2026-10' }, body })).status).toBe(200)
  await page.goto(`${at.replace('/v1/connections', '/webshops')}?tab=incoming`)
  await shop.soon(page.getByText('1 meddelande från webshopen gick inte att läsa in').first().waitFor({ timeout: 60_000 }))
  await looked.look('75-incoming')
  await page.getByRole('row').filter({ hasText: 'orders/create' }).getByRole('button').first().click()
  await page.getByRole('dialog').getByText('Avfärda').first().waitFor()
  await looked.look('75-message')
  await page.getByRole('dialog').getByRole('button', { name: 'Avfärda' }).click()
  await page.getByText('1 meddelande från webshopen gick inte att läsa in').first().waitFor({ state: 'detached' })
})

test('the connection measures how long a sale takes to the shop; the first page says what is left to do', async () => {
  await ask(page, 'POST', '/v1/sales', {
    ref: 'S1',
    locationId: await firstStore(page),
    lines: [{ articleNumber: 'OSPARAD', quantity: 1 }],
  })
  await shop.soon(expect.poll(() => shop.shopify.available('OSPARAD', 'Odenplan'), { timeout: 45_000 }).toBe(9))
  await page.goto(at.replace('/v1/connections', '/webshops'))
  await page.getByText('Kassa till webshop').waitFor()
  await looked.look('76-connection')
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await looked.look('76-overview')
  await page
    .getByRole('region', { name: 'Integrationer' })
    .getByRole('link', { name: /Shopify/ })
    .click()
  await page.getByRole('tab', { name: 'Inställningar' }).click()
  await press(/Koppla från/)
  await page.getByRole('dialog').waitFor()
  await looked.look('77-disconnect')
  expect(looked.complaints).toEqual([])
})
