/** EasyCashier's guide for Abicart in Swedish, its four steps from an empty company: a plain article and a "kundens val" variant, sold in the till and in the shop. */
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type AbicartSim, startAbicart } from '../../sim/abicart/abicart.ts'
import { makeArticles, makeCompany, receive } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

let shop: Shop
let abicart: AbicartSim
let looked: Looked
let page: Page
let articles: Map<string, number>

afterAll(async () => {
  await abicart?.close()
})
onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  abicart = await startAbicart({ clock: shop.product.clock })
  abicart.shop.addArticles([
    { articleNumber: 'TE-100', name: 'Grönt te 100 g', stock: 3 },
    {
      articleNumber: 'MUGG',
      name: 'Mugg',
      choices: { Färg: ['Blå', 'Röd'] },
      variants: [
        { options: ['Blå'], articleNumber: 'MUGG-BLA', stock: 7 },
        { options: ['Röd'], articleNumber: 'MUGG-ROD', stock: 1 },
      ],
    },
  ])
  await makeCompany(page)
  articles = await makeArticles(page, ['TE-100', 'MUGG-BLA'])
  await receive(page, 'G1', ['TE-100', 'MUGG-BLA'])
})
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const steps = (done: number) => page.getByText(`${done} av 5 steg klara`).waitFor()
const stock = (articleNumber: string) => abicart.shop.stock({ articleNumber })

test('step 1: Abicart is chosen, its key and shop id pasted', async () => {
  await page.goto('/webshops')
  await press('Anslut Abicart')
  await page.getByRole('heading', { name: 'Aktivera Abicart' }).waitFor()
  await looked.look('90-abicart-guide')
  await page.getByLabel('API-nyckel').fill(abicart.credentials.key)
  await page.getByLabel('Butiks-ID').fill('1')
  await page.getByLabel('API-adress').fill(abicart.address)
  await press('Spara och kontrollera')
  await page.getByText('Abicart har ingen butik med det ID:t').waitFor()
  await looked.look('90-abicart-wrong-shop')
  await page.getByLabel('Butiks-ID').fill(`Min butik (${abicart.credentials.webshop})`)
  await press('Spara och kontrollera')
  await steps(1)
  await looked.look('91-abicart-activate')
})

test('steps 2 and 3: Aktivera, Skapa Webhooks', async () => {
  await press('Aktivera')
  await steps(2)
  await looked.look('92-abicart-hooks')
  await press('Skapa Webhooks')
  await steps(3)
})

test('step 4: Webshop is ticked on a plain article and on a variant; Synka webshop artikel-ID says what would change before it is saved', async () => {
  const guide = page.url()
  for (const number of ['TE-100', 'MUGG-BLA']) {
    await page.goto(`/articles/${articles.get(number)}`)
    await page.getByLabel('Webshop – Abicart').click()
    await shop.soon(page.getByText('Webshop artikel-ID').first().waitFor({ timeout: 30_000 }))
    await looked.look(`93-abicart-${number.toLowerCase()}`)
  }
  // The number is used again: the old tea is gone from the range, another one bears it.
  abicart.shop.change({ articleNumber: 'TE-100', to: { articleNumber: 'TE-100-GAMMAL' } })
  abicart.shop.addArticles([{ articleNumber: 'TE-100', name: 'Nytt grönt te 100 g', stock: 1 }])
  await page.goto(guide)
  await page.getByRole('button', { name: /Steg 4/ }).click()
  await looked.look('94-abicart-ids')
  await press('Synka webshop artikel-ID')
  await shop.soon(page.getByText(/^1 artikel får ett .*Webshop artikel-ID/).waitFor({ timeout: 30_000 }))
  await looked.look('95-abicart-ids-found')
  await press('Spara 1 artikel-ID')
  await shop.soon(page.getByText(/1 stämde redan/).waitFor({ timeout: 30_000 }))
  await looked.look('95-abicart-ids-saved')
})

test('Synka alla artiklar: old and new number first, then both are there', async () => {
  await page.goto('/webshops')
  await page
    .getByRole('link', { name: /Abicart/ })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Synka artikel-ID och lagersaldo' }).waitFor()
  await looked.look('96-abicart-connection')
  await press('Synka alla artiklar')
  await shop.soon(page.getByText('2 antal skulle ändras i webshopen.').waitFor({ timeout: 60_000 }))
  await looked.look('96-abicart-preview')
  expect([stock('TE-100'), stock('MUGG-BLA')]).toEqual([1, 7])
  await press(/skicka (alla )?2/i)
  await shop.soon(page.getByText('2 skickade, 0 var redan lika, 0 misslyckades.').waitFor({ timeout: 60_000 }))
  await looked.look('97-abicart-synced')
  expect([stock('TE-100'), stock('MUGG-BLA'), stock('MUGG-ROD'), stock('TE-100-GAMMAL')]).toEqual([10, 10, 1, 3])
})

test('a sale in the till reaches both; an order in the shop comes back', async () => {
  await page.goto('/sale')
  const scan = page.getByRole('textbox', { name: /^Vad / })
  for (const what of ['2*TE-100', 'MUGG-BLA']) {
    await scan.fill(what)
    await scan.press('Enter')
    await expect.poll(() => scan.inputValue()).toBe('')
  }
  await page.keyboard.press('Control+Enter')
  await page.getByText('Försäljningen är registrerad').waitFor()
  await shop.soon(expect.poll(() => [stock('TE-100'), stock('MUGG-BLA')], { timeout: 60_000 }).toEqual([8, 9]))
  abicart.shop.placeOrder({
    lines: [
      { articleNumber: 'TE-100', quantity: 3 },
      { articleNumber: 'MUGG-BLA', quantity: 1 },
    ],
  })
  await page.goto(`/articles/${articles.get('MUGG-BLA')}`)
  await shop.soon(page.getByRole('heading', { name: 'Varför är det 8?' }).waitFor({ timeout: 60_000 }))
  await page.goto('/orders')
  await page.getByRole('row').nth(1).waitFor()
  await page.getByRole('row').nth(1).getByRole('link').first().click()
  await page.getByRole('heading', { name: 'Vad ordern gjort med lagret' }).waitFor()
  await looked.look('98-abicart-order')
  await page.goto(`/articles/${articles.get('TE-100')}`)
  await page.getByRole('heading', { name: 'Varför är det 5?' }).waitFor()
  await shop.soon(page.getByText('I synk').first().waitFor({ timeout: 60_000 }))
  await looked.look('98-abicart-article')
  expect([stock('TE-100'), stock('MUGG-BLA')]).toEqual([5, 8])
  expect(looked.complaints).toEqual([])
})
