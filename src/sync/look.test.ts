import { expect, test } from 'vitest'
import type { RemoteListing } from '../connectors/contract.ts'
import { sightOf } from './look.ts'

const cell = { articleNumber: '007', placeRef: 'main' }
const listing = (over: Partial<RemoteListing> = {}): RemoteListing => ({
  itemRef: 'i1',
  parentRef: null,
  articleNumber: '007',
  title: null,
  tracked: true,
  unwritable: null,
  levels: [{ placeRef: 'main', value: 4, active: true }],
  seenAt: '2026-11-02T08:00:00.000Z',
  ...over,
})
const code = (over: Partial<RemoteListing>) => {
  const sight = sightOf(cell, listing(over), false)
  return sight.kind === 'refused' ? sight.code : sight.kind
}

test('L7: an absent level or number is unknown and never zero', () => {
  expect(code({ levels: [] })).toBe('not-stocked')
  expect(code({ levels: [{ placeRef: 'elsewhere', value: 9, active: true }] })).toBe('not-stocked')
  expect(code({ levels: [{ placeRef: 'main', value: null, active: true }] })).toBe('absent')
  expect(sightOf(cell, undefined, false)).toEqual({ kind: 'absent' })
  expect(sightOf(cell, listing({ levels: [{ placeRef: 'main', value: 0, active: true }] }), false)).toEqual({ kind: 'shows', value: 0 })
})

test('S10: identity and value come in one look: another number on the item is never written', () => {
  expect(code({ articleNumber: '7' })).toBe('link-moved')
  expect(code({ articleNumber: ' 007' })).toBe('link-moved')
  expect(code({ articleNumber: null })).toBe('link-moved')
  expect(sightOf(cell, listing(), true)).toMatchObject({ kind: 'refused', code: 'item-gone' })
})

test('S2: what can not be told has its own reason', () => {
  expect(code({ tracked: false })).toBe('not-tracked')
  expect(code({ unwritable: 'bundle' })).toBe('bundle')
  expect(code({ unwritable: 'fulfilment-service' })).toBe('fulfilment-service')
  expect(code({ levels: [{ placeRef: 'main', value: 4, active: false }] })).toBe('not-stocked')
  expect(code({ tracked: null })).toBe('shows')
})
