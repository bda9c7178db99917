/** The table of events and states of docs/sync.md, cell by cell: every event in every state, over the real database where the database moves the row. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Belief, postMovements } from '../../src/core/stock/post-movements.ts'
import { askLooks, relink, retryRefused } from '../../src/core/told/ask-looks.ts'
import { inSync } from '../../src/core/told/belief.ts'
import type { CellNow, Flight } from '../../src/core/told/row.ts'
import { lockCells, lockNextDirty, readCells, saveCells } from '../../src/core/told/told.sql.ts'
import { claimed, done, held, notExecuted, refused, released, type State, stateOf, unknowable, unknown } from '../../src/core/told/transitions.ts'
import type { Tx } from '../../src/db/open.ts'
import { sql } from '../../src/db/sql.ts'
import { secretBox } from '../../src/kit/secret-box.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { COMPARES, type Planted, plant } from '../plant.ts'

const STATES: State[] = ['quiet', 'dirty', 'looking', 'flight', 'unknown', 'hold', 'refused']
const now = new Date('2026-11-02T08:00:00Z')
const TOKEN = 7
const by = { actor: 'system', now }

let on: TestDatabase
let it: Planted
beforeAll(async () => {
  on = await testDatabase()
  const planting = { box: secretBox(randomBytes(32)), code: 'toy', settings: {}, manners: COMPARES, number: 'A-1', itemRef: 'item-1', places: ['D'], start: 10, now }
  it = await plant(on, planting)
  await on.owner.run(
    sql`insert into turn (company_id, listener_id, token, holder, expires_at) values (${it.companyId}, ${it.listenerId}, ${TOKEN}, 'me', ${new Date(now.getTime() + 30_000)})`,
  )
})
afterAll(() => on.close())

const flight: Flight = { batch: 1, row: 0, value: 10, seen: 0, doubt: 0, version: 5, sentAt: now.toISOString(), answers: [], kind: 'confirm' }

/** The row in each state; everything else about it is in sync with a shop that shows 10. */
function rowIn(state: State, row: CellNow): CellNow {
  const quiet: CellNow = {
    ...row,
    wanted: 5,
    told: 5,
    anchor: { value: 10, seen: 0 },
    seen: 0,
    doubt: 0,
    flight: null,
    looks: [],
    drift: null,
    low: 0,
    cut: 0,
    holdUntil: null,
    holdWhy: null,
    tries: 0,
    refusal: null,
    refusalSaid: null,
    held: null,
    dirtySince: null,
  }
  const dirty = { ...quiet, told: 4, dirtySince: now }
  switch (state) {
    case 'quiet':
      return quiet
    case 'dirty':
      return dirty
    case 'looking':
      return { ...dirty, held: TOKEN }
    case 'flight':
      return { ...dirty, held: TOKEN, flight }
    case 'unknown':
      return { ...dirty, flight }
    case 'hold':
      return { ...dirty, holdUntil: new Date(now.getTime() + 60_000), holdWhy: 'difference-checked' }
    case 'refused':
      return { ...dirty, refusal: 'not-tracked', refusalSaid: '' }
  }
}

const cell = () => ({ articleId: it.articleId, locationId: it.locationIds[0] as number })
const inCompany = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => on.db.inCompany(it.companyId, work)
const read = () => inCompany(async (tx) => (await readCells(tx, it.listenerId, [cell()]))[0] as CellNow)

/** Puts the row in a state with ten on hand, lets the event happen, and says what the row is then. */
async function put(state: State, event: (row: CellNow) => Promise<CellNow | void> | CellNow): Promise<CellNow> {
  await on.owner.run(sql`update level set on_hand = 10, reserved = 0 where company_id = ${it.companyId}`)
  await on.owner.run(sql`update told set low = 0, seen = 0, touch = 0, doubt = 0, provisional = 0 where company_id = ${it.companyId}`)
  await on.owner.run(sql`update link set unrouted = 0 where company_id = ${it.companyId}`)
  await inCompany(async (tx) => {
    await lockCells(tx, it.listenerId, [cell()])
    const row = (await readCells(tx, it.listenerId, [cell()]))[0] as CellNow
    await saveCells(tx, it.listenerId, [rowIn(state, row)])
  })
  const moved = await event(await read())
  return moved ?? read()
}
const stateNow = (row: CellNow): State => stateOf(row, TOKEN, now)

let posted = 0
const moveBy = (onHand: number, beliefs: Belief[] = []) =>
  inCompany((tx) => postMovements(tx, [{ key: `m${++posted}`, ...cell(), kind: onHand < 0 ? 'sale' : 'receipt', onHand, at: now, source: {}, actor: 'system' }], now, beliefs))
const orderOf = (q: number, doubt: boolean) => async () => {
  const belief = { listenerId: it.listenerId, ...cell(), seen: -q, doubt, unrouted: 0, provisional: 0 }
  await inCompany((tx) => postMovements(tx, [{ key: `m${++posted}`, ...cell(), kind: 'web-reserve', reserved: q, at: now, source: {}, actor: 'listener' }], now, [belief]))
}

/** What each state becomes; null = the event can't meet a row in that state. */
type Row = Record<State, State | null>
const row = (...states: (State | null)[]): Row => Object.fromEntries(STATES.map((s, n) => [s, states[n] ?? null])) as Row

describe('R8 R9: the table of events and states', () => {
  const table: { event: string; happens(row: CellNow): Promise<CellNow | void> | CellNow; becomes: Row }[] = [
    { event: 'the level changes', happens: async () => void (await moveBy(-1)), becomes: row('dirty', 'dirty', 'looking', 'flight', 'unknown', 'hold', 'refused') },
    { event: 'an order is taken in that the shop took off itself', happens: orderOf(1, false), becomes: row('quiet', 'quiet', 'looking', 'flight', 'unknown', 'quiet', 'refused') },
    { event: 'a doubtful order is taken in', happens: orderOf(1, true), becomes: row('dirty', 'dirty', 'looking', 'flight', 'unknown', 'hold', 'refused') },
    {
      event: 'a look is asked for',
      happens: async () => void (await inCompany((tx) => askLooks(tx, it.listenerId, null, { lane: 'live', why: 'hook' }, by))),
      becomes: row('dirty', 'dirty', 'looking', 'flight', 'unknown', 'hold', 'refused'),
    },
    { event: 'a turn claims', happens: claim, becomes: row('quiet', 'looking', 'looking', 'flight', 'unknown', 'hold', 'refused') },
    { event: 'done', happens: (r) => done(r, { now, replayed: false, graceMs: 60_000 }), becomes: row('quiet', 'dirty', 'looking', 'quiet', 'quiet', 'hold', 'refused') },
    {
      event: 'done, a difference carried',
      happens: (r) => done(r.flight === null ? r : { ...r, flight: { ...r.flight, kind: 'carry', drift: -1 } }, { now, replayed: false, graceMs: 60_000 }),
      becomes: row('quiet', 'dirty', 'looking', 'hold', 'hold', 'hold', 'refused'),
    },
    {
      event: 'done, cut only',
      happens: (r) => done(r.flight === null ? r : { ...r, flight: { ...r.flight, kind: 'partial' } }, { now, replayed: false, graceMs: 60_000 }),
      becomes: row('quiet', 'dirty', 'looking', 'hold', 'hold', 'hold', 'refused'),
    },
    { event: 'stale', happens: (r) => (r.flight === null ? r : notExecuted(r)), becomes: row('quiet', 'dirty', 'looking', 'looking', 'dirty', 'hold', 'refused') },
    {
      event: 'refused',
      happens: (r) => (r.flight === null && r.held === null ? r : refused(r, 'bundle', '')),
      becomes: row('quiet', 'dirty', 'refused', 'refused', 'refused', 'hold', 'refused'),
    },
    {
      event: 'busy, certainly not executed',
      happens: (r) => (r.held === null ? r : released(notExecuted(r))),
      becomes: row('quiet', 'dirty', 'dirty', 'dirty', 'unknown', 'hold', 'refused'),
    },
    { event: 'the answer is lost', happens: (r) => (r.held === null ? r : unknown(r, false)), becomes: row('quiet', 'dirty', 'dirty', 'unknown', 'unknown', 'hold', 'refused') },
    {
      event: 'the send can never be asked about',
      happens: (r) => (r.flight === null ? r : released(unknowable(r, { id: 'x', why: 'unknown-send' }))),
      becomes: row('quiet', 'dirty', 'looking', 'dirty', 'dirty', 'hold', 'refused'),
    },
    {
      event: 'too hot, or a difference to be checked',
      happens: (r) => (r.held === null || r.flight !== null ? r : held(r, now, 100, 'hot')),
      becomes: row('quiet', 'dirty', 'hold', 'flight', 'unknown', 'hold', 'refused'),
    },
    {
      event: 'a person presses retry',
      happens: async () => void (await inCompany((tx) => retryRefused(tx, it.listenerId, null, by))),
      becomes: row('quiet', 'dirty', 'looking', 'flight', 'unknown', 'hold', 'dirty'),
    },
    {
      event: 'the link moves',
      happens: async () => void (await inCompany((tx) => relink(tx, it.listenerId, [it.articleId], by))),
      becomes: row('dirty', 'dirty', 'looking', 'flight', 'unknown', 'hold', 'refused'),
    },
  ]
  async function claim(): Promise<void> {
    await inCompany(async (tx) => {
      const locked = await lockNextDirty(tx, it.listenerId, TOKEN, 'live', now, true, 10)
      if (locked.length === 0) return
      await saveCells(
        tx,
        it.listenerId,
        (await readCells(tx, it.listenerId, [cell()])).map((r) => claimed(r, TOKEN)),
      )
    })
  }

  for (const { event, happens, becomes } of table)
    for (const state of STATES)
      if (becomes[state] !== null)
        test(`${event}: ${state} -> ${becomes[state]}`, async () => {
          expect(stateNow(await put(state, happens))).toBe(becomes[state])
        })

  test('the lease expires: a row in hand is dirty, a send in the air is unknown, the rest stays', async () => {
    const then: Row = row('quiet', 'dirty', 'dirty', 'unknown', 'unknown', 'hold', 'refused')
    for (const state of STATES) expect(stateOf(await put(state, (r) => r), TOKEN + 1, now), state).toBe(then[state])
  })
})

test('R8: a row that comes level again is clean at once, but never while a worker holds it or a send is in the air', async () => {
  for (const state of STATES) {
    const left = await put(state, async () => {
      await moveBy(-1)
      await moveBy(1)
    })
    expect(left.wanted > left.told, state).toBe(!['quiet', 'dirty', 'hold', 'refused'].includes(state))
  }
})

test('R7: the database and the program agree on what in sync means', async () => {
  const flags: Partial<CellNow>[] = [
    {},
    { anchor: null },
    { anchor: { value: 9, seen: 0 } },
    { anchor: { value: -3, seen: 0 } },
    { flight },
    { looks: [{ id: 'a', why: 'hook' }] },
    { drift: { amount: 1, firstSeenAt: '' } },
  ]
  for (const flag of flags)
    for (const unrouted of [0, 1])
      for (const available of [10, 0, -2]) {
        const c = { ...rowIn('quiet', await read()), ...flag, unrouted, available } as CellNow
        const said = await on.owner.one<{ yes: boolean }>(sql`
          select told_in_sync(${c.anchor?.value ?? null}::int, ${c.anchor?.seen ?? null}::bigint, ${c.seen}::bigint, ${c.flight === null ? null : JSON.stringify(c.flight)}::jsonb, ${JSON.stringify(c.looks)}::jsonb,
            ${c.drift === null ? null : JSON.stringify(c.drift)}::jsonb, ${c.unrouted}::int, stock_target(${c.available}::int, ${c.buffer}::int)) as yes`)
        expect(said.yes, JSON.stringify({ flag, unrouted, available })).toBe(inSync(c))
      }
})

test('R23a: a till sale owes the shop a cut, an order the shop took off itself does not', async () => {
  expect((await put('quiet', async () => void (await moveBy(-1)))).low).toBe(6)
  expect((await put('quiet', orderOf(1, false))).low).toBe(0)
  expect((await put('quiet', orderOf(1, true))).low).toBe(0)
})
