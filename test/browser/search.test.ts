/** A day at the desk: a scan finds the article, it says why it isn't in sync, one press mends it, and a number is put right with its reason. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { activate, ask, boxAndSync, makeArticles, makeCompany, receive } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

let shop: Shop
let looked: Looked
let page: Page
onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  shop.shopify.shop.addItems([
    { sku: 'LJUS', levels: { Odenplan: 4 } },
    { sku: 'LYKTA', tracked: false, levels: { Odenplan: 4 } },
  ])
  await makeCompany(page)
  const articles = await makeArticles(page, ['LJUS', 'LYKTA'])
  await ask(page, 'POST', `/v1/articles/${articles.get('LYKTA')}/barcodes`, { code: '7350053850019' })
  await receive(page, 'G1', ['LJUS', 'LYKTA'])
  const { clientId, clientSecret } = shop.shopify.credentials
  const at = await activate(page, 'shopify', { shop: shop.shopify.address, clientId, clientSecret }, shop.shopify.shop.places().find((each) => each.name === 'Odenplan')?.gid)
  await boxAndSync(page, shop, at, [...articles.values()])
})

const field = () => page.getByRole('combobox', { name: 'Sök överallt' })

test('a scan in the search leads to the article, which says why it isn’t in sync; one press mends it', async () => {
  await page.goto('/orders')
  await page.getByRole('button', { name: 'Sök', exact: true }).first().waitFor()
  await page.keyboard.press('Control+k')
  await field().fill('lykt')
  await page.getByRole('option', { name: /LYKTA/ }).waitFor()
  await looked.look('s0-search')
  await field().fill('7350053850019')
  await field().press('Enter')
  await page.getByRole('heading', { name: 'Varför är artikeln inte i synk?' }).waitFor()
  await page.getByText('säljs hur många gånger som helst').waitFor()
  await looked.look('s1-why')
  await page.getByRole('button', { name: 'Börja spåra' }).click()
  await shop.soon(page.getByRole('heading', { name: 'Allt är i synk' }).waitFor({ timeout: 60_000 }))
  expect(shop.shopify.available('LYKTA', 'Odenplan')).toBe(10)
})

test('nothing found says what was searched; a number is put right with a reason that stays', async () => {
  await page.keyboard.press('Control+k')
  await field().fill('gardinstång')
  await page.getByText('Inga träffar på ”gardinstång”.').waitFor()
  await looked.look('s2-nothing')
  await field().fill('LJUS')
  await field().press('Enter')
  await page.getByRole('button', { name: 'Rätta saldot i Odenplan' }).click()
  await page.getByLabel('Antal på hyllan').fill('8')
  await page.getByLabel('Varför?').selectOption('damaged')
  await page.getByText('10 → 8 i Odenplan').waitFor()
  await looked.look('s3-correct')
  await page.getByRole('button', { name: 'Rätta saldot', exact: true }).click()
  await page.getByText('Saldot är rättat.').waitFor()
  await page.getByRole('heading', { name: 'Varför är det 8?' }).waitFor()
  await page.getByText('Skadat eller trasigt').waitFor()
  await shop.soon(expect.poll(() => shop.shopify.available('LJUS', 'Odenplan'), { timeout: 45_000 }).toBe(8))
  expect(looked.complaints).toEqual([])
})
