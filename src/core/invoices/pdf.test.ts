/** What is a PDF, and when one that isn't there is asked for again. */
import { expect, test } from 'vitest'
import { judge, MOST_BYTES, MOST_TRIES, nextTryAt } from './pdf.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const now = new Date('2026-11-02T07:00:00Z')

test('I3: a PDF begins as one and has at most 10 MB', () => {
  const large = new Uint8Array(MOST_BYTES + 1)
  large.set(bytes('%PDF-1.4'))
  expect([
    judge(bytes('%PDF-1.4\n')),
    judge(bytes('<html>')),
    judge(bytes('%PDF')),
    judge(new Uint8Array()),
    judge(null),
    judge(large),
    judge(large.subarray(0, MOST_BYTES)),
  ]).toEqual(['there', 'not-a-pdf', 'not-a-pdf', 'not-a-pdf', 'missing', 'too-large', 'there'])
})

test('I3: what isn’t there is asked for with growing pauses for a day, then given up', () => {
  const pauses = Array.from({ length: MOST_TRIES }, (_, n) => nextTryAt('missing', n + 1, now)).map((at) => (at === null ? null : at.getTime() - now.getTime()))
  expect(pauses.at(-1)).toBeNull()
  const all = pauses.flatMap((each) => each ?? [])
  expect(all[0]).toBeLessThan(30_000)
  expect(all.reduce((sum, each) => sum + each, 0) / 3_600_000).toBeGreaterThan(16)
  expect([nextTryAt('too-large', 1, now), nextTryAt('not-a-pdf', 1, now) === null]).toEqual([null, false])
})
