/** What a first sync or Synka alla artiklar did to the webshop, undone: the shop shows what it showed before, less what was sold since. */
import { afterEach, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

let s: ToyStand
afterEach(() => s.close())

/** The shop showed four of each, and was told ten. */
const NUMBERS = ['A-1', 'A-2', 'A-3']
const BEFORE = 4

const runParams = (runId: number) => ({ ...s.at, runId })
async function sentRun(): Promise<number> {
  const { items } = await s.owner.does('runs.list', { params: s.at, query: {} })
  const run = items.find((each) => each.undoable)
  expect(run).toMatchObject({ kind: 'sync-all', state: 'done' })
  return run?.id ?? 0
}
async function preview(ofId: number): Promise<Answer<'runs.show'>> {
  const { id } = await s.owner.does('runs.undo', { params: runParams(ofId), body: {} })
  await s.settle()
  return s.owner.does('runs.show', { params: runParams(id) })
}
async function carryOut(runId: number): Promise<Answer<'runs.show'>> {
  await s.owner.does('runs.confirm', { params: runParams(runId), body: {} })
  await s.settle()
  return s.owner.does('runs.show', { params: runParams(runId) })
}
async function itemsOf(runId: number) {
  const { items } = await s.owner.does('runs.items', { params: runParams(runId), query: {} })
  return Object.fromEntries(items.map(({ articleNumber, was, target, state, code, flag }) => [articleNumber, { was, target, state, code, flag }]))
}
/** The shop's orders are read to the last one. */
async function read(): Promise<void> {
  s.web.clock.advance(600_000)
  await s.settle()
}
let refs = 0
const till = (number: string, quantity: number) =>
  s.owner.does('sales.register', { body: { ref: `K-${++refs}`, locationId: s.owner.locationId, lines: [{ articleNumber: number, quantity }] } })
const count = (number: string, counted: number) =>
  s.owner.does('counts.register', { body: { ref: `C-${++refs}`, locationId: s.owner.locationId, lines: [{ articleNumber: number, counted }] } })
const shows = () => NUMBERS.map((number) => s.sim.value(number))
const writes = () => s.sim.state.writes.length

test('R49 R50 R51: the shop shows what it showed before, less what was sold since, and nothing overwrites it until somebody ticks the box again', async () => {
  s = await toyStand(NUMBERS)
  expect(shows()).toEqual([10, 10, 10])
  s.sim.sell('A-1', 1)
  await till('A-2', 2)
  await s.settle()
  const undo = await preview(await sentRun())
  expect(undo).toMatchObject({ kind: 'undo', state: 'ready', total: 3, same: 0 })
  expect(await itemsOf(undo.id)).toEqual({
    'A-1': { was: 9, target: 3, state: 'send', code: null, flag: 'over-half' },
    'A-2': { was: 8, target: 2, state: 'send', code: null, flag: 'over-half' },
    'A-3': { was: 10, target: 4, state: 'send', code: null, flag: 'over-half' },
  })
  const flagged = async (flag: string) => (await s.owner.does('runs.items', { params: runParams(undo.id), query: { flag } })).items.length
  expect([await flagged('over-half'), await flagged('to-zero')]).toEqual([3, 0])
  expect(shows()).toEqual([9, 8, 10])
  expect(await carryOut(undo.id)).toMatchObject({ state: 'done', done: 3, failed: 0 })
  expect(shows()).toEqual([BEFORE - 1, BEFORE - 2, BEFORE])
  expect(await s.state('A-1')).toBe('undone')

  const before = writes()
  await till('A-1', 1)
  s.sim.sell('A-2', 1)
  await s.settle()
  expect(writes()).toBe(before)
  expect(shows()).toEqual([3, 1, 4])
  await read()
  const { items } = await s.owner.does('levels.list', { query: {} })
  expect(items.map(({ available }) => available)).toEqual([8, 7, 10])

  await s.owner.does('connections.box', { params: s.at, body: { boxed: true, articleIds: [s.ids['A-1'] ?? 0] } })
  await s.settle()
  expect(shows()).toEqual([8, 1, 4])
  expect(await s.state('A-1')).toBe('in-sync')
})

test('R52: what was counted since is left as it is and said, also when it was counted after the preview; undone twice, nothing is left', async () => {
  s = await toyStand(NUMBERS)
  await count('A-1', 7)
  await s.settle()
  const ofId = await sentRun()
  const undo = await preview(ofId)
  expect(await itemsOf(undo.id)).toMatchObject({ 'A-1': { target: null, state: 'skipped', code: 'counted-since' }, 'A-2': { state: 'send' }, 'A-3': { state: 'send' } })
  await count('A-2', 6)
  await s.settle()
  expect(await carryOut(undo.id)).toMatchObject({ state: 'done', total: 1, done: 1 })
  expect(shows()).toEqual([7, 6, BEFORE])
  expect(await itemsOf(undo.id)).toMatchObject({ 'A-2': { state: 'skipped', code: 'counted-since' }, 'A-3': { was: 10, target: 4, state: 'sent' } })
  expect([await s.state('A-1'), await s.state('A-2'), await s.state('A-3')]).toEqual(['in-sync', 'in-sync', 'undone'])

  const again = await preview(ofId)
  expect(again).toMatchObject({ state: 'done', total: 0 })
  expect(await itemsOf(again.id)).toMatchObject({ 'A-1': { code: 'counted-since' }, 'A-2': { code: 'counted-since' }, 'A-3': { code: 'undone-already' } })
  expect(await s.owner.does('runs.show', { params: runParams(ofId) })).toMatchObject({ undoneById: undo.id })
})

test('R52: what a later run has sent again is undone first; a run that is no such run can not be undone at all', async () => {
  s = await toyStand(NUMBERS)
  const first = await sentRun()
  s.sim.handEdit('A-1', 2)
  const later = await s.run('sync-all')
  await carryOut(later.id)
  expect(shows()).toEqual([10, 10, 10])
  expect(await itemsOf((await preview(first)).id)).toMatchObject({ 'A-1': { state: 'skipped', code: 'sent-again' }, 'A-2': { state: 'send' } })
  const { items } = await s.owner.does('runs.list', { params: s.at, query: {} })
  const match = items.find((each) => each.kind === 'match')
  expect(match?.undoable).toBe(false)
  expect(await s.owner.call('runs.undo', { params: runParams(match?.id ?? 0), body: {} })).toMatchObject({ status: 409, body: { code: 'not-undoable' } })
})

/** Numbers by chance that come out the same every time. */
function chance(seed: number): (many: number) => number {
  let state = seed
  return (many) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * many)
  }
}
const SHOPS = [
  { name: 'compares and has keys', options: {} },
  { name: 'neither compares nor has keys, and its rule is not known', options: { compare: 'read-first', keys: false, told: { rule: 'unknown' } } },
] as const
test.each(SHOPS.flatMap((shop) => [1, 2].map((seed) => ({ ...shop, seed }))))(
  'R50: nothing sold is lost and nothing is taken off twice, whatever is sold, lost or killed meanwhile: a shop that $name, $seed',
  async ({ options, seed }) => {
    s = await toyStand(NUMBERS, { ...options, sellsBelowZero: true })
    const roll = chance(seed)
    const expected = Object.fromEntries(NUMBERS.map((number) => [number, BEFORE]))
    const sold = (number: string) => {
      expected[number] = (expected[number] ?? 0) - 1
    }
    const boxed = async (number: string) => (await s.state(number)) !== 'undone'
    const happens = async () => {
      const number = NUMBERS[roll(NUMBERS.length)] ?? ''
      const what = roll(6)
      if (what <= 1 && (expected[number] ?? 0) > 0) {
        s.sim.sell(number, 1)
        sold(number)
      } else if (what === 2 && (expected[number] ?? 0) > 0) {
        // What the till sells once the box is gone isn't the shop's any more.
        if (await boxed(number)) sold(number)
        await till(number, 1)
      } else if (what === 3) s.connection.die()
      else if (what === 4) s.sim.fault({ kind: 'error-after', on: 'write' })
      for (let n = roll(4); n > 0; n--) await s.connection.step()
      s.web.clock.advance(roll(20_000))
    }
    for (let n = 0; n < 4; n++) await happens()
    const undo = await preview(await sentRun())
    for (let n = 0; n < 2; n++) await happens()
    await s.owner.does('runs.confirm', { params: runParams(undo.id), body: {} })
    for (let n = 0; n < 8; n++) await happens()
    s.sim.clearFaults()
    await read()
    expect(await s.owner.does('runs.show', { params: runParams(undo.id) })).toMatchObject({ state: 'done', done: 3, failed: 0 })
    expect(Object.fromEntries(NUMBERS.map((number) => [number, s.sim.value(number)]))).toEqual(expected)
  },
)

test('R51: pressed twice it is the same undo; cancelled before anything was marked it leaves the shop and the boxes as they were', async () => {
  s = await toyStand(NUMBERS)
  const ofId = await sentRun()
  const undo = await preview(ofId)
  expect((await s.owner.does('runs.undo', { params: runParams(ofId), body: {} })).id).toBe(undo.id)
  await s.owner.does('runs.confirm', { params: runParams(undo.id), body: {} })
  await s.owner.does('runs.pause', { params: runParams(undo.id), body: {} })
  await s.settle()
  expect(shows()).toEqual([10, 10, 10])
  await s.owner.does('runs.cancel', { params: runParams(undo.id), body: {} })
  await s.settle()
  expect(await itemsOf(undo.id)).toMatchObject({ 'A-1': { state: 'skipped', code: 'cancelled' } })
  expect(await s.state('A-1')).toBe('in-sync')
  expect(await carryOut((await preview(ofId)).id)).toMatchObject({ state: 'done', done: 3 })
  expect(shows()).toEqual([BEFORE, BEFORE, BEFORE])
})

test('R51: of a first sync what agreed already loses its box as well, and is never written', async () => {
  s = await toyStand(NUMBERS)
  s.sim.handEdit('A-1', 2)
  const first = await s.run('first-sync')
  await carryOut(first.id)
  const before = writes()
  const undo = await preview(first.id)
  expect(undo).toMatchObject({ state: 'ready', total: 3, same: 2 })
  expect(await carryOut(undo.id)).toMatchObject({ state: 'done', done: 1, same: 2 })
  expect(shows()).toEqual([2, 10, 10])
  expect(writes()).toBe(before + 1)
  expect([await s.state('A-1'), await s.state('A-2'), await s.state('A-3')]).toEqual(['undone', 'undone', 'undone'])
})
