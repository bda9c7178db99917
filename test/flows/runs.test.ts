/** Synka alla artiklar as a shopkeeper meets it: paused, gone on with, cancelled, broken off; and what it says of itself meanwhile. */
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { connectors } from '../../src/connectors/index.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { cancelRun, confirmRun, goOnWithRun, pauseRun, startRun } from '../../src/sync/runs.ts'
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
