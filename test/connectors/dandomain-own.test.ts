/** What only a DanDomain Webshop can show: a session that ends, numbers that name several goods, locations, credit notes, and an invoice's PDF. */
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { type DandomainOptions, type DandomainSim, startDandomain } from '../../sim/dandomain/dandomain.ts'
import type { Change, Document, Remote, RemoteOrder, Tools } from '../../src/connectors/contract.ts'
import { dandomain } from '../../src/connectors/dandomain/dandomain.ts'
import { instantOf, textSurelyBefore } from '../../src/connectors/dandomain/times.ts'
import { readable } from '../../src/connectors/dandomain/xml.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'
import { newest, newKey, ordersOf, walk } from './bench.ts'

let sim: DandomainSim
let clock: FakeClock
const kept = new Map<string, string>()
afterEach(() => sim.close())

async function start(options: DandomainOptions = {}, settings: Record<string, string> = {}): Promise<Remote> {
  clock = fakeClock()
  kept.clear()
  sim = await startDandomain({ clock, hookBudgetMs: 1, ...options })
  return open(settings)
}
function open(settings: Record<string, string> = {}): Remote {
  const http = openHttp({ allowLoopback: true })
  const tools: Tools = {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
  }
  return dandomain.open(dandomain.settings.parse({ ...sim.credentials, address: sim.endpoint, ...settings }), tools)
}
const row = (itemRef: string, articleNumber: string, value: number, expected: number, placeRef = 'webshop'): Change => ({
  kind: 'stock',
  itemRef,
  placeRef,
  articleNumber,
  value,
  expected,
})
const push = (remote: Remote, ...rows: Change[]) => remote.push({ key: newKey(), rows })
const calls = () => sim.log.map(({ note }) => note)
const blouse = (stock = 3) => ({
  itemNumber: 'BLUSE',
  title: 'Bluse',
  variants: [
    { itemNumber: 'BLUSE-S', title: 'S', stock },
    { itemNumber: 'BLUSE', title: 'M', stock },
  ],
})
async function read(remote: Remote, order: number): Promise<RemoteOrder> {
  const { events } = await remote.pull('orders', { keys: [String(order)] })
  return newest(events, String(order))
}

test('a session that was lost is opened again with its fields, and only a question is repeated in it', async () => {
  const remote = await start()
  const [cup] = sim.shop.addProducts([{ itemNumber: '0571527051', stock: 5 }])
  const ref = `product:${cup?.id}`
  await remote.match(['0571527051'])
  sim.fault({ arm: { kind: 'session-lost' } })
  expect((await remote.match(['0571527051']))[0]?.itemRefs).toEqual([ref])
  expect(calls().filter((note) => note === 'Solution_Connect')).toHaveLength(2)
  sim.fault({ arm: { kind: 'session-lost', on: 'write' } })
  sim.beforeNext('Solution_Connect', () => sim.shop.handEdit({ cell: ref, stock: 4 }))
  expect(await push(remote, row(ref, '0571527051', 2, 5)), 'it is looked at anew').toEqual([{ kind: 'stale', shows: 4 }])
  sim.fault({ arm: { kind: 'session-lost', on: 'write', times: 2 } })
  await expect(push(remote, row(ref, '0571527051', 2, 4))).rejects.toMatchObject({ kind: 'busy', code: 'session-lost', executed: 'no' })
  expect(sim.stockAt(ref)).toBe(4)
  expect(await push(remote, row(ref, '0571527051', 2, 4))).toEqual([{ kind: 'done' }])
  expect(calls()).not.toContain('Solution_SetEncoding')
  sim.setUser({ active: false })
  await expect(remote.match(['x'])).rejects.toMatchObject({ kind: 'denied', code: 'login-wrong' })
})
test('S10: a product with variants is no article, its variants are; where both bear the number the variant is meant', async () => {
  const remote = await start()
  const [whole] = sim.shop.addProducts([blouse()])
  const [small, medium] = whole?.variants.map(({ id }) => `variant:${whole.id}:${id}`) ?? []
  expect((await remote.match(['BLUSE', 'BLUSE-S'])).map((each) => each.itemRefs)).toEqual([[medium], [small]])
  const { events } = await walk(remote, 'articles')
  const listings = events.flatMap((event) => (event.kind === 'listing-seen' ? [event.listing] : []))
  expect(listings.map((each) => [each.articleNumber, each.unwritable, each.parentRef])).toEqual([
    ['BLUSE', 'has-choices', null],
    ['BLUSE-S', null, `product:${whole?.id}`],
    ['BLUSE', null, `product:${whole?.id}`],
  ])
  expect(await push(remote, row(`product:${whole?.id}`, 'BLUSE', 1, 0))).toMatchObject([{ kind: 'refused', code: 'has-choices' }])
  const all = await remote.pull('articles', { keys: [`product:${whole?.id}`] })
  expect(all.events, 'a hook names the product alone').toHaveLength(3)
})
test('S7: only what still shows what was looked at is written; a number that stands elsewhere is refused; what was read does not grow old', async () => {
  const remote = await start()
  const [a, b, c, d] = sim.shop.addProducts(['A', 'B', 'C', 'D'].map((itemNumber) => ({ itemNumber, stock: 5 }))).map(({ id }) => `product:${id}`) as [
    string,
    string,
    string,
    string,
  ]
  sim.shop.change({ cell: b, to: { itemNumber: 'BYTTET' } })
  sim.shop.handEdit({ cell: c, stock: 4 })
  sim.beforeNext('Product_Update', () => {
    clock.advance(3_000)
    sim.shop.handEdit({ cell: d, stock: 3 })
  })
  expect(await push(remote, row(a, 'A', 2, 5), row(b, 'B', 2, 5), row(c, 'C', 2, 5), row(d, 'D', 2, 5))).toEqual([
    { kind: 'done' },
    { kind: 'refused', code: 'link-moved', said: 'BYTTET' },
    { kind: 'stale', shows: 4 },
    { kind: 'stale', shows: 3 },
  ])
  expect([a, b, c, d].map((cell) => sim.stockAt(cell))).toEqual([2, 5, 4, 3])
  sim.fault({ arm: { kind: 'none-hit' } })
  expect(await push(remote, row(a, 'A', 1, 2))).toEqual([{ kind: 'unknown' }])
})
test('S4: a connection that breaks in the middle of a batch leaves one row unknown and the rest unsent', async () => {
  const remote = await start()
  const cells = sim.shop.addProducts(['A', 'B', 'C'].map((itemNumber) => ({ itemNumber, stock: 5 }))).map(({ id }) => `product:${id}`)
  sim.fault({ arm: { kind: 'reset-after', on: 'Product_Update', pass: 1 } })
  const rows = cells.map((cell, n) => row(cell, 'ABC'[n] ?? '', 1, 5))
  expect(await push(remote, ...rows)).toEqual([{ kind: 'done' }, { kind: 'unknown' }, { kind: 'not-sent' }])
  expect(cells.map((cell) => sim.stockAt(cell))).toEqual([1, 1, 5])
})
test('the same number is the same goods where a person said so: the lowest is believed, all are written', async () => {
  const remote = await start({}, { sameNumber: 'same' })
  const [one, whole] = sim.shop.addProducts([
    { itemNumber: 'TVILLING', stock: 5 },
    { itemNumber: 'X', variants: [{ itemNumber: 'TVILLING', stock: 4 }] },
    { itemNumber: 'tvilling', stock: 9 },
  ])
  const cells = [`product:${one?.id}`, `variant:${whole?.variants[0]?.id}`]
  expect((await remote.match(['TVILLING']))[0]?.itemRefs).toEqual(['number:TVILLING'])
  const { events } = await remote.pull('stock', { keys: ['number:TVILLING', 'number:VÆK'] })
  expect(events[0]).toMatchObject({ listing: { itemRef: 'number:TVILLING', levels: [{ placeRef: 'webshop', value: 4 }] } })
  expect(events[1]).toEqual({ kind: 'listing-gone', itemRef: 'number:VÆK' })
  expect(await push(remote, row('number:TVILLING', 'TVILLING', 7, 5))).toEqual([{ kind: 'stale', shows: 4 }])
  expect(await push(remote, row('number:TVILLING', 'TVILLING', 7, 4))).toEqual([{ kind: 'done' }])
  expect(cells.map((cell) => sim.stockAt(cell))).toEqual([7, 7])
  expect(sim.shop.stock({ itemNumber: 'tvilling' })).toBe(9)
  const seen = (await walk(remote, 'articles')).events.flatMap((event) => (event.kind === 'listing-seen' && event.listing.unwritable === null ? [event.listing.itemRef] : []))
  expect(new Set(seen)).toEqual(new Set(['number:TVILLING', 'number:tvilling']))
})
test('places are the locations that goods stand at, and an order says which of them each piece leaves', async () => {
  const remote = await start({ locations: [1, 2] })
  sim.shop.addProducts([{ itemNumber: 'A', locations: { 1: 5, 2: 6 } }])
  expect((await remote.check()).places.map(({ ref }) => ref)).toEqual(['location:1', 'location:2'])
  expect(dandomain.placeRef(' 2 ')).toBe('location:2')
  const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 2, location: 2 }] })
  expect((await read(remote, id)).routing).toEqual([{ lineRef: expect.any(String), placeRef: 'location:2', quantity: 2 }])
  sim.shop.setStatus({ order: id, status: 3 })
  expect((await read(remote, id)).shipments).toMatchObject([{ placeRef: 'location:2' }])
  expect(await push(remote, row('product:1', 'A', 1, 5, 'location:3'))).toMatchObject([{ kind: 'refused', code: 'not-stocked' }])
})
test('R2: a credit note is folded into the order it credits, drafts of one say nothing, and only the money comes back where that is so', async () => {
  for (const [creditNotes, before, after] of [
    ['goods', 'restocked', 'returned'],
    ['money', 'lost', 'kept'],
  ] as const) {
    const remote = await start({}, { creditNotes })
    sim.shop.addProducts([{ itemNumber: 'A', stock: 50 }])
    const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 4 }] })
    const first = await walk(remote, 'orders')
    sim.turn({ creditNoteStatus: 99 })
    const draft = sim.shop.creditNote({ order: id, lines: [{ itemNumber: 'A', amount: 1 }] })
    expect(newest((await walk(remote, 'orders', first.cursor)).events, String(id)).withdrawals).toEqual([])
    clock.advance(5_000)
    sim.shop.setStatus({ order: draft.id, status: 100 })
    const noted = newest((await walk(remote, 'orders', first.cursor)).events, String(id))
    expect(noted.withdrawals.flatMap((each) => each.lines)).toMatchObject([{ quantity: 1, kind: before }])
    expect(noted.routing === 'unknown' ? null : noted.routing).toBeNull()
    sim.shop.setStatus({ order: id, status: 3 })
    sim.turn({ creditNoteStatus: 100, creditNoteLines: 'negative-price' })
    const more = sim.shop.creditNote({ order: id, lines: [{ itemNumber: 'A', amount: 99 }] })
    const { events } = await remote.pull('orders', { keys: [String(more.id)] })
    const whole = newest(events, String(id))
    expect(ordersOf(events)).toHaveLength(1)
    expect(whole.withdrawals.flatMap((each) => each.lines).map(({ quantity, kind }) => [quantity, kind])).toEqual([
      [1, after],
      [3, after],
    ])
    expect((await read(remote, id)).withdrawals, 'asked for by its own id').toEqual(whole.withdrawals)
    if (creditNotes === 'goods') await sim.close()
  }
})
test('what nobody placed is told to nobody, a part that was sent stays open, and statuses of its own mean what a person says', async () => {
  const remote = await start({}, { sentStatuses: '3 8 203' })
  sim.shop.addProducts([{ itemNumber: 'A', title: 'Kop', stock: 50 }])
  const sell = (status?: number) => sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 2 }], ...(status === undefined ? {} : { status }) }).id
  const [never, part, own] = [sell(0), sell(), sell()]
  sim.shop.setStatus({ order: part, status: 7 })
  sim.shop.setStatus({ order: own, status: 203 })
  const { events } = await walk(remote, 'orders')
  expect(ordersOf(events).map(({ orderRef }) => orderRef)).not.toContain(String(never))
  expect((await read(remote, part)).shipments).toEqual([])
  expect((await read(remote, own)).shipments).toMatchObject([{ lines: [{ quantity: 2 }] }])
  expect((await remote.check()).learned.statuses).toBe('203 Hos snedkeren')
  expect((await read(remote, own)).lines[0]).toMatchObject({ unitPriceMinor: 10_000, title: 'Kop' })
  // Only the shop's own staff gave a status here, never we.
  expect(sim.state().mails).toEqual([])
  expect(calls()).not.toContain('Order_UpdateStatus')
})
test('a variant is told from its product by its id, whatever number the line carries', async () => {
  for (const lineItemNumber of ['variant', 'parent', 'none'] as const) {
    const remote = await start({ knobs: { lineItemNumber } })
    const [whole] = sim.shop.addProducts([blouse(9)])
    const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'BLUSE-S', amount: 1 }] })
    const [line] = (await read(remote, id)).lines
    expect(line, lineItemNumber).toMatchObject({ articleNumber: 'BLUSE-S', itemRef: `variant:${whole?.id}:${whole?.variants[0]?.id}` })
    expect(line).not.toHaveProperty('unclear')
    if (lineItemNumber !== 'none') await sim.close()
  }
})

const PDF = Buffer.from('%PDF-1.4\n\u0000\u0001\u00ff binary\n%%EOF\n', 'latin1')
const invoice = (orderRef: number, bytes: Uint8Array = PDF): Document => ({
  kind: 'invoice-pdf',
  orderRef: String(orderRef),
  invoiceNumber: '300',
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes,
})
const hand = async (remote: Remote, document: Document) => (remote.handOver ?? expect.fail('it takes invoices'))(document, newKey())
const files = (order: number) => sim.shop.order({ order }).uploads.map(({ file }) => file)
test('an invoice reaches the order byte by byte; what is no PDF, and an order that is gone, are refused', async () => {
  const remote = await start({ knobs: { secondUpload: 'adds' } })
  sim.shop.addProducts([{ itemNumber: 'A', stock: 9 }])
  const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] })
  expect(await hand(remote, invoice(id))).toEqual({ kind: 'done', documentRef: null })
  expect(files(id)).toEqual([PDF.toString('base64')])
  expect(await hand(remote, invoice(id, Buffer.from('<html>')))).toMatchObject({ kind: 'refused', code: 'not-a-pdf' })
  expect(await hand(remote, { ...invoice(id), sha256: 'x' } as Document)).toMatchObject({ kind: 'refused', code: 'not-a-pdf' })
  expect(await hand(remote, invoice(9_999))).toMatchObject({ kind: 'refused', code: 'order-not-there' })
  expect([files(id).length, sim.state().mails]).toEqual([1, []])
})
test('an invoice travels as it is where the shop wants that, if XML can carry it', async () => {
  const remote = await start({ knobs: { uploadEncoding: 'plain' } }, { invoiceEncoding: 'plain' })
  sim.shop.addProducts([{ itemNumber: 'A', stock: 9 }])
  const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] })
  const plain = Buffer.from('%PDF-1.4\r\nKøb & <salg>\r\n%%EOF', 'latin1')
  expect(await hand(remote, invoice(id, plain))).toMatchObject({ kind: 'done' })
  expect(files(id)).toEqual([plain.toString('base64')])
  expect(await hand(remote, invoice(id))).toMatchObject({ kind: 'refused', code: 'pdf-not-text' })
})
test('S4: an invoice whose answer was lost is asked about before it is sent again, and stands there once', async () => {
  for (const knobs of [{ uploadSetsInvoiceNumber: true, secondUpload: 'adds' }, { secondUpload: 'refused' }, { secondUpload: 'replaces' }] as const) {
    const remote = await start({ knobs })
    sim.shop.addProducts([{ itemNumber: 'A', stock: 9 }])
    const { id } = sim.shop.placeOrder({ lines: [{ itemNumber: 'A', amount: 1 }] })
    sim.fault({ arm: { kind: 'reset-after', on: 'Order_UploadInvoice' } })
    await expect(hand(remote, invoice(id))).rejects.toMatchObject({ executed: 'unknown' })
    expect(await hand(open(), invoice(id))).toMatchObject({ kind: 'done' })
    expect(files(id)).toEqual([PDF.toString('base64')])
    expect(JSON.parse(kept.get('invoices-under-way') ?? '')).toEqual({})
    if (knobs.secondUpload !== 'replaces') await sim.close()
  }
})
test('times are Danish, also around the hours that are missing or come twice', async () => {
  await start()
  expect(instantOf('2026-07-01 14:03:04')).toBe('2026-07-01T12:03:04.000Z')
  expect(instantOf('2026-12-24 18:00:00')).toBe('2026-12-24T17:00:00.000Z')
  expect(instantOf('2026-03-29 01:59:59')).toBe('2026-03-29T00:59:59.000Z')
  expect(instantOf('2026-03-29 03:00:00')).toBe('2026-03-29T01:00:00.000Z')
  expect(instantOf('2026-10-25 01:59:59')).toBe('2026-10-24T23:59:59.000Z')
  expect(instantOf('2026-10-25 03:00:00')).toBe('2026-10-25T02:00:00.000Z')
  expect(textSurelyBefore('2026-07-01T12:00:00.000Z')).toBe('2026-07-01 09:00:00')
  expect(readable('K&oslash;d &amp; br&oslash;d &#229; &xyz;')).toBe('Kød & brød å &xyz;')
})
