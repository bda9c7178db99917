/** A link breaks: it stands in the list, an e-mail says so with its cause and its link, one press mends it, the list empties and the e-mail that it works comes. */
import type { Page } from 'playwright-core'
import { afterAll, expect, test, vi } from 'vitest'
import { type MailSim, startMail } from '../../sim/mail/mail.ts'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import { sql } from '../../src/db/sql.ts'
import { activate, ask, boxAndSync, makeArticles, makeCompany, receive } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

let shop: Shop
let toy: ToySim
let post: MailSim
let looked: Looked
let page: Page

afterAll(async () => {
  await toy?.close()
  await post?.close()
})
onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  toy = await startToy({ places: ['Lager'], now: () => shop.product.clock.now() })
  post = await startMail()
  for (const number of ['KAFFE', 'TE']) toy.addItem({ number, stock: 3 })
  await makeCompany(page)
  const articles = await makeArticles(page, ['KAFFE', 'TE'])
  await receive(page, 'G1', ['KAFFE', 'TE'])
  const at = await activate(page, 'toy', toy.settings(), 'Lager')
  await boxAndSync(page, shop, at, [...articles.values()])
})

const letters = () => post.taken.map(({ raw }) => raw.replace(/=\r\n/g, ''))
const letter = (words: RegExp) => shop.soon(vi.waitFor(() => expect(letters().some((raw) => words.test(raw))).toBe(true), 90_000))
const gone = (title: string) => shop.soon(page.getByRole('heading', { name: title }).waitFor({ state: 'detached', timeout: 60_000 }))

test('nothing waits: the page is calm and the menu says nothing', async () => {
  await page.goto('/attention')
  await page.getByText('Inget väntar på dig').waitFor()
  await looked.look('90-nothing-waits')
})

test('the e-mail that nobody has tried is tried from the list, and leaves it', async () => {
  await page.goto('/company')
  await page.getByLabel('Mejlserver').fill('127.0.0.1')
  await page.getByLabel('Säkerhet').selectOption('none')
  await page.getByLabel('Port').fill(String(post.port))
  await page.getByRole('region', { name: 'E-post' }).getByRole('button', { name: 'Spara' }).click()
  await page.goto('/attention')
  await page.getByRole('heading', { name: 'E-posten är inte provad än' }).waitFor()
  await page.getByRole('button', { name: 'Skicka ett testmejl' }).click()
  await gone('E-posten är inte provad än')
  expect(post.taken).toHaveLength(1)
})

test('a link that breaks is in the list with its reason and told by e-mail once; mended with one press it leaves, and that is told too', async () => {
  toy.fault({ kind: 'denied', times: 'always' })
  const { items } = await ask<{ items: [{ id: number }] }>(page, 'GET', '/v1/connections')
  const connectionId = items[0].id
  await page.goto('/attention')
  toy.handEdit('KAFFE', 1)
  await shop.soon(page.getByRole('heading', { name: 'Övningsbutik har stannat' }).waitFor({ timeout: 90_000 }))
  await looked.look('90-broken')
  // A quarter of an hour later.
  await shop.owner.run(
    sql`update listener set state_why = jsonb_set(state_why, '{at}', to_jsonb((state_why ->> 'at')::timestamptz - interval '20 minutes')) where id = ${connectionId}`,
  )
  await letter(/^Subject:.*har_stannat/m)
  expect(letters().join('\n')).toContain(`/webshops/${connectionId}`)
  toy.clearFaults()
  await page.goto('/')
  await page.getByRole('link', { name: 'Övningsbutik har stannat' }).click()
  await page.getByRole('button', { name: 'Anslut igen' }).click()
  await gone('Övningsbutik har stannat')
  await letter(/^Subject:.*fungerar_igen/m)
})

test('a resend that somebody paused goes on with one press', async () => {
  const { id } = await ask<{ id: number }>(page, 'POST', '/v1/sync-views', { name: 'Kassan' })
  const run = await ask<{ id: number }>(page, 'POST', `/v1/sync-views/${id}/resync`, {})
  await ask(page, 'POST', `/v1/sync-views/${id}/runs/${run.id}/pause`, {})
  await page.goto('/attention')
  await page.getByRole('heading', { name: 'Omsändningen till Kassan är pausad' }).waitFor()
  await page.getByRole('button', { name: 'Fortsätt' }).click()
  await gone('Omsändningen till Kassan är pausad')
})

test('articles that are gone in the shop wait in one group, each with its name; the button is pressed for all of them', async () => {
  toy.changeItem('TE', { number: 'TE-2' })
  const { items } = await ask<{ items: [{ id: number }] }>(page, 'GET', '/v1/connections')
  await shop.owner.run(sql`update link set state = 'missing' where listener_id = ${items[0].id}`)
  await page.goto('/attention')
  await page.getByRole('heading', { name: '2 artiklar hittas inte i Övningsbutik' }).waitFor()
  await page.getByRole('button', { name: 'Visa alla 2' }).click()
  await page.getByRole('link', { name: 'Artikel kaffe' }).waitFor()
  await looked.look('90-missing')
  await page.getByRole('button', { name: 'Leta igen' }).first().click()
  await shop.soon(page.getByRole('heading', { name: '1 artikel hittas inte i Övningsbutik' }).waitFor({ timeout: 60_000 }))
  expect(looked.complaints).toEqual([])
})
