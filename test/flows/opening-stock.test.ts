/** Opening stock: the shop's numbers become ours, for one article, some, or all that nobody counted; the shop is never written by it. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { setBuffer } from '../../src/core/told/ask-looks.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { cancelRun, confirmRun, startRun } from '../../src/sync/runs.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

let on: TestDatabase
let sim: ToySim
let clock: FakeClock
let it: Planted
let deps: SyncDeps
let connection: Connection
/** By number: counted already (ten), and two nobody counted (the shop shows 7 and 4). */
let ids: Record<'TROJA' | 'NY' | 'NYARE', number>

beforeEach(async () => {
  on = await testDatabase()
  clock = fakeClock()
  sim = await startToy({ places: ['D'], now: () => clock.now() })
  const box = secretBox(randomBytes(32))
  const refs = [sim.addItem({ number: 'TROJA', stock: 10 }), sim.addItem({ number: 'NY', stock: 7 }), sim.addItem({ number: 'NYARE', stock: 4 })].map((item) => item.ref)
  const planting = { box, code: 'toy', settings: sim.settings(), number: 'TROJA', itemRef: refs[0] as string, places: ['D'], start: 10, now: clock.now() }
  it = await plant(on, { ...planting, manners: COMPARES })
  deps = { db: on.db, clock, log: silentLog, box, http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
  connection = openConnection(deps, it.companyId, it.listenerId)
  const made = await on.owner.rows<{ id: number }>(sql`
    insert into article (company_id, product_id, number, name, created_at, changed_at)
    select company_id, product_id, n, n, created_at, created_at from article, unnest(array['NY', 'NYARE']) n where company_id = ${it.companyId} returning id`)
  ids = { TROJA: it.articleId, NY: made[0]?.id as number, NYARE: made[1]?.id as number }
  await inCompany((tx) => tickBox(tx, it.listenerId, [ids.NY, ids.NYARE], by()))
  await on.owner.run(
    sql`update link k set state = 'matched', item_ref = r.ref from unnest(${[ids.NY, ids.NYARE]}::bigint[], ${refs.slice(1)}::text[]) r(id, ref) where k.article_id = r.id`,
  )
  await settle()
})
afterEach(async () => {
  await sim.close()
  await on.close()
})

const by = () => ({ actor: 'person:1', now: clock.now() })
const inCompany: SyncDeps['db']['inCompany'] extends infer F ? (work: F extends (company: number, work: infer W) => unknown ? W : never) => Promise<unknown> : never = (work) =>
  on.db.inCompany(it.companyId, work)
const start = (articleIds: number[] | null) => startRun(deps, it.companyId, it.listenerId, 'take-over', by(), articleIds)
const confirm = (id: number) => confirmRun(deps, it.companyId, id, by())
const writes = () => sim.state.writes.length
const items = (run: number) => on.owner.rows(sql`select article_id as article, was, ours, target, state from run_item where run_id = ${run} order by article_id`)
const level = async (articleId: number) =>
  (await on.owner.maybe<{ n: number; known: boolean }>(sql`select on_hand - reserved as n, known from level where article_id = ${articleId}`)) ?? { n: 0, known: false }
const move = (articleId: number, onHand: number, key: string) =>
  inCompany((tx) =>
    postMovements(
      tx,
      [{ key, articleId, locationId: it.locationIds[0] as number, kind: onHand < 0 ? 'sale' : 'receipt', onHand, at: clock.now(), source: {}, actor: 'system' }],
      clock.now(),
    ),
  )
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

test('L7: all: what nobody counted becomes known with the number of the shop, what was counted stands, and the shop is not written', async () => {
  const before = writes()
  const run = await start(null)
  await settle()
  expect(await items(run.id)).toEqual([
    { article: ids.NY, was: 7, ours: null, target: 7, state: 'send' },
    { article: ids.NYARE, was: 4, ours: null, target: 4, state: 'send' },
  ])
  expect(await level(ids.NY)).toEqual({ n: 0, known: false })
  await confirm(run.id)
  await settle()
  expect(await level(ids.NY)).toEqual({ n: 7, known: true })
  expect(await level(ids.NYARE)).toEqual({ n: 4, known: true })
  expect(await level(ids.TROJA)).toEqual({ n: 10, known: true })
  expect(await on.owner.rows(sql`select distinct kind, actor, source ->> 'type' as why from movement where key like 'import:%'`)).toEqual([
    { kind: 'import', actor: 'person:1', why: 'take-over' },
  ])
  expect(writes()).toBe(before)
})

test('L7: one article alone: the others stay unknown, and its own can be sold at once', async () => {
  const run = await start([ids.NY])
  await settle()
  expect(await items(run.id)).toEqual([{ article: ids.NY, was: 7, ours: null, target: 7, state: 'send' }])
  await confirm(run.id)
  await settle()
  expect(await level(ids.NYARE)).toMatchObject({ known: false })
  await move(ids.NY, -1, 'k1')
  await settle()
  expect(sim.value('NY')).toBe(6)
})

test('some that were chosen: one that was counted too follows the shop, its difference is settled and the shop is not written', async () => {
  sim.handEdit('TROJA', 7)
  await inCompany((tx) => setBuffer(tx, it.listenerId, [ids.NYARE], 1, by()))
  const before = writes()
  const run = await start([ids.TROJA, ids.NYARE])
  await settle()
  expect(await items(run.id)).toEqual([
    { article: ids.TROJA, was: 7, ours: 10, target: 7, state: 'send' },
    // One piece is never told to this shop: it is on the shelf as well.
    { article: ids.NYARE, was: 4, ours: null, target: 5, state: 'send' },
  ])
  await startRun(deps, it.companyId, it.listenerId, 'compare', by())
  await confirm(run.id)
  await settle()
  expect([await level(ids.TROJA), await level(ids.NYARE)]).toEqual([
    { n: 7, known: true },
    { n: 5, known: true },
  ])
  expect(sim.value('TROJA')).toBe(7)
  expect(writes()).toBe(before)
  expect(await on.owner.rows(sql`select id from difference where state = 'open'`)).toEqual([])
})

test('a preview nobody confirmed gives way to one about other articles; one that goes on does not', async () => {
  const first = await start([ids.NY])
  expect((await start([ids.NY])).id).toBe(first.id)
  const second = await start([ids.NYARE])
  expect(second.id).not.toBe(first.id)
  expect(await on.owner.one(sql`select state from run where id = ${first.id}`)).toEqual({ state: 'cancelled' })
  await settle()
  await confirm(second.id)
  await expect(start(null)).rejects.toMatchObject({ code: 'run-going-on' })
  await cancelRun(deps, it.companyId, second.id, by())
  expect((await start(null)).articles).toBeNull()
})
