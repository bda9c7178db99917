import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gtin14 } from '../../articles/barcode.ts'
import { BYTE_ORDER_MARK, csvOf, type ExportColumns, type ExportedArticle, headingsOf, lineOf } from './csv-of.ts'
import { look } from './look.ts'
import { rowsOf } from './rows-of.ts'

const vatRates = [
  { class: 'none', rateBp: 0 },
  { class: 'food', rateBp: 1350 },
  { class: 'standard', rateBp: 2550 },
  { class: 'low', rateBp: 1000 },
]
const webshops = [
  { connectionId: 3, name: 'Abicart' },
  { connectionId: 12, name: '=Min; butik' },
]
const columnsIn = (language: ExportColumns['language']): ExportColumns => ({
  language,
  barcodes: 3,
  locations: [
    { id: 1, name: 'Butiken' },
    { id: 2, name: '@Lager' },
  ],
  webshops,
})
const fileOf = (articles: ExportedArticle[], columns: ExportColumns): string =>
  BYTE_ORDER_MARK + csvOf([headingsOf(columns), ...articles.map((article) => lineOf(article, columns))], columns.language)

test('a Nordic spreadsheet opens it: byte order mark, semicolons, decimal comma, numbers kept as text, no formula run', () => {
  const article = {
    number: '007',
    name: '=1+1; "M"',
    priceMinor: 129950,
    vatRateBp: 2500,
    barcodes: ['7350053850019'],
    stockTracked: true,
    archived: false,
    boxed: { 3: true },
    onHand: { 1: -2 },
  }
  expect(fileOf([article], { ...columnsIn('sv'), barcodes: 1 })).toBe(
    `\ufeffArtikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Streckkod;Lagervara;Används ej;Lagersaldo: Butiken;Lagersaldo: @Lager;Webshop: Abicart;"Webshop: =Min; butik"\r\n` +
      `"=""007""";"'=1+1; ""M""";1299,50;25;"=""7350053850019""";Ja;Nej;-2;;Ja;Nej\r\n`,
  )
})

/** Whatever a person can have typed: no control characters, and nothing around it. */
const typed = fc
  .array(fc.constantFrom(...'=+-@\';",.|\t0123456789 Eeåäöæø\u2212\u00a0–€ABC(%)sep'), { minLength: 1, maxLength: 14 })
  .map((letters) => letters.join('').replaceAll('\t', '').trim())
  .filter((text) => text !== '' && !/^\d([.,]\d+)?e\+\d{1,2}$/i.test(text))
const barcode = fc.stringMatching(/^\d{12}$/).map((body) => [...Array(10).keys()].map((check) => `${body}${check}`).find((code) => gtin14(code) !== null) as string)
const article = fc.record({
  number: typed,
  name: typed,
  priceMinor: fc.option(fc.integer({ min: 0, max: 999_999_999_999 })),
  vatRateBp: fc.constantFrom(0, 1000, 1350, 2550),
  barcodes: fc.uniqueArray(barcode, { maxLength: 3 }),
  stockTracked: fc.boolean(),
  archived: fc.boolean(),
  boxed: fc.record({ 3: fc.boolean(), 12: fc.boolean() }),
  onHand: fc.record({ 1: fc.integer({ min: -999, max: 999_999 }) }),
})

test('what is exported is read back as it was, in every language', () => {
  const some = fc.uniqueArray(article, { minLength: 1, maxLength: 12, selector: (each) => each.number })
  fc.assert(
    fc.property(some, fc.constantFrom('sv', 'nb', 'da', 'en' as const), (articles, language) => {
      fc.pre(new Set(articles.flatMap((each) => each.barcodes)).size === articles.flatMap((each) => each.barcodes).length)
      const bytes = Buffer.from(fileOf(articles, columnsIn(language)))
      const rows = [...rowsOf(bytes, look(bytes, webshops), { vatRates })]
      expect(rows.map((row) => row.faults)).toEqual(articles.map(() => []))
      expect(rows.map((row) => row.wanted)).toEqual(
        articles.map(({ onHand: _, vatRateBp, barcodes, priceMinor, ...rest }) => ({
          ...rest,
          priceMinor: priceMinor ?? undefined,
          vatClasses: vatRates.filter((rate) => rate.rateBp === vatRateBp).map((rate) => rate.class),
          barcodes: barcodes.length === 0 ? undefined : barcodes,
        })),
      )
    }),
    { numRuns: 200 },
  )
})

test('fifty thousand rows are read in seconds', () => {
  const code = (n: number) => [...Array(10).keys()].map((check) => `7300000${String(n).padStart(5, '0')}${check}`).find((each) => gtin14(each) !== null) as string
  const articles = [...Array(50_000).keys()].map(
    (n): ExportedArticle => ({
      number: String(n).padStart(6, '0'),
      name: `Artikel "${n}" i blått`,
      priceMinor: n * 7,
      vatRateBp: 2550,
      barcodes: [code(n)],
      stockTracked: true,
      archived: false,
      boxed: {},
      onHand: {},
    }),
  )
  const bytes = Buffer.from(fileOf(articles, columnsIn('sv')))
  const began = performance.now()
  const seen = look(bytes, webshops)
  let n = 0
  for (const row of rowsOf(bytes, seen, { vatRates })) if (row.wanted?.priceMinor === n * 7) n++
  expect({ n, rows: seen.rows }).toEqual({ n: 50_000, rows: 50_000 })
  expect(performance.now() - began).toBeLessThan(30_000)
}, 60_000)
