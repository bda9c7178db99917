/** Turns and sends against the real database: who may write, what is stored when, and what is not sent back to where it came from. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startToy } from '../../sim/toy/toy.ts'
import * as connectors from '../../src/connectors/index.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import { openKeyFile } from '../../src/kit/key-file.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { registerTurn } from '../../src/sync/turn.sql.ts'
import { LEASE_MS, type Turn, TurnLost, takeTheTurn } from '../../src/sync/turn.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planting, plant } from '../plant.ts'
import { testProduct } from '../product.ts'

let data: TestDatabase
beforeEach(async () => {
  data = await testDatabase()
})
afterEach(() => data.close())
const planting = (over: Partial<Planting> = {}): Planting => ({
  ...{
    box: secretBox(new Uint8Array(32)),
    code: 'nobody',
    settings: {},
    manners: COMPARES,
    number: '007',
    itemRef: 'i1',
    places: ['Odenplan'],
    start: 5,
    now: new Date('2026-11-02T08:00:00Z'),
  },
  ...over,
})
const isTurn = (turn: Turn | { busyUntil: Date }): Turn => must('token' in turn ? turn : null, 'the turn')

test('R10: one holder at a time; the token rises, and a late holder can no longer write', async () => {
  const clock = fakeClock()
  const { companyId, listenerId } = await plant(data, planting())
  const first = isTurn(await takeTheTurn(data.db, clock, companyId, listenerId, 'one'))
  expect(await takeTheTurn(data.db, clock, companyId, listenerId, 'two')).toEqual({ busyUntil: new Date(clock.now().getTime() + LEASE_MS) })
  const rename = (name: string) => (turn: Turn) => turn.inTurn((tx) => tx.run(sql`update listener set name = ${name} where company_id = ${tx.companyId}`))
  await rename('by one')(first)

  clock.advance(LEASE_MS)
  const second = isTurn(await takeTheTurn(data.db, clock, companyId, listenerId, 'two'))
  expect(second.token).toBeGreaterThan(first.token)
  await rename('by two')(second)
  await expect(rename('late')(first)).rejects.toThrow(TurnLost)
  await expect(first.ensure()).rejects.toThrow(TurnLost)
  await first.giveBack()
  expect(await data.owner.one(sql`select name from listener`)).toEqual({ name: 'by two' })
  await expect(second.ensure()).resolves.toBeUndefined()

  await second.giveBack()
  expect(isTurn(await takeTheTurn(data.db, clock, companyId, listenerId, 'three')).token).toBeGreaterThan(second.token)
})

test('S11: what a shop sold itself is not sent back to it, but every other shop hears of it', async () => {
  const now = new Date('2026-11-02T08:00:00Z')
  const { companyId, listenerId, articleId, locationIds } = await plant(data, planting())
  const [locationId = 0] = locationIds
  await data.owner.run(sql`update told set told = wanted, anchor_value = 5, anchor_seen = 0, looks = '[]' where company_id = ${companyId}`)
  await data.owner.run(
    sql`insert into listener (company_id, kind, code, name, settings, hook_address, created_at) values (${companyId}, 'connection', 'nobody', 'Another', '', 'h', ${now})`,
  )
  for (const statement of [
    sql`insert into link (company_id, listener_id, article_id, state) select company_id, max(id), ${articleId}, 'matched' from listener where company_id = ${companyId} group by 1`,
    sql`insert into told (company_id, listener_id, kind, entity_id, location_id, wanted, told, anchor_value, anchor_seen) select company_id, max(id), 'stock', ${articleId}, ${locationId}, 1, 1, 5, 0 from listener where company_id = ${companyId} group by 1`,
  ])
    await data.owner.run(statement)
  const reserve = {
    key: 'order-1',
    articleId,
    locationId,
    kind: 'web-reserve' as const,
    reserved: 2,
    at: now,
    source: { type: 'order', ref: '1' },
    actor: `listener:${listenerId}`,
  }
  await data.db.inCompany(companyId, (tx) => postMovements(tx, [reserve], now, [{ listenerId, articleId, locationId, seen: -2, doubt: false, unrouted: 0, provisional: 0 }]))
  expect(await data.owner.rows(sql`select listener_id = ${listenerId} as own, wanted > told as dirty from told order by 1`)).toEqual([
    { own: false, dirty: true },
    { own: true, dirty: false },
  ])
})

test('R11, R12, R27, R28: a send is stored whole before it leaves, at the version its value was read at, and no transaction waits for the answer', {
  timeout: 60_000,
}, async () => {
  const p = await testProduct({ connectors: { ...connectors, toy } })
  const shop = await startToy()
  shop.addItem({ ref: 'i1', number: '007', stock: 9 })
  const seen: { flight: { version: number; value: number } | null; wanted: number; batches: number; open: number }[] = []
  shop.onRequest = async (phase, _request, purpose) => {
    if (phase !== 'before' || purpose !== 'write') return undefined
    const row = await p.data.owner.one<{ flight: { version: number; value: number } | null; wanted: number }>(sql`select flight, wanted from told`)
    const { batches } = await p.data.owner.one<{ batches: number }>(sql`select count(*)::int as batches from push_batch where settled_at is null`)
    const { open } = await p.data.owner.one<{ open: number }>(
      sql`select count(*)::int as open from pg_stat_activity where datname = current_database() and usename = 'lagerbro_app' and state like 'idle in transaction%' and wait_event = 'ClientRead' and xact_start < clock_timestamp() - interval '50 ms'`,
    )
    seen.push({ ...row, batches, open })
    return undefined
  }
  const { companyId, listenerId } = await plant(
    p.data,
    planting({ box: openKeyFile(p.config.keyFile), code: 'toy', settings: shop.settings(), places: ['main'], now: p.product.clock.now() }),
  )
  await p.product.db.outsideWall((q) => registerTurn(q, companyId, listenerId))
  await vi.waitFor(async () => expect(await p.data.owner.one(sql`select wanted > told as dirty, told_value from told`)).toEqual({ dirty: false, told_value: 5 }), 30_000)
  expect(seen.length).toBeGreaterThan(0)
  for (const one of seen) expect(one).toMatchObject({ flight: { value: 5, version: one.wanted }, batches: 1, open: 0 })
  await p.close()
  await shop.close()
})

test('R17, R18: an uncertain cell waits out the feed, and nothing is written until two looks agree with no order taken in between', { timeout: 60_000 }, async () => {
  const FEED_LAG_MS = 700
  const p = await testProduct({ connectors: { ...connectors, toy } })
  const shop = await startToy()
  shop.addItem({ ref: 'i1', number: '007', stock: 9 })
  const story: { what: string; at: number }[] = []
  const from = performance.now()
  shop.onRequest = (phase, _request, purpose) => {
    story.push({ what: `${purpose} ${phase}`, at: performance.now() - from })
    // Somebody buys one right after our first look was answered.
    if (`${purpose} ${phase}` === 'items after' && story.filter((s) => s.what === 'items after').length === 1) queueMicrotask(() => shop.sell('007', 1))
    return undefined
  }
  const manners = { ...COMPARES, lowersItself: 'unknown' as const, restores: null, feedLagMs: FEED_LAG_MS }
  const settings = shop.settings({ rule: 'unknown', restores: 'unknown', feedLagMs: String(FEED_LAG_MS) })
  const { companyId, listenerId } = await plant(
    p.data,
    planting({ box: openKeyFile(p.config.keyFile), code: 'toy', settings, manners, places: ['main'], now: p.product.clock.now() }),
  )
  await p.product.db.outsideWall((q) => registerTurn(q, companyId, listenerId))
  await vi.waitFor(() => expect(shop.value('007')).toBe(4), 30_000)

  const firstLook = must(
    story.find((s) => s.what === 'items after'),
    'the first look',
  ).at
  const write = must(
    story.find((s) => s.what === 'write before'),
    'the write',
  ).at
  const before = story.filter((s) => s.at < write)
  // Look, drain, another look: they differ by the sale, so both again.
  expect(before.filter((s) => s.what === 'items before').length).toBeGreaterThanOrEqual(3)
  expect(before.some((s) => s.what === 'orders before' && s.at >= firstLook + FEED_LAG_MS - 50)).toBe(true)
  for (const one of shop.state.writes) expect(one).toMatchObject({ expected: one.before })
  expect(shop.state.writes.filter((one) => one.value > (one.before ?? 0))).toEqual([])
  await p.close()
  await shop.close()
})

test('R17c: where the shop shows the number already, it is believed without a write', { timeout: 60_000 }, async () => {
  const p = await testProduct({ connectors: { ...connectors, toy } })
  const shop = await startToy({ rule: 'placed' })
  shop.addItem({ ref: 'i1', number: '007', stock: 40 })
  const settings = shop.settings({ rule: 'placed', restores: 'yes' })
  const at = { box: openKeyFile(p.config.keyFile), code: 'toy', settings, places: ['main'], start: 40, now: p.product.clock.now() }
  const { companyId, listenerId } = await plant(p.data, planting(at))
  await p.product.db.outsideWall((q) => registerTurn(q, companyId, listenerId))
  await vi.waitFor(async () => expect(await p.data.owner.one(sql`select wanted > told as dirty, anchor_value from told`)).toEqual({ dirty: false, anchor_value: 40 }), 30_000)
  expect(shop.state.writes).toEqual([])

  await p.close()
  await shop.close()
})
