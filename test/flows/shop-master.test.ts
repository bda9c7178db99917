/** A webshop that is master of a location's numbers: ours is its number and what happened here that it doesn't know, and it is told nothing there (R45, R46). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startToy, type ToySim } from '../../sim/toy/toy.ts'
import { type Connection, openConnection } from '../../src/sync/connection.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

const NUMBERS = ['1', '2', '3', '4', '5', '6']
const MINUTE_MS = 60_000
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

test('R45: its number is what there is from then on, and it is told nothing', async () => {
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
