/** "Varför är det 5?" of what was taken back: the undo of a sync or of an import is an event of its own, with who, when, the way to it and what it put back. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chores } from '../../src/sync/chores.ts'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type ToyStand, toyStand } from './toy-stand.ts'

let s: ToyStand
let locationId: number
beforeAll(async () => {
  s = await toyStand(['KOPP', 'FAT', 'SKED'])
  locationId = s.owner.locationId
})
afterAll(() => s.close())

const MINUTE = 60_000
const minute = () => s.web.clock.advance(MINUTE)
const storyOf = (number: string, query: Record<string, string> = {}): Promise<Answer<'articles.timeline'>> =>
  s.owner.does('articles.timeline', { params: { articleId: s.ids[number] ?? 0 }, query: { locationId, show: 'all', limit: 1000, ...query } })
const work = async () =>
  void (await chores(s.web.deps)
    .find((chore) => chore.name === 'bulk')
    ?.run(s.owner.companyId))
async function carriedOut(bulkId: number): Promise<void> {
  await work()
  await s.owner.call('bulk.start', { params: { bulkId }, body: {} })
  await work()
}
async function counted(number: string, pieces: number): Promise<number> {
  const { id } = await s.owner.does('bulk.file', {
    query: { name: 'lager.csv' },
    body: Buffer.from(`Artikelnummer;Lagersaldo\n${number};${pieces}\n`),
    headers: { 'content-type': 'text/csv' },
  })
  await carriedOut(id)
  return id
}
async function takenBack(ofId: number): Promise<number> {
  const { id } = await s.owner.does('bulk.undo', { params: { bulkId: ofId }, body: {} })
  await carriedOut(id)
  return id
}
async function syncTakenBack(): Promise<{ ofId: number; runId: number }> {
  const { items } = await s.owner.does('runs.list', { params: s.at, query: {} })
  const ofId = items.find((run) => run.undoable)?.id ?? 0
  const { id: runId } = await s.owner.does('runs.undo', { params: { ...s.at, runId: ofId }, body: {} })
  await s.settle()
  minute()
  await s.owner.does('runs.confirm', { params: { ...s.at, runId }, body: {} })
  await s.settle()
  return { ofId, runId }
}

test('an import that counted leads to it by its name, and its undo is said as one: what the file had counted is gone, what was sold since stays', async () => {
  minute()
  const ofId = await counted('SKED', 25)
  minute()
  await s.owner.does('sales.register', { body: { ref: 'k-1', locationId, lines: [{ articleNumber: 'SKED', quantity: 2 }] } })
  minute()
  const undoId = await takenBack(ofId)
  const { items, asOf } = await storyOf('SKED', { show: 'moved' })
  expect(items.map(({ kind, onHand, onHandAfter, bulk }) => [kind, onHand, onHandAfter, bulk])).toEqual([
    ['count-undone', -15, 8, { id: undoId, kind: 'undo', fileName: 'lager.csv', ofId }],
    ['sale', -2, 23, null],
    ['count', 15, 25, { id: ofId, kind: 'import', fileName: 'lager.csv', ofId: null }],
    ['receipt', 10, 10, null],
  ])
  expect(items[0]).toMatchObject({ actor: { kind: 'key' }, postedAt: s.web.clock.now().toISOString() })
  expect(asOf?.sums.map(({ kind, onHand }) => [kind, onHand])).toEqual([
    ['count', 15],
    ['count-undone', -15],
    ['receipt', 10],
    ['sale', -2],
  ])
  expect((await s.owner.does('bulk.show', { params: { bulkId: undoId } })).kind).toBe('undo')
})

test('a number that nobody else had stated is unknown again, and was known until then', async () => {
  s.ids.NY = (await s.owner.does('articles.make', { body: { number: 'NY', name: 'Ny' } })).id
  const ofId = await counted('NY', 4)
  const then = s.web.clock.now().toISOString()
  minute()
  await takenBack(ofId)
  const { items, asOf } = await storyOf('NY')
  expect(items.map(({ kind, known }) => [kind, known])).toEqual([
    ['count-undone', false],
    ['count', true],
  ])
  expect(asOf).toMatchObject({ onHand: null, available: null })
  expect((await storyOf('NY', { until: then })).asOf).toMatchObject({ onHand: 4, available: 4 })
})

test('the undo of a sync is in the story of each article: who, when, which run, what the shop showed and what it got back, or why it was left', async () => {
  minute()
  await s.owner.does('counts.register', { body: { ref: 'c-1', locationId, lines: [{ articleNumber: 'FAT', counted: 7 }] } })
  await s.settle()
  const { ofId, runId } = await syncTakenBack()
  const { items } = await storyOf('KOPP')
  expect(items.slice(0, 3).map(({ sort, kind }) => [sort, kind])).toEqual([
    ['boxed', 'unticked'],
    ['told', 'sent'],
    ['undone', 'sent'],
  ])
  const undone = items.find((event) => event.sort === 'undone')
  const { confirmedAt } = await s.owner.does('runs.show', { params: { ...s.at, runId } })
  expect(undone).toMatchObject({
    ...{ onHand: 0, reserved: 0, onHandAfter: 10, postedAt: confirmedAt, actor: { kind: 'key' }, connection: { id: s.at.connectionId, name: 'Webben' } },
    undone: { runId, ofId, ofKind: 'sync-all', was: 10, target: 4, code: null },
  })
  expect(s.sim.value('KOPP')).toBe(4)
  expect((await storyOf('FAT')).items.find((event) => event.sort === 'undone')).toMatchObject({ kind: 'skipped', undone: { target: null, code: 'counted-since' } })
  // It moved nothing here, and isn't there before it happened.
  expect((await storyOf('KOPP', { show: 'moved' })).items.map(({ kind }) => kind)).toEqual(['receipt'])
  const before = new Date(Date.parse(confirmedAt ?? '') - 1).toISOString()
  expect((await storyOf('KOPP', { until: before })).items.some((event) => event.sort === 'undone')).toBe(false)
})

type Step = { kind: 'sale' | 'receipt' | 'count' | 'import' | 'undo'; quantity: number }
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('sale', 'receipt', 'count', 'import', 'import', 'undo', 'undo'), quantity: fc.integer({ min: 1, max: 9 }) })
let made = 0
async function take(number: string, { kind, quantity }: Step, imports: number[]): Promise<void> {
  const ref = `u${++made}`
  const lines = [{ articleNumber: number, quantity }]
  if (kind === 'sale') await s.owner.does('sales.register', { body: { ref, locationId, lines } })
  else if (kind === 'receipt') await s.owner.does('goods-receipts.register', { body: { ref, locationId, lines } })
  else if (kind === 'count') await s.owner.does('counts.register', { body: { ref, locationId, lines: [{ articleNumber: number, counted: quantity }] } })
  else if (kind === 'import') imports.push(await counted(number, quantity))
  else {
    const last = imports.pop()
    // May have nothing to put back: what was counted since, or what the file said as it was.
    if (last !== undefined && (await s.owner.does('bulk.show', { params: { bulkId: last } })).canUndo) await takenBack(last)
  }
}

test('L12: of any history with imports and undos the changes shown add up, and every moment stays as it was', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      const number = `U${++made}`
      s.ids[number] = (await s.owner.does('articles.make', { body: { number, name: 'Historia' } })).id
      const imports: number[] = []
      const then: { until: string; onHand: number | null }[] = []
      for (const each of steps) {
        minute()
        await take(number, each, imports)
        const { items } = await s.owner.does('levels.list', { query: { number, locationId } })
        then.push({ until: s.web.clock.now().toISOString(), onHand: items[0]?.onHand ?? null })
      }
      for (const { until, onHand } of then) expect((await storyOf(number, { until })).asOf).toMatchObject({ onHand })
      const { items, asOf } = await storyOf(number)
      let onHand = 0
      for (const event of items.toReversed()) {
        onHand += event.onHand
        expect(event.onHandAfter).toBe(onHand)
      }
      expect(asOf?.end.onHand).toBe(onHand)
      expect(asOf?.sums.reduce((sum, each) => sum + each.onHand, 0)).toBe(onHand)
    }),
    // A file that says what stands here already has done nothing, and there is nothing to undo.
    { numRuns: 10, endOnFailure: true, examples: [[(['count', 'import', 'undo', 'sale'] as const).map((kind) => ({ kind, quantity: 3 }))]] },
  )
})
