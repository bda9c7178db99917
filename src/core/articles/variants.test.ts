import { expect, test } from 'vitest'
import { isVariant } from './variants.ts'

const options = [
  { name: 'Storlek', values: ['S', 'M'] },
  { name: 'Färg', values: ['Röd', 'Blå'] },
]

test('a variant names one value of every option', () => {
  expect(isVariant(options, { Storlek: 'S', Färg: 'Röd' }, [])).toBe(true)
  expect(isVariant(options, { Storlek: 'S' }, [])).toBe(false)
  expect(isVariant(options, { Storlek: 'XL', Färg: 'Röd' }, [])).toBe(false)
  expect(isVariant(options, { Storlek: 'S', Färg: 'Röd', Material: 'Ull' }, [])).toBe(false)
})

test('no two variants of a product are the same', () => {
  expect(isVariant(options, { Storlek: 'S', Färg: 'Röd' }, [{ Färg: 'Röd', Storlek: 'S' }])).toBe(false)
  expect(isVariant(options, { Storlek: 'S', Färg: 'Röd' }, [{ Färg: 'Blå', Storlek: 'S' }])).toBe(true)
})

test('a product without options holds plain articles', () => {
  expect(isVariant([], {}, [{}, {}])).toBe(true)
  expect(isVariant([], { Storlek: 'S' }, [])).toBe(false)
})
