import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { type Log, silentLog } from '../kit/log.ts'
import { type OpenBell, openBell } from './bell.ts'
import { openDb } from './open.ts'
import { sql } from './sql.ts'

let data: TestDatabase
let here: OpenBell
let there: OpenBell
/** What the bell over there has said of itself: it mends itself quicker than anybody can see it broken. */
const said: string[] = []
const saying: Log = { ...silentLog, info: (_facts, message) => said.push(message), warn: (_facts, message) => said.push(message) }
/** The machine may be busy with much else. */
const soon = (holds: () => void) => vi.waitFor(holds, 10_000)

beforeEach(async () => {
  data = await testDatabase()
  here = await openBell(data.address, silentLog)
  there = await openBell(data.address, saying)
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
  await soon(() => expect(theirs).toEqual(['1:2']))
  there.ring(3, 4)
  await soon(() => expect(mine).toEqual(['1:2', '3:4']))
  expect(theirs).toEqual(['1:2', '3:4'])
})

test('many rings while one is under way are gathered, and none is lost', async () => {
  const theirs = heard(there)
  for (let n = 0; n < 5000; n++) here.ring(1, (n % 1000) + 1)
  await soon(() => expect(new Set(theirs).size).toBe(1000))
  expect(theirs.length).toBeLessThan(2000)
})

test('what is only shown wakes nobody, and is heard by those who watch, here at once and elsewhere soon', async () => {
  const rings = [heard(here), heard(there)]
  const shows: string[] = []
  here.onShow((companyId, listenerId) => shows.push(`here ${companyId}:${listenerId}`))
  there.onShow((companyId, listenerId) => shows.push(`there ${companyId}:${listenerId}`))
  here.show(1, 2)
  expect(shows).toEqual(['here 1:2'])
  await soon(() => expect(shows).toEqual(['here 1:2', 'there 1:2']))
  expect(rings).toEqual([[], []])
  here.ring(3, 4)
  await soon(() => expect(shows.slice(2)).toEqual(['here 3:4', 'there 3:4']))
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
  await soon(() => expect(said).toEqual(['the bell is broken: other processes are heard by looking until it is back', 'the bell is back']))
  await soon(() => expect([here.alive(), there.alive()]).toEqual([true, true]))
  here.ring(1, 2)
  await soon(() => expect(theirs).toContain('1:2'))
})
