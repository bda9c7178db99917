/** A sync that should not have been: the button on the run, the preview that says what the webshop gets back, and the boxes that are gone afterwards. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { activate, ask, boxAndSync, makeArticles, makeCompany, receive } from './company.ts'
import { type Looked, wordsOf } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const words = new Map(wordsOf('sv'))
const say = (key: string) => words.get(key) ?? key
const NUMBERS = ['KAFFE', 'TE', 'KAKAO']
let shop: Shop
let looked: Looked
let page: Page
let at: string
let articles: Map<string, number>

onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  shop.shopify.shop.addItems(NUMBERS.map((sku) => ({ sku, title: sku, levels: { Odenplan: 4 } })))
  await makeCompany(page)
  articles = await makeArticles(page, NUMBERS)
  await receive(page, 'G1', NUMBERS)
  const { clientId, clientSecret } = shop.shopify.credentials
  at = await activate(page, 'shopify', { shop: shop.shopify.address, clientId, clientSecret }, shop.shopify.shop.places()[0]?.gid)
  await boxAndSync(page, shop, at, [...articles.values()])
})

const shows = () => NUMBERS.map((sku) => shop.shopify.available(sku, 'Odenplan'))

test('a sync is undone from the list of runs: old and new are shown first, and the webshop shows what it showed before', async () => {
  expect(shows()).toEqual([10, 10, 10])
  await page.goto(`${at.replace('/v1/connections', '/webshops')}?tab=runs`)
  await page
    .getByRole('button', { name: say('undo.button') })
    .first()
    .click()
  const confirm = page.getByRole('button', { name: 'Ångra 3 ändringar' })
  await shop.soon(confirm.waitFor({ timeout: 60_000 }))
  await looked.look('75-undo-preview', { dark: true })
  await confirm.click()
  // Six of ten is more than half, of every one of them.
  await page.getByRole('button', { name: 'Ja, ångra alla 3' }).click()
  await shop.soon(page.getByText(say('undo.end-boxes')).waitFor({ timeout: 60_000 }))
  await looked.look('76-undone')
  expect(shows()).toEqual([4, 4, 4])
  const { counts } = await ask<{ counts: Record<string, number> }>(page, 'GET', at)
  expect(counts).toEqual({ undone: 3 })
})

test("an article's story says that it was undone, who did it and what the webshop got back, and leads to the undo", async () => {
  await page.goto(`/articles/${articles.get('TE')}/history?all=true`)
  const row = page.getByRole('row', { name: /Synken ångrad/ })
  await row.waitFor()
  expect(await row.innerText()).toMatch(/fick tillbaka 4 \(visade 10\)[\s\S]*Det som ångrades: [\s\S]*Anna Andersson/)
  await looked.look('77-undone-in-the-story')
  await row.getByRole('link', { name: say('timeline.run') }).click()
  await page.getByText(say('undo.end-boxes')).waitFor()
})
