/** Every page while it is read, when it is refused, with nothing to show and with ten thousand rows, at both widths. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { ask, firstStore, makeArticles, makeCompany } from './company.ts'
import { type Looked, WIDTHS, wordsOf } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const MANY = 10_000
const words = new Map(wordsOf('sv'))
const say = (key: string) => words.get(key) ?? key
let shop: Shop
let looked: Looked
let page: Page
let connectionId: number
let locationId: number
let articleId: number
let changeId: number

/** Pages that ask for something before they can show anything. */
const PAGES = (): Record<string, string> => ({
  overview: '/',
  attention: '/attention',
  articles: '/articles',
  article: `/articles/${articleId}`,
  history: `/articles/${articleId}/history`,
  changes: '/articles/changes',
  change: `/articles/changes/${changeId}`,
  import: '/articles/import',
  offers: '/offers',
  orders: '/orders',
  invoices: '/invoices',
  documents: '/documents',
  customers: '/customers',
  views: '/views',
  webshops: '/webshops',
  webshop: `/webshops/${connectionId}`,
  runs: `/webshops/${connectionId}?tab=runs`,
  differences: `/webshops/${connectionId}?tab=differences`,
  calls: `/webshops/${connectionId}?tab=calls`,
  guide: `/webshops/${connectionId}/guide`,
  stores: '/stores',
  store: `/stores/${locationId}`,
  company: '/company',
  keys: '/keys',
})

onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  await makeCompany(page)
  connectionId = ((await ask(page, 'POST', '/v1/connections', { code: 'shopify', name: 'Shopify' })) as { id: number }).id
  locationId = await firstStore(page)
  articleId = (await makeArticles(page, ['TE'])).get('TE') ?? 0
  changeId = (await ask<{ id: number }>(page, 'POST', '/v1/bulk-changes/edit', { filter: {}, change: { priceMinor: 1_000 } })).id
})

/** Looked at in the dark too: between them they have every part there is. */
const DARK = new Set(['overview', 'attention', 'article', 'history', 'change', 'import', 'orders', 'guide', 'company', 'run', 'differences', 'customers'])
/** What these say needs nothing but who is signed in. */
const SAID_AT_ONCE = new Set(['company', 'import'])

/** Everything but who is signed in. */
const asks = (url: URL) => url.pathname.startsWith('/v1/') && !url.pathname.startsWith('/v1/session') && !url.pathname.startsWith('/v1/setup')

test('with nothing or next to nothing in it, every page says what belongs there', async () => {
  for (const [name, path] of Object.entries(PAGES())) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await looked.look(`60-empty-${name}`, { dark: DARK.has(name) })
  }
})

test('every page shows that it is being read, and a refusal says why, with its code and a way on', async () => {
  for (const [name, path] of Object.entries(PAGES())) {
    if (SAID_AT_ONCE.has(name)) continue
    let go: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route(asks, async (route) => {
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
    await page.goto(path, { waitUntil: 'commit' })
    await page
      .getByRole('status', { name: say('common.loading') })
      .first()
      .waitFor()
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      await page.setViewportSize(viewport)
      await looked.shoot(`61-loading-${name}-${width}`)
    }
    await page.setViewportSize(WIDTHS.wide)
    go()
    await page.getByText('Det går inte just nu.').first().waitFor()
    await looked.look(`62-refused-${name}`)
    await page.unroute(asks)
    // A page of several parts has as many ways on.
    const retry = page.getByRole('button', { name: say('failure.retry') })
    await expect
      .poll(
        async () => {
          if ((await retry.count()) > 0)
            await retry
              .first()
              .click({ timeout: 1_000 })
              .catch(() => undefined)
          return page.getByText('Det går inte just nu.').count()
        },
        { timeout: 15_000, message: name },
      )
      .toBe(0)
  }
})

test('ten thousand rows of each kind: few are drawn', async () => {
  const { companyId } = await shop.owner.one<{ companyId: number }>(sql`select company_id as "companyId" from location`)
  const now = shop.product.clock.now()
  await shop.owner.run(sql`insert into product (company_id, name, created_at) values (${companyId}, 'Te', ${now})`)
  await shop.owner.run(sql`
    insert into article (company_id, product_id, number, name, created_at, changed_at)
    select ${companyId}, p.id, 'T-' || lpad(n::text, 5, '0'), 'Te nummer ' || n, ${now}, ${now} from product p, generate_series(1, ${MANY}::int) n where p.company_id = ${companyId} and p.name = 'Te'`)
  await shop.owner.run(sql`
    insert into link (company_id, listener_id, article_id, state, item_ref) select company_id, ${connectionId}, id, 'matched', 'gid://shopify/InventoryItem/' || id from article where company_id = ${companyId}`)
  await shop.owner.run(sql`
    insert into difference (company_id, listener_id, article_id, location_id, theirs, ours, believed, seen_at, state)
    select company_id, ${connectionId}, id, ${locationId}, 7, 5, 6, ${now}, 'open' from article where company_id = ${companyId}`)
  const run = await shop.owner.one<{ id: number }>(sql`
    insert into run (company_id, listener_id, kind, state, total, same, started_by, started_at) values (${companyId}, ${connectionId}, 'sync-all', 'ready', ${MANY + 1}, 0, 'system', ${now}) returning id`)
  await shop.owner.run(sql`
    insert into run_item (company_id, run_id, article_id, location_id, was, target, state) select company_id, ${run.id}, id, ${locationId}, 3, 5, 'send' from article where company_id = ${companyId}`)
  await shop.owner.run(sql`
    insert into web_order (company_id, listener_id, order_ref, name, stamp, snapshot, state, placed_at, taken_from, taken_at)
    select ${companyId}, ${connectionId}, 'gid://shopify/Order/' || n, '#' || n, '2026-11-02T08:00:00.000Z',
           jsonb_build_object('orderRef', 'gid://shopify/Order/' || n, 'name', '#' || n, 'stamp', '2026-11-02T08:00:00.000Z', 'placedAt', '2026-11-02T08:00:00.000Z', 'cancelledAt', null, 'paid', true, 'currency', 'SEK',
             'complete', true, 'doubtful', false, 'lines', '[]'::jsonb, 'shipments', '[]'::jsonb, 'withdrawals', '[]'::jsonb, 'routing', 'unknown'),
           'open', ${now}, 'read', ${now} from generate_series(1, ${MANY}::int) n`)
  await shop.owner.run(sql`
    insert into document (company_id, type, ref, location_id, occurred_at, posted_at, actor, body_hash, lines)
    select ${companyId}, 'sale', 'S' || n, ${locationId}, ${now}, ${now}, 'system', ''::bytea, '[]'::jsonb from generate_series(1, ${MANY}::int) n`)
  await shop.owner.run(sql`analyze`)
  await shop.owner.run(sql`
    insert into customer (company_id, name, email, from_order, created_at, changed_at)
    select ${companyId}, 'Kund ' || n, 'kund' || n || '@example.com', false, ${now}, ${now} from generate_series(1, ${MANY}::int) n`)
  const many = (await ask<{ id: number }>(page, 'POST', '/v1/bulk-changes/edit', { filter: {}, change: { priceMinor: 2_000 } })).id
  const judged = () => ask<{ state: string }>(page, 'GET', `/v1/bulk-changes/${many}`).then(({ state }) => state)
  await shop.soon(expect.poll(judged, { timeout: 120_000 }).toBe('ready'))
  const { overview, orders, documents, customers, webshop, differences } = PAGES()
  const [run10000, change, attention] = [`/webshops/${connectionId}/runs/${run.id}`, `/articles/changes/${many}`, `/attention?open=difference-${connectionId}`]
  for (const [name, path] of Object.entries({ overview, orders, documents, customers, webshop, differences, run: run10000, change, attention })) {
    await page.goto(path as string)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await looked.look(`63-many-${name}`, { dark: DARK.has(name) })
    expect(await page.getByRole('row').count(), name).toBeLessThan(300)
    if (name === 'attention') await page.getByRole('table', { name: /10.001/ }).waitFor()
  }
})

test('of ten thousand that a search finds the first are shown, the marked one can be read, and the rest is one press away', async () => {
  await page.goto('/orders')
  await page
    .getByRole('button', { name: say('search.open'), exact: true })
    .first()
    .waitFor()
  await page.keyboard.press('/')
  const field = page.getByRole('combobox', { name: say('search.title') })
  await field.fill('te nummer')
  await page.getByRole('option', { name: /T-00001/ }).waitFor()
  expect(await page.getByRole('option').count()).toBeLessThan(40)
  await field.press('Enter')
  await page.locator('[data-combobox-selected]').waitFor()
  await looked.look('64-search-many', { dark: true })
  await field.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Te nummer/ }).waitFor()
})

test('every page was quiet in the console', () => {
  expect(looked.complaints).toEqual([])
})
