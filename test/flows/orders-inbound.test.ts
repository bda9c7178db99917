/** What comes in: hooks stored first, feeds pulled to their end, listings matched, a connection set up and its runs; against the toy shop over real HTTP. */
import { afterEach, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import type { Connector } from '../../src/connectors/contract.ts'
import { toy } from '../../src/connectors/toy/toy.ts'
import { listenerById } from '../../src/core/listeners/listeners.sql.ts'
import { connectUnknownLines } from '../../src/core/orders/evaluate-again.ts'
import { postMovements } from '../../src/core/stock/post-movements.ts'
import { tickBox } from '../../src/core/told/tick-box.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { silentLog } from '../../src/kit/log.ts'
import { applyWaiting, unappliedArticles } from '../../src/sync/apply.ts'
import { journalSettled } from '../../src/sync/calls.ts'
import type { SyncDeps } from '../../src/sync/deps.ts'
import { disconnect } from '../../src/sync/disconnect.ts'
import { drain } from '../../src/sync/drain.ts'
import { findAgain } from '../../src/sync/find-again.ts'
import { guideOf } from '../../src/sync/guide.ts'
import { storeHook } from '../../src/sync/inbox.ts'
import { openLine } from '../../src/sync/line.ts'
import { mapPlaces } from '../../src/sync/map-places.ts'
import { matchLinks, refreshListings } from '../../src/sync/matcher.ts'
import { confirmRun, startRun, stepRuns } from '../../src/sync/runs.ts'
import { activate, checkConnection, createConnection, pause, resume, saveSettings, saveWays, subscribe } from '../../src/sync/setup.ts'
import { remoteFailed } from '../../src/sync/throttle.ts'
import { type Turn, takeTheTurn } from '../../src/sync/turn.ts'
import { box, ground, NOW } from './inbound-ground.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(over: Parameters<typeof startToy>[0] = {}) {
  const clock = fakeClock(NOW.toISOString())
  const shop = await startToy({ now: () => clock.now(), places: ['P1', 'P2'], ...over })
  const g = await ground({ state: 'gone' })
  const deps: SyncDeps = {
    db: g.db,
    clock,
    log: silentLog,
    box,
    http: openHttp({ allowLoopback: true }),
    connectors: { toy: toy as Connector<unknown> },
    publicAddress: 'https://till.example',
  }
  closing.push(
    () => shop.close(),
    () => g.close(),
    () => journalSettled(deps),
  )
  const by = () => ({ actor: 'person:1', now: clock.now() })
  return { clock, shop, g, deps, by }
}
type Started = Awaited<ReturnType<typeof start>>

async function theTurn(s: Started, id: number): Promise<Turn> {
  const taken = await takeTheTurn(s.g.db, s.clock, s.g.companyId, id, 'test')
  if (!('inTurn' in taken)) throw new Error('somebody else has the turn')
  return taken
}

async function connect({ shop, g, deps, by }: Started) {
  const { id } = await createConnection(deps, g.companyId, { code: 'toy', name: 'Webben' }, by())
  await saveSettings(deps, g.companyId, id, shop.settings(), by())
  await checkConnection(deps, g.companyId, id, by())
  await saveWays(deps, g.companyId, id, { manyPlaces: true }, by())
  await mapPlaces(
    deps,
    g.companyId,
    id,
    [
      { locationId: g.locations[0], placeRef: 'P1' },
      { locationId: g.locations[1], placeRef: 'P2' },
    ],
    by(),
  )
  return id
}
async function connected(over: Parameters<typeof startToy>[0] = {}) {
  const s = await start(over)
  const id = await connect(s)
  await activate(s.deps, s.g.companyId, id, s.by())
  const turn = await theTurn(s, id)
  const line = async () => must(await openLine(s.deps, s.g.companyId, id), 'the line')
  const poll = async (reason: 'poll' | 'look' | 'keys' = 'poll') => {
    await turn.ensure().catch(() => undefined)
    await drain(s.deps, await line(), turn, reason)
  }
  const hook = async (order: ReturnType<ToySim['sell']>, body?: Buffer) => {
    const made = s.shop.hooks.ofOrder(order)
    const verdict = toy.verifyHook({ address: '', tail: null, headers: made.headers, query: new URLSearchParams(), body: made.body }, toy.settings.parse(s.shop.settings()))
    if (verdict.kind !== 'verified') throw new Error(verdict.why)
    const store = () => s.g.db.inCompany(s.g.companyId, (tx) => storeHook(tx, id, verdict, { headers: made.headers, body: body ?? made.body }, s.by()))
    return { store, apply: () => applyWaiting(s.deps, s.g.companyId, id) }
  }
  const stock = (articleId: number, onHand: number, location = s.g.locations[0]) =>
    s.g.db.inCompany(s.g.companyId, (tx) =>
      postMovements(tx, [{ key: `r:${articleId}:${location}`, articleId, locationId: location, kind: 'receipt', onHand, at: NOW, source: {}, actor: 'system' }], s.clock.now()),
    )
  const links = () =>
    s.g.owner.rows<{ article_id: number; state: string; item_ref: string | null }>(sql`select article_id, state, item_ref from link where listener_id = ${id} order by article_id`)
  return { ...s, id, turn, line, poll, hook, stock, links }
}

test('R1: activation takes open orders as reserved, and what was shipped before never posts', async () => {
  const s = await start()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const open = s.shop.sell('007', 2)
  const shipped = s.shop.sell('007', 3)
  s.shop.ship(shipped)
  s.clock.advance(60_000)
  const article = await s.g.addArticle('007')
  const id = await connect(s)
  await activate(s.deps, s.g.companyId, id, s.by())
  expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 2])
  s.clock.advance(60_000)
  s.shop.ship(open)
  const turn = await theTurn(s, id)
  await drain(s.deps, must(await openLine(s.deps, s.g.companyId, id), 'line'), turn, 'poll')
  expect(await s.g.level(article, s.g.locations[0])).toEqual([-2, 0])
})

test('setup refuses by name: field, right, place; and writes nothing to the shop', async () => {
  const s = await start()
  const { id } = await createConnection(s.deps, s.g.companyId, { code: 'toy', name: 'Webben' }, s.by())
  await expect(saveSettings(s.deps, s.g.companyId, id, { ...s.shop.settings(), address: 'ftp://x' }, s.by())).rejects.toMatchObject({
    code: 'settings-wrong',
    facts: { field: 'address' },
  })
  await expect(activate(s.deps, s.g.companyId, id, s.by())).rejects.toMatchObject({ code: 'settings-wrong' })
  await saveSettings(s.deps, s.g.companyId, id, { ...s.shop.settings(), token: 'wrong-token-entirely' }, s.by())
  await expect(checkConnection(s.deps, s.g.companyId, id, s.by())).rejects.toMatchObject({ code: 'remote-denied', facts: { reason: 'token-wrong' } })
  await saveSettings(s.deps, s.g.companyId, id, s.shop.settings(), s.by())
  await expect(mapPlaces(s.deps, s.g.companyId, id, [{ locationId: s.g.locations[0], placeRef: 'P1' }], s.by())).rejects.toMatchObject({ code: 'not-ready' })
  await checkConnection(s.deps, s.g.companyId, id, s.by())
  await expect(activate(s.deps, s.g.companyId, id, s.by())).rejects.toMatchObject({ code: 'place-missing' })
  await expect(mapPlaces(s.deps, s.g.companyId, id, [{ locationId: s.g.locations[0], placeRef: 'nowhere' }], s.by())).rejects.toMatchObject({ code: 'place-unknown' })
  await mapPlaces(s.deps, s.g.companyId, id, [{ locationId: s.g.locations[0], placeRef: 'P1' }], s.by())
  const listener = () => s.g.db.inCompany(s.g.companyId, async (tx) => must(await listenerById(tx, id), 'listener'))
  expect(
    guideOf(toy.guide, { listener: await listener(), places: 1, links: [], called: false, fetched: false })
      .filter((step) => step.done)
      .map((step) => step.code),
  ).toEqual(['key', 'manners', 'places'])
  await activate(s.deps, s.g.companyId, id, s.by())
  expect((await listener()).state).toBe('active')
  expect(s.shop.state.writes).toEqual([])
  await pause(s.deps, s.g.companyId, id, s.by())
  expect((await listener()).stateWhy?.code).toBe('person')
  await resume(s.deps, s.g.companyId, id, s.by())
  await disconnect(s.deps, s.g.companyId, id, s.by())
  expect((await listener()).state).toBe('gone')
})

test('S8: a hook is stored once, applied once, and counted', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  const { store, apply } = await s.hook(s.shop.sell('007', 2))
  expect([await store(), await store()]).toEqual(['stored', 'doubled'])
  expect(await apply()).toEqual({ applied: 1, listed: 0 })
  expect(await apply()).toEqual({ applied: 0, listed: 0 })
  expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 2])
  expect(await s.g.owner.rows(sql`select verified, forged, doubled from hook_counter`)).toEqual([{ verified: 1, forged: 0, doubled: 1 }])
  const [row] = await s.g.owner.rows<{ headers: Record<string, string> }>(sql`select headers from inbox where source = 'hook'`)
  expect(Object.keys(row?.headers ?? {})).not.toContain('x-toy-signature')
})

test('S9: hooks in any order and a poll give the same ledger', async () => {
  const ledger = async (how: 'hooks' | 'newest-first' | 'poll' | 'both') => {
    const s = await connected()
    s.shop.addItem({ number: '007', stock: { P1: 10, P2: 10 } })
    const article = await s.g.addArticle('007')
    const order = s.shop.sell('007', 4)
    const hooks = [await s.hook(order)]
    s.clock.advance(1000)
    hooks.push(await s.hook(s.shop.ship(order, '007', 1)))
    s.clock.advance(1000)
    hooks.push(await s.hook(s.shop.refund(order, '007', 1)))
    s.clock.advance(1000)
    hooks.push(await s.hook(s.shop.refund(order, '007', 1, { restock: false })))
    if (how === 'newest-first') hooks.reverse()
    if (how !== 'poll') for (const hook of hooks) await hook.store()
    if (how !== 'poll') await hooks[0]?.apply()
    if (how === 'poll' || how === 'both') await s.poll()
    return s.g.level(article, s.g.locations[0])
  }
  const expected = await ledger('poll')
  expect(await ledger('hooks')).toEqual(expected)
  expect(await ledger('newest-first')).toEqual(expected)
  expect(await ledger('both')).toEqual(expected)
})

test('R25: a page that could not be stored is pulled again, and one that was is not lost', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  s.clock.advance(1000)
  s.shop.sell('007', 2)
  const line = await s.line()
  let stored = 0
  const broken = {
    ...s.turn,
    inTurn: <T>(work: (tx: Parameters<Parameters<typeof s.turn.inTurn>[0]>[0]) => Promise<T>) =>
      s.turn.inTurn(async (tx) => {
        const result = await work(tx)
        if (++stored === 2) throw new Error('the power went')
        return result
      }),
  }
  await expect(drain(s.deps, line, broken, 'poll')).rejects.toThrow('the power went')
  expect(await s.g.owner.rows(sql`select 1 from inbox where source = 'feed' and state = 'waiting'`)).toEqual([])
  expect(await s.g.level(article, s.g.locations[0])).toBeNull()
  await s.poll()
  expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 2])
})

test('R26: a message that can not be applied is listed, blocks nothing, and holds raises back until it is settled', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  const bad = await s.hook(s.shop.sell('007', 1), Buffer.from('{"nonsense": true'))
  const good = await s.hook(s.shop.sell('007', 2))
  await bad.store()
  await good.store()
  expect(await good.apply()).toEqual({ applied: 1, listed: 1 })
  expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 2])
  expect(await s.g.db.inCompany(s.g.companyId, (tx) => unappliedArticles(tx, s.id))).toBe('all')
})

test('R26: an order the ledger can not take is tried eight times, then listed, and settled by a read of it', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  const order = s.shop.sell('007', 1)
  const { store, apply } = await s.hook(order)
  await store()
  await s.g.owner.run(sql`alter table movement add constraint planted check (kind <> 'web-reserve')`)
  for (let n = 0; n < 8; n++) {
    await apply()
    s.clock.advance(400_000)
  }
  expect(await s.g.owner.rows(sql`select state, tries from inbox where source = 'hook'`)).toEqual([{ state: 'listed', tries: 8 }])
  expect(await s.g.db.inCompany(s.g.companyId, (tx) => unappliedArticles(tx, s.id))).toEqual([article])
  await s.g.owner.run(sql`alter table movement drop constraint planted`)
  await s.g.owner.run(sql`update turn set expires_at = ${new Date(s.clock.now().getTime() + 30_000)}`)
  await s.poll('keys')
  expect(await s.g.owner.rows(sql`select state from inbox where source = 'hook'`)).toEqual([{ state: 'done' }])
  expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 1])
  expect(await s.g.db.inCompany(s.g.companyId, (tx) => unappliedArticles(tx, s.id))).toEqual([])
})

test('R9: an order without a place counts at the default location, is asked again with growing pauses, and moves when it is known', async () => {
  const s = await connected({ lateRouting: true })
  s.shop.addItem({ number: '007', stock: { P1: 10, P2: 10 } })
  const article = await s.g.addArticle('007')
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  s.clock.advance(1000)
  const order = s.shop.sell('007', 2, { place: 'P2' })
  await s.poll()
  expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 2])
  const tries = () => s.g.owner.one<{ route_tries: number; route_again_at: Date | null }>(sql`select route_tries, route_again_at from web_order`)
  expect((await tries()).route_again_at?.getTime()).toBe(s.clock.now().getTime() + 5_000)
  s.clock.advance(5_000)
  await s.poll('keys')
  expect(await tries()).toEqual({ route_tries: 1, route_again_at: new Date(s.clock.now().getTime() + 15_000) })
  s.shop.route(order)
  s.clock.advance(15_000)
  await s.poll('keys')
  expect(await tries()).toEqual({ route_tries: 0, route_again_at: null })
  expect([await s.g.level(article, s.g.locations[0]), await s.g.level(article, s.g.locations[1])]).toEqual([
    [0, 0],
    [0, 2],
  ])
})

test('a thin hook and a cut one make us read the order by its key', async () => {
  for (const hookBody of ['thin', 'cut'] as const) {
    const s = await connected({ hookBody })
    s.shop.addItem({ number: '007', stock: { P1: 10 } })
    const article = await s.g.addArticle('007')
    const { store, apply } = await s.hook(s.shop.sell('007', 2))
    await store()
    await apply()
    expect(await s.g.level(article, s.g.locations[0])).toBeNull()
    await s.poll('keys')
    expect(await s.g.level(article, s.g.locations[0])).toEqual([0, 2])
  }
})

test('S10: one item is a match, none is missing, two are ambiguous, and an empty number is nobody', async () => {
  const s = await connected()
  for (const number of ['0042', '42', 'TWICE', 'TWICE', '', null]) s.shop.addItem({ number, stock: { P1: 1 } })
  const articles = [await s.g.addArticle('0042'), await s.g.addArticle('TWICE'), await s.g.addArticle('042')]
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, articles, s.by()))
  await matchLinks(s.deps, await s.line(), s.turn, articles)
  expect((await s.links()).map((link) => link.state)).toEqual(['matched', 'ambiguous', 'missing'])
  await refreshListings(s.deps, await s.line(), true, s.turn)
  await matchLinks(s.deps, await s.line(), s.turn, 'all')
  expect((await s.links()).map((link) => link.state)).toEqual(['matched', 'ambiguous', 'missing'])
})

test('S10: a number that moved to another item keeps its old id and says so until a person takes the new one; a number that is gone is missing', async () => {
  const s = await connected()
  const old = s.shop.addItem({ number: '007', stock: { P1: 1 } })
  const next = s.shop.addItem({ number: 'other', stock: { P1: 1 } })
  const article = await s.g.addArticle('007')
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  await s.poll()
  expect(await s.links()).toEqual([{ article_id: article, state: 'matched', item_ref: old.ref }])
  s.shop.changeItem('007', { number: 'gone' })
  s.shop.changeItem('other', { number: '007' })
  await refreshListings(s.deps, await s.line(), true, s.turn)
  expect(await s.links()).toEqual([{ article_id: article, state: 'moved', item_ref: old.ref }])
  await findAgain(s.deps, s.g.companyId, s.id, [article], s.by())
  expect(await s.links()).toEqual([{ article_id: article, state: 'matched', item_ref: next.ref }])
  s.shop.changeItem('007', { number: null })
  await refreshListings(s.deps, await s.line(), true, s.turn)
  expect(await s.links()).toEqual([{ article_id: article, state: 'missing', item_ref: next.ref }])
  // Put right in the shop, it is what it was, without anybody asking.
  s.shop.changeItem(next.ref, { number: '007' })
  await refreshListings(s.deps, await s.line(), true, s.turn)
  expect(await s.links()).toEqual([{ article_id: article, state: 'matched', item_ref: next.ref }])
})

test('an untracked item is a refused row with its reason, and comes back when it is tracked', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 1 }, tracked: false })
  const article = await s.g.addArticle('007')
  await s.stock(article, 5)
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  const refusal = async () => (await s.g.owner.one<{ refusal: string | null }>(sql`select refusal from told where listener_id = ${s.id}`)).refusal
  await refreshListings(s.deps, await s.line(), true, s.turn)
  await matchLinks(s.deps, await s.line(), s.turn, 'all')
  expect(await refusal()).toBe('not-tracked')
  s.shop.changeItem('007', { tracked: true })
  await refreshListings(s.deps, await s.line(), true, s.turn)
  expect(await refusal()).toBeNull()
})

test('S5: a run looks first, sends only what differs, and is the same when pressed twice', async () => {
  const s = await connected()
  const articles: number[] = []
  for (const [number, stock] of [
    ['A', 5],
    ['B', 7],
  ] as const) {
    s.shop.addItem({ number, stock: { P1: stock } })
    articles.push(await s.g.addArticle(number))
  }
  await s.stock(articles[0] as number, 5)
  await s.stock(articles[1] as number, 3)
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, articles, s.by()))
  await s.poll()
  const run = await startRun(s.deps, s.g.companyId, s.id, 'sync-all', s.by())
  expect((await startRun(s.deps, s.g.companyId, s.id, 'sync-all', s.by())).id).toBe(run.id)
  while (await stepRuns(s.deps, await s.line(), s.turn));
  const items = () => s.g.owner.rows(sql`select article_id, was, target, state from run_item where code is distinct from 'no-stock-yet' order by article_id`)
  expect(await items()).toEqual([
    { article_id: articles[0], was: 5, target: 5, state: 'same' },
    { article_id: articles[1], was: 7, target: 3, state: 'send' },
  ])
  expect(await s.g.owner.one(sql`select state, total, same from run where id = ${run.id}`)).toEqual({ state: 'ready', total: 2, same: 1 })
  await confirmRun(s.deps, s.g.companyId, run.id, s.by())
  expect((await confirmRun(s.deps, s.g.companyId, run.id, s.by())).state).toBe('sending')
  await stepRuns(s.deps, await s.line(), s.turn)
  expect(await stepRuns(s.deps, await s.line(), s.turn)).toBe(false)
  await s.g.owner.run(sql`update told set told = wanted`)
  await stepRuns(s.deps, await s.line(), s.turn)
  expect(await s.g.owner.one(sql`select state, total, done, failed, same from run where id = ${run.id}`)).toEqual({ state: 'done', total: 2, done: 1, failed: 0, same: 1 })
})

test('take-over imports the shop number once, with what its open orders hold', async () => {
  const s = await connected()
  s.shop.addItem({ number: 'A', stock: { P1: 10 } })
  const article = await s.g.addArticle('A')
  s.clock.advance(1000)
  s.shop.sell('A', 2)
  await s.poll()
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  await s.poll()
  const run = await startRun(s.deps, s.g.companyId, s.id, 'take-over', s.by())
  while (await stepRuns(s.deps, await s.line(), s.turn));
  await confirmRun(s.deps, s.g.companyId, run.id, s.by())
  s.shop.sell('A', 1)
  s.clock.advance(20_000)
  for (let n = 0; n < 4; n++) {
    await s.g.owner.run(sql`update turn set expires_at = ${new Date(s.clock.now().getTime() + 30_000)}`)
    await stepRuns(s.deps, await s.line(), s.turn)
    s.clock.advance(20_000)
  }
  expect(await s.g.level(article, s.g.locations[0])).toEqual([10, 3])
  expect(await s.g.owner.rows(sql`select key, on_hand_delta from movement where kind = 'import'`)).toEqual([
    { key: `import:${run.id}:${article}:${s.g.locations[0]}`, on_hand_delta: 10 },
  ])
  expect((await s.g.owner.one<{ state: string }>(sql`select state from run where id = ${run.id}`)).state).toBe('done')
})

test('a denied answer pauses the connection and says why; a busy one makes it wait', async () => {
  const s = await connected()
  s.shop.fault({ kind: 'busy', retryAfter: 7 })
  const failed = await s.poll().catch((error: unknown) => error)
  await remoteFailed(s.deps, s.g.companyId, s.id, failed as never)
  expect((await (await s.line()).listener).quietUntil).toEqual(new Date(s.clock.now().getTime() + 7_000))
  s.shop.fault({ kind: 'denied' })
  await remoteFailed(s.deps, s.g.companyId, s.id, (await s.poll().catch((error: unknown) => error)) as never)
  const { listener } = await s.line()
  expect([listener.state, listener.stateWhy?.code]).toEqual(['paused', 'token-wrong'])
})

test('T2: the journal holds every call and neither a secret nor a customer', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  s.shop.sell('007', 1)
  await s.poll()
  await journalSettled(s.deps)
  const calls = await s.g.owner.rows<{ label: string; text: string }>(sql`select label, coalesce(request::text, '') || coalesce(response::text, '') as text from call`)
  expect(calls.map((call) => call.label)).toContain('orders')
  const settings = s.shop.settings()
  for (const { text } of calls) for (const secret of [settings.token, settings.hookSecret]) expect(text).not.toContain(secret)
})

test('R5: an order line waits for its article over the whole way in', async () => {
  const s = await connected()
  s.shop.addItem({ number: 'NEW', stock: { P2: 3 } })
  const { store, apply } = await s.hook(s.shop.sell('NEW', 2, { place: 'P2' }))
  await store()
  await apply()
  expect(await s.g.owner.rows(sql`select 1 from movement`)).toEqual([])
  const article = await s.g.addArticle('NEW')
  await s.g.db.inCompany(s.g.companyId, (tx) => connectUnknownLines(tx, article, 'NEW', s.by()))
  expect(await s.g.level(article, s.g.locations[1])).toEqual([0, 2])
})

test('S9: two processes applying at once lose nothing and double nothing, while the till sells', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 100 } })
  const article = await s.g.addArticle('007')
  await s.stock(article, 100)
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  for (let n = 0; n < 40; n++) {
    const order = s.shop.sell('007', 1)
    await (await s.hook(order)).store()
    s.clock.advance(1_000)
    if (n % 2 === 0) await (await s.hook(s.shop.ship(order))).store()
  }
  const till = Array.from({ length: 40 }, (_, n) =>
    s.g.db.inCompany(s.g.companyId, (tx) =>
      postMovements(
        tx,
        [{ key: `sale:${n}`, articleId: article, locationId: s.g.locations[0], kind: 'sale', onHand: -1, at: s.clock.now(), source: {}, actor: 'system' }],
        s.clock.now(),
      ),
    ),
  )
  const applied = await Promise.all([
    applyWaiting(s.deps, s.g.companyId, s.id),
    applyWaiting(s.deps, s.g.companyId, s.id),
    applyWaiting(s.deps, s.g.companyId, s.id),
    Promise.all(till),
  ])
  expect(applied.slice(0, 3).reduce((sum, a) => sum + ('applied' in a ? a.applied : 0), 0)).toBe(60)
  expect(await s.g.level(article, s.g.locations[0])).toEqual([100 - 20 - 40, 20])
})

test('R9: places mapped anew move open orders, and nothing believed of the shop is kept', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10, P2: 10 } })
  const article = await s.g.addArticle('007')
  await s.stock(article, 10)
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  s.clock.advance(1_000)
  s.shop.sell('007', 2, { place: 'P2' })
  await s.poll()
  expect(await s.g.level(article, s.g.locations[1])).toEqual([0, 2])
  await mapPlaces(s.deps, s.g.companyId, s.id, [{ locationId: s.g.locations[0], placeRef: 'P2' }], s.by())
  expect([await s.g.level(article, s.g.locations[0]), await s.g.level(article, s.g.locations[1])]).toEqual([
    [10, 2],
    [0, 0],
  ])
  const row = await s.g.owner.one<{ anchor_value: number | null; doubt: number }>(
    sql`select anchor_value, doubt from told where entity_id = ${article} and location_id = ${s.g.locations[0]}`,
  )
  expect([row.anchor_value, row.doubt > 0]).toEqual([null, true])
})

test('R3: under another rule the difference to what was reckoned before says nothing', async () => {
  const s = await connected({ told: { rule: 'unknown' } })
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  await s.stock(article, 10)
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  s.clock.advance(1_000)
  const order = s.shop.sell('007', 4)
  await s.poll()
  await saveSettings(s.deps, s.g.companyId, s.id, { rule: 'placed', restores: 'yes' }, s.by())
  await s.g.owner.run(sql`update told set anchor_value = 6, anchor_seen = seen, looks = '[]', told = wanted`)
  s.clock.advance(1_000)
  s.shop.refund(order, '007', 1)
  await s.poll()
  expect(
    (await s.g.owner.one<{ anchor_value: number | null }>(sql`select anchor_value from told where entity_id = ${article} and location_id = ${s.g.locations[0]}`)).anchor_value,
  ).toBeNull()
})

test('R2: a connection that is over holds nothing, and a new one to the same shop takes its orders in anew', async () => {
  const s = await connected()
  s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  await s.stock(article, 10)
  s.clock.advance(1_000)
  s.shop.sell('007', 2)
  await s.poll()
  expect(await s.g.level(article, s.g.locations[0])).toEqual([10, 2])
  await s.g.owner.run(sql`update web_order_line set article_id = null`)
  await disconnect(s.deps, s.g.companyId, s.id, s.by())
  await s.g.db.inCompany(s.g.companyId, (tx) => connectUnknownLines(tx, article, '007', s.by()))
  expect(await s.g.level(article, s.g.locations[0])).toEqual([10, 0])
  const again = await connect(s)
  await activate(s.deps, s.g.companyId, again, s.by())
  expect(await s.g.level(article, s.g.locations[0])).toEqual([10, 2])
})

test('R24: a number in a hook is never believed, it only makes us look', async () => {
  const s = await connected({ hooks: 'manual', stockHooks: 'hand' })
  const item = s.shop.addItem({ number: '007', stock: { P1: 10 } })
  const article = await s.g.addArticle('007')
  await s.stock(article, 10)
  await s.g.db.inCompany(s.g.companyId, (tx) => tickBox(tx, s.id, [article], s.by()))
  await s.poll()
  await s.g.owner.run(sql`update told set looks = '[]', told = wanted, anchor_value = 10, anchor_seen = seen`)
  await s.g.db.inCompany(s.g.companyId, (tx) =>
    storeHook(tx, s.id, { deliveryKey: 'd1', topic: 'stock.changed' }, { headers: {}, body: Buffer.from(JSON.stringify({ ref: item.ref, value: 3 })) }, s.by()),
  )
  await applyWaiting(s.deps, s.g.companyId, s.id)
  const row = await s.g.owner.one<{ looks: { why: string }[]; anchor_value: number; dirty: boolean }>(
    sql`select looks, anchor_value, wanted > told as dirty from told where entity_id = ${article} and location_id = ${s.g.locations[0]}`,
  )
  expect([row.looks.map((look) => look.why), row.anchor_value, row.dirty]).toEqual([['hook'], 10, true])
})

test('without a public address the connection polls, and asking for hooks says why not', async () => {
  const s = await connected()
  await expect(subscribe({ ...s.deps, publicAddress: null }, s.g.companyId, s.id, s.by())).rejects.toMatchObject({ code: 'not-ready', facts: { missing: 'public-address' } })
  const { topics } = await subscribe(
    { ...s.deps, http: async (url, init) => (url.endsWith('/healthz') ? { status: 200, headers: {}, body: '', bytes: new Uint8Array() } : s.deps.http(url, init)) },
    s.g.companyId,
    s.id,
    s.by(),
  )
  expect(topics.every((topic) => topic.state === 'created')).toBe(true)
  expect([...s.shop.hooks.subscriptions.values()][0]?.url).toMatch(/^https:\/\/till\.example\/hooks\/.{20,}$/)
  const { listener } = await s.line()
  expect(listener.subscribed).toMatchObject({ reachable: true })
})
