/** When a shop is told of products: at once or with the next run, at hours of the company's own clock, and never while the connection is off. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chores } from '../../src/sync/chores.ts'
import { PNG } from '../pictures.ts'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'

let s: CatalogueStand
const rename = (name: string) => s.owner.does('products.change', { params: { productId: s.product.id }, body: { name } })
const go = (to: string) => s.web.clock.advance(Date.parse(to) - s.web.clock.now().getTime())
const nextRunAt = async () => (await s.shown()).nextRunAt
const run = async () => (await s.shown()).run
/** The connection's own minutes after the hour. */
let minutes: number
const at = (hour: string) => new Date(Date.parse(hour) + minutes * 60_000).toISOString()

beforeAll(async () => {
  s = await catalogueStand()
  minutes = s.at.connectionId % 30
  await s.set({ products: true })
  await s.tell()
})
afterAll(() => s.close())

test('a run begins every third hour by the company’s clock, sends nothing where nothing differs, and says that the clock began it', async () => {
  go('2026-12-01T23:30:00Z')
  await s.set({ everyHours: 3 })
  expect(await nextRunAt()).toBe(at('2026-12-02T00:00:00.000Z'))
  await s.tick()
  expect((await run())?.startedBy.kind).toBe('key')
  go(at('2026-12-02T00:00:00.000Z'))
  const writes = () => s.sim.log.filter((line) => line.note === 'products' && line.method !== 'GET').length
  const before = writes()
  await s.tick()
  expect(await run()).toMatchObject({ mode: 'verify', state: 'done', startedBy: { kind: 'schedule', id: null }, products: { made: 0, changed: 0, refused: 0 } })
  expect(writes()).toBe(before)
  expect(await nextRunAt()).toBe(at('2026-12-02T03:00:00.000Z'))
})

test('two processes begin one run, and what was slept through is one run', async () => {
  const { id = 0 } = (await run()) ?? {}
  go('2026-12-02T17:00:00Z')
  const both = chores(s.web.deps).filter((chore) => chore.name === 'catalogues')
  await Promise.all([...both, ...both, ...both].map((chore) => chore.run(s.owner.companyId)))
  await s.settled()
  expect((await run())?.id).toBe(id + 1)
  expect(await nextRunAt()).toBe(at('2026-12-02T18:00:00.000Z'))
})

test('hours are the wall’s through summer time and back, and every hour can be chosen', async () => {
  go('2027-03-28T00:40:00Z')
  await s.tick()
  expect(await nextRunAt()).toBe(at('2027-03-28T02:00:00.000Z'))
  go('2027-10-30T23:40:00Z')
  await s.tick()
  expect(await nextRunAt()).toBe(at('2027-10-31T03:00:00.000Z'))
  for (const [everyHours, next] of [
    [24, '2027-11-01T00:00:00.000Z'],
    [12, '2027-10-31T12:00:00.000Z'],
    [6, '2027-10-31T06:00:00.000Z'],
  ] as const) {
    go('2027-10-31T00:40:00Z')
    expect((await s.set({ everyHours })).nextRunAt).toBe(at(next))
  }
  expect((await s.set({ everyHours: null })).nextRunAt).toBeNull()
})

test('a clock that is set back waits no longer than it should', async () => {
  await s.set({ everyHours: 3 })
  const { id = 0 } = (await run()) ?? {}
  go('2027-10-20T08:00:00Z')
  await s.tick()
  expect([await nextRunAt(), (await run())?.id]).toEqual([at('2027-10-20T08:00:00.000Z'), id])
})

test('where changes don’t go at once they wait for a run, and what changes during it for the next', async () => {
  await s.set({ live: false, everyHours: null })
  await rename('Väntar')
  await s.settled()
  expect([s.there('Väntar'), (await s.shown()).waiting]).toEqual([undefined, 1])
  await s.tell()
  expect([s.there('Väntar')?.name, (await s.shown()).waiting]).toEqual(['Väntar', 0])
  expect(await run()).toMatchObject({ state: 'done', products: { made: 0, changed: 1, refused: 0 } })
  await rename('Igen')
  await s.owner.does('images.list', { params: { productId: s.product.id } })
  await s.settled()
  expect(s.there('Igen')).toBeUndefined()
  await s.set({ live: true })
  await s.settled()
  expect(s.there('Igen')?.name).toBe('Igen')
})

test('what the shop refused goes once more when a person says so, also where changes wait', async () => {
  await s.set({ live: false })
  s.sim.options.mostPictures = 0
  await s.owner.does('images.add', { params: { productId: s.product.id }, body: PNG })
  await s.tell()
  expect(await s.rejected()).toContainEqual(expect.objectContaining({ entity: 'image', code: 'image-failed', title: 'Igen' }))
  s.sim.options.mostPictures = 20
  await s.settled()
  expect(s.there('Igen')?.pictures).toEqual([])
  await s.owner.does('catalogues.retry', { params: s.at, body: {} })
  await s.settled()
  expect([s.there('Igen')?.pictures.length, (await s.rejected()).filter((row) => row.entity === 'image')]).toEqual([1, []])
  await s.set({ live: true })
})

test('while the connection is off nothing goes and no run begins; turned on again what changed goes, and so does the run that was missed', async () => {
  await s.set({ everyHours: 1 })
  await s.owner.does('connections.pause', { params: s.at, body: {} })
  const { id = 0 } = (await run()) ?? {}
  await rename('Av')
  go(new Date(s.web.clock.now().getTime() + 5 * 3_600_000).toISOString())
  const calls = s.sim.log.length
  await s.tick()
  expect([s.there('Av'), (await run())?.id, (await s.shown()).nextRunAt, s.sim.log.length]).toEqual([undefined, id, null, calls])
  await s.owner.does('connections.resume', { params: s.at, body: {} })
  await s.settled()
  expect(s.there('Av')?.name).toBe('Av')
  await s.tick()
  expect(await run()).toMatchObject({ id: id + 1, startedBy: { kind: 'schedule' } })
})
