/** The error is the retry policy. */
import { expect, test } from 'vitest'
import { waitMs, waitsUntil } from './throttle.ts'

const middle = () => 0.5
test('S6: busy waits as long as it was told, else longer each time, never for ever', () => {
  expect(waitMs({ kind: 'busy', retryAfterMs: 7_000 }, 3, middle)).toBe(7_000)
  expect([0, 1, 2].map((n) => waitMs({ kind: 'busy', retryAfterMs: null }, n, middle))).toEqual([1_000, 2_000, 4_000])
  expect(waitMs({ kind: 'busy', retryAfterMs: null }, 50, middle)).toBe(300_000)
})
test('S6: strange slows down, refused goes on soon with something else', () => {
  expect(waitMs({ kind: 'strange', retryAfterMs: null }, 0, middle)).toBe(2_000)
  expect(waitMs({ kind: 'refused', retryAfterMs: null }, 0, middle)).toBe(500)
})
test('S6: what a person must mend in the shop is asked about once a minute at first and four times an hour later; a missing right every minute', () => {
  expect([0, 1, 2, 9].map((n) => waitMs({ kind: 'denied', retryAfterMs: null, code: 'shop-frozen' }, n, middle))).toEqual([60_000, 120_000, 240_000, 900_000])
  expect(waitMs({ kind: 'denied', retryAfterMs: null, code: 'scope-missing' }, 9, middle)).toBe(60_000)
})
test('S6: a wait that a wrong clock wrote is none', () => {
  const now = new Date('2026-11-02T08:00:00.000Z')
  const at = (ms: number) => ({ quietUntil: new Date(now.getTime() + ms) })
  expect(waitsUntil(at(60_000), now)).toEqual(at(60_000).quietUntil)
  expect([waitsUntil(at(-1), now), waitsUntil(at(86_400_000), now), waitsUntil({ quietUntil: null }, now)]).toEqual([null, null, null])
})
