import { expect, test } from 'vitest'
import { sizeOf, waitsOf } from './measure.ts'

const many = (waits: number[]) => waits.map((ms) => ({ size: sizeOf(ms), n: 1 }))

test('half of the changes and all but one in twenty, at most a twentieth off', () => {
  const waits = waitsOf(many(Array.from({ length: 100 }, (_, n) => (n + 1) * 10)))
  expect(waits?.n).toBe(100)
  expect(Math.abs((waits?.p50Ms ?? 0) / 500 - 1)).toBeLessThan(0.05)
  expect(Math.abs((waits?.p95Ms ?? 0) / 950 - 1)).toBeLessThan(0.05)
})
test('one change is both; none is nothing; a day and no time at all fit', () => {
  expect(waitsOf(many([0]))).toEqual({ n: 1, p50Ms: 1, p95Ms: 1 })
  expect(waitsOf([])).toBeNull()
  expect(waitsOf(many([86_400_000]))?.p95Ms).toBeGreaterThan(82_000_000)
})
