/** The slow path on a fake clock, where its turns can be counted: a first sync of many cells, and an article that never stands still. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { cellsAtOdds } from '../../src/core/told/told.sql.ts'
import { sql } from '../../src/db/sql.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

let on: TestDatabase
let sim: ToySim
let clock: FakeClock
let it: Planted
let connection: Connection

async function start(options: Parameters<typeof startToy>[0], manners: Partial<typeof COMPARES>, stock: number): Promise<void> {
  sim = await startToy({ places: ['D'], now: () => clock.now(), ...options })
  const { ref } = sim.addItem({ number: 'TROJA-M', stock })
  const box = secretBox(randomBytes(32))
  it = await plant(on, {
    box,
    code: 'toy',
    settings: sim.settings(),
    manners: { ...COMPARES, ...manners },
    number: 'TROJA-M',
    itemRef: ref,
    places: ['D'],
    start: 10,
    now: clock.now(),
  })
  const deps = { db: on.db, clock, log: silentLog, box, http: openHttp({ allowLoopback: true }), connectors, publicAddress: null }
  connection = openConnection(deps, it.companyId, it.listenerId)
}
beforeEach(async () => {
  on = await testDatabase()
  clock = fakeClock()
})
afterEach(async () => {
  await sim.close()
  await on.close()
})

const dirty = async () => (await on.owner.one<{ n: number }>(sql`select count(*)::int as n from told where company_id = ${it.companyId} and wanted > told and refusal is null`)).n
/** Steps until nothing is dirty, letting the clock go where there is nothing to do now. Says how much time passed. */
async function settle(): Promise<number> {
  const from = clock.now().getTime()
  for (let n = 0; n < 200; n++) {
    const { did, nextAt } = await connection.step()
    if (did) continue
    if ((await dirty()) === 0) return clock.now().getTime() - from
    clock.advance(Math.max(1, (nextAt ?? clock.now()).getTime() - clock.now().getTime()))
  }
  throw new Error('not at rest after 200 steps')
}
const writes = () => sim.state.writes.filter((w) => w.op === 'set')
const sell = (key: string) => move(key, -1)
async function move(key: string, onHand: number): Promise<void> {
  const sale = {
    key,
    articleId: it.articleId,
    locationId: it.locationIds[0] as number,
    kind: onHand < 0 ? ('sale' as const) : ('receipt' as const),
    onHand,
    at: clock.now(),
    source: { type: 'sale' },
    actor: 'system',
  }
  await on.db.inCompany(it.companyId, (tx) => postMovements(tx, [sale], clock.now()))
}

test('R17c: a first sync of many articles waits out the feed once, writes only what differs and expects what it saw', async () => {
  await start({ feedLagMs: 15_000 }, { feedLagMs: 15_000 }, 10)
  const refs: string[] = []
  for (let n = 0; n < 40; n++) refs.push(sim.addItem({ number: `A-${n}`, stock: n % 2 === 0 ? 10 : 3 }).ref)
  const ids = (
    await on.owner.rows<{ id: number }>(sql`
      insert into article (company_id, product_id, number, name, created_at, changed_at)
      select company_id, product_id, 'A-' || n, 'A', created_at, created_at from article, generate_series(0, 39) n where company_id = ${it.companyId} returning id`)
  ).map((r) => r.id)
  await on.db.inCompany(it.companyId, async (tx) => {
    const receipt = (articleId: number) => ({
      key: `r:${articleId}`,
      articleId,
      locationId: it.locationIds[0] as number,
      kind: 'receipt' as const,
      onHand: 10,
      at: clock.now(),
      source: {},
      actor: 'system',
    })
    await postMovements(tx, ids.map(receipt), clock.now())
    await tickBox(tx, it.listenerId, ids, { actor: 'system', now: clock.now() })
  })
  await on.owner.run(sql`update link k set state = 'matched', item_ref = r.ref from unnest(${ids}::bigint[], ${refs}::text[]) r(id, ref) where k.article_id = r.id`)
  const drains = () => sim.log.filter((entry) => entry.note === 'orders').length
  const before = drains()
  const tookMs = await settle()
  expect(tookMs).toBeGreaterThanOrEqual(15_000)
  expect(tookMs).toBeLessThan(20_000)
  expect(drains() - before).toBeLessThan(5)
  expect(writes()).toHaveLength(20)
  expect(writes().every((w) => w.expected === 3 && w.value === 10)).toBe(true)
})

test('R17: a sale between the two looks is read before anything is written', async () => {
  await start({ compare: 'read-first', keys: false }, { compares: false, keyMs: 0 }, 10)
  await settle()
  await sell('k1')
  let looks = 0
  sim.onRequest = (phase, _request, purpose) => {
    if (phase === 'after' && purpose === 'items' && ++looks === 1) sim.sell('TROJA-M', 2)
    return undefined
  }
  await settle()
  expect(sim.value('TROJA-M')).toBe(7)
  const level = await on.owner.one<{ n: number }>(sql`select on_hand - reserved as n from level where company_id = ${it.companyId}`)
  expect(level.n).toBe(7)
})

test('R21: an article that sells at every look is told by a difference, which can erase nothing', async () => {
  await start({ adjust: true, keys: true }, { adjusts: true }, 10)
  await settle()
  let sold = 0
  sim.onRequest = (phase, _request, purpose) => {
    // The shop sells whenever it is asked, as long as it is interesting; its hooks are lost.
    if (phase === 'before' && (purpose === 'items' || purpose === 'write') && sold < 6 && sim.value('TROJA-M') !== 0) {
      sim.sell('TROJA-M', 1)
      sold++
    }
    return undefined
  }
  await sell('k1')
  await settle()
  expect(sold).toBeGreaterThan(3)
  expect(sim.value('TROJA-M')).toBe(9 - sold)
  expect(sim.state.writes.some((w) => w.op === 'adjust' && w.value < (w.before ?? 0))).toBe(true)
})

test('R21: without such a difference it is put off, others go on, and in the end it is listed as too hot', async () => {
  await start({}, {}, 100)
  await settle()
  let busy = true
  sim.onRequest = (phase, _request, purpose) => {
    if (busy && phase === 'before' && (purpose === 'items' || purpose === 'write') && (sim.value('TROJA-M') ?? 0) > 0) sim.sell('TROJA-M', 1)
    return undefined
  }
  sim.handEdit('TROJA-M', 5_000)
  await on.owner.run(sql`update level set on_hand = 5000 where company_id = ${it.companyId}`)
  await on.owner.run(sql`update told set anchor_value = 5000, anchor_seen = seen where company_id = ${it.companyId}`)
  await sell('k1')
  await settle()
  const row = await on.owner.one<{ refusal: string | null }>(sql`select refusal from told where company_id = ${it.companyId}`)
  expect(row.refusal).toBe('too-hot')
  busy = false
})

test('S11: the echo of our own write, told by a hook, makes nobody look', async () => {
  await start({ hooks: 'manual' }, {}, 10)
  await settle()
  await sell('k1')
  await settle()
  expect(sim.value('TROJA-M')).toBe(9)
  const itemRef = [...sim.state.items.keys()][0] as string
  const atOdds = (value: number) => on.db.inCompany(it.companyId, (tx) => cellsAtOdds(tx, it.listenerId, [{ itemRef, placeRef: 'D', value }]))
  expect(await atOdds(9)).toEqual([])
  expect(await atOdds(8)).toEqual([{ articleId: it.articleId, locationId: it.locationIds[0] }])
})

test('R17: a cancellation taken in between two equal looks hides no sale', async () => {
  await start({ compare: 'read-first', keys: false }, { compares: false, keyMs: 0 }, 10)
  const first = sim.sell('TROJA-M', 2)
  await settle()
  clock.advance(60_000)
  await settle()
  let drains = 0
  sim.onRequest = (phase, _request, purpose) => {
    if (purpose !== 'orders' || ++drains > 2) return undefined
    // Before the drain answers the first order is cancelled; after it, two more are sold: the shop's number is what it was.
    if (phase === 'before') sim.cancel(first)
    else sim.sell('TROJA-M', 2)
    return undefined
  }
  const from = sim.state.writes.length
  await sell('k1')
  await settle()
  clock.advance(60_000)
  await settle()
  expect(sim.state.writes.slice(from).every((w) => w.value <= (w.before ?? 0))).toBe(true)
  expect(sim.value('TROJA-M')).toBe(7)
})

test('R16 S4: a send nobody can ask about is looked at once it can not land any more, and what landed late is put right', async () => {
  await start({ compare: 'read-first', keys: false }, { compares: false, keyMs: 0 }, 10)
  await settle()
  sim.fault({ kind: 'hold', on: 'write' })
  await sell('k1')
  for (let n = 0; n < 6 && sim.held().length === 0; n++) await connection.step()
  expect(sim.held()).toHaveLength(1)
  // The goods come back meanwhile: the shop shows the right number, until the old send lands.
  await move('k2', 1)
  for (let n = 0; n < 20; n++) {
    const { did, nextAt } = await connection.step()
    if (!did && (nextAt?.getTime() ?? 0) - clock.now().getTime() > 20_000) break
    if (!did) clock.advance(Math.max(1, (nextAt ?? clock.now()).getTime() - clock.now().getTime()))
  }
  sim.land()
  expect(sim.value('TROJA-M')).toBe(9)
  await settle()
  expect(sim.value('TROJA-M')).toBe(10)
})

test('L3: one key posts once, whoever posts it and however often', async () => {
  await start({}, {}, 10)
  await Promise.all([sell('same'), sell('same'), sell('same')])
  await sell('same')
  const level = await on.owner.one<{ n: number; rows: number }>(
    sql`select on_hand as n, (select count(*)::int from movement where key = 'same') as rows from level where company_id = ${it.companyId}`,
  )
  expect(level).toEqual({ n: 9, rows: 1 })
})
