import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { silentLog } from '../kit/log.ts'
import { type OpenBell, openBell } from './bell.ts'
import { openDb } from './open.ts'
import { sql } from './sql.ts'

let data: TestDatabase
let here: OpenBell
let there: OpenBell
beforeEach(async () => {
  data = await testDatabase()
  here = await openBell(data.address, silentLog)
  there = await openBell(data.address, silentLog)
})
afterEach(async () => {
  await Promise.all([here.close(), there.close()])
  await data.close()
})
const heard = (bell: OpenBell) => {
  const rings: string[] = []
  bell.onRing((companyId, listenerId) => rings.push(`${companyId}:${listenerId}`))
  return rings
}

test('a ring is heard here at once and elsewhere soon, each once', async () => {
  const [mine, theirs] = [heard(here), heard(there)]
  here.ring(1, 2)
  expect(mine).toEqual(['1:2'])
  await vi.waitFor(() => expect(theirs).toEqual(['1:2']))
  there.ring(3, 4)
  await vi.waitFor(() => expect(mine).toEqual(['1:2', '3:4']))
  expect(theirs).toEqual(['1:2', '3:4'])
})

test('many rings while one is under way are gathered, and none is lost', async () => {
  const theirs = heard(there)
  for (let n = 0; n < 5000; n++) here.ring(1, (n % 1000) + 1)
  await vi.waitFor(() => expect(new Set(theirs).size).toBe(1000))
  expect(theirs.length).toBeLessThan(2000)
})

test('what is only shown wakes nobody, and is heard by those who watch, here at once and elsewhere soon', async () => {
  const rings = [heard(here), heard(there)]
  const shows: string[] = []
  here.onShow((companyId, listenerId) => shows.push(`here ${companyId}:${listenerId}`))
  there.onShow((companyId, listenerId) => shows.push(`there ${companyId}:${listenerId}`))
  here.show(1, 2)
  expect(shows).toEqual(['here 1:2'])
  await vi.waitFor(() => expect(shows).toEqual(['here 1:2', 'there 1:2']))
  expect(rings).toEqual([[], []])
  here.ring(3, 4)
  await vi.waitFor(() => expect(shows.slice(2)).toEqual(['here 3:4', 'there 3:4']))
})

test('it is rung after the commit, never after a rollback', async () => {
  const rings = heard(here)
  const db = openDb(data.address, silentLog, here)
  await db
    .inCompany(1, async (tx) => {
      tx.ring(7)
      throw new Error('no')
    })
    .catch(() => {})
  expect(rings).toEqual([])
  await db.inCompany(1, async (tx) => {
    tx.ring(7)
    tx.ring(7)
    expect(rings).toEqual([])
  })
  expect(rings).toEqual(['1:7'])
  await db.close()
})

test('a broken connection is noticed and mended', async () => {
  const theirs = heard(there)
  await data.owner.rows(sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`)
  await vi.waitFor(() => expect(there.alive()).toBe(false))
  here.ring(9, 9)
  await vi.waitFor(() => expect([here.alive(), there.alive()]).toEqual([true, true]), 5000)
  here.ring(1, 2)
  await vi.waitFor(() => expect(theirs).toContain('1:2'))
})
