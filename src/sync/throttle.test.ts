/** The error is the retry policy. */
import { expect, test } from 'vitest'
import { waitMs } from './throttle.ts'

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
