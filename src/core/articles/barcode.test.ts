import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gtin14 } from './barcode.ts'

test('L8: a barcode is text, compared padded to 14 digits, leading zeros kept', () => {
  expect(gtin14('7350053850019')).toBe('07350053850019')
  expect(gtin14('036000291452')).toBe('00036000291452')
  expect(gtin14('0036000291452')).toBe('00036000291452')
  expect(gtin14('96385074')).toBe('00000096385074')
})

test('a wrong check digit, a wrong length and anything but digits are no barcode', () => {
  for (const wrong of ['7350053850018', '735005385001', '', ' 7350053850019', '7350053850019 ', '73500538500l9', '٧٣٥٠٠٥٣٨', '7350053850019\n'])
    expect(gtin14(wrong), wrong).toBeNull()
})

test('one digit wrong is always noticed', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(digits, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const code = [...Array(10).keys()].map((check) => [...body, check].join('')).find((each) => gtin14(each) !== null) as string
      const wrong = code.split('').map((digit, n) => (n === at ? String((Number(digit) + by) % 10) : digit))
      expect(gtin14(wrong.join(''))).toBeNull()
    }),
  )
})
