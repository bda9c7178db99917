import { expect, test } from 'vitest'
import { look } from './look.ts'
import type { ReadAs, ReadRow } from './read-as.ts'
import { rowsOf } from './rows-of.ts'

const vatRates = [
  { class: 'food', rateBp: 600 },
  { class: 'low', rateBp: 600 },
  { class: 'none', rateBp: 0 },
  { class: 'standard', rateBp: 2500 },
]
const read = (text: string | Uint8Array, said: Partial<ReadAs> = {}): ReadRow[] => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return [...rowsOf(bytes, look(bytes, [{ connectionId: 7, name: 'Abicart' }], said), { vatRates })]
}
const faultsOf = (rows: ReadRow[]) => rows.flatMap((row) => row.faults.map(({ code, column, row: first }) => [row.n, code, column, ...(first === undefined ? [] : [first])]))
const wanted = (rows: ReadRow[]) => rows.map((row) => JSON.parse(JSON.stringify(row.wanted)) as unknown)

test('a file as a Swedish till exports it is read whole, leading zeros and all', () => {
  const rows = read(
    [
      'Artikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Kontonummer;Streckkod;Streckkod 2;Lagervara;Används ej;Webshop',
      '00123-M;Tröja;1 299,50 kr;25 %;3001;7350053850019;96385074;Ja;Nej;x',
      '007;;;;;;;;;',
    ].join('\r\n'),
  )
  expect(wanted(rows)).toEqual([
    {
      number: '00123-M',
      name: 'Tröja',
      priceMinor: 129950,
      vatClasses: ['standard'],
      barcodes: ['7350053850019', '96385074'],
      stockTracked: true,
      archived: false,
      boxed: { 7: true },
    },
    { number: '007' },
  ])
  expect(faultsOf(rows)).toEqual([])
})

test('every fault of a row is said, with its column; the other rows go in', () => {
  const rows = read('Artikelnummer;Namn;Pris;Moms;EAN\nA1;Ett;dyrt;24;123\n;Två;10;25;\nA3;Tre;10;25;7350053850019\n7,35E+12;Fyra;1;6;7,35E+12\nA5;Fem;1;25;;mer\n')
  expect(faultsOf(rows)).toEqual([
    [2, 'price-unread', 2],
    [2, 'vat-nobody-has', 3],
    [2, 'barcode-check', 4],
    [3, 'number-missing', null],
    [5, 'number-scientific', 0],
    [5, 'barcode-scientific', 4],
    [6, 'too-many-cells', null],
  ])
  expect(rows.map((row) => row.wanted?.number ?? null)).toEqual([null, null, 'A3', null, null])
  expect(rows.map((row) => row.name)).toEqual(['Ett', 'Två', 'Tre', 'Fyra', 'Fem'])
})

test('what is there twice names the row where it was first', () => {
  const rows = read('Varenummer;Strekkode;Strekkode 2\nA;7350053850019;7350053850019\nB;96385074;\nA;;\nC;07350053850019;\n')
  expect(faultsOf(rows)).toEqual([
    [4, 'number-twice', 0, 2],
    [5, 'barcode-twice', 1, 2],
  ])
  expect(wanted(rows)[0]).toEqual({ number: 'A', barcodes: ['7350053850019'] })
})

test('Windows-1252 among UTF-8: those rows are named, the rest go in', () => {
  const line = (text: string, encoding: 'utf8' | 'latin1') => Buffer.from(`${text}\n`, encoding)
  const mostly = (many: 'utf8' | 'latin1', few: 'utf8' | 'latin1') =>
    Buffer.concat([line('Artikelnummer;Benämning', many), line('A1;Tröja', many), line('A2;Mössa', few), line('A3;Skor', many), line('A4;Hängsle', many)])
  for (const bytes of [mostly('utf8', 'latin1'), mostly('latin1', 'utf8')]) {
    const rows = read(bytes)
    expect(faultsOf(rows)).toEqual([[3, 'mixed-encoding', 1]])
    expect(wanted(rows)).toEqual([{ number: 'A1', name: 'Tröja' }, null, { number: 'A3', name: 'Skor' }, { number: 'A4', name: 'Hängsle' }])
  }
})

test('a quote that is never closed costs its own line; empty lines cost nothing and are counted', () => {
  const rows = read('Artikelnummer;Namn\n\n"A1;Ett\nA2;"Två;\n"A3";"3"" skruv"\n;;\nA4;5" skruv\n"A5";"Två\nrader"\n"A6" B;Sex\nA7;Sju\n')
  expect(faultsOf(rows)).toEqual([
    [3, 'quote-wrong', null],
    [4, 'quote-wrong', null],
    [8, 'control-characters', 1],
    [9, 'quote-wrong', null],
  ])
  expect(rows.flatMap((row) => row.wanted?.name ?? [])).toEqual(['3" skruv', '5" skruv', 'Sju'])
})

test('Shopify’s product CSV: variants belong to their handle, a row with a picture alone is passed', () => {
  const rows = read(
    [
      'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Status',
      "troja,Tröja,Storlek,S,Färg,Röd,00123-S,shopify,4,1299.50,'7350053850019,https://x.test/1.jpg,active",
      "troja,,,M,,Röd,'00124,shopify,-1,1299.50,,https://x.test/2.jpg,",
      'troja,,,,,,,,,,,https://x.test/3.jpg,',
      'troja,,,L,,Röd,,,,1299.50,,,',
      'mossa,Mössa,Title,Default Title,,,M-1,,,199,,,archived',
    ].join('\n'),
  )
  const product = (size: string) => ({
    ref: 'troja',
    name: 'Tröja',
    options: [
      { name: 'Storlek', value: size },
      { name: 'Färg', value: 'Röd' },
    ],
  })
  expect(wanted(rows)).toEqual([
    { number: '00123-S', name: 'Tröja, S, Röd', priceMinor: 129950, barcodes: ['7350053850019'], stockTracked: true, archived: false, onHand: 4, product: product('S') },
    { number: '00124', name: 'Tröja, M, Röd', priceMinor: 129950, stockTracked: true, archived: false, onHand: -1, product: product('M') },
    null,
    { number: 'M-1', name: 'Mössa', priceMinor: 19900, archived: true },
  ])
  expect(faultsOf(rows)).toEqual([[5, 'number-missing', null]])
})

test('a fault shows the beginning of a cell, and never half a letter: no database would keep that', () => {
  const [row] = read(`Artikelnummer;Namn\nA;${'🧶'.repeat(200)}\n`)
  expect(row?.faults).toEqual([{ column: 1, code: 'too-long', value: '🧶'.repeat(100) }])
})
