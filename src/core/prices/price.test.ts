import { expect, test } from 'vitest'
import { holdsNow, lowestBetween, type Offer, offerState, type PriceFacts, priceAt } from './price.ts'

const at = (text: string) => new Date(`${text}${text.length === 10 ? 'T00:00:00' : ''}Z`)
let made = 0
const offer = (priceMinor: number, from: string, to: string | null, locationId: number | null = null): Offer => ({
  id: ++made,
  locationId,
  priceMinor,
  validFrom: at(from),
  validTo: to === null ? null : at(to),
})
const regular = (day: string, newMinor: number | null, locationId: number | null = null) => ({ at: at(day), locationId, newMinor })
const price = (facts: PriceFacts, day: string, place: number | null = null) => priceAt(facts, place, at(day)).priceMinor

test('P1: the lowest holds: the regular price or any of the offers, of equal ones the regular price, then the offer made first', () => {
  const [a, b, c] = [offer(80, '2026-11-01', null), offer(70, '2026-11-01', null), offer(70, '2026-11-01', null)]
  const holds = (regularMinor: number | null, offers: Offer[]) => holdsNow(regularMinor, offers, null, at('2026-11-05'))
  expect(holds(100, [])).toEqual({ priceMinor: 100, regularMinor: 100, offer: null })
  expect(holds(100, [a])).toMatchObject({ priceMinor: 80, regularMinor: 100, offer: { id: a.id } })
  expect(holds(100, [a, b, c])).toMatchObject({ priceMinor: 70, offer: { id: b.id } })
  expect(holds(100, [c, b])).toMatchObject({ offer: { id: b.id } })
  expect(holds(80, [a])).toMatchObject({ priceMinor: 80, offer: null })
  expect(holds(75, [a])).toMatchObject({ priceMinor: 75, offer: null })
  expect(holds(null, [a])).toMatchObject({ priceMinor: 80, regularMinor: null, offer: { id: a.id } })
  expect(holds(null, [])).toMatchObject({ priceMinor: null, offer: null })
})

test("P1: at a location its own price goes before the article's, and the offers of both hold", () => {
  const facts = { regular: [regular('2026-01-01', 100), regular('2026-01-02', 90, 7)], offers: [offer(95, '2026-11-01', null), offer(85, '2026-11-03', null, 7)] }
  expect([price(facts, '2026-10-01'), price(facts, '2026-10-01', 7), price(facts, '2026-10-01', 8)]).toEqual([100, 90, 100])
  expect([price(facts, '2026-11-02'), price(facts, '2026-11-02', 7), price(facts, '2026-11-02', 8)]).toEqual([95, 90, 95])
  expect([price(facts, '2026-11-03'), price(facts, '2026-11-03', 7), price(facts, '2026-11-03', 8)]).toEqual([95, 85, 95])
  // Taken away, the article's holds there again.
  expect(price({ regular: [...facts.regular, regular('2026-11-04', null, 7)], offers: [] }, '2026-11-05', 7)).toBe(100)
})

test('P2: an offer holds from its first moment up to, not including, its last; without one until somebody ends it', () => {
  const [a, open] = [offer(80, '2026-11-02T08:00:00', '2026-11-09T20:00:00'), offer(80, '2026-11-02', null)]
  const states = (which: Offer, ...moments: string[]) => moments.map((moment) => offerState(which, at(moment)))
  expect(states(a, '2026-11-02T07:59:59', '2026-11-02T08:00:00', '2026-11-09T19:59:59', '2026-11-09T20:00:00')).toEqual(['coming', 'active', 'active', 'past'])
  expect(states(open, '2026-11-01', '2026-11-02', '2126-11-02')).toEqual(['coming', 'active', 'active'])
  // Ended in the moment it began, it never held.
  expect(states(offer(80, '2026-11-02', '2026-11-02'), '2026-11-01', '2026-11-02', '2026-11-03')).toEqual(['coming', 'past', 'past'])
  // Where one ends the next one begins.
  const facts = { regular: [regular('2026-01-01', 100)], offers: [offer(80, '2026-11-01', '2026-11-08'), offer(90, '2026-11-08', '2026-11-15')] }
  expect(['2026-11-07T23:59:59', '2026-11-08', '2026-11-15'].map((moment) => price(facts, moment))).toEqual([80, 90, 100])
})

test('P5: the lowest is of every price that held in between, offers and locations told apart', () => {
  const facts = {
    regular: [regular('2026-09-01', 1000), regular('2026-10-10', 900), regular('2026-10-20', 1200), regular('2026-10-25', 1100, 7)],
    offers: [offer(800, '2026-10-01', '2026-10-05'), offer(700, '2026-10-12', '2026-10-14', 7)],
  }
  const lowest = (from: string, until: string, place: number | null = null) => lowestBetween(facts, place, at(from), at(until))
  expect(lowest('2026-10-01', '2026-10-31')).toBe(800)
  expect(lowest('2026-10-01', '2026-10-31', 7)).toBe(700)
  // From its first moment: what ended then is outside.
  expect(lowest('2026-10-05', '2026-11-04')).toBe(900)
  expect(lowest('2026-10-04T23:59:59', '2026-11-04')).toBe(800)
  expect(lowest('2026-10-20', '2026-11-19')).toBe(1200)
  expect(lowest('2026-10-20', '2026-11-19', 7)).toBe(1100)
  // The price before is in force when the time begins, however long ago it was set.
  expect(lowest('2026-09-15', '2026-09-20')).toBe(1000)
  expect(lowest('2026-08-01', '2026-08-31')).toBe(null)
  expect(lowest('2026-08-15', '2026-09-02')).toBe(1000)
})

test('P5: what held for no time at all is no price that anybody was asked, and what begins at the end is outside', () => {
  const regulars = [regular('2026-09-01', 1000), regular('2026-10-10', 1), regular('2026-10-10', 950)]
  const facts = { regular: regulars, offers: [offer(500, '2026-10-31', null), offer(2, '2026-10-12', '2026-10-12')] }
  expect(lowestBetween(facts, null, at('2026-10-01'), at('2026-10-31'))).toBe(950)
})
