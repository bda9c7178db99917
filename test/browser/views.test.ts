/** Sync views, seen by a person in Swedish while an outside system, a process of its own with an address and a key, makes its view, is filled, follows, hands in, fails and is shut out. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type Api, askProduct } from '../../demo/ask.ts'
import { type Erp, openErp } from '../../demo/erp.ts'
import { sql } from '../../src/db/sql.ts'
import { ask, firstStore, makeArticles, makeCompany, receive } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const NUMBERS = Array.from({ length: 24 }, (_, n) => `V-${String(n).padStart(2, '0')}`)
const folder = mkdtempSync(join(tmpdir(), 'lb-views-'))
let shop: Shop
let looked: Looked
let page: Page
let erp: Erp
/** As the view's own key. */
let reader: Api
let articles: Map<string, number>
let store: number
let receiver: Server
const heard: { headers: Record<string, unknown>; body: string }[] = []
let answer = 204

afterAll(async () => {
  await erp?.kill()
  receiver?.close()
  rmSync(folder, { recursive: true, force: true })
})
onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  await makeCompany(page)
  articles = await makeArticles(page, NUMBERS)
  await receive(page, 'G1', NUMBERS)
  store = await firstStore(page)
  const { key } = await ask<{ key: string }>(page, 'POST', '/v1/keys', { name: 'Affärssystemet', scopes: ['views:write'] })
  erp = openErp(join(folder, 'erp'), shop.address, key)
  receiver = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') })
      reply.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})

const press = (name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
const reads = (words: string | RegExp) => shop.soon(page.getByText(words).first().waitFor({ timeout: 60_000 }))
const section = (name: string) => page.getByRole('region', { name, exact: true })
const dialog = () => page.getByRole('dialog')
async function resend(): Promise<void> {
  await press('Hantera')
  await page.getByRole('menuitem', { name: 'Skicka om alla produkter…' }).click()
}
const viewId = () => erp.view().viewId
const shown = () => ask<{ run: { id: number; state: string } | null; lag: { live: number; rejected: number } }>(page, 'GET', `/v1/sync-views/${viewId()}`)
const sell = (ref: string, articleNumber: string) => ask(page, 'POST', '/v1/sales', { ref, locationId: store, lines: [{ articleNumber, quantity: 1 }] })
const held = (number: string) => erp.held<{ number: string; onHand: number }>('stock').find((each) => each.number === number)?.onHand

test('an outside system makes its view with an address and a key; all products are sent again, pressed twice, and it is one run', async () => {
  await page.goto('/views')
  await page.getByRole('heading', { name: 'Inga synkvyer än' }).waitFor()
  await erp.run('connect')
  await page.goto('/')
  await page.locator('.side').getByRole('link', { name: 'Synkvyer' }).click()
  const card = page.getByRole('link', { name: /^ERP / })
  await card.getByText('inga produkter är kopplade').waitFor()
  await looked.look('95-views')
  await card.click()
  await page.getByText('Inga produkter är kopplade än.').waitFor()

  await resend()
  await dialog().getByText('96 poster skickas').waitFor()
  await looked.look('96-resend')
  await dialog().getByRole('button', { name: 'Skicka', exact: true }).click()
  await section('Omsändning').getByText('0 av 96 kvitterade').waitFor()
  const first = await shown()
  await resend()
  await dialog().getByText('En omsändning pågår redan.').waitFor()
  await looked.look('96-resend-again')
  await dialog().getByRole('button', { name: 'Visa den' }).click()
  await press('Pausa')
  await section('Omsändning').getByText('Pausad').waitFor()
  await looked.look('97-view-paused')
  await press('Fortsätt')
  await section('Omsändning').getByText('Pågår').waitFor()

  erp.start()
  await reads('Allt går som det ska: systemet har kvitterat allt.')
  await section('Omsändning').getByText('Klar').waitFor()
  await section('Omsändning').getByText('96 av 96 kvitterade').waitFor()
  expect((await shown()).run).toMatchObject({ id: first.run?.id, state: 'done' })
  expect(erp.held('price')).toHaveLength(NUMBERS.length)
  await looked.look('97-view-done')
})

test('what changes follows by itself, and an order it hands in lowers the stock', async () => {
  await sell('K1', 'V-03')
  await shop.soon(expect.poll(() => held('V-03'), { timeout: 30_000 }).toBe(9))
  expect(await erp.run('order', 'E-1001', 'V-04', '2', String(store))).toContain('handed in')
  await page.goto(`/articles/${articles.get('V-04')}`)
  await page.getByRole('heading', { name: 'Varför är det 8?' }).waitFor()
  await press('Visa allt')
  await section('Allt är i synk').getByText('Kvitterad', { exact: true }).first().waitFor()
  await looked.look('97-article-views')
  await shop.soon(expect.poll(() => held('V-04'), { timeout: 30_000 }).toBe(8))
})

test('a webhook is set, tried, paused when the other side is gone, and taken away', async () => {
  await erp.kill()
  await page.goto(`/views/${viewId()}`)
  await page.getByLabel('Systemets adress').fill('http://10.0.0.7/lagerbro')
  await press('Spara webhooken')
  await page.getByText('Webhooken måste ha en https-adress').waitFor()
  await page.getByLabel('Systemets adress').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/lagerbro`)
  await press('Spara webhooken')
  const secret = await page.getByLabel('Hemligheten', { exact: true }).inputValue()
  expect(secret).toMatch(/^whsec_/)
  await looked.look('98-webhook-secret')
  await press('Jag har sparat den')
  await page.getByLabel('Hemligheten', { exact: true }).waitFor({ state: 'detached' })
  await press('Skicka ett test')
  await page.getByText('Det kom fram. Systemet svarade 204.').waitFor()
  const [test] = heard
  expect(JSON.parse(test?.body ?? '')).toMatchObject({ type: 'test', view: viewId() })
  const signed = `${test?.headers['webhook-id']}.${test?.headers['webhook-timestamp']}.${test?.body}`
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  expect(test?.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)

  answer = 410
  await sell('K2', 'V-05')
  await reads(/^Pausad: inget har kommit fram sedan/)
  await press('Skicka ett test')
  await page.getByText(/Det kom inte fram. Systemet svarade 410/).waitFor()
  await looked.look('98-webhook-paused')
  answer = 204
  await press('Meddela systemet igen')
  await section('Webhook till systemet').getByText('Fungerar').waitFor()
  expect(JSON.parse(heard.at(-1)?.body ?? '')).toMatchObject({ type: 'changes.available' })
  await page.getByText('Ändra eller ta bort').click()
  await press('Ta bort webhooken…')
  await press('Ja, ta bort webhooken')
  await page.getByLabel('Systemets adress').waitFor()
})

test('what the system rejects says why, and is sent again when somebody asks', async () => {
  reader = askProduct(shop.address, erp.view().key).api
  const params = { viewId: viewId() }
  for (const ref of ['K3', 'K4']) await sell(ref, ref === 'K3' ? 'V-06' : 'V-07')
  const { items } = await reader('views.changes', { params, query: {} })
  const results = items
    .filter((item) => item.data?.number !== 'V-05')
    .map(({ entity, id, locationId, version }) => ({ entity, id, locationId, version, status: 'rejected' as const, error: 'Lagerstället saknas' }))
  expect(results).toHaveLength(2)
  await reader('views.ack', { params, body: { results } })
  await shop.owner.run(sql`update view set readers = readers || jsonb_build_object('another', ${shop.product.clock.now()}::timestamptz)`)
  await reads('2 poster är avvisade av systemet. Se orsakerna nedan.')
  await reads('Två system hämtar från samma synkvy')
  await press('Visa')
  await page.getByLabel('Artikelnummer eller streckkod').fill('V-06')
  await press('Ta reda på')
  await section('Varför finns inte artikeln där?').getByText('”Lagerstället saknas”').waitFor()
  await looked.look('99-view-rejected')
  await press(/^Försök igen: Lagersaldot V-07/)
  await press('Försök igen: Lagerstället saknas')
  await section('Avvisat av systemet').getByText('Inget är avvisat.').waitFor()
  erp.start()
  await shop.soon(expect.poll(() => [held('V-05'), held('V-06'), held('V-07')], { timeout: 30_000 }).toEqual([9, 9, 9]))
  await section('Varför finns inte artikeln där?').getByText('Kvitterad', { exact: true }).waitFor()
  await erp.kill()
})

test('a new key works beside the old one; revoked, the system stops and says why; the view is taken away', async () => {
  const following = erp.run('mirror').catch(String)
  await press('Ny nyckel')
  await page.getByText(/Nyckeln ERP .* är skapad/).waitFor()
  await press('Jag har sparat den')
  await press(/^Återkalla ERP/)
  await page.getByText(/systemet som använder den stannar tills det får en ny/).waitFor()
  await looked.look('99-view-revoke')
  await press(/^Ja, stäng av ERP/)
  expect(await shop.soon(following)).toContain('not-signed-in')
  await section('Adress och nycklar').getByText('Återkallad').waitFor()
  await press('Ta bort synkvyn…')
  await dialog().getByText('Nycklarna slutar gälla genast').waitFor()
  await looked.look('99-view-drop')
  await press('Ja, ta bort')
  await page.getByRole('heading', { name: 'Inga synkvyer än' }).waitFor()
  expect(looked.complaints).toEqual([])
})
