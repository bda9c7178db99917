import { expect, test } from 'vitest'
import type { RemoteOrder } from '../connectors/contract.ts'
import { atOnlyPlace, onlyPlaceOf } from './only-place.ts'

const place = (ref: string, over: { active?: boolean; unusable?: string } = {}) => ({ ref, name: ref, active: over.active ?? true, unusable: over.unusable ?? null })
const order: RemoteOrder = {
  ...{ orderRef: 'o1', name: '#1', stamp: '1', placedAt: '', cancelledAt: null, paid: true, currency: 'SEK', complete: true, doubtful: false, customer: null },
  lines: [{ lineRef: 'l1', articleNumber: 'A', itemRef: null, title: '', ordered: 5, unitPriceMinor: null }],
  shipments: [{ shipmentRef: 's1', at: '', placeRef: null, lines: [{ lineRef: 'l1', quantity: 2 }] }],
  withdrawals: [{ withdrawalRef: 'w1', at: '', placeRef: 'said', lines: [{ lineRef: 'l1', quantity: 1, kind: 'restocked' }] }],
  routing: 'unknown',
}

test('R6: a shop with one usable place needs nobody to say where its pieces stand', () => {
  expect(onlyPlaceOf({ places: [place('a'), place('b', { active: false }), place('c', { unusable: 'fulfilment-service' })] })).toBe('a')
  expect(onlyPlaceOf({ places: [place('a'), place('b')] })).toBeNull()
  expect(onlyPlaceOf({ places: [] })).toBeNull()
  expect(onlyPlaceOf(null)).toBeNull()
})

test('R6: what was said stands; what was left unsaid is filled in; with several places nothing is', () => {
  const filled = atOnlyPlace(order, 'a')
  expect(filled.routing).toEqual([{ lineRef: 'l1', placeRef: 'a', quantity: 2 }])
  expect(filled.shipments[0]?.placeRef).toBe('a')
  expect(filled.withdrawals[0]?.placeRef).toBe('said')
  expect(atOnlyPlace({ ...order, routing: [] }, 'a').routing).toEqual([])
  expect(atOnlyPlace(order, null)).toBe(order)
})
