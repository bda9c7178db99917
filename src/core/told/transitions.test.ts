import { expect, test } from 'vitest'
import type { CellNow, Flight } from './row.ts'
import { confirmed, done, MOST_TRIES, unknown } from './transitions.ts'

const now = new Date('2026-11-02T08:00:00Z')
const flight: Flight = { batch: 1, row: 0, value: 8, seen: 0, doubt: 0, version: 5, sentAt: now.toISOString(), answers: ['asked'], kind: 'confirm' }
const row = (over: Partial<CellNow> = {}): CellNow => ({
  ...{ articleId: 1, locationId: 1, itemRef: 'i', placeRef: 'p', articleNumber: 'A', lane: 'live', buffer: 0, provisional: 0, touch: 0, low: 0, cut: 0, unrouted: 0, takes: false },
  ...{ wanted: 5, told: 4, anchor: { value: 10, seen: 0 }, seen: 0, doubt: 0, flight, looks: [], drift: null, available: 8, dirtySince: now },
  ...{ holdUntil: null, holdWhy: null, tries: 3, refusal: null, refusalSaid: null, held: 7, toldAt: null, toldValue: null },
  ...over,
})
const answer = { now, graceMs: 60_000, replayed: false }

test('R13: an order taken in while the send was in the air is not forgotten by its confirm', () => {
  // The shop sold one and we took it in meanwhile: it now shows 8 - 1, whatever was seen when the answer came.
  const after = done(row({ seen: -1, available: 7, wanted: 6 }), answer)
  expect(after.anchor).toEqual({ value: 8, seen: 0 })
  expect(after.told).toBe(5)
  expect(after.wanted).toBe(6)
})

test('R13: a doubtful order taken in meanwhile leaves nothing believed, and the row dirty', () => {
  const after = done(row({ doubt: 1 }), answer)
  expect(after.anchor).toBeNull()
  expect(after.wanted).toBeGreaterThan(after.told)
})

test('R13: a row never leaves quietly while it is not in sync', () => {
  expect(done(row({ available: 7 }), answer)).toMatchObject({ told: 5, wanted: 6 })
  expect(done(row({ looks: [{ id: 'later', why: 'hook' }] }), answer)).toMatchObject({ told: 5, wanted: 6, looks: [{ id: 'later' }] })
  expect(done(row({ looks: [{ id: 'asked', why: 'hook' }] }), answer)).toMatchObject({ told: 5, wanted: 5, looks: [], held: null, tries: 0, dirtySince: null })
})

test('R13: told never falls', () => {
  const late = confirmed(row({ told: 5 }), { version: 3, anchor: { value: 8, seen: 0 }, doubt: 0, answers: [], value: 8, now })
  expect(late.told).toBe(5)
})

test('R20: a difference that was carried along stays in what is believed until it has been seen again', () => {
  const after = done(row({ flight: { ...flight, kind: 'carry', value: 5, drift: -2 } }), answer)
  expect(after).toMatchObject({ anchor: { value: 7, seen: 0 }, told: 4, holdWhy: 'difference-checked' })
})

test('S6: only answers of its own count as tries', () => {
  expect(unknown(row(), false).tries).toBe(3)
  expect(unknown(row({ tries: MOST_TRIES - 1 }), true).tries).toBe(MOST_TRIES)
})

test('R23a: a cut leaves the row with its turn, and a replayed one proves nothing about now', () => {
  const cut = row({ flight: { ...flight, kind: 'cut' } })
  expect(done(cut, answer)).toMatchObject({ told: 4, anchor: null, flight: null, held: 7 })
  expect(done(cut, { ...answer, replayed: true })).toMatchObject({ told: 4, anchor: null, flight: null, held: null })
})
