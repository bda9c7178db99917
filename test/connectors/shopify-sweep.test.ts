/** The sweep over orders: what it asks for, what it reads whole, and that its overlap forgets nothing. */
import { expect, test } from 'vitest'
import { cursorOf, type Head, nextSweep, queryOf, type Sweep, sweepFrom, toRead } from '../../src/connectors/shopify/order-sweep.ts'

const END = { hasNextPage: false, endCursor: null }
const at = (seconds: number) => new Date(Date.parse('2026-11-02T08:00:00.000Z') + seconds * 1000)
const head = (id: string, seconds: number): Head => ({ id, updatedAt: `${at(seconds).toISOString().slice(0, 19)}Z` })
/** One page that is the last one. */
const step = (sweep: Sweep, heads: Head[], seconds: number) => nextSweep(sweep, heads, END, at(seconds)).sweep
const finished = (seconds: number) => step(step(sweepFrom({ cursor: null }, at(seconds)), [], seconds), [], seconds)

test('first all open orders, then what changed since it was asked to', () => {
  const first = sweepFrom({ cursor: null, since: '2026-11-01T00:00:00Z' }, at(0))
  expect(queryOf(first)).toBe('status:open')
  const paged = nextSweep(first, [head('a', 0)], { hasNextPage: true, endCursor: 'c' }, at(0))
  expect(paged).toMatchObject({ more: true, sweep: { phase: 'open', after: 'c' } })
  const second = nextSweep(paged.sweep, [head('b', 0)], END, at(1))
  expect(second.more).toBe(true)
  expect(queryOf(second.sweep)).toBe("updated_at:>='2026-10-31T23:59:00Z'")
  expect(nextSweep(second.sweep, [], END, at(2)).more).toBe(false)
})
test('R25: the next sweep overlaps the last by more than the feed lags', () => {
  const sweep = step(finished(0), [head('a', 100)], 130)
  expect(queryOf(sweep)).toBe(`updated_at:>='${at(40).toISOString().slice(0, 19)}Z'`)
})
test('without news its start follows the clock from afar, and never goes back', () => {
  const quiet = step(step(finished(0), [], 7200), [], 7260)
  expect(queryOf(quiet)).toBe(
    `updated_at:>='${at(7200 - 600 - 60)
      .toISOString()
      .slice(0, 19)}Z'`,
  )
  expect(step(quiet, [], 10).since >= quiet.since).toBe(true)
})
test('R25: an order is read at first sight and once more later, since a second may hide a change; then only when it changes', () => {
  let sweep = finished(0)
  const reads = (seconds: number, now: number) => {
    const due = toRead(sweep, [head('a', seconds)])
    sweep = step(sweepFrom({ cursor: cursorOf(sweep) }, at(now)), [head('a', seconds)], now)
    return due.length
  }
  expect([reads(10, 10), reads(10, 11), reads(10, 14), reads(10, 20), reads(10, 25), reads(10, 60)]).toEqual([1, 1, 1, 1, 0, 0])
  expect([reads(61, 61), reads(61, 70), reads(61, 80)]).toEqual([1, 1, 0])
})
test('what left the overlap is forgotten: the cursor does not grow', () => {
  let sweep = finished(0)
  for (let n = 0; n < 50; n++) sweep = step(sweep, [head(`o-${n}`, n * 120)], n * 120)
  expect(Object.keys(sweep.read)).toEqual(['o-49'])
})
