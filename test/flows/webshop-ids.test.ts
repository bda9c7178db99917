/** Synka webshop artikel-ID: what a check of the ids says before anything is saved, what freezes at once, and numbers that are used again in the shop. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ToyStand, toyStand } from './toy-stand.ts'

let stand: ToyStand
beforeAll(async () => {
  stand = await toyStand(['LUGN', 'FLYTTAD', 'DUBBEL', 'BORTA', 'NY', 'BLICK'])
})
afterAll(() => stand.close())

const pass = async (ms: number) => {
  stand.web.clock.advance(ms)
  await stand.settle()
}
const SWEEP_MS = 6 * 3_600_000
const article = (number: string) => stand.owner.does('connections.article', { params: { ...stand.at, articleId: stand.ids[number] ?? 0 } })
const ref = (number: string) => [...stand.sim.state.items.values()].filter((item) => item.number === number).map((item) => item.ref)
const sell = async (number: string) => {
  await stand.owner.does('sales.register', {
    body: { ref: `k-${number}-${stand.web.clock.now().toISOString()}`, locationId: stand.owner.locationId, lines: [{ articleNumber: number, quantity: 1 }] },
  })
  await stand.settle()
}
const ids = (runId: number, query = {}) => stand.owner.does('runs.ids', { params: { ...stand.at, runId }, query })
const page = () => stand.owner.does('connections.show', { params: stand.at })

test('S10: a check says same, changed, ambiguous, gone and found before anything is saved; a second press saves exactly that', async () => {
  expect((await page()).ids.stale).toBe(false)
  const [old] = ref('FLYTTAD')
  const [borta] = ref('BORTA')
  const [dubbel] = ref('DUBBEL')
  stand.sim.changeItem('FLYTTAD', { number: 'FLYTTAD-GAMMAL' })
  const { ref: next } = stand.sim.addItem({ number: 'FLYTTAD', stock: 3 })
  stand.sim.addItem({ number: 'DUBBEL', stock: 3 })
  stand.sim.removeItem('BORTA')
  await stand.owner.does('articles.make', { body: { number: 'SEN', name: 'Vara SEN' } })
  const { items } = await stand.owner.does('articles.list', { query: { q: 'SEN' } })
  stand.ids.SEN = items[0]?.id ?? 0
  await stand.owner.does('connections.box', { params: stand.at, body: { boxed: true, articleIds: [stand.ids.SEN] } })
  await stand.settle()
  expect(await stand.state('SEN')).toBe('missing')
  stand.sim.addItem({ number: 'SEN', stock: 1 })

  const run = await stand.run('match')
  expect([run.state, run.total, run.same, run.done, run.failed]).toEqual(['ready', 7, 3, 0, 2])
  const found = await ids(run.id)
  expect(found.counts).toEqual({ changed: 1, found: 1, ambiguous: 1, gone: 1, same: 3 })
  expect(found.items.slice(0, 4).map((row) => [row.articleNumber, row.verdict, row.wasRef, row.nowRef, row.carriers, row.theirs])).toEqual([
    ['FLYTTAD', 'changed', old, next, 1, 'FLYTTAD-GAMMAL'],
    ['SEN', 'found', null, ref('SEN')[0], 1, null],
    ['DUBBEL', 'ambiguous', dubbel, null, 2, 'DUBBEL'],
    ['BORTA', 'gone', borta, null, 0, null],
  ])
  // Nothing is saved yet, and what isn't certain any more is frozen with its old id to be seen.
  expect(await Promise.all(['FLYTTAD', 'SEN', 'DUBBEL', 'BORTA'].map(stand.state))).toEqual(['link-moved', 'missing', 'ambiguous', 'missing'])
  expect((await Promise.all(['FLYTTAD', 'SEN', 'DUBBEL', 'BORTA'].map(article))).map((row) => row.itemRef)).toEqual([old, null, dubbel, borta])

  await stand.owner.does('runs.confirm', { params: { ...stand.at, runId: run.id }, body: {} })
  await stand.settle()
  const saved = await stand.owner.does('runs.show', { params: { ...stand.at, runId: run.id } })
  expect([saved.state, saved.same, saved.done, saved.failed]).toEqual(['done', 3, 2, 2])
  expect((await Promise.all(['FLYTTAD', 'SEN', 'DUBBEL', 'BORTA'].map(article))).map((row) => [row.link, row.itemRef])).toEqual([
    ['matched', next],
    ['matched', ref('SEN')[0]],
    ['ambiguous', dubbel],
    ['missing', borta],
  ])
  expect(await stand.state('FLYTTAD')).toBe('in-sync')
  expect([stand.sim.value(next), stand.sim.value('FLYTTAD-GAMMAL')]).toEqual([10, 10])
  // Checked again there is nothing to save, and nobody is asked.
  expect((await stand.run('match')).state).toBe('done')
})

test('S10: a number used again for another article of the shop: nothing is written to either, and one press takes the new one', async () => {
  const [old] = ref('BLICK')
  stand.sim.changeItem('BLICK', { number: 'BLICK-2' })
  const { ref: next } = stand.sim.addItem({ number: 'BLICK', stock: 5 })
  const writes = stand.sim.state.writes.length
  await sell('BLICK')
  expect(await stand.state('BLICK')).toBe('link-moved')
  expect((await article('BLICK')).itemRef).toBe(old)
  expect(stand.sim.state.writes.length).toBe(writes)
  await pass(SWEEP_MS)
  expect([await stand.state('BLICK'), stand.sim.value(next), stand.sim.value('BLICK-2')]).toEqual(['link-moved', 5, 10])
  // A run of everything lists it and never counts it.
  const all = await stand.run('sync-all')
  const { reasons } = await stand.owner.does('runs.summary', { params: { ...stand.at, runId: all.id } })
  expect(reasons).toEqual(expect.arrayContaining([{ state: 'skipped', code: 'link-moved', n: 1 }]))
  expect([all.state, all.done]).toEqual(['done', 0])

  await stand.owner.does('connections.find', { params: stand.at, body: { articleIds: [stand.ids.BLICK ?? 0] } })
  await stand.settle()
  expect([await stand.state('BLICK'), (await article('BLICK')).itemRef, stand.sim.value(next), stand.sim.value('BLICK-2')]).toEqual(['in-sync', next, 9, 10])
})

test('S10: an article that lost its number in the shop keeps its old id and is told nothing; given its number back it goes on by itself', async () => {
  const [old] = ref('NY')
  stand.sim.changeItem('NY', { number: 'NY-FEL' })
  await sell('NY')
  expect([await stand.state('NY'), (await article('NY')).itemRef, stand.sim.value('NY-FEL')]).toEqual(['link-moved', old, 10])
  await pass(SWEEP_MS)
  expect([await stand.state('NY'), (await article('NY')).itemRef, stand.sim.value('NY-FEL')]).toEqual(['missing', old, 10])
  stand.sim.changeItem('NY-FEL', { number: 'NY' })
  await pass(SWEEP_MS)
  expect([await stand.state('NY'), stand.sim.value('NY')]).toEqual(['in-sync', 9])
})

test('the ids are to be checked before everything is sent once an article of the shop came or got another number', async () => {
  await stand.run('match')
  expect((await page()).ids.stale).toBe(false)
  await pass(1000)
  stand.sim.addItem({ number: 'NÅGOT', stock: 1 })
  await pass(SWEEP_MS)
  const { ids: now } = await page()
  expect([now.stale, now.changedAt !== null && now.checkedAt !== null && now.changedAt > now.checkedAt]).toEqual([true, true])
  expect((await stand.run('match')).state).toBe('done')
  expect((await page()).ids.stale).toBe(false)
})

test('S5: what the shop changed after a person saw it is not saved, and said so; a check can be left', async () => {
  const { ref: twin } = stand.sim.addItem({ number: 'LUGN-2', stock: 2 })
  stand.sim.changeItem('LUGN', { number: 'LUGN-1' })
  stand.sim.changeItem('LUGN-2', { number: 'LUGN' })
  const run = await stand.run('match')
  expect([run.state, (await ids(run.id, { verdict: 'changed' })).items.map((row) => row.nowRef)]).toEqual(['ready', [twin]])
  stand.sim.addItem({ number: 'LUGN', stock: 2 })
  await pass(SWEEP_MS)
  await stand.owner.does('runs.confirm', { params: { ...stand.at, runId: run.id }, body: {} })
  await stand.settle()
  expect((await ids(run.id)).counts.passed).toBe(1)
  expect(await stand.state('LUGN')).toBe('ambiguous')
  const again = await stand.run('match')
  expect(again.state).toBe('done')
})
