import { describe, expect, test } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { look } from './look.ts'
import type { Encoding } from './read-as.ts'
import { headingsKey, recalled, toRemember } from './remembered.ts'

const shops = [{ connectionId: 4, name: 'Abicart' }]
const seen = (text: string) => look(Buffer.from(text), shops)
const columns = (headings: string, webshops = shops) => look(Buffer.from(`${headings}\n${'1;'.repeat(headings.split(';').length)}`), webshops, { separator: ';' }).columns

describe('the letters are read as they were written', () => {
  const text = 'Artikelnummer;Namn\r\nÅ-1;Tröja – ”blå” à 5 €\r\n'
  const high = (letters: string) => Buffer.from(letters.replaceAll('€', '\x80').replaceAll('–', '\x96').replaceAll('”', '\x94'), 'latin1')
  const cases: [string, Encoding, Uint8Array][] = [
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with a mark', 'utf-8', Buffer.from(`\ufeff${text}`)],
    ['Windows-1252', 'windows-1252', high(text)],
    ['UTF-16, as Excel’s Unicode text', 'utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without a mark', 'utf-16le', Buffer.from(text, 'utf16le')],
    ['UTF-16 the other way round', 'utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ]
  test.each(cases)('%s', (_, encoding, bytes) => {
    expect(look(bytes, shops)).toMatchObject({ encoding, headings: ['Artikelnummer', 'Namn'], sample: [['Å-1', 'Tröja – ”blå” à 5 €']], rows: 1 })
  })
})

describe('the separator is what makes known headings of the first row', () => {
  test.each([
    ['Artikelnummer;Benämning;Pris\nA;"Skruv; 5 mm";1,50', ';'],
    ['Artikelnummer\tBenämning\tPris\nA\tSkruv, 5 mm\t1,50', '\t'],
    ['SKU,Name,Price\nA,"Screw, 5 mm",1.50', ','],
    ['Varenr|Varetekst|Salgspris\nA|Skrue|1,50', '|'],
    ['Artikelnummer;"Pris, inkl. moms, per st, för alla"\nA;1,50', ';'],
    ['sep=|\nArtikelnummer|Namn\nA|B', '|'],
    ['"sep=;"\r\nArtikelnummer;Namn\r\nA;B', ';'],
    ['Kolumn A;Kolumn B\n1;2', ';'],
    ['Artikelnummer\nA', ';'],
  ])('%j', (text, separator) => expect(seen(text)).toMatchObject({ separator, rows: 1 }))
})

describe('the decimal mark is what stands before one or two last digits of most prices', () => {
  const prices = (...cells: string[]) => seen(`Artikelnummer;Pris\n${cells.map((cell, n) => `${n};${cell}`).join('\n')}`).decimal
  test.each([
    [['12,50', '1.299,00', '7'], ','],
    [['12.50', '1,299.00', '7'], '.'],
    [['1 299,50 kr', '99:-'], ','],
    [['12', '13'], ','],
    [['1.299', '2.400'], ','],
    [['1.5', '2,5', '3.5'], '.'],
  ])('%j', (cells, decimal) => expect(prices(...cells)).toBe(decimal))
  test('where no price tells, a file between commas has a point', () => expect(seen('SKU,Price\nA,12').decimal).toBe('.'))
})

describe('columns are known by their headings, whatever their case, accents and spaces', () => {
  test.each([
    [
      'Artikelnummer;Benämning;Försäljningspris (inkl. moms);Moms;Kontonummer;Artikeltyp;Streckkod;Streckkod 2;Artikelgrupp;Inköpspris (exkl. moms);Lagervara;Beställningspunkt;Lagerplats;Används ej;Extrapris startdatum;Webshop;Webshop artikel id',
      ['number', 'name', 'price', 'vat', null, null, 'barcode', 'barcode', null, null, 'tracked', null, null, 'archived', null, 'webshop:4', null],
    ],
    ['ARTIKEL NR;benamning;Pris (SEK);Moms %;EAN-kod;Antal', ['number', 'name', 'price', 'vat', 'barcode', 'stock']],
    ['Varenr.;Varetekst;Utsalgspris inkl. mva.;Mva-sats;Strekkode;Beholdning;Nettbutikk', ['number', 'name', 'price', 'vat', 'barcode', 'stock', 'webshop:4']],
    ['Varenummer;Navn;Salgspris kr.;Moms;Stregkode;På lager;Udgået', ['number', 'name', 'price', 'vat', 'barcode', 'stock', 'archived']],
    ['Item no.;Product name;Retail price;VAT rate;GTIN;Qty;Webshop: Abicart', ['number', 'name', 'price', 'vat', 'barcode', 'stock', 'webshop:4']],
    ['SKU;Title;Description;Price;Pris', ['number', 'name', null, 'price', null]],
    ['Beskrivning;Benämning;Artikelnummer', [null, 'name', 'number']],
    [';Namn; ', [null, 'name', null]],
  ])('%s', (headings, expected) => expect(columns(headings)).toEqual(expected))

  test('a box of which of two webshops is left for a person to say', () => {
    const two = [...shops, { connectionId: 5, name: 'Shopify' }]
    expect(columns('Artikelnummer;Webshop;Webshop: Shopify', two)).toEqual(['number', null, 'webshop:5'])
    expect(columns('Artikelnummer;Webshop', [])).toEqual(['number', null])
  })

  test('Shopify’s older and newer product CSV', () => {
    const older = 'Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Barcode,Status'
    expect(seen(`${older}\na,b`)).toMatchObject({
      layout: 'shopify',
      columns: ['product', 'name', null, 'option1-name', 'option1-value', 'number', 'tracked', 'stock', 'price', 'barcode', 'active'],
    })
    const newer = 'Title,URL handle,Description,Status,SKU,Barcode,Option1 name,Option1 value,Price,Price / International,Inventory tracker,Inventory quantity'
    expect(seen(`${newer}\na,b`)).toMatchObject({
      layout: 'shopify',
      columns: ['name', 'product', null, 'active', 'number', 'barcode', 'option1-name', 'option1-value', 'price', null, 'tracked', 'stock'],
    })
  })

  test('what a person chose holds for the same headings in another order, twice the same heading too', () => {
    const chosen = toRemember(['Kod', 'Pris', 'Pris', 'X'], ['number', null, 'price', 'barcode'])
    expect(headingsKey(['x', 'PRIS', 'Kod', 'pris'])).toBe(headingsKey(['Kod', 'Pris', 'Pris', 'X']))
    expect(headingsKey(['Kod', 'Pris', 'X'])).not.toBe(headingsKey(['Kod', 'Pris', 'Pris', 'X']))
    expect(recalled(['X', 'Pris', 'Kod', 'Pris'], chosen)).toEqual(['barcode', null, 'number', 'price'])
  })
})

describe('what isn’t such a file is refused, in a word that says what it is', () => {
  const codeOf = (bytes: Uint8Array): string => {
    try {
      look(bytes, shops)
      return 'taken'
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const rows = (many: number) => Buffer.from(`Artikelnummer\n${'A\n'.repeat(many)}`)
  test.each([
    ['a new Excel file', latin('PK\x03\x04\x14\0\x06\0[Content_Types].xml'), 'file-workbook'],
    ['an old Excel file', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), 'file-workbook'],
    ['a LibreOffice file', latin('PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'file-workbook'],
    ['a zip of something else', latin('PK\x03\x04\x14\0\0\0bilder/1.jpg'), 'file-not-text'],
    ['a PDF', latin('%PDF-1.7\n'), 'file-not-text'],
    ['a picture', latin('\x89PNG\r\n\x1a\n'), 'file-not-text'],
    ['a web page that is called xls', Buffer.from('<!DOCTYPE html>\n<table><tr><td>1</td></tr></table>'), 'file-workbook'],
    ['501 columns', Buffer.from(`${'a;'.repeat(500)}b\n1`), 'file-too-wide'],
    ['a heading that begins as a picture does', Buffer.from('BMW-nr;Namn\n1;2'), 'taken'],
    ['bytes', Buffer.from([1, 2, 3, 0, 255]), 'file-not-text'],
    ['a NUL far down', Buffer.from(`Artikelnummer\n${'A\n'.repeat(9000)}\0\n`), 'file-not-text'],
    ['nothing', Buffer.alloc(0), 'file-empty'],
    ['blanks', Buffer.from('\ufeff\r\n \r\n'), 'file-empty'],
    ['separators alone', Buffer.from(';;;\n;;;\n'), 'file-empty'],
    ['headings alone', Buffer.from('Artikelnummer;Namn\r\n\r\n'), 'file-no-rows'],
    ['50,001 rows', rows(50_001), 'file-too-long'],
    ['50,000 rows', rows(50_000), 'taken'],
    ['no heading that is known: a person says which it is', Buffer.from('Foo;Bar\n1;2'), 'taken'],
  ])('%s', (_, bytes, code) => expect(codeOf(bytes)).toBe(code))
})
