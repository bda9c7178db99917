import { expect, test } from 'vitest'
import { momentOf, wallTime } from './wall-time.ts'

test.each([
  ['2026-11-02T12:00', '2026-11-02T11:00:00.000Z'],
  ['2026-07-02T12:00', '2026-07-02T10:00:00.000Z'],
  // The hour before and after the clocks are set back.
  ['2026-10-25T01:30', '2026-10-24T23:30:00.000Z'],
  ['2026-10-25T03:30', '2026-10-25T02:30:00.000Z'],
])('%s on a wall in Stockholm is %s', (wall, moment) => {
  expect(momentOf(wall, 'Europe/Stockholm')).toBe(moment)
  expect(wallTime(moment, 'Europe/Stockholm')).toBe(wall)
})

test('what is no time is none', () => {
  expect(momentOf('', 'Europe/Stockholm')).toBeNull()
  expect(momentOf('i går', 'Europe/Stockholm')).toBeNull()
})
