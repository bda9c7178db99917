/** A shopkeeper's articles from Excel: five thousand rows with faults in them, looked at first, carried out, undone; and many changed at once. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ask, makeCompany } from './company.ts'
import type { Looked } from './pages.ts'
import type { Shop } from './shop.ts'
import { onStage } from './stage.ts'

const ROWS = 5_000
/** As long as a worker may take to carry out a whole file, beside everything else. */
const WHOLE = { timeout: 540_000 }
let shop: Shop
let looked: Looked
let page: Page

onStage(async (stage) => {
  ;({ shop, looked, page } = stage)
  await makeCompany(page)
  const priced = { priceMinor: 10_000, vatClass: 'standard' }
  const articles = [
    { number: '00002', name: 'Kaffekopp nr 2', ...priced },
    { number: '00003', name: 'Gammalt namn', ...priced },
    { number: 'EGEN', name: 'Inte med i filen', ...priced },
  ]
  await ask(page, 'POST', '/v1/articles/batch', { articles })
})

/** As the Excel of a Swedish shop saves it: Windows-1252, semicolons, decimal commas. */
function swedishFile(): Buffer {
  const line = (n: number): string => `${String(n).padStart(5, '0')};Kaffekopp nr ${n};100,00;25 %;;Ja;Köksgeråd;`
  const rows = Array.from({ length: ROWS }, (_, at) => line(at + 1))
  const broken: Record<number, string> = {
    10: '00009;Samma nummer igen;100,00;25 %;;Ja;Köksgeråd;',
    20: ';Utan nummer;100,00;25 %;;Ja;Köksgeråd;',
    30: '00030;Tre decimaler;99,905;25 %;;Ja;Köksgeråd;',
    40: '00040;Okänd moms;100,00;17 %;;Ja;Köksgeråd;',
    50: '00050;Excels streckkod;100,00;25 %;7,31E+12;Ja;Köksgeråd;',
  }
  for (const [n, text] of Object.entries(broken)) rows[Number(n) - 1] = text
  // Three that go in, and are worth a look: a new name, a price of four times as much, a count.
  rows[2] = '00003;Kaffekopp för två;400,00;25 %;7350053850019;Ja;Köksgeråd;12'
  const heading = 'Artikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Streckkod;Lagervara;Artikelgrupp;Lagersaldo'
  return Buffer.from(`${[heading, ...rows].join('\r\n')}\r\n`, 'latin1')
}
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const choose = (name: string, buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
const figure = (name: RegExp) => page.getByRole('group', { name: 'Visa' }).getByRole('button', { name })
const article = async (number: string) =>
  (await ask<{ items: { id: number; name: string; priceMinor: number; levels: { onHand: number | null }[] }[] }>(page, 'GET', `/v1/articles?number=${number}`)).items[0]

test('a spreadsheet is told how to be saved as CSV', async () => {
  await page.goto('/articles')
  await page.getByRole('link', { name: 'Importera', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Importera artiklar' }).waitFor()
  await looked.look('80-import')
  await choose('varor.xlsx', Buffer.from('PK\x03\x04\x14\x00\x06\x00[Content_Types].xml', 'latin1'))
  await page
    .getByRole('alert')
    .getByText(/Spara|spara/)
    .waitFor()
  await looked.look('80-import-refused')
  await choose('stor.csv', Buffer.alloc(21 * 1024 * 1024, 'a;b\n'))
  await page.getByRole('alert').getByText('stor.csv är större än 20 MB.').waitFor()
})

test('the file is understood, its columns are shown, and what has no place is said', async () => {
  await choose('varor.csv', swedishFile())
  await page.getByText(/5.000 rader, Windows-1252, semikolon, decimalkomma/).waitFor(WHOLE)
  await page.getByText('Kolumnen Artikelgrupp används inte här och läses inte in.').waitFor()
  expect(await page.getByLabel('Benämning är').inputValue()).toBe('name')
  await looked.look('81-import-columns')
})

test('the preview: new, changed, unchanged and faulty, each fault in plain words, and nothing has happened yet', async () => {
  await press('Visa vad som skulle hända')
  await shop.soon(page.getByText(/4.994 artiklar skulle läggas in eller ändras/).waitFor(WHOLE))
  await page.getByText('Priset ändras med mer än hälften').first().waitFor()
  await looked.look('82-import-preview')
  await figure(/^Fel/).click()
  await page.getByText('Artikelnummer: 00009 finns redan på rad 10. Ta bort den ena raden.').waitFor()
  await page.getByText('Försäljningspris (inkl. moms): 99,905 har fler än två decimaler. Avrunda till två.').waitFor()
  await looked.look('82-import-faults')
  await page.emulateMedia({ colorScheme: 'dark' })
  await looked.look('82-import-faults-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  const saved = page.waitForEvent('download')
  await press('Ladda ner raderna med fel')
  const file = readFileSync(await (await saved).path(), 'utf8')
  expect(file.split('\r\n').filter((line) => line !== '')).toHaveLength(6)
  expect(file).toContain('Varför raden inte togs med')
  await figure(/^Ändras/).click()
  await page.getByText('Gammalt namn').first().waitFor()
  await looked.look('82-import-changes')
  expect(await article('00003')).toMatchObject({ name: 'Gammalt namn', priceMinor: 10_000 })
  expect(await article('00001')).toBeUndefined()
})

test('it is carried out, and every good row is in', async () => {
  await press('Genomför')
  await page.getByText('Importerar …').waitFor()
  await looked.look('83-import-working')
  await shop.soon(page.getByText('Importen är klar').waitFor(WHOLE))
  await looked.look('83-import-done')
  expect(await article('00003')).toMatchObject({ name: 'Kaffekopp för två', priceMinor: 40_000, levels: [{ onHand: 12 }] })
  expect(await article('04999')).toMatchObject({ name: 'Kaffekopp nr 4999', priceMinor: 10_000 })
}, 600_000)

test('it is undone: the preview says what can’t be put back and why, the rest is as it was', async () => {
  const touched = await article('00003')
  await page.evaluate((id) => fetch(`/v1/articles/${id}`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"name":"Nytt namn igen"}' }), touched?.id)
  await press('Ångra')
  await shop.soon(page.getByRole('button', { name: 'Ångra nu' }).waitFor(WHOLE))
  await page.getByText('Ändrat igen efteråt').waitFor()
  await looked.look('84-undo-preview')
  await press('Ångra nu')
  await shop.soon(page.getByText('Ändringen är ångrad').waitFor(WHOLE))
  await looked.look('84-undone')
  expect(await article('00003')).toMatchObject({ name: 'Nytt namn igen', priceMinor: 10_000 })
  await page.goto('/articles/changes')
  await page.getByText('ångrad').waitFor()
  await looked.look('84-bulk-changes')
}, 600_000)

test('all that a search finds are raised by some per cent and get another VAT in one change, looked at first', async () => {
  await page.goto('/articles')
  await page.getByRole('searchbox').fill('EGEN')
  await page.getByText('1 artikel').first().waitFor()
  await press('Ändra …')
  await page.getByLabel('Vad vill du ändra?').selectOption({ label: 'Höj priset i procent' })
  await page.getByLabel('Procent').fill('12,5')
  await press('Ändra en sak till')
  await page.getByLabel('12 %').check()
  await looked.look('85-bulk-edit')
  await press('Visa vad som skulle hända')
  await shop.soon(page.getByText('1 artikel skulle ändras.').waitFor(WHOLE))
  await looked.look('85-bulk-edit-preview')
  await press('Genomför')
  await shop.soon(page.getByText('Ändringen är klar').waitFor(WHOLE))
  expect(await article('EGEN')).toMatchObject({ priceMinor: 11_300, vatClass: 'reduced' })
  expect(looked.complaints).toEqual([])
})
