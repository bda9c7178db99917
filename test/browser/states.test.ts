/** The other faces of the pages: 10,000 rows, being read, failed, and signed out. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { LOCALE_NAMES, LOCALES } from '../../ui/locale.ts'
import { makeCompany } from './company.ts'
import { type Looked, wordsOf } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const MANY = 10_000
let shop: Shop
let looked: Looked
let page: Page

onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  await makeCompany(page)
})

const say = (locale: (typeof LOCALES)[number], key: string) => new Map(wordsOf(locale)).get(key) ?? key

test('ten thousand articles: few rows are drawn, the last one is reached', async () => {
  const now = new Date()
  const { companyId } = await shop.owner.one<{ companyId: number }>(sql`select company_id as "companyId" from location`)
  await shop.owner.run(sql`insert into product (company_id, name, created_at) values (${companyId}, 'Artikel', ${now})`)
  await shop.owner.run(sql`
    insert into article (company_id, product_id, number, name, price_minor, created_at, changed_at)
    select ${companyId}, p.id, 'A-' || lpad(n::text, 5, '0'), 'Artikel nummer ' || n, 9900 + n, ${now}, ${now} from product p, generate_series(0, ${MANY - 1}::int) n where p.company_id = ${companyId}`)
  await shop.owner.run(sql`analyze`)
  await page.goto('/articles')
  await page.getByText('A-00000').waitFor()
  await page.getByText(/10.000 artiklar/).waitFor()
  expect(await page.getByRole('row').count()).toBeLessThan(80)
  await looked.look('40-articles-10000', { dark: true })
  await expect
    .poll(
      async () => {
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
        return page.getByText('A-09999').count()
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBe(1)
  expect(await page.getByRole('row').count()).toBeLessThan(80)
  await page.getByRole('searchbox').fill('A-0777')
  await page.getByText('A-07770').waitFor()
  await looked.look('41-articles-search')
  await page.getByRole('searchbox').fill('finns inte')
  await page.getByText(say('sv', 'articles.none-found')).waitFor()
  await looked.look('42-articles-none-found')
}, 180_000)

test('a page being read shows that it is, and a refusal says why, with its code and a way on', async () => {
  let go: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route('**/v1/articles?*', async (route) => {
    await held
    await route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'about:blank',
        title: 'unavailable',
        status: 503,
        code: 'unavailable',
        detail: 'Det går inte just nu. Försök igen om en stund.',
        field: null,
        facts: {},
      }),
    })
  })
  await page.goto('/articles', { waitUntil: 'commit' })
  await page.getByRole('status', { name: say('sv', 'common.loading') }).waitFor()
  await looked.shoot('43-articles-loading')
  go()
  await page.getByText('Det går inte just nu.').waitFor()
  await page.getByText('unavailable').waitFor()
  await looked.look('44-articles-refused', { dark: true })
  await page.unroute('**/v1/articles?*')
  await page.route('**/v1/articles?*', (route) => route.abort())
  await page.reload()
  await page.getByText(say('sv', 'failure.no-answer')).waitFor()
  await looked.look('45-articles-no-answer')
  await page.unroute('**/v1/articles?*')
  await page.getByRole('button', { name: say('sv', 'failure.retry') }).click()
  await page.getByText('A-00000').waitFor()
})

test('an address that leads nowhere, and an article of nobody', async () => {
  await page.goto('/nowhere/at/all')
  await page.getByText(say('sv', 'not-here.title')).first().waitFor()
  await looked.look('46-not-here')
  await page.goto('/articles/999999')
  await page.getByText('Det finns inte.').waitFor()
  await looked.look('47-article-unknown')
})

test('dark or light: as the machine, until somebody chooses for this machine', async () => {
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)
  const choose = async (key: string) => {
    await page
      .getByRole('button', { name: /Anna Andersson/ })
      .first()
      .click()
    await page.getByRole('menuitemradio', { name: say('sv', key) }).click()
    await page.keyboard.press('Escape')
  }
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await scheme()).toBe('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(scheme).toBe('dark')
  await choose('shell.colours-light')
  await expect.poll(scheme).toBe('light')
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await scheme()).toBe('light')
  await choose('shell.colours-auto')
  await expect.poll(scheme).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
})

test('sign-in: the language can be chosen before, and the refusal speaks it', async () => {
  await page.goto('/articles')
  await page
    .getByRole('button', { name: /Anna Andersson/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: say('sv', 'shell.sign-out') }).click()
  await page.getByRole('heading', { name: say('sv', 'sign-in.title') }).waitFor()
  for (const locale of LOCALES) {
    await page.getByRole('combobox').selectOption({ label: LOCALE_NAMES[locale] })
    await page.getByRole('heading', { name: say(locale, 'sign-in.title') }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
  }
  await page.getByRole('combobox').selectOption({ label: LOCALE_NAMES.sv })
  await page.getByLabel(say('sv', 'sign-in.email')).fill('anna@example.com')
  await page.getByRole('textbox', { name: say('sv', 'sign-in.password') }).fill('fel')
  await page.getByRole('button', { name: say('sv', 'sign-in.open'), exact: true }).click()
  await page.getByText('Fel e-postadress eller lösenord.').waitFor()
  await looked.look('48-sign-in-refused')
  await page.getByRole('textbox', { name: say('sv', 'sign-in.password') }).fill('kaffe och te hela dagen')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: say('sv', 'overview.title') }).waitFor()
  expect(looked.complaints).toEqual([])
})
