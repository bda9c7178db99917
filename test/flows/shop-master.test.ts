/** A webshop that is master of a location's numbers: ours is its number and what happened here that it doesn't know, and it is told nothing there (R47, R48). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const NUMBERS = ['1', '2', '3', '4', '5', '6']
/** Webben is to be master, Andra is told. */
let s: ToyStand
let other: ToySim
let told: Connection
let otherId: number
let main: string

beforeAll(async () => {
  s = await toyStand(NUMBERS)
  other = await startToy({ now: () => s.web.clock.now() })
  for (const number of NUMBERS) other.addItem({ number, stock: 10 })
  otherId = (await s.owner.does('connections.make', { body: { code: 'toy', name: 'Andra' } })).id
  const params = { connectionId: otherId }
  await s.owner.does('connections.settings', { params, body: { settings: other.settings() } })
  const { health } = await s.owner.does('connections.check', { params, body: {} })
  main = health?.places[0]?.ref ?? ''
  await s.owner.does('connections.places', { params, body: { places: [{ locationId: s.owner.locationId, placeRef: main }] } })
  await s.owner.does('connections.activate', { params, body: {} })
  await s.owner.does('connections.box', { params, body: { boxed: true, articleIds: Object.values(s.ids) } })
  told = openConnection(s.web.deps, s.owner.companyId, otherId)
  await s.owner.does('runs.start', { params, body: { kind: 'match' } })
  await settle()
  const run = await s.owner.does('runs.start', { params, body: { kind: 'sync-all' } })
  await settle()
  if ((await s.owner.does('runs.show', { params: { ...params, runId: run.id } })).state === 'ready')
    await s.owner.does('runs.confirm', { params: { ...params, runId: run.id }, body: {} })
  await settle()
})
afterAll(async () => {
  await told.letGo()
  await other.close()
  await s.close()
})

/** Until both have been polled and told. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    s.web.clock.advance(61_000)
    await s.settle()
    for (let n = 0; n < 200; n++) {
      const { did, nextAt } = await told.step()
      if (did) continue
      const { queue } = await s.owner.does('connections.show', { params: { connectionId: otherId } })
      if (queue.live + queue.backfill === 0 || nextAt === null) break
      s.web.clock.advance(Math.max(1, nextAt.getTime() - s.web.clock.now().getTime()))
    }
  }
}
const level = async (number: string) => {
  const cell = (await s.owner.does('levels.list', { query: { number } })).items[0]
  return [cell?.onHand, cell?.reserved]
}
const turn = (direction: 'in' | 'out') => s.owner.does('connections.places', { params: s.at, body: { places: [{ locationId: s.owner.locationId, placeRef: main, direction }] } })
const sell = (number: string, quantity: number, ref: string) =>
  s.owner.does('sales.register', { body: { ref, locationId: s.owner.locationId, lines: [{ articleId: s.ids[number] ?? 0, quantity }] } })

test('R47: its number is what there is from then on, and it is told nothing', async () => {
  expect(await level('1')).toEqual([10, 0])
  const writes = s.sim.state.writes.length
  const shown = await turn('in')
  expect(shown.places).toMatchObject([{ direction: 'in' }])
  s.sim.handEdit('1', 7)
  await settle()
  expect(await level('1')).toEqual([7, 0])
  expect(other.value('1')).toBe(7)
  await sell('1', 2, 'K1')
  await settle()
  expect(await level('1')).toEqual([5, 0])
  expect([s.sim.value('1'), other.value('1')]).toEqual([7, 5])
  expect(s.sim.state.writes.length).toBe(writes)
})

test('R47: its own order is off once, while it is open, shipped, and when pieces come back', async () => {
  const order = s.sim.sell('2', 3)
  await settle()
  expect([s.sim.value('2'), await level('2'), other.value('2')]).toEqual([7, [10, 3], 7])
  s.sim.ship(order)
  await settle()
  expect([s.sim.value('2'), await level('2'), other.value('2')]).toEqual([7, [7, 0], 7])
  s.sim.takeBack(order, '2', 1)
  await settle()
  expect([s.sim.value('2'), await level('2'), other.value('2')]).toEqual([8, [8, 0], 8])
})

test('R47: an order of another shop is a fact of ours, and stays taken off its number', async () => {
  const order = other.sell('3', 4)
  await settle()
  expect([s.sim.value('3'), await level('3'), other.value('3')]).toEqual([10, [10, 4], 6])
  other.ship(order)
  s.sim.handEdit('3', 12)
  await settle()
  expect([await level('3'), other.value('3')]).toEqual([[8, 0], 8])
})

test('R48: receipts, counts and corrections are refused with the reason; what the till sold is said, until a person says that the shop knows', async () => {
  for (const [route, lines] of [
    ['goods-receipts.register', { quantity: 1 }],
    ['counts.register', { counted: 1 }],
  ] as const)
    expect((await s.owner.call(route, { body: { ref: `no-${route}`, locationId: s.owner.locationId, lines: [{ articleId: s.ids['4'] ?? 0, ...lines }] } })).body).toMatchObject({
      code: 'erp-is-master',
      facts: { master: 'Webben' },
    })
  await sell('4', 3, 'K2')
  await settle()
  const masters = async () => (await s.owner.does('articles.show', { params: { articleId: s.ids['4'] ?? 0 } })).masters
  expect(await masters()).toMatchObject([{ name: 'Webben', number: 10, apart: -3, why: null }])
  expect(other.value('4')).toBe(7)
  // Counted in the shop: it says seven, and four would be told.
  s.sim.handEdit('4', 7)
  await s.owner.does('runs.start', { params: s.at, body: { kind: 'match' } })
  await settle()
  expect(other.value('4')).toBe(4)
  const body = { locationId: s.owner.locationId, articleIds: [s.ids['4'] ?? 0] }
  expect(await s.owner.does('masters.known', { params: s.at, body })).toEqual({ articles: 1 })
  expect(await s.owner.does('masters.known', { params: s.at, body })).toEqual({ articles: 0 })
  await settle()
  expect(await masters()).toMatchObject([{ number: 7, apart: 0 }])
  expect([await level('4'), other.value('4')]).toEqual([[7, 0], 7])
})

test('R48: turned round, the shop is told our number again, and what the till sold reaches it; nothing is lost on the way', async () => {
  const places = [{ locationId: s.owner.locationId, placeRef: main, direction: 'out' as const }]
  const preview: Answer<'connections.preview-places'> = await s.owner.does('connections.preview-places', { params: s.at, body: { places } })
  // What the till sold of article 1, and what the other shop sold of article 3.
  expect(preview.stores).toMatchObject([{ direction: 'out', directionBefore: 'in', takes: null, differ: 2 }])
  const before = await Promise.all(NUMBERS.map(level))
  await turn('out')
  await settle()
  expect(await Promise.all(NUMBERS.map(level))).toEqual(before)
  expect([s.sim.value('1'), s.sim.value('3')]).toEqual([5, 8])
  await s.owner.does('goods-receipts.register', { body: { ref: 'in-again', locationId: s.owner.locationId, lines: [{ articleId: s.ids['5'] ?? 0, quantity: 2 }] } })
  // On its way: what the shop doesn't know yet would be in nobody's number.
  expect((await s.owner.call('connections.places', { params: s.at, body: { places: [{ ...places[0], direction: 'in' }] } })).body).toMatchObject({
    code: 'numbers-on-their-way',
    facts: { numbers: '1' },
  })
  await settle()
  expect(s.sim.value('5')).toBe(12)
})

test('R48: before it is turned it is said what its numbers mean for ours, and the first ones are kept with what stood before', async () => {
  s.sim.handEdit('5', 9)
  s.sim.handEdit('6', 11)
  const places = [{ locationId: s.owner.locationId, placeRef: main, direction: 'in' as const }]
  const { stores } = await s.owner.does('connections.preview-places', { params: s.at, body: { places } })
  expect(stores).toMatchObject([{ direction: 'in', directionBefore: 'out', takes: { same: 4, up: 1, down: 1, first: 0 } }])
  await turn('in')
  await settle()
  expect([await level('5'), await level('6')]).toEqual([
    [9, 0],
    [11, 0],
  ])
  const { items } = await s.owner.does('articles.timeline', { params: { articleId: s.ids['5'] ?? 0 } })
  expect(items[0]).toMatchObject({ kind: 'master-set', onHand: -3, onHandAfter: 9, source: { type: 'master', number: 9 } })
})

test('R40: a lost hook is found by the nightly comparison, and is no difference', async () => {
  s.sim.handEdit('6', 14)
  await s.owner.does('runs.start', { params: s.at, body: { kind: 'compare' } })
  await settle()
  expect([await level('6'), other.value('6')]).toEqual([[14, 0], 14])
  expect((await s.owner.does('differences.list', { params: s.at })).items).toEqual([])
})

test.each([
  ['takes an order off only when it is paid', { rule: 'paid' }],
  ['keeps cancelled pieces off', { rule: 'placed', restores: 'no' }],
])('R47: the number of a shop that %s is not taken in', async (_, settings) => {
  const shop = await startToy({ now: () => s.web.clock.now() })
  const { id: connectionId } = await s.owner.does('connections.make', { body: { code: 'toy', name: `Tredje ${settings.rule}` } })
  const params = { connectionId }
  await s.owner.does('connections.settings', { params, body: { settings: shop.settings(settings) } })
  const { health } = await s.owner.does('connections.check', { params, body: {} })
  const { id: locationId } = await s.owner.does('locations.make', { body: { name: `Lager ${connectionId}` } })
  const take = () => s.owner.call('connections.places', { params, body: { places: [{ locationId, placeRef: health?.places[0]?.ref ?? '', direction: 'in' }] } })
  expect((await take()).body).toMatchObject({ code: 'place-unusable', facts: { reason: 'number-not-free' } })
  await shop.close()
})
