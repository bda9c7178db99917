/** Which order a document is for, by the texts in it. */
import { expect, test } from 'vitest'
import { type ErpDocument, FIELDS, namesIn, ordersNamedBy } from './document.ts'

const named = new Map([
  ['10023', [1]],
  ['10024', [2]],
  ['77', [3, 4]],
])
const says = (names: ErpDocument['names'], ...allowed: (typeof FIELDS)[number][]) => ordersNamedBy(names, named, allowed)

test('I1: the field made for it names an order, free text only where it is allowed, and the field made for it goes before', () => {
  expect(says([{ from: 'heading', text: 'Ordre 10023' }], 'reference')).toBeNull()
  expect(says([{ from: 'heading', text: 'Ordre nr. 10023.' }], 'reference', 'heading')).toEqual({ orderIds: [1], field: 'heading' })
  const both: ErpDocument['names'] = [
    { from: 'text', text: 'se 10023' },
    { from: 'reference', text: ' 10024 ' },
  ]
  expect(says(both, ...FIELDS)).toEqual({ orderIds: [2], field: 'reference' })
  expect(says([{ from: 'reference', text: 'PO-9' }, ...both.slice(0, 1)], ...FIELDS)).toEqual({ orderIds: [1], field: 'text' })
})

test('I1: what may be for several is for all of them, so that nobody guesses', () => {
  expect(says([{ from: 'reference', text: '77' }], 'reference')).toEqual({ orderIds: [3, 4], field: 'reference' })
  expect(says([{ from: 'heading', text: '10023 + 10024' }], ...FIELDS)).toEqual({ orderIds: [1, 2], field: 'heading' })
})

test('of free text only words with a digit are names, and never more than fifty', () => {
  expect(namesIn({ from: 'text', text: 'Leveret, med tak! (#10023)' })).toEqual(['#10023'])
  expect(namesIn({ from: 'reference', text: 'Jens Hansen 10023' })).toEqual(['Jens Hansen 10023'])
  expect(namesIn({ from: 'text', text: Array.from({ length: 80 }, (_, n) => `a${n}`).join(' ') })).toHaveLength(50)
})
