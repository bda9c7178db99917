/** One shopkeeper's first day and the morning after, in Swedish and alone: five thousand articles from Excel, a webshop, a first sync that is taken back and made again, and the one article that isn't in sync, told of by e-mail and mended with one press. */
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type MailSim, startMail } from '../../sim/mail/mail.ts'
import { ask, makeCompany } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const ROWS = 5_000
/** What the webshop has of them; the last one isn't tracked there. */
const IN_SHOP = Array.from({ length: 12 }, (_, n) => String(n + 1).padStart(5, '0'))
const UNTRACKED = '00012'
/** As long as a worker may take to carry out a whole file, beside everything else. */
const WHOLE = { timeout: 100_000 }
const NIGHT_MS = 24 * 3_600_000

let shop: Shop
let looked: Looked
let page: Page
let post: MailSim
let shopPage: string

afterAll(() => post?.close())
onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  post = await startMail()
  shop.shopify.shop.addItems(IN_SHOP.map((sku) => ({ sku, title: `Kopp ${sku}`, tracked: sku !== UNTRACKED, levels: { Odenplan: 4 } })))
  await makeCompany(page)
})
const press = (name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
/** A letter's text out of its wire form. */
const bodyOf = (raw: string) =>
  Buffer.from(
    raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
const shows = (sku: string) => shop.shopify.available(sku, 'Odenplan')

/** As the Excel of a Swedish shop saves it; three rows have something wrong with them. */
function fileFromExcel(): Buffer {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const number = String(at + 1).padStart(5, '0')
    if (at === 99) return `00099;Samma nummer igen;100,00;25 %;7`
    if (at === 199) return `;Utan nummer;100,00;25 %;7`
    if (at === 299) return `${number};Okänd moms;100,00;17 %;7`
    return `${number};Kaffekopp å ${number};100,00;25 %;${at === 0 ? 0 : 7}`
  })
  return Buffer.from(`Artikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Lagersaldo\r\n${rows.join('\r\n')}\r\n`, 'latin1')
}

test('five thousand articles come in from a file with faults in it', async () => {
  await page.goto('/articles/import')
  await page.locator('input[type=file]').setInputFiles({ name: 'artiklar.csv', mimeType: 'text/csv', buffer: fileFromExcel() })
  await page.getByText(/5.000 rader, Windows-1252, semikolon, decimalkomma/).waitFor(WHOLE)
  await press('Visa vad som skulle hända')
  await shop.soon(page.getByText(/4.997 artiklar skulle läggas in eller ändras/).waitFor(WHOLE))
  await looked.look('90-import-preview')
  await press('Genomför')
  await shop.soon(page.getByText('Importen är klar').waitFor(WHOLE))
  await looked.look('91-import-done')
}, 600_000)

test('a webshop is connected by its guide', async () => {
  await page.goto('/webshops')
  await press('Anslut Shopify')
  await page.getByLabel('Shopify-adress').fill(shop.shopify.address)
  await page.getByRole('textbox', { name: 'Klient-ID' }).fill(shop.shopify.credentials.clientId)
  await page.getByLabel('Klienthemlighet (API secret key)').fill(shop.shopify.credentials.clientSecret)
  await press('Spara och kontrollera')
  await page.getByText('2 av 6 steg klara').waitFor()
  await page.getByLabel('Webshop butiksid för Odenplan').selectOption(shop.shopify.shop.places()[0]?.gid ?? '')
  await press('Spara')
  await page.getByText('3 av 6 steg klara').waitFor()
  await press('Aktivera')
  await page.getByText('4 av 6 steg klara').waitFor()
  await press('Skapa Webhooks')
  await page.getByText('5 av 6 steg klara').waitFor()
  shopPage = new URL(page.url()).pathname.replace(/\/guide$/, '')
  await press('Välj artiklar')
  await page.getByLabel('Kryssa i alla vars artikelnummer finns i webshopen').check()
  await shop.soon(page.getByText(/12 artiklar ändras/).waitFor({ timeout: 60_000 }))
  await press('Kryssa i Webshop')
  await page.getByText('12 artiklar är ikryssade.').waitFor()
})

test('the first sync shows old and new and what is unusual, and goes out', async () => {
  await press('Synka alla artiklar')
  await shop.soon(page.getByText('11 antal skulle ändras i webshopen.').waitFor({ timeout: 60_000 }))
  await page.getByText('1 blir noll').waitFor()
  await looked.look('92-first-sync')
  expect(shows('00002')).toBe(4)
  await press('Skicka 11 ändringar')
  await page.getByText('11 av 11 ändringar är ovanliga').waitFor()
  await press('Ja, skicka alla 11')
  await shop.soon(page.getByText(/11 skickade, 0 var redan lika/).waitFor({ timeout: 60_000 }))
  expect([shows('00001'), shows('00002')]).toEqual([0, 7])
})

test('it is undone: the shop shows what it showed before, less what was sold since', async () => {
  shop.shopify.shop.placeOrder({ lines: [{ sku: '00003', quantity: 2, at: 'Odenplan' }] })
  await shop.soon(expect.poll(() => ask<{ items: unknown[] }>(page, 'GET', '/v1/orders').then(({ items }) => items.length), { timeout: 60_000 }).toBe(1))
  await press(/^Ångra/)
  await shop.soon(page.getByRole('button', { name: /^Ångra 11/ }).waitFor({ timeout: 60_000 }))
  await looked.look('93-undo')
  await press(/^Ångra 11/)
  await shop.soon(expect.poll(() => [shows('00001'), shows('00002'), shows('00003')], { timeout: 60_000 }).toEqual([4, 4, 2]))
  await looked.look('94-undone')
})

test('it is made again, and the next morning an e-mail says which article waits', async () => {
  await page.goto('/company')
  await page.getByLabel('Mejlserver').fill('127.0.0.1')
  await page.getByLabel('Säkerhet').selectOption({ label: 'Ingen (okrypterat, utan lösenord)' })
  await page.getByLabel('Port').fill(String(post.port))
  await page.getByLabel('Avsändare').fill('lager@example.com')
  await page.getByRole('textbox', { name: 'Till' }).fill('anna@example.com')
  await page.getByRole('region', { name: 'E-post' }).getByRole('button', { name: 'Spara' }).click()
  await press('Skicka ett testmejl')
  await page.getByText('Mejlservern tog emot testmejlet.').waitFor()

  const id = Number(shopPage.split('/').at(-1))
  const { items } = await ask<{ items: { id: number; number: string }[] }>(page, 'GET', '/v1/articles?limit=200')
  const articleIds = items.filter(({ number }) => IN_SHOP.includes(number)).map((each) => each.id)
  await ask(page, 'POST', `/v1/connections/${id}/box`, { boxed: true, articleIds })
  await page.goto(shopPage)
  await press('Synka alla artiklar')
  await shop.soon(page.getByRole('button', { name: /^Skicka 11/ }).waitFor({ timeout: 60_000 }))
  await press(/^Skicka 11/)
  await press('Ja, skicka alla 11')
  await shop.soon(expect.poll(() => shows('00002'), { timeout: 60_000 }).toBe(7))

  post.taken.length = 0
  shop.pass(NIGHT_MS)
  await shop.soon(expect.poll(() => post.taken.length, { timeout: 60_000 }).toBeGreaterThan(0))
  const said = bodyOf(post.taken[0]?.raw ?? '')
  expect(said).toContain('Shopify räknar inte lagret för 1 artikel')
  expect(said).toContain(`${shop.address}/attention`)
})

test('the article is found by its number, says why it isn’t in sync, and is mended with one press', async () => {
  await page.goto('/')
  await page.getByRole('heading', { name: 'Översikt' }).waitFor()
  await page.keyboard.press('/')
  const search = page.getByRole('combobox', { name: 'Sök överallt' })
  await search.fill(UNTRACKED)
  await page.getByRole('option', { name: new RegExp(UNTRACKED) }).waitFor()
  await search.press('Enter')
  await page.getByRole('heading', { name: `Kaffekopp å ${UNTRACKED}` }).waitFor()
  await page.getByText('Varför är artikeln inte i synk?').waitFor()
  await looked.look('95-why')
  await press('Börja spåra')
  await shop.soon(page.getByRole('heading', { name: 'Allt är i synk' }).waitFor({ timeout: 60_000 }))
  expect(shows(UNTRACKED)).toBe(7)
  await looked.look('96-mended')
  expect(looked.complaints).toEqual([])
})
