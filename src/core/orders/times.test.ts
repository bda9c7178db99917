/** A shop that doesn't say when it shipped is taken at the time it was first seen to have. */
import { expect, test } from 'vitest'
import type { Snapshot } from './order.ts'
import { datedAs } from './times.ts'

const order = (at: string, timeUnsaid = true, shipped = true): Snapshot => ({
  orderRef: '1',
  name: '1',
  stamp: at,
  placedAt: '2026-11-01T08:00:00.000Z',
  cancelledAt: null,
  paid: true,
  currency: 'SEK',
  complete: true,
  doubtful: false,
  lines: [],
  shipments: shipped ? [{ shipmentRef: '1#sent', at, ...(timeUnsaid ? { timeUnsaid: true as const } : {}), placeRef: 'webshop', lines: [] }] : [],
  withdrawals: [],
  routing: [],
})
const [MONDAY, TUESDAY, FRIDAY] = ['2026-11-02T08:00:00.000Z', '2026-11-03T08:00:00.000Z', '2026-11-06T08:00:00.000Z'] as [string, string, string]

test('R1: whatever changes in the order afterwards, what was shipped keeps the time it was first seen with', () => {
  const first = datedAs(order(MONDAY), {}, false)
  expect(first.order.shipments[0]?.at).toBe(MONDAY)
  const later = datedAs(order(TUESDAY), first.times, false)
  expect(later.order.shipments[0]?.at).toBe(MONDAY)
  const calledBack = datedAs(order(TUESDAY, true, false), later.times, false)
  expect(datedAs(order(FRIDAY), calledBack.times, false).order.shipments[0]?.at, 'shipped anew').toBe(FRIDAY)
})
test('R1: an order first seen shipped, and older than the baseline, left before it', () => {
  const late = datedAs(order(TUESDAY), {}, true)
  expect(late.order.shipments[0]?.at).toBe('2026-11-01T08:00:00.000Z')
  expect(datedAs(order(FRIDAY), late.times, false).order.shipments[0]?.at).toBe('2026-11-01T08:00:00.000Z')
})
test('R1: a time that is said stands', () => {
  expect(datedAs(order(MONDAY, false), {}, true)).toMatchObject({ order: { shipments: [{ at: MONDAY }] }, times: {} })
})
