import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('a file opens in a Nordic Excel: byte order mark, semicolons, quotes where they are needed', () => {
  expect(
    csvOf([
      ['Artikel', 'Före'],
      ['Tröja; "M"', 4],
      ['Mössa', null],
    ]),
  ).toBe('\ufeffArtikel;Före\r\n"Tröja; ""M""";4\r\nMössa;\r\n')
})

test('no text is ever run as a formula, and a negative number stays a number', () => {
  expect(csvOf([['=1+1', '+46', '-5', '@x', ' =HYPERLINK("a")', '\t=1', -5]])).toBe(`\ufeff'=1+1;'+46;'-5;'@x;"' =HYPERLINK(""a"")";'\t=1;-5\r\n`)
})
