/** What telling a shop came to, product by product; how long it takes; a run that is paused and cancelled; and kinds of change that are switched off. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { purge } from '../../src/sync/chores.ts'
import { type CatalogueStand, catalogueStand } from './catalogue-stand.ts'

let s: CatalogueStand
const size = (mode: 'resend' | 'verify') => s.owner.does('catalogues.size', { params: s.at, body: { mode } })
const turn = (verb: 'pause' | 'resume' | 'cancel', runId: number) => s.owner.does(`catalogues.${verb}-run`, { params: { ...s.at, runId }, body: {} })
const rename = (name: string) => s.owner.does('products.change', { params: { productId: s.product.id }, body: { name } })
const writes = (note: string) => s.sim.log.filter((line) => line.note === note && line.method !== 'GET').length

beforeAll(async () => {
  s = await catalogueStand()
  const lines = s.product.articles.map(({ id: articleId }) => ({ articleId, quantity: 5 }))
  await s.owner.does('goods-receipts.register', { body: { ref: 'jumpers', locationId: s.owner.locationId, lines } })
})
afterAll(() => s.close())

test('before it begins it is known what it comes to, and from the second time how long it takes', async () => {
  await s.set({ products: true })
  expect(await size('verify')).toEqual({ items: 8, minutes: null })
  s.sim.onRequest = (phase, _request, purpose) => {
    if (phase === 'after' && purpose === 'products') s.web.clock.advance(6_000)
    return undefined
  }
  await s.tell()
  s.sim.onRequest = null
  // The price that nobody has set lies rejected, and is tried each time.
  expect((await size('verify')).items).toBe(1)
  const { items, minutes } = await size('resend')
  expect(items).toBe(8)
  expect(minutes).toBeGreaterThan(0.1)
  expect(minutes).toBeLessThan(1)
})

test('each product of a run is listed with what came of it, and what went by itself too; pages and filters', async () => {
  const { run } = await s.shown()
  expect(run).toMatchObject({ state: 'done', products: { made: 2, changed: 0, unchanged: 0, refused: 0 } })
  const of = { runId: String(run?.id) }
  expect((await s.told(of)).map((row) => [row.product, row.outcome, row.runId])).toEqual([
    ['Tröja', 'made', run?.id],
    ['Vara 100', 'made', run?.id],
  ])
  await rename('Tröja 1')
  await s.settled()
  expect((await s.told({ productId: String(s.product.id) }))[0]).toMatchObject({ runId: null, outcome: 'changed', parts: ['details'], code: null, remarks: [] })
  expect((await s.told({ outcome: 'refused' })).length).toBe(0)
  const first = await s.owner.does('catalogues.told', { params: s.at, query: { limit: '2' } })
  const rest = await s.owner.does('catalogues.told', { params: s.at, query: { limit: '2', cursor: first.next ?? '' } })
  expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null])
})

test('what is older than thirty days is forgotten, but not the latest run', async () => {
  const { id } = await s.tell('resend')
  s.web.clock.advance(31 * 86_400_000)
  await purge(s.web.deps, s.owner.companyId)
  expect(new Set((await s.told()).map((row) => row.runId))).toEqual(new Set([id]))
})

test('a paused run sends no more until it goes on; pressed again it is the same run; cancelled it ends', async () => {
  const { id } = await s.owner.does('catalogues.tell', { params: s.at, body: { mode: 'resend' } })
  expect((await turn('pause', id)).state).toBe('paused')
  await s.settled()
  expect((await s.shown()).run).toMatchObject({ id, state: 'paused', queued: 0 })
  expect(await s.owner.does('catalogues.tell', { params: s.at, body: { mode: 'verify' } })).toMatchObject({ id, repeated: true })
  await turn('resume', id)
  await s.settled()
  expect((await s.shown()).run).toMatchObject({ id, state: 'done', products: { made: 0, changed: 0, unchanged: 2 } })
  const next = await s.owner.does('catalogues.tell', { params: s.at, body: { mode: 'resend' } })
  expect((await turn('cancel', next.id)).state).toBe('cancelled')
  expect(await s.owner.call('catalogues.resume-run', { params: { ...s.at, runId: next.id }, body: {} })).toMatchObject({ status: 409, body: { code: 'run-over' } })
})

test('products off: a whole run of numbers calls for no product; numbers off: none is written, products still go, and nothing is lost', async () => {
  await s.set({ products: false })
  const before = writes('products')
  await rename('Tröja 2')
  const run = await s.run('sync-all')
  expect([run.state, writes('products') - before]).toEqual(['done', 0])
  await s.set({ products: true, stock: false })
  await s.settled()
  expect(s.there('Tröja 2')?.name).toBe('Tröja 2')
  const numbers = writes('write')
  const [articleId = 0] = s.product.articles.map((each) => each.id)
  await s.owner.does('sales.register', { body: { ref: 'k1', locationId: s.owner.locationId, lines: [{ articleId, quantity: 2 }] } })
  await s.settled()
  await rename('Tröja 3')
  await s.tell('resend')
  expect([writes('write') - numbers, s.face('0201')?.stock, s.there('Tröja 3')?.name]).toEqual([0, 5, 'Tröja 3'])
  expect(await s.owner.call('runs.start', { params: s.at, body: { kind: 'sync-all' } })).toMatchObject({ status: 409, body: { code: 'not-ready' } })
  expect((await s.run('match')).state).toBe('done')
  await s.set({ stock: true })
  await s.settle()
  expect(s.face('0201')?.stock).toBe(3)
})
