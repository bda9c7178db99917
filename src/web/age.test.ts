import { expect, test } from 'vitest'
import { ageHeaders } from './age.ts'
import { LEAST_DAYS } from './contract/about/about.ts'
import { aboutOf } from './contract/about/groups.ts'
import { routeIds } from './contract/routes.ts'

test('a call that is to go away says since when, until when and where to read of it', () => {
  expect(ageHeaders({ since: '2027-01-15', sunset: '2027-07-15', instead: 'POST /v1/sales' }, '/docs/api/stock#sales.register')).toEqual({
    deprecation: `@${Date.UTC(2027, 0, 15) / 1000}`,
    sunset: 'Thu, 15 Jul 2027 00:00:00 GMT',
    link: '</docs/api/stock#sales.register>; rel="deprecation"; type="text/html"',
  })
  expect(ageHeaders(undefined, '/docs/api')).toEqual({})
})

test('nobody has less than half a year to follow', () => {
  for (const id of routeIds) {
    const { deprecated } = aboutOf(id)
    if (deprecated !== undefined) expect((Date.parse(deprecated.sunset) - Date.parse(deprecated.since)) / 86_400_000, id).toBeGreaterThanOrEqual(LEAST_DAYS)
  }
})
