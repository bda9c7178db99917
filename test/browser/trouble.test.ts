/** What goes wrong in the middle: a run that is stopped on its way, an order with a number nobody knows, and what a shop can answer to a number; each with what to press. */
import type { Page } from 'playwright-core'
import { afterAll, expect, test, vi } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import { activate, ask, boxAndSync, firstStore, makeArticles, makeCompany, receive } from './company.ts'
import { type Looked, wordsOf } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const words = new Map(wordsOf('sv'))
const say = (key: string) => words.get(key) ?? key
const RUN = Array.from({ length: 12 }, (_, n) => `R-${n}`)
const SHOPIFY = [...RUN, 'BORTA', 'KAFFE']
const TOY = ['EXTERN', 'MYCKET', 'KONSTIG', 'HET', 'FLYTTAD']
let shop: Shop
let toy: ToySim
let looked: Looked
let page: Page
let atShopify: string
let atToy: string
let articles: Map<string, number>
let sales = 0

afterAll(async () => {
  await toy?.close()
})
onStage(
  async (stage) => {
    ;({ shop, looked, page } = stage)
    toy = await startToy({ places: ['Lager'], now: () => shop.product.clock.now() })
    shop.shopify.shop.addItems(SHOPIFY.map((sku) => ({ sku, title: sku, levels: { Odenplan: 4 } })))
    for (const number of TOY) toy.addItem({ number, stock: 3 })
    await makeCompany(page)
    articles = await makeArticles(page, [...SHOPIFY, ...TOY])
    await receive(page, 'G1', [...SHOPIFY, ...TOY])
    const { clientId, clientSecret } = shop.shopify.credentials
    atShopify = await activate(page, 'shopify', { shop: shop.shopify.address, clientId, clientSecret }, shop.shopify.shop.places()[0]?.gid)
    atToy = await activate(page, 'toy', toy.settings(), 'Lager')
    await boxAndSync(page, shop, atShopify, idsOf(SHOPIFY))
    await boxAndSync(page, shop, atToy, idsOf(TOY))
    await shop.soon(vi.waitFor(async () => expect([await inSync(atShopify), await inSync(atToy)]).toEqual([SHOPIFY.length, TOY.length]), 60_000))
  },
  { batch: 1 },
)

const idsOf = (numbers: string[]) => numbers.map((number) => articles.get(number) ?? 0)
const inSync = async (at: string) => (await ask<{ counts: Record<string, number> }>(page, 'GET', at)).counts['in-sync'] ?? 0
const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
const open = (number: string) => page.goto(`/articles/${articles.get(number)}`)
const sell = async (number: string, quantity = 1) =>
  ask(page, 'POST', '/v1/sales', { ref: `K${++sales}`, locationId: await firstStore(page), lines: [{ articleNumber: number, quantity }] })
/** The state's own words stand on the article's page. */
const reads = (state: string) =>
  shop.soon(
    page
      .getByText(say(`states.${state}.words`))
      .first()
      .waitFor({ timeout: 60_000 }),
  )

/** The next write to Shopify stands still until it is let go. */
const holdNextWrite = () => shop.shopify.fault({ arm: { kind: 'hold', field: 'inventorySetQuantities' } })
const held = () => expect.poll(() => shop.shopify.state().hits['fault:hold'] ?? 0, { timeout: 15_000 })

async function loseHooks(): Promise<void> {
  for (const { id } of shop.shopify.hooks.waiting()) shop.shopify.hooks.lose(id)
  await shop.shopify.hooks.release()
}

test('a run is paused on its way, goes on, and is cancelled: what was on its way arrives, the rest is left and said', async () => {
  shop.shopify.hooks.hold()
  for (const sku of RUN) shop.shopify.shop.handEdit({ sku, at: 'Odenplan', available: 14 })
  await loseHooks()
  await page.goto(atShopify.replace('/v1/connections', '/webshops'))
  await press('Synka alla artiklar')
  await shop.soon(page.getByText('12 antal skulle ändras i webshopen.').waitFor({ timeout: 60_000 }))
  holdNextWrite()
  await press('Skicka 12 ändringar')
  await held().toBe(1)
  await press('Pausa')
  await page.getByText('Pausad', { exact: true }).waitFor()
  await looked.look('80-run-paused')
  shop.shopify.release()
  await shop.soon(page.getByText('4 av 12 skickade').waitFor({ timeout: 60_000 }))
  expect(RUN.filter((sku) => shop.shopify.available(sku, 'Odenplan') === 10)).toHaveLength(4)
  holdNextWrite()
  await press('Fortsätt')
  await held().toBe(2)
  await press('Avbryt körningen')
  await page.getByText('Avbryts', { exact: true }).waitFor()
  await looked.look('80-run-stopping')
  shop.shopify.release()
  await shop.soon(page.getByText('Avbruten').waitFor({ timeout: 60_000 }))
  await page.getByText('4 skickades inte. De står kvar som de var i webshopen.').waitFor()
  await looked.look('80-run-cancelled')
  expect(RUN.filter((sku) => shop.shopify.available(sku, 'Odenplan') === 14)).toHaveLength(4)
})

test('an order with a number nobody knows: said what happens, and the last press counts it', async () => {
  shop.shopify.shop.addItems([{ sku: 'OKÄND-1', title: 'Tepåse', levels: { Odenplan: 5 } }])
  shop.shopify.shop.placeOrder({ lines: [{ sku: 'OKÄND-1', quantity: 2 }] })
  await page.goto('/orders')
  await shop.soon(page.getByRole('row', { name: /Behöver dig/ }).waitFor({ timeout: 60_000 }))
  await page.getByRole('link', { name: /#1001/ }).click()
  await page.getByText('Artikelnumret OKÄND-1 finns inte här').waitFor()
  await looked.look('81-order-unknown')
  await press('Koppla till artikel: Tepåse')
  const field = page.getByRole('dialog').getByRole('textbox')
  await field.fill('KAFFE')
  await field.press('Enter')
  await page.getByText('Odenplan: 8 tillgängliga efteråt').waitFor()
  await looked.look('81-order-connect')
  await page.getByRole('dialog').getByRole('button', { name: 'Koppla', exact: true }).click()
  await page.getByText('Klart. 1 order är omräknad.').waitFor()
  await page.getByText('Artikelnumret OKÄND-1 finns inte här').waitFor({ state: 'detached' })
  await looked.look('81-order-connected')
  await open('KAFFE')
  await page.getByRole('heading', { name: 'Varför är det 8?' }).waitFor()
})

test('deleted in the shop, and a number that moved to another: nothing is sent until it is looked for again', async () => {
  // The shop's search is behind and still finds it, and nobody is told.
  shop.shopify.fault({ switches: { searchLagMs: 24 * 3_600_000 } })
  shop.shopify.hooks.hold()
  shop.shopify.shop.deleteItem({ sku: 'BORTA' })
  await loseHooks()
  toy.fault({ kind: 'hook-lost', times: 2 })
  toy.fault({ kind: 'busy', on: 'match', times: 'always' })
  toy.changeItem('FLYTTAD', { number: 'GAMMAL' })
  toy.addItem({ number: 'FLYTTAD', title: 'Ny på numret', stock: 1 })
  for (const number of ['BORTA', 'FLYTTAD']) await sell(number)
  await open('BORTA')
  await reads('item-gone')
  await looked.look('82-item-gone')
  await open('FLYTTAD')
  await reads('link-moved')
  await looked.look('82-link-moved')
  expect(toy.value('FLYTTAD')).toBe(1)
  toy.clearFaults()
  await press(say('states.link-moved.next'))
  await shop.soon(expect.poll(() => toy.value('FLYTTAD'), { timeout: 60_000 }).toBe(9))
  await reads('in-sync')
  shop.shopify.fault({ switches: { searchLagMs: 0 } })
  await open('BORTA')
  await press(say('states.item-gone.next'))
  await reads('missing')
})

test('a number kept elsewhere, one the shop refuses, an answer nobody understands, and a number that never stands still', async () => {
  toy.changeItem('EXTERN', { unwritable: 'fulfilment-service' })
  toy.changeItem('KONSTIG', { unwritable: 'moon-phase' })
  for (const [ref, quantity] of [
    ['G2', 1_000_000],
    ['G3', 500_000],
  ] as const)
    await receive(page, ref, ['MYCKET'], quantity)
  let busy = true
  toy.onRequest = (phase, _request, purpose) => {
    if (busy && phase === 'before' && (purpose === 'items' || purpose === 'write')) toy.handEdit('HET', { by: 1 })
    return undefined
  }
  for (const number of ['EXTERN', 'KONSTIG', 'HET']) await sell(number)

  await open('EXTERN')
  await reads('fulfilment-service')
  await looked.look('83-fulfilment-service')
  await press(say('states.fulfilment-service.next'))
  await reads('not-boxed')

  await open('MYCKET')
  await reads('value-refused')
  await looked.look('83-value-refused')
  await sell('MYCKET', 1_000_000)
  await press(say('states.value-refused.next'))
  await shop.soon(expect.poll(() => toy.value('MYCKET'), { timeout: 60_000 }).toBe(500_010))

  await open('KONSTIG')
  await reads('remote-strange')
  await looked.look('83-remote-strange')
  toy.changeItem('KONSTIG', { unwritable: null })
  await press(say('states.remote-strange.next'))
  await shop.soon(expect.poll(() => toy.value('KONSTIG'), { timeout: 60_000 }).toBe(9))

  await open('HET')
  await reads('too-hot')
  await looked.look('83-too-hot')
  busy = false
  await press(say('states.too-hot.next'))
  await shop.soon(expect.poll(() => toy.value('HET'), { timeout: 60_000 }).toBe(9))
  await reads('in-sync')
  expect(looked.complaints).toEqual([])
})
