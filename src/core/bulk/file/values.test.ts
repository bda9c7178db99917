import { describe, expect, test } from 'vitest'
import { countryFacts } from '../../companies/country.ts'
import type { Decimal } from './read-as.ts'
import { barcodeOf, piecesOf, priceOf, type Said, vatOf, yesOrNo } from './values.ts'

const shown = (said: Said<unknown>): unknown => ('fault' in said ? said.fault : said.value)

describe('a price becomes whole minor units, however it is written', () => {
  const cases: [string, Decimal, unknown][] = [
    ['129', ',', 12900],
    ['129,5', ',', 12950],
    ['129,50', ',', 12950],
    ['129.50', ',', 12950],
    ['129,50', '.', 12950],
    ['1 234,50', ',', 123450],
    ['1\u00a0234,50\u00a0kr', ',', 123450],
    ['1\u202f234,50', ',', 123450],
    ['1.234,50 kr.', ',', 123450],
    ['1,234.50', '.', 123450],
    ['1,234.50', ',', 123450],
    ['1.234.567,89', ',', 123456789],
    ['1.234', ',', 123400],
    ['1,234', '.', 123400],
    ['SEK 99', ',', 9900],
    ['kr 99,-', ',', 9900],
    ['99:-', ',', 9900],
    [',50', ',', 50],
    ['0', ',', 0],
    ['-0,00', ',', 0],
    ['12,5000', ',', 1250],
    ['0,07', ',', 7],
    ['1,15', ',', 115],
    ['4.35', '.', 435],
    ['9999999999,99', ',', 999999999999],
    ['1,234', ',', 'price-decimals'],
    ['1,000', ',', 'price-decimals'],
    ['12,345', ',', 'price-decimals'],
    ['12,5050', ',', 'price-decimals'],
    ['-5', ',', 'price-negative'],
    ['\u22125,00', ',', 'price-negative'],
    ['10000000000', ',', 'price-unread'],
    ['gratis', ',', 'price-unread'],
    ['12,50,00', ',', 'price-unread'],
    ['1.23.4', ',', 'price-unread'],
    ['#VÄRDEFEL!', ',', 'price-unread'],
    ['1E+05', ',', 'price-unread'],
    ['5-6', ',', 'price-unread'],
    ['0.500', ',', 'price-decimals'],
    ['0.123,50', ',', 'price-unread'],
  ]
  test.each(cases)('%j with %j is %j', (cell, decimal, expected) => expect(shown(priceOf(cell, decimal))).toBe(expected))
})

describe('a VAT rate becomes the classes of the company that have it', () => {
  const rates = (country: 'SE' | 'NO' | 'FI', today: string) => {
    const held = countryFacts(country).rates.filter((rate) => rate.validFrom <= today)
    return [...new Map(held.map((rate) => [rate.class, { class: rate.class, rateBp: rate.rateBp }])).values()]
  }
  const swedish = rates('SE', '2026-11-22')
  test.each([
    ['25', ['standard']],
    ['25 %', ['standard']],
    ['25,00', ['standard']],
    ['25.00', ['standard']],
    ['0,25', ['standard']],
    ['0.25', ['standard']],
    ['.25', ['standard']],
    ['12', ['reduced']],
    ['0,12', ['reduced']],
    ['0', ['none']],
    ['0 %', ['none']],
    ['6', ['food', 'low']],
    ['0,06', ['food', 'low']],
    ['low', ['low']],
    ['Food', ['food']],
    ['24', 'vat-nobody-has'],
    ['0,25 %', 'vat-nobody-has'],
    ['1', 'vat-nobody-has'],
    ['moms', 'vat-unread'],
    ['-25', 'vat-unread'],
  ])('%j in Sweden is %j', (cell, expected) => expect(shown(vatOf(cell, ',', swedish))).toEqual(expected))

  test('of two classes with one rate that is said; a rate with a half is exact', () => {
    expect(vatOf('6', ',', swedish)).toMatchObject({ note: 'vat-many' })
    expect(vatOf('25', ',', swedish)).not.toHaveProperty('note')
    for (const cell of ['25,5', '25.5 %', '0,255']) expect(shown(vatOf(cell, ',', rates('FI', '2026-11-22'))), cell).toEqual(['standard'])
    expect(shown(vatOf('15', ',', rates('NO', '2026-11-22')))).toEqual(['food'])
  })
})

describe('a barcode is text with a check digit, or a fault that says which', () => {
  test.each([
    ['7350053850019', '7350053850019', undefined],
    [' 735 0053 850019', '7350053850019', undefined],
    ['036000291452', '036000291452', undefined],
    ['36000291452', '036000291452', 'zero-restored'],
    ['96385074', '96385074', undefined],
    ['7,35005E+12', 'barcode-scientific', undefined],
    ['7.35E+12', 'barcode-scientific', undefined],
    ['7E+12', 'barcode-scientific', undefined],
    ['7350053850018', 'barcode-check', undefined],
    ['ABC-123', 'barcode-check', undefined],
    ['123', 'barcode-check', undefined],
  ])('%j is %j', (cell, expected, note) => {
    const said = barcodeOf(cell)
    expect(shown(said)).toBe(expected)
    expect('fault' in said ? undefined : said.note).toBe(note)
  })
})

test('yes and no in four languages and in what spreadsheets make of them', () => {
  for (const yes of ['Ja', 'JA', 'j', 'Yes', 'y', '1', 'x', 'X', 'true', 'SANT', 'SANN', 'SAND']) expect(shown(yesOrNo(yes)), yes).toBe(true)
  for (const no of ['Nej', 'nei', 'No', 'n', '0', 'FALSE', 'FALSKT', 'USANN', 'FALSK']) expect(shown(yesOrNo(no)), no).toBe(false)
  for (const neither of ['kanske', '2', '-', 'constructor', '__proto__']) expect(shown(yesOrNo(neither)), neither).toBe('yes-or-no')
})

test('pieces are whole, may be fewer than none, and never more than anybody has', () => {
  const cases: [string, unknown][] = [
    ['12', 12],
    ['12,0', 12],
    ['12 st', 12],
    ['-3', -3],
    ['\u22123', -3],
    ['1 234', 1234],
    ['0', 0],
    ['-0', 0],
    ['2,5', 'stock-part'],
    ['många', 'stock-unread'],
    ['1000001', 'stock-unread'],
  ]
  for (const [cell, expected] of cases) expect(shown(piecesOf(cell, ',')), cell).toBe(expected)
})
