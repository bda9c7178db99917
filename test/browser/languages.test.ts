/** Every page in the other three languages (the rest of the walks are in Swedish), chosen on the page itself: nothing cramped, nothing left in another language. */
import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { LOCALE_NAMES, LOCALES } from '../../ui/locale.ts'
import { makeCompany } from './company.ts'
import { type Looked, wordsOf } from './pages.ts'
import { onStage } from './stage.ts'

let looked: Looked
let page: Page

onStage(async (stage) => {
  ;({ looked, page } = stage)
  await makeCompany(page)
})

const say = (locale: (typeof LOCALES)[number], key: string) => new Map(wordsOf(locale)).get(key) ?? key

test('every page in every language, chosen on the page itself', async () => {
  for (const locale of LOCALES.filter((each) => each !== 'sv')) {
    await page.goto('/articles')
    await page.locator('.side').getByRole('combobox').selectOption({ label: LOCALE_NAMES[locale] })
    await page.getByRole('heading', { name: say(locale, 'articles.title'), exact: true }).waitFor()
    for (const [path, key] of [
      ['/', 'overview.title'],
      ['/orders', 'orders.title'],
      ['/articles', 'articles.title'],
      ['/articles/new', 'new-article.title'],
      ['/sale', 'sale.title'],
      ['/receipt', 'receipt.title'],
      ['/count', 'count.title'],
      ['/webshops', 'webshops.both'],
      ['/stores', 'stores.title'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: say(locale, key), exact: true }).waitFor()
      await looked.look(`50-${locale}${path.replaceAll('/', '-')}`, { locale })
    }
  }
}, 240_000)
