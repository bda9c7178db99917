/** Many articles changed in one way: seen first, carried out in parts, undone with one press. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BulkStand, bulkStand } from './bulk-stand.ts'

let b: BulkStand
beforeAll(async () => {
  b = await bulkStand()
  for (const [number, priceMinor] of [
    ['100', 10_000],
    ['101', 9_995],
    ['102', null],
    ['103', 0],
  ] as const)
    await b.make({ number, name: `Vara ${number}`, priceMinor })
})
afterAll(() => b.close())

test('B1: every article of the list is shown as it will be, and nothing is changed before it is started', async () => {
  const before = await b.state()
  const { id } = await b.owner.does('bulk.edit', { body: { filter: {}, change: { pricePercent: 10 } } })
  expect(await b.judged(id)).toMatchObject({ kind: 'edit', state: 'ready', counts: { rows: 4, change: 2, same: 1, fault: 1 }, faults: [{ code: 'no-price', n: 1 }] })
  expect((await b.rows(id)).map(({ number, verdict, before: was, after }) => [number, verdict, was.priceMinor, after.priceMinor])).toEqual([
    ['100', 'change', 10_000, 11_000],
    ['101', 'change', 9_995, 10_995],
    ['102', 'fault', undefined, undefined],
    ['103', 'same', undefined, undefined],
  ])
  expect(await b.state()).toEqual(before)
})

test('B5: what was done is put back, and only the history remembers', async () => {
  const before = await b.state()
  const { id } = await b.owner.does('bulk.edit', { body: { articleIds: [b.ids['100'], b.ids['101']], change: { pricePercent: 55, wholeUnits: true } } })
  expect(await b.judged(id)).toMatchObject({ flags: [{ code: 'price-over-half', n: 2 }] })
  expect(await b.done(id)).toMatchObject({ state: 'done', counts: { done: 2, failed: 0 }, canUndo: true, undoneBy: null })
  expect(await b.state()).toMatchObject({ '100': { priceMinor: 15_500 }, '101': { priceMinor: 15_500 } })
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: id }, body: {} })
  expect((await b.owner.does('bulk.undo', { params: { bulkId: id }, body: {} })).id).toBe(undo.id)
  expect(await b.judged(undo.id)).toMatchObject({ kind: 'undo', of: id, counts: { change: 2, fault: 0 } })
  await b.done(undo.id)
  expect(await b.state()).toEqual(before)
  expect(await b.owner.call('bulk.undo', { params: { bulkId: undo.id }, body: {} })).toMatchObject({ status: 409, body: { code: 'run-over' } })
})

test('B5: price, VAT and box in one change: one preview, one undo', async () => {
  const { id: connectionId } = await b.owner.does('connections.make', { body: { code: 'toy', name: 'Webben' } })
  const before = await b.state()
  const change = { priceMinor: 7_700, vatClass: 'food', boxed: { connectionId, boxed: true } }
  const { id } = await b.owner.does('bulk.edit', { body: { articleIds: [b.ids['100'], b.ids['102']], change } })
  expect(await b.judged(id)).toMatchObject({
    counts: { rows: 2, change: 2 },
    fields: expect.arrayContaining([
      { field: 'boxed', n: 2 },
      { field: 'priceMinor', n: 2 },
      { field: 'vatClass', n: 2 },
    ]),
  })
  expect((await b.rows(id))[1]).toMatchObject({ number: '102', before: { priceMinor: null, boxed: { [connectionId]: false } }, after: { priceMinor: 7_700, vatClass: 'food' } })
  await b.done(id)
  expect(await b.state()).toMatchObject({ '100': { priceMinor: 7_700, vatClass: 'food' }, '102': { priceMinor: 7_700, vatClass: 'food' } })
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: id }, body: {} })
  expect(await b.done(undo.id)).toMatchObject({ state: 'done', counts: { done: 2, fault: 0 } })
  const { '100': cup, '102': dish } = await b.state()
  expect([cup, dish]).toMatchObject([before['100'], before['102']].map((was) => ({ priceMinor: was?.priceMinor, vatClass: was?.vatClass, connections: [{ boxed: false }] })))
})
