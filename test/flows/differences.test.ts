/** Avvikelser: what the comparison finds, why it was so, and that it never writes to the shop by itself. On a fake clock, with the toy shop. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { retryRefused } from '../../src/core/told/ask-looks.ts'
import { sql } from '../../src/db/sql.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { chores } from '../../src/sync/chores.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { correctOurs, sendOurs } from '../../src/sync/differences.ts'
import { startRun } from '../../src/sync/runs.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

let on: TestDatabase
let sim: ToySim
let clock: FakeClock
let it: Planted
let deps: SyncDeps
let connection: Connection

/** A shop that shows ten of TROJA-M, as we do, and sends no hooks. */
async function start(options: Parameters<typeof startToy>[0] = {}, manners: Partial<typeof COMPARES> = {}): Promise<void> {
  sim = await startToy({ places: ['D'], now: () => clock.now(), ...options })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 10 })
  const box = secretBox(randomBytes(32))
  const planting = { box, code: 'toy', settings: sim.settings(), number: 'TROJA-M', itemRef: ref, places: ['D'], start: 10, now: clock.now() }
  it = await plant(on, { ...planting, manners: { ...COMPARES, ...manners } })
  deps = { db: on.db, clock, log: silentLog, box, http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
  connection = openConnection(deps, it.companyId, it.listenerId)
  await settle()
}
beforeEach(async () => {
  on = await testDatabase()
  clock = fakeClock()
})
afterEach(async () => {
  await sim.close()
  await on.close()
})

const by = () => ({ actor: 'person:1', now: clock.now() })
const compare = () => startRun(deps, it.companyId, it.listenerId, 'compare', by())
const writes = () => sim.state.writes.length
const differences = () =>
  on.owner.rows<{ theirs: number; ours: number; state: string; reason: string | null; how: string | null; by: string | null; order: number | null }>(
    sql`select theirs, ours, state, reason, settled_how as how, settled_by as by, order_id as order from difference order by id`,
  )
const until = (instant: string) => clock.advance(Date.parse(instant) - clock.now().getTime())
const sell = (pieces: number) =>
  on.db.inCompany(it.companyId, (tx) =>
    postMovements(
      tx,
      [{ key: 'sale', articleId: it.articleId, locationId: it.locationIds[0] as number, kind: 'sale', onHand: -pieces, at: clock.now(), source: {}, actor: 'system' }],
      clock.now(),
    ),
  )
/** As far as it goes without time passing. */
async function now(): Promise<void> {
  for (let n = 0; n < 60; n++) if (!(await connection.step()).did) return
}
/** Until nothing is dirty and no run goes on, letting the clock go where there is nothing to do now. */
async function settle(): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const { did, nextAt } = await connection.step()
    if (did) continue
    const left = await on.owner.one<{ n: number }>(
      sql`select (select count(*) from told where wanted > told and refusal is null)::int + (select count(*) from run where state in ('looking', 'sending'))::int as n`,
    )
    if (left.n === 0) return
    clock.advance(Math.max(1, (nextAt ?? clock.now()).getTime() - clock.now().getTime()))
  }
  throw new Error('not at rest after 200 steps')
}

test('R24: a hand edit is found by the comparison, recorded, and put right by a look and never by the comparison', async () => {
  await start()
  const before = writes()
  sim.handEdit('TROJA-M', 7)
  const run = await compare()
  await now()
  // Seen, and seen again by a look; nothing is written until it has been seen twice with a minute between.
  expect(writes()).toBe(before)
  expect(await differences()).toMatchObject([{ theirs: 7, ours: 10, state: 'open', reason: null }])
  expect(await on.owner.one(sql`select state, total, same, done from run where id = ${run.id}`)).toEqual({ state: 'done', total: 1, same: 0, done: 1 })
  await settle()
  expect(sim.state.writes.slice(before)).toMatchObject([{ op: 'set', expected: 7, value: 10 }])
  expect(await differences()).toMatchObject([{ theirs: 7, ours: 10, state: 'settled', reason: 'edited-in-shop', how: 'sent', by: 'system' }])
})

test('R24: a number that is as believed is neither looked at nor recorded', async () => {
  await start()
  const before = sim.log.length
  await compare()
  await settle()
  expect(await differences()).toEqual([])
  expect(sim.log.slice(before).filter((entry) => entry.note === 'items')).toHaveLength(1)
})

test('R20: a number typed higher is cut at once, told again, and named as edited in the shop', async () => {
  await start()
  sim.handEdit('TROJA-M', 30)
  await compare()
  await settle()
  expect(sim.value('TROJA-M')).toBe(10)
  expect(await differences()).toMatchObject([{ theirs: 30, ours: 10, state: 'settled', reason: 'edited-in-shop', how: 'sent' }])
})

test('an order whose hook was lost is found by the comparison and named, and nothing is written', async () => {
  await start()
  await on.owner.run(sql`update listener set poll_every_ms = 3600000, polled_at = ${clock.now()}`)
  const before = writes()
  clock.advance(1_000)
  sim.sell('TROJA-M', 3)
  clock.advance(1_000)
  await compare()
  await settle()
  const [found] = await differences()
  expect(found).toMatchObject({ theirs: 7, ours: 10, state: 'settled', reason: 'unseen-order', how: 'order' })
  expect(await on.owner.one(sql`select id from web_order`)).toEqual({ id: found?.order })
  expect(writes()).toBe(before)
})

test('a push the shop refuses is found as such, and settled once it goes through', async () => {
  await start()
  sim.changeItem('TROJA-M', { unwritable: 'bundle' })
  await sell(2)
  await settle()
  await compare()
  await now()
  expect(await differences()).toMatchObject([{ theirs: 10, ours: 8, state: 'open', reason: 'failed-push' }])
  sim.changeItem('TROJA-M', { unwritable: null })
  await on.db.inCompany(it.companyId, (tx) => retryRefused(tx, it.listenerId, null, by()))
  await settle()
  expect(sim.value('TROJA-M')).toBe(8)
  expect(await differences()).toMatchObject([{ state: 'settled', reason: 'failed-push', how: 'sent' }])
})

test('S10: two articles of the shop with one number: the difference says so and stays until one of them is renamed', async () => {
  await start()
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 2 })
  await startRun(deps, it.companyId, it.listenerId, 'match', by())
  await settle()
  const before = writes()
  await compare()
  await settle()
  expect(await differences()).toMatchObject([{ theirs: 2, ours: 10, state: 'open', reason: 'number-twice' }])
  expect(writes()).toBe(before)
  sim.changeItem(ref, { number: 'TROJA-L' })
  await startRun(deps, it.companyId, it.listenerId, 'match', by())
  await settle()
  expect(await differences()).toMatchObject([{ state: 'settled', reason: 'number-twice', how: 'sent' }])
})

test('L3: the number of the shop was right: ours is moved by as much, once, and the shop follows', async () => {
  await start()
  sim.handEdit('TROJA-M', 7)
  await compare()
  await settle()
  await sell(1)
  await settle()
  const { id } = await on.owner.one<{ id: number }>(sql`select id from difference`)
  await on.db.inCompany(it.companyId, (tx) => correctOurs(tx, it.listenerId, id, by()))
  await on.db.inCompany(it.companyId, (tx) => correctOurs(tx, it.listenerId, id, by()))
  await settle()
  expect(sim.value('TROJA-M')).toBe(6)
  expect(await on.owner.rows(sql`select on_hand_delta as n, actor from movement where key like 'difference:%'`)).toEqual([{ n: -3, actor: 'person:1' }])
  expect(await differences()).toMatchObject([{ state: 'settled', reason: 'edited-in-shop', how: 'corrected', by: 'person:1' }])
})

test('ours is sent when a person says so: looked at first, and the person stands beside what settled it', async () => {
  await start()
  sim.changeItem('TROJA-M', { unwritable: 'bundle' })
  await sell(2)
  await settle()
  await compare()
  await settle()
  sim.changeItem('TROJA-M', { unwritable: null })
  const { id } = await on.owner.one<{ id: number }>(sql`select id from difference`)
  await on.db.inCompany(it.companyId, (tx) => sendOurs(tx, it.listenerId, id, by()))
  await settle()
  expect(sim.value('TROJA-M')).toBe(8)
  expect(await differences()).toMatchObject([{ state: 'settled', reason: 'failed-push', how: 'sent', by: 'person:1' }])
  await expect(on.db.inCompany(it.companyId, (tx) => sendOurs(tx, it.listenerId, id, by()))).rejects.toMatchObject({ code: 'difference-over' })
})

test('every connection is compared once a night, in its own quarter of an hour, where the company is', async () => {
  await start()
  const nightly = chores(deps).find((chore) => chore.name === 'compare')
  const started = async () => (await on.owner.rows(sql`select id from run where kind = 'compare'`)).length
  // Stockholm: 23:30 UTC is half past midnight.
  until('2026-11-03T23:30:00.000Z')
  await nightly?.run(it.companyId)
  expect(await started()).toBe(0)
  until('2026-11-04T00:00:00.000Z')
  const quarter = 15 * 60_000
  for (let n = 0; n <= 16; n++, clock.advance(quarter)) {
    await nightly?.run(it.companyId)
    expect(await started(), `quarter ${n}`).toBe(n < it.listenerId % 16 ? 0 : 1)
    await settle()
  }
  until('2026-11-04T12:00:00.000Z')
  await nightly?.run(it.companyId)
  expect(await started()).toBe(1)
  until('2026-11-05T04:59:00.000Z')
  await nightly?.run(it.companyId)
  expect(await started()).toBe(2)
})
