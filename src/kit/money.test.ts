import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minorText, parseMinor } from './money.ts'

test('amounts are read to the minor unit', () => {
  expect(['129', '129.5', '129,50', '-1.00', '0', '0.1'].map(parseMinor)).toEqual([12900, 12950, 12950, -100, 0, 10])
})

test('what is no amount is null, never 0', () => {
  expect(['', 'abc', '1.234', '1e3', '--1', '1 000', '9'.repeat(13)].map(parseMinor)).toEqual([null, null, null, null, null, null, null])
})

test('text and minor units go both ways', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (minor) => {
      expect(parseMinor(minorText(minor))).toBe(minor)
    }),
  )
})
