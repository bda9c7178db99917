import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, stringify } from './json.ts'

test('L8: integers beyond 2^53 keep every digit, as text', () => {
  expect(parseJson('{"id":9007199254740993,"n":[-12345678901234567890, 7]}')).toEqual({ id: '9007199254740993', n: ['-12345678901234567890', 7] })
  expect(parseJson('9007199254740991')).toBe(9007199254740991)
})

test('digits inside strings and fractions are left alone', () => {
  expect(parseJson('{"a":"9007199254740993","b\\"9007199254740993":1.00000000000000000001,"c":"\\\\","d":12345678901234567890}')).toEqual({
    a: '9007199254740993',
    'b"9007199254740993': 1,
    c: '\\',
    d: '12345678901234567890',
  })
})

test('malformed text is a SyntaxError', () => {
  for (const text of ['', '{', '{"a":01}', '00000000000000000001', '{"a":1,}']) expect(() => parseJson(text)).toThrow(SyntaxError)
})

test('what JSON.parse reads, parseJson reads alike', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const plain: unknown = JSON.parse(text)
      if (!/\d{16}/.test(text)) expect(parseJson(text)).toEqual(plain)
      else expect(stringify(parseJson(text)).length).toBeGreaterThan(0)
    }),
  )
})
