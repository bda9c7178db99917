/** What every walk stands on: one product, one browser, one page; a test that fails leaves a picture of where it stood. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Locale } from '../../ui/locale.ts'
import { openBrowser } from './browser.ts'
import { type Looked, openPage } from './pages.ts'
import { openShop, type Shop } from './shop.ts'

export interface Stage {
  shop: Shop
  looked: Looked
  page: Page
}

/** Opened before this file's tests and closed after them; `set` then puts on it what the walk needs. */
export function onStage(set: (stage: Stage) => Promise<void>, { locale, ...options }: Parameters<typeof openShop>[0] & { locale?: Locale } = {}): void {
  let browser: Browser | undefined
  let shop: Shop | undefined
  let looked: Looked | undefined
  beforeAll(async () => {
    ;[browser, shop] = await Promise.all([openBrowser(), openShop(options)])
    looked = await openPage(browser, shop.address, locale)
    await set({ shop, looked, page: looked.page })
  }, 120_000)
  afterAll(async () => {
    await looked?.close()
    await browser?.close()
    await shop?.close()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await looked?.shoot(`failed-${task.name.slice(0, 20)}`)
  })
}
