/** A shopkeeper's file of articles: what it would do is shown row by row, what is wrong is named, the rest goes in, and all of it can be taken back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BulkStand, bulkStand } from './bulk-stand.ts'

let b: BulkStand
beforeAll(async () => {
  b = await bulkStand()
  await b.make({ number: '0101', name: 'Kopp', priceMinor: 10_000, barcodes: [{ code: '7350053850019', pack: 1 }] })
  await b.make({ number: '0102', name: 'Fat', priceMinor: 5_000 })
  const counted = [{ articleId: b.ids['0102'] ?? 0, counted: 5 }]
  await b.owner.does('counts.register', { body: { ref: 'start', locationId: b.owner.locationId, lines: counted } })
})
afterAll(() => b.close())

const FILE = `Artikelnummer;Benämning;Försäljningspris;Moms;Streckkod;Lagersaldo
0101;Kopp, blå;120,00;25 %;7350053850026;12
0102;Fat;50,00;;;0
0103;Sked;19,90;25;;7
0104;Gaffel;19,905;25;;7
0105;;19,90;25;;
0106;Kniv;10,00;;7350053850019;
0103;Sked igen;19,90;25;;
`

let before: Awaited<ReturnType<BulkStand['state']>>
let importId = 0
test('B1 B2: a file is read and shown row by row, what is wrong is said of its row, and nothing is changed', async () => {
  before = await b.state()
  const taken = await b.file(FILE)
  importId = taken.id
  expect(taken).toMatchObject({
    kind: 'import',
    state: 'reading',
    fileName: 'varor.csv',
    locationId: b.owner.locationId,
    readAs: { encoding: 'utf-8', separator: ';', decimal: ',', columns: ['number', 'name', 'price', 'vat', 'barcode', 'stock'] },
  })
  expect(await b.judged(importId)).toMatchObject({ state: 'ready', counts: { rows: 7, make: 1, change: 2, same: 0, fault: 4 }, flags: [{ code: 'stock-to-zero', n: 1 }] })
  expect((await b.rows(importId)).map(({ n, verdict, before: was, after, faults }) => [n, verdict, was, after, faults.map((fault) => fault.code)])).toEqual([
    [
      2,
      'change',
      { name: 'Kopp', priceMinor: 10_000, barcodes: ['7350053850019'], onHand: null },
      { name: 'Kopp, blå', priceMinor: 12_000, barcodes: ['7350053850019', '7350053850026'], onHand: 12 },
      [],
    ],
    [3, 'change', { onHand: 5 }, { onHand: 0 }, []],
    [4, 'make', {}, { name: 'Sked', priceMinor: 1_990, vatClass: 'standard', onHand: 7 }, []],
    [5, 'fault', {}, {}, ['price-decimals']],
    [6, 'fault', {}, {}, ['name-missing']],
    [7, 'fault', {}, {}, ['barcode-taken']],
    [8, 'fault', {}, {}, ['number-twice']],
  ])
  expect((await b.rows(importId, { verdict: 'fault', code: 'price-decimals' }))[0]?.cells).toEqual(['0104', 'Gaffel', '19,905', '25', '', '7'])
  expect(await b.state()).toEqual(before)
})

test('B3: carried out, the rows that are right go in, by the verbs a person uses, and the others are left', async () => {
  expect(await b.done(importId)).toMatchObject({ state: 'done', counts: { done: 3, failed: 0, fault: 4 }, confirmedBy: { kind: 'person' } })
  const here = [{ locationId: b.owner.locationId, onHand: 12 }]
  expect(await b.state()).toMatchObject({
    '0101': { name: 'Kopp, blå', priceMinor: 12_000, barcodes: [{ code: '7350053850019' }, { code: '7350053850026' }], levels: here },
    '0102': { priceMinor: 5_000, levels: [{ onHand: 0 }] },
    '0103': { name: 'Sked', priceMinor: 1_990, levels: [{ onHand: 7 }], archivedAt: null },
  })
  expect(Object.keys(await b.state())).not.toContain('0104')
  // What was counted for the first time stands beside nothing, neither in its history nor among the counts.
  const { items } = await b.owner.does('articles.timeline', { params: { articleId: b.ids['0101'] ?? 0 }, query: { locationId: b.owner.locationId } })
  expect(items[0]?.source).toMatchObject({ type: 'count', counted: 12 })
  expect(items[0]?.source).not.toHaveProperty('book')
  const [count] = (await b.owner.does('documents.list', { query: { type: 'count' } })).items
  expect((await b.owner.does('documents.show', { params: { documentId: count?.id ?? 0 } })).lines.map(({ book, quantity }) => [book, quantity])).toEqual([
    [null, 12],
    [5, 0],
    [null, 7],
  ])
  expect(await b.judged((await b.file(FILE)).id)).toMatchObject({ counts: { make: 0, change: 0, same: 3, fault: 4 } })
})

test('B6: undone, everything stands as before; what was made is put away, and numbers nobody had counted are unknown again', async () => {
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: importId }, body: {} })
  expect(await b.done(undo.id)).toMatchObject({ state: 'done', counts: { done: 3, failed: 0, fault: 0 } })
  const { '0103': made, ...rest } = await b.state()
  expect(rest).toEqual(before)
  expect(made).toMatchObject({ name: 'Sked', levels: [{ onHand: null }], archivedAt: expect.any(String) })
  expect(await b.owner.does('bulk.show', { params: { bulkId: importId } })).toMatchObject({ undoneBy: { id: undo.id, state: 'done' } })
})

test('B7: what somebody has changed, sold or counted since is left as it is, and said', async () => {
  const { id } = await b.file('Artikelnummer;Benämning;Pris;Lagersaldo\n0101;Mugg;1,00;3\n0102;Tallrik;2,00;4\n0201;Ny;3,00;5\n0202;Nyare;3,00;5\n')
  await b.done(id)
  b.web.clock.advance(1_000)
  await b.owner.does('articles.change', { params: { articleId: b.ids['0101'] ?? 0 }, body: { priceMinor: 777 } })
  await b.owner.does('counts.register', { body: { ref: 'efter', locationId: b.owner.locationId, lines: [{ articleId: b.ids['0101'] ?? 0, counted: 9 }] } })
  await b.owner.does('sales.register', { body: { ref: 'K1', locationId: b.owner.locationId, lines: [{ articleNumber: '0102', quantity: 1 }] } })
  await b.owner.does('sales.register', { body: { ref: 'K2', locationId: b.owner.locationId, lines: [{ articleNumber: '0201', quantity: 1 }] } })
  const undo = await b.owner.does('bulk.undo', { params: { bulkId: id }, body: {} })
  await b.judged(undo.id)
  expect((await b.rows(undo.id)).map(({ number, verdict, after, faults }) => [number, verdict, after, faults.map(({ field, code, value }) => [field, code, value])])).toEqual([
    [
      '0101',
      'change',
      { name: 'Kopp' },
      [
        ['priceMinor', 'changed-since', '777'],
        ['onHand', 'counted-since', '9'],
      ],
    ],
    ['0102', 'change', { name: 'Fat', priceMinor: 5_000, onHand: 4 }, []],
    ['0201', 'fault', {}, [[null, 'used-since', null]]],
    ['0202', 'change', { archived: true, onHand: null }, []],
  ])
  await b.owner.does('sales.register', { body: { ref: 'K3', locationId: b.owner.locationId, lines: [{ articleNumber: '0102', quantity: 1 }] } })
  expect(await b.done(undo.id)).toMatchObject({ state: 'done', counts: { done: 3, failed: 0, fault: 1 } })
  expect(await b.state()).toMatchObject({ '0101': { priceMinor: 777, levels: [{ onHand: 9 }] }, '0102': { name: 'Fat', levels: [{ onHand: 3 }] }, '0201': { archivedAt: null } })
})
