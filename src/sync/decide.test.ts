import { expect, test } from 'vitest'
import type { CellNow, Rules } from '../core/told/row.ts'
import { decideAfterLook, decideCut, decideFast } from './decide.ts'

const rules: Rules = { compares: true, ruleKnown: true, keyMs: 1, adjusts: false, feedLagMs: 15_000, maxFlightMs: 120_000, resendPending: false }
const now = new Date('2026-11-02T08:00:00Z')
const cell = (over: Partial<CellNow> = {}): CellNow => ({
  articleId: 1,
  locationId: 1,
  wanted: 5,
  told: 4,
  anchor: { value: 10, seen: 0 },
  seen: 0,
  doubt: 0,
  touch: 0,
  provisional: 0,
  buffer: 0,
  flight: null,
  looks: [],
  drift: null,
  low: 0,
  cut: 0,
  holdUntil: null,
  holdWhy: null,
  lane: 'live',
  tries: 0,
  refusal: null,
  refusalSaid: null,
  held: null,
  dirtySince: null,
  toldAt: null,
  toldValue: null,
  available: 8,
  unrouted: 0,
  itemRef: 'i',
  placeRef: 'p',
  articleNumber: 'A',
  takes: false,
  ...over,
})

test('R14: the fast path expects what we believe and sends the value as it is now', () => {
  expect(decideFast(cell())).toEqual({ kind: 'write', value: 8, expected: 10, purpose: 'confirm', drift: 0 })
})

test('R4: a negative shop number is compared as zero and expected raw', () => {
  expect(decideFast(cell({ anchor: { value: -2, seen: 0 }, available: -1 }))).toMatchObject({ kind: 'nothing', value: -2 })
  expect(decideFast(cell({ anchor: { value: -2, seen: 0 }, available: 3 }))).toMatchObject({ kind: 'write', value: 3, expected: -2 })
  expect(decideFast(cell({ available: 8, buffer: 3 }))).toMatchObject({ value: 5 })
})

test('R19: a look that agrees with the belief writes the target and expects what it saw', () => {
  expect(decideAfterLook(cell(), 10, rules, now, false).decision).toEqual({ kind: 'write', value: 8, expected: 10, purpose: 'confirm', drift: 0 })
  expect(decideAfterLook(cell({ available: 10 }), 10, rules, now, false).decision).toMatchObject({ kind: 'nothing', value: 10, purpose: 'confirm' })
  expect(decideAfterLook(cell(), 10, { ...rules, compares: false }, now, false).decision).toMatchObject({ expected: 10 })
})

test('R20: a shop that shows less than we believe keeps the difference at first sight', () => {
  const first = decideAfterLook(cell({ available: 7 }), 8, rules, now, false)
  expect(first.decision).toEqual({ kind: 'write', value: 5, expected: 8, purpose: 'carry', drift: -2 })
  expect(first.drift).toEqual({ amount: -2, firstSeenAt: now.toISOString() })
  expect(first.difference).toMatchObject({ confirmed: false })
})

test('R20: a shop that shows more is only lowered at first sight', () => {
  expect(decideAfterLook(cell({ available: 11 }), 12, rules, now, false).decision).toMatchObject({ kind: 'write', value: 11, purpose: 'watch' })
  expect(decideAfterLook(cell({ available: 13 }), 12, rules, now, false).decision).toMatchObject({ kind: 'nothing', purpose: 'watch' })
})

test('R20: at the second sight the difference is recorded and the master wins', () => {
  const again = decideAfterLook(cell({ available: 7, drift: { amount: -2, firstSeenAt: '' } }), 8, rules, now, false)
  expect(again.decision).toMatchObject({ kind: 'write', value: 7, expected: 8, purpose: 'confirm' })
  expect(again.difference).toEqual({ theirs: 8, believed: 10, confirmed: true })
  expect(again.drift).toBeNull()
  const watched = decideAfterLook(cell({ anchor: null, available: 7, drift: { amount: 2, firstSeenAt: '' } }), 9, rules, now, false)
  expect(watched.difference).toEqual({ theirs: 9, believed: null, confirmed: true })
})

test('R23: never raises while a place, a resend, a landing send or an unread message is open', () => {
  const open = [
    decideAfterLook(cell({ unrouted: 1, available: 12 }), 9, rules, now, false),
    decideAfterLook(cell({ available: 12 }), 9, { ...rules, resendPending: true }, now, false),
    decideAfterLook(cell({ available: 12, looks: [{ id: 'a', why: 'unknown-send', notBefore: '2026-11-02T09:00:00Z' }] }), 9, rules, now, false),
    decideAfterLook(cell({ available: 12 }), 9, rules, now, true),
  ]
  for (const each of open) expect(each.decision).toMatchObject({ kind: 'nothing', value: 9, purpose: 'partial' })
  expect(decideAfterLook(cell({ unrouted: 2, provisional: 2, available: 3 }), 9, rules, now, false).decision).toMatchObject({ kind: 'write', value: 5, purpose: 'partial' })
})

test('R23a: a cut goes down to the target without provisional pieces', () => {
  expect(decideCut(cell({ available: 4, provisional: 2 }), 10)).toEqual({ kind: 'write', value: 6, expected: 10, purpose: 'cut', drift: 0 })
})
