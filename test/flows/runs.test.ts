/** Synka alla artiklar as a shopkeeper meets it: paused, gone on with, cancelled, broken off; and what it says of itself meanwhile. */
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import * as connectors from '../../src/connectors/index.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { listenerById } from '../../src/core/listeners/listeners.sql.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { cancelRun, confirmRun, goOnWithRun, pauseRun, startRun } from '../../src/sync/runs.ts'
import { pause } from '../../src/sync/setup.ts'
import { oneRunShown } from '../../src/web/api/run-shown.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

let on: TestDatabase
let sim: ToySim
let clock: FakeClock
let it: Planted
let deps: SyncDeps
let connection: Connection

const by = () => ({ actor: 'user:1', now: clock.now() })

/** One article in step (3 here and there), and `differing` that show 4 in the shop and have 10 on our shelf. */
async function shop(differing: number): Promise<number[]> {
  on = await testDatabase()
  clock = fakeClock()
  sim = await startToy({ places: ['D'], now: () => clock.now() })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock: 3 })
  const box = secretBox(randomBytes(32))
  it = await plant(on, { box, code: 'toy', settings: sim.settings(), manners: COMPARES, number: 'TROJA-M', itemRef: ref, places: ['D'], start: 3, now: clock.now() })
  // Small batches, so that a run can be met in the middle of one.
  const small = { ...toy, limits: { ...toy.limits, batch: 2 } } as Connector<unknown>
  deps = { db: on.db, clock, log: silentLog, box, http: openHttp({ allowLoopback: true }), connectors: { ...connectors, toy: small }, publicAddress: null }
  connection = openConnection(deps, it.companyId, it.listenerId)
  const refs = Array.from({ length: differing }, (_, n) => sim.addItem({ number: `A-${n}`, stock: 4 }).ref)
  const ids = (
    await on.owner.rows<{ id: number }>(sql`
      insert into article (company_id, product_id, number, name, created_at, changed_at)
      select company_id, product_id, 'A-' || n, 'A', created_at, created_at from article, generate_series(0, ${differing - 1}) n where company_id = ${it.companyId} returning id`)
  ).map((r) => r.id)
  await receive(ids, 10)
  await on.db.inCompany(it.companyId, (tx) => tickBox(tx, it.listenerId, ids, by()))
  await on.owner.run(
    sql`update link k set state = 'matched', item_ref = r.ref, number = 'A-' || (r.n - 1) from unnest(${ids}::bigint[], ${refs}::text[]) with ordinality r(id, ref, n) where k.article_id = r.id`,
  )
  // Nothing is told before the run: only it will mark them.
  await on.owner.run(sql`update told set told = wanted`)
  return ids
}
const receive = (ids: number[], onHand: number) =>
  on.db.inCompany(it.companyId, (tx) =>
    postMovements(
      tx,
      ids.map((articleId) => ({
        key: `receipt:${articleId}:${onHand}:${clock.now().getTime()}`,
        articleId,
        locationId: it.locationIds[0] as number,
        kind: 'receipt' as const,
        onHand,
        at: clock.now(),
        source: {},
        actor: 'system',
      })),
      clock.now(),
    ),
  )
afterEach(async () => {
  await sim.close()
  await on.close()
})

const run = (id: number) =>
  on.owner.one<{ state: string; total: number; done: number; same: number; failed: number }>(sql`select state, total, done, same, failed from run where id = ${id}`)
const written = () => sim.state.writes.filter((w) => w.op === 'set').length
/** Steps until nothing is left to do now. */
async function work(until: () => Promise<boolean> = async () => false): Promise<void> {
  for (let n = 0; n < 300; n++) {
    if (await until()) return
    if (!(await connection.step()).did) return
  }
  throw new Error('not at rest after 300 steps')
}
async function ready(): Promise<number> {
  const { id } = await startRun(deps, it.companyId, it.listenerId, 'sync-all', by())
  await work()
  expect((await run(id)).state).toBe('ready')
  return id
}

test('S5: paused, nothing more is marked but what was marked is told; it holds over a restart and goes on where it was', async () => {
  await shop(25)
  const id = await ready()
  await confirmRun(deps, it.companyId, id, by())
  await work(async () => written() >= 1)
  expect((await pauseRun(deps, it.companyId, id, by())).state).toBe('paused')
  expect((await pauseRun(deps, it.companyId, id, by())).state).toBe('paused')
  expect((await startRun(deps, it.companyId, it.listenerId, 'first-sync', by())).id).toBe(id)
  await work()
  const sent = written()
  expect(sent).toBe(8)
  expect(await run(id)).toMatchObject({ state: 'paused', done: sent })
  connection = openConnection(deps, it.companyId, it.listenerId)
  clock.advance(60_000)
  await work()
  expect(written()).toBe(sent)
  expect((await goOnWithRun(deps, it.companyId, id, by())).state).toBe('sending')
  await work()
  expect(await run(id)).toEqual({ state: 'done', total: 26, done: 25, same: 1, failed: 0 })
  expect(written()).toBe(25)
})

test('S5: paused while it looks, it looks on from where it was; a dry run that waits can not be paused', async () => {
  await shop(5)
  const { id } = await startRun(deps, it.companyId, it.listenerId, 'sync-all', by())
  await pauseRun(deps, it.companyId, id, by())
  await work()
  expect((await run(id)).state).toBe('paused')
  expect((await goOnWithRun(deps, it.companyId, id, by())).state).toBe('looking')
  await work()
  expect((await run(id)).state).toBe('ready')
  await expect(pauseRun(deps, it.companyId, id, by())).rejects.toMatchObject({ code: 'not-ready' })
})

test('S5: cancelled, what was marked is told and counted, the rest is left as it stood and says so', async () => {
  await shop(25)
  const id = await ready()
  await confirmRun(deps, it.companyId, id, by())
  await work(async () => (await on.owner.one<{ n: number }>(sql`select count(*)::int as n from run_item where run_id = ${id} and wanted is not null`)).n > 0)
  expect((await cancelRun(deps, it.companyId, id, by())).state).toBe('stopping')
  await work()
  expect((await cancelRun(deps, it.companyId, id, by())).state).toBe('cancelled')
  const items = await on.owner.rows<{ state: string; code: string | null; n: number }>(
    sql`select state, code, count(*)::int as n from run_item where run_id = ${id} group by state, code order by state`,
  )
  expect(items).toEqual([
    { state: 'same', code: null, n: 1 },
    { state: 'sent', code: null, n: 8 },
    { state: 'skipped', code: 'cancelled', n: 17 },
  ])
  await expect(goOnWithRun(deps, it.companyId, id, by())).rejects.toMatchObject({ code: 'run-over' })
})

test('S5: the dry run says what is unusual, and lists what it leaves out with the reason', async () => {
  const ids = await shop(7)
  const [toZero, half, quarter, below, , unseen, refused] = ids as [number, number, number, number, number, number, number]
  const level = (article: number, onHand: number) => on.owner.run(sql`update level set on_hand = ${onHand} where article_id = ${article}`)
  await level(toZero, 0)
  await level(half, 1)
  await level(quarter, 3)
  await level(below, -2)
  await on.owner.run(sql`update link set state = 'missing', item_ref = null where article_id = ${ids[4] as number}`)
  await on.owner.run(sql`update level set known = false where article_id = ${unseen}`)
  await on.owner.run(sql`update told set refusal = 'too-hot' where entity_id = ${refused}`)
  sim.handEdit('A-6', 9)
  sim.changeItem('A-4', { number: 'BORTA' })
  const other = await on.owner.one<{ id: number }>(sql`insert into location (company_id, name, created_at) values (${it.companyId}, 'Utan webshop', ${clock.now()}) returning id`)
  await on.db.inCompany(it.companyId, (tx) =>
    postMovements(tx, [{ key: 'x', articleId: quarter, locationId: other.id, kind: 'receipt', onHand: 2, at: clock.now(), source: {}, actor: 'system' }], clock.now()),
  )
  const id = await ready()
  const items = await on.owner.rows(
    sql`select article_id as id, was, target, state, code, flag from run_item where run_id = ${id} and article_id <> ${it.articleId} order by article_id, location_id`,
  )
  expect(items).toEqual([
    { id: toZero, was: 4, target: 0, state: 'send', code: null, flag: 'to-zero' },
    { id: half, was: 4, target: 1, state: 'send', code: null, flag: 'over-half' },
    { id: quarter, was: 4, target: 3, state: 'send', code: null, flag: null },
    { id: quarter, was: null, target: null, state: 'skipped', code: 'store-not-mapped', flag: null },
    { id: below, was: 4, target: 0, state: 'send', code: null, flag: 'negative' },
    { id: ids[4], was: null, target: null, state: 'skipped', code: 'missing', flag: null },
    { id: unseen, was: 4, target: null, state: 'skipped', code: 'no-stock-yet', flag: null },
    { id: refused, was: 9, target: 10, state: 'send', code: null, flag: null },
  ])
  expect(written()).toBe(0)
  await confirmRun(deps, it.companyId, id, by())
  await work()
  // What the shop once said no to is tried again, and the number that stood before is kept.
  expect(sim.value('A-6')).toBe(10)
  expect(await on.owner.one(sql`select was, state, settled_at is not null as settled from run_item where run_id = ${id} and article_id = ${refused}`)).toEqual({
    was: 9,
    state: 'sent',
    settled: true,
  })
})

test('S12: a run says how fast it goes and why it waits; the connection paused, the shop busy or the process dead, it goes on where it was', async () => {
  await shop(25)
  const shown = (id: number) => on.db.inCompany(it.companyId, async (tx) => oneRunShown(tx, must(await listenerById(tx, it.listenerId), 'it'), id, clock.now()))
  const looking = await startRun(deps, it.companyId, it.listenerId, 'sync-all', by())
  expect(await shown(looking.id)).toMatchObject({ looked: { done: 0, of: 26 }, waits: null })
  const id = await ready()
  await confirmRun(deps, it.companyId, id, by())
  expect(await shown(id)).toMatchObject({ state: 'sending', done: 0, pace: null, waits: null })
  await work(async () => written() >= 4)
  clock.advance(20_000)
  const { done, pace } = await shown(id)
  expect(done).toBeGreaterThanOrEqual(2)
  expect(pace?.perMinute).toBe(done * 3)
  expect(pace?.leftMs).toBe(Math.round(((25 - done) * 20_000) / done))

  await pause(deps, it.companyId, it.listenerId, by())
  await work()
  expect((await shown(id)).waits).toEqual({ code: 'connection-stopped', facts: expect.objectContaining({ reason: 'person' }) })
  await on.owner.run(sql`update listener set state = 'active', state_why = null, quiet_until = ${new Date(clock.now().getTime() + 5_000)} where id = ${it.listenerId}`)
  await work()
  expect((await shown(id)).waits?.code).toBe('shop-asked')
  clock.advance(5_000)

  await work(async () => written() >= 12)
  connection.die()
  clock.advance(26_000)
  expect((await shown(id)).waits).toEqual({ code: 'taken-over', facts: {} })
  connection = openConnection(deps, it.companyId, it.listenerId)
  await work()
  expect(await run(id)).toEqual({ state: 'done', total: 26, done: 25, same: 1, failed: 0 })
  expect(sim.state.writes.filter((w) => w.op === 'set' && w.value !== 10)).toEqual([])
})
