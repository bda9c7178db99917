/** "Varför är det 5?" as a shopkeeper reads it: the sum that makes the number, each event with the way to it, and the number as it was. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ask, firstStore, makeArticles, makeCompany, receive } from './company.ts'
import type { Looked } from './pages.ts'
import { onStage } from './stage.ts'

let looked: Looked
let page: Page
let articleId: number

onStage(async (stage) => {
  ;({ looked, page } = stage)
  await makeCompany(page)
  articleId = (await makeArticles(page, ['MUGG'])).get('MUGG') ?? 0
  const locationId = await firstStore(page)
  await receive(page, 'G1', ['MUGG'])
  await ask(page, 'POST', '/v1/sales', { ref: 'K1-1042', locationId, lines: [{ articleId, quantity: 3 }] })
  await ask(page, 'POST', '/v1/reservations', { key: 'bord 7', locationId, articleId, quantity: 2 })
})

test('the number, what makes it, and the way to the whole story', async () => {
  await page.goto(`/articles/${articleId}`)
  await page.getByRole('heading', { name: 'Varför är det 5?' }).waitFor()
  await page.getByRole('link', { name: 'Hela historiken' }).click()
  await page.getByText('7 i lager − 2 reserverat = 5').waitFor()
  const rows = page.getByRole('table').getByRole('row')
  await rows.nth(4).waitFor()
  expect(await rows.count()).toBe(5)
  expect(await rows.nth(2).innerText()).toMatch(/Försäljning\s+K1-1042[\s\S]*Anna Andersson[\s\S]*−3/)
  await page.getByText('Från början: okänt tills något räknades eller kom in').waitFor()
  await looked.look('95-history')
})

test('as it was before anything had happened', async () => {
  await page.getByLabel('Som det var').fill('2020-01-01T12:00')
  await page.getByLabel('Som det var').press('Enter')
  await page.getByText('Inget hade hänt än').waitFor()
  await looked.look('96-history-then')
  await page.getByRole('button', { name: 'Som det är nu' }).click()
  await page.getByRole('heading', { name: 'Varför är det 5?' }).waitFor()
})
