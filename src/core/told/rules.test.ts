import { expect, test } from 'vitest'
import { answerable, certain, fast, hasFutureLook, inSync } from './belief.ts'
import type { CellNow, Flight, Rules } from './row.ts'
import { confirmed, done, sent, unknowable } from './transitions.ts'

const now = new Date('2026-11-02T08:00:00Z')
const later = new Date(now.getTime() + 120_000)
const rules: Rules = { compares: true, ruleKnown: true, keyMs: 1, adjusts: false, feedLagMs: 15_000, maxFlightMs: 120_000, resendPending: false }
const flight: Flight = { batch: 1, row: 0, value: 8, seen: 0, doubt: 0, version: 5, sentAt: now.toISOString(), answers: [], kind: 'confirm' }
const cell = (over: Partial<CellNow> = {}): CellNow => ({
  ...{
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
  },
  ...{ low: 0, cut: 0, holdUntil: null, holdWhy: null, lane: 'live', tries: 0, refusal: null, refusalSaid: null, held: 1, dirtySince: null, toldAt: null, toldValue: null },
  ...{ available: 8, unrouted: 0, itemRef: 'i', placeRef: 'p', articleNumber: 'A', takes: false },
  ...over,
})
const landed = (over: Partial<CellNow>) => done(cell({ flight, ...over }), { now, graceMs: 60_000, replayed: false })

test('R6: certain only with a remote that compares, a known rule, no order without a place and nothing to resend', () => {
  expect(certain(cell(), rules)).toBe(true)
  for (const [over, change] of [
    [{}, { compares: false }],
    [{}, { ruleKnown: false }],
    [{ unrouted: 1 }, {}],
    [{}, { resendPending: true }],
  ] as const) {
    expect(certain(cell(over), { ...rules, ...change })).toBe(false)
    expect(fast(cell(over), { ...rules, ...change })).toBe(false)
  }
})

test('R13: a confirm tells the version of the flight and anchors what it sent at what was seen then', () => {
  expect(landed({})).toMatchObject({ told: 5, wanted: 5, anchor: { value: 8, seen: 0 }, flight: null, held: null })
  // An order taken in while the send was under way stays in the belief: the shop shows 8 - 2, not 8.
  const during = landed({ wanted: 6, seen: -2, available: 6 })
  expect(during).toMatchObject({ told: 5, wanted: 6, anchor: { value: 8, seen: 0 } })
  expect(landed({ told: 7, wanted: 7, flight: { ...flight, version: 5 } }).told).toBe(7)
})

test('R13: doubt since the flight forgets the anchor, and a row out of sync never leaves quietly', () => {
  expect(landed({ doubt: 1 })).toMatchObject({ anchor: null, told: 5, wanted: 6 })
  const wrong = landed({ available: 3 })
  expect(inSync(wrong)).toBe(false)
  expect(wrong).toMatchObject({ told: 5, wanted: 6 })
})

test('R16: a send that cannot be repeated leaves no belief, and a look that waits until it can no longer land', () => {
  const lost = unknowable(cell({ flight }), { id: 'u', why: 'unknown-send', notBefore: later.toISOString() })
  expect(lost).toMatchObject({ flight: null, anchor: null, told: 4 })
  expect(hasFutureLook(lost, now)).toBe(true)
  expect(hasFutureLook(lost, later)).toBe(false)
})

test('R22: only a look begun after the send could land answers for it, and several may wait', () => {
  const waits = (id: string, at: Date) => ({ id, why: 'unknown-send' as const, notBefore: at.toISOString() })
  const row = cell({ looks: [waits('first', now), waits('second', later), { id: 'hook', why: 'hook' }] })
  expect(answerable(row, new Date(now.getTime() - 1))).toEqual(['hook'])
  expect(answerable(row, now)).toEqual(['first', 'hook'])
  expect(answerable(row, later)).toEqual(['first', 'second', 'hook'])
})

test('R24: a look answers the requests made before it and no other; a fast send answers none', () => {
  const asked = [{ id: 'before', why: 'asked' as const }]
  const during = { id: 'during', why: 'hook' as const }
  const by = { version: 5, anchor: { value: 8, seen: 0 }, doubt: 0, answers: answerable(cell({ looks: asked }), now), value: 8, now }
  expect(confirmed(cell({ looks: [...asked, during] }), by).looks).toEqual([during])
  expect(landed({ looks: [during] })).toMatchObject({ looks: [during], told: 5, wanted: 6 })
  expect(sent(cell({ looks: asked }), flight).looks).toEqual(asked)
})
