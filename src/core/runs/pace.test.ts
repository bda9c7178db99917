import { expect, test } from 'vitest'
import { asksTwice } from './flags.ts'
import { paceFrom, paceOf } from './pace.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 2) + seconds * 1000)

test('the time left is unknown until enough was seen', () => {
  expect(paceOf({ told: 250, left: 9_750, from: at(0), now: at(5) })).toBeNull()
  expect(paceOf({ told: 0, left: 10_000, from: at(0), now: at(60) })).toBeNull()
  expect(paceOf({ told: 250, left: 9_750, from: at(0), now: at(15) })).toEqual({ perMinute: 1000, leftMs: 585_000 })
})

test('only the last part counts, and never what was before a pause', () => {
  expect(paceFrom(at(0), at(600))).toEqual(at(480))
  expect(paceFrom(at(590), at(600))).toEqual(at(590))
})

test('a small shop asks twice when half of it is unusual, a big one when many are', () => {
  expect(asksTwice(2, 2)).toBe(false)
  expect(asksTwice(3, 6)).toBe(true)
  expect(asksTwice(3, 7)).toBe(false)
  expect(asksTwice(20, 10_000)).toBe(true)
})
