/** What stands of a bulk change afterwards: one that failed goes on or is undone, a preview nobody starts is thrown away, and what was carried out can be undone for a year. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { purge } from '../../src/sync/chores.ts'
import { type BulkStand, bulkStand } from './bulk-stand.ts'

const DAY_MS = 86_400_000
let b: BulkStand
beforeAll(async () => {
  b = await bulkStand()
})
afterAll(() => b.close())

/** A key, because the clock here outlives a signed-in evening. */
const asKey = async () => Object.assign(b.owner, await b.owner.key())
const HEADINGS = 'Artikelnummer;Benämning;Pris'
const show = (bulkId: number) => b.owner.does('bulk.show', { params: { bulkId } })
const start = (bulkId: number) => b.owner.does('bulk.start', { params: { bulkId }, body: {} })
const days = async (n: number) => {
  b.web.clock.advance(n * DAY_MS)
  await purge(b.web.deps, b.owner.companyId)
}
/** What waits for somebody of bulk changes. */
const waiting = async () => (await b.owner.does('attention.show', {})).groups.filter((each) => each.cause.startsWith('bulk-')).map((each) => `${each.cause} ${each.count}`)
const left = async (table: 'bulk_file' | 'bulk_row', bulkId: number) =>
  (await b.web.data.owner.one<{ n: number }>({ text: `select count(*)::integer as n from ${table} where bulk_id = $1`, values: [bulkId] })).n
/** The database says no to whoever reads what is to be done: our own fault, whatever it was. */
const broken = (is: boolean) => b.web.data.owner.run({ text: is ? 'revoke select on bulk_row from lagerbro_app' : 'grant select on bulk_row to lagerbro_app', values: [] })
const worksBroken = async () => {
  await broken(true)
  await b.work()
  await broken(false)
}

test('one that fails while it is compared says so, has changed nothing, holds up nobody, and goes on when it is asked to', async () => {
  await asKey()
  const { id } = await b.file(`${HEADINGS}\n1001;Kopp;10,00\n`)
  const other = await b.file(`${HEADINGS}\n1002;Fat;10,00\n`)
  await b.web.data.owner.run({ text: 'revoke insert on bulk_row from lagerbro_app', values: [] })
  await b.work()
  await b.web.data.owner.run({ text: 'grant insert on bulk_row to lagerbro_app', values: [] })
  expect(await show(id)).toMatchObject({ state: 'failed', code: 'our-fault', canUndo: false, confirmedAt: null, endedAt: expect.any(String) })
  expect(await show(other.id)).toMatchObject({ state: 'failed' })
  expect(await waiting()).toEqual(['bulk-failed 2'])
  expect(await start(id)).toMatchObject({ state: 'reading', code: null, endedAt: null })
  expect(await b.done(id)).toMatchObject({ state: 'done', counts: { done: 1 } })
  await days(8)
  expect(await show(other.id)).toMatchObject({ state: 'cancelled' })
  expect(await left('bulk_file', other.id)).toBe(0)
  expect(await waiting()).toEqual([])
})

test('one that fails on the way keeps what it did: it goes on where it was, or that much is undone', async () => {
  const rows = Array.from({ length: 30 }, (_, n) => `20${String(n).padStart(2, '0')};Vara;10,00`)
  const [goesOn, taken] = await Promise.all([b.file(`${HEADINGS}\n${rows.join('\n')}\n`), b.file(`${HEADINGS}\n${rows.join('\n').replaceAll('20', '30')}\n`)])
  await b.work()
  for (const { id } of [goesOn, taken]) {
    await start(id)
    await b.step()
    await worksBroken()
    expect(await show(id)).toMatchObject({ state: 'failed', code: 'our-fault', counts: { done: 25 }, canUndo: true })
  }
  await start(goesOn.id)
  expect(await b.judged(goesOn.id)).toMatchObject({ state: 'done', code: null, counts: { done: 30, failed: 0 } })
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: taken.id }, body: {} })
  expect(await b.done(undo.id)).toMatchObject({ state: 'done', counts: { rows: 25, done: 25 } })
  expect(await b.owner.call('bulk.start', { params: { bulkId: taken.id }, body: {} })).toMatchObject({ status: 409, body: { code: 'run-over' } })
})

test('a preview nobody starts is there for seven days, and then thrown away with its file', async () => {
  const { id } = await b.file(`${HEADINGS}\n4001;Sked;10,00\n`)
  await b.work()
  await days(6)
  expect(await show(id)).toMatchObject({ state: 'ready', counts: { make: 1 } })
  await days(2)
  expect(await show(id)).toMatchObject({ state: 'cancelled', confirmedAt: null })
  expect([await left('bulk_file', id), await left('bulk_row', id)]).toEqual([0, 0])
  expect(await b.owner.call('bulk.start', { params: { bulkId: id }, body: {} })).toMatchObject({ status: 409, body: { code: 'run-over' } })
})

test('what was carried out is undone for a year, and is still told of after it', async () => {
  const { id } = await b.file(`${HEADINGS}\n5001;Kniv;10,00\n5002;Kniv;10,005\n`)
  await b.done(id)
  await days(364)
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: id }, body: {} })
  expect(await b.judged(undo.id)).toMatchObject({ state: 'ready', counts: { change: 1 } })
  await b.owner.does('bulk.cancel', { params: { bulkId: undo.id }, body: {} })
  expect(await show(id)).toMatchObject({ canUndo: true })
  await days(2)
  expect(await show(id)).toMatchObject({
    state: 'done',
    canUndo: false,
    undoneBy: null,
    confirmedBy: { kind: 'key' },
    counts: { rows: 2, done: 1, fault: 1 },
    faults: [{ code: 'price-decimals', n: 1 }],
  })
  expect(await left('bulk_row', id)).toBe(0)
  expect(await b.owner.call('bulk.undo', { params: { bulkId: id }, body: {} })).toMatchObject({ status: 409, body: { code: 'run-over' } })
})
