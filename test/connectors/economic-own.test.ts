/** What only an ERP can show: a number in two forms, documents through their stages, an invoice's PDF, orders of ours as drafts, and calls with a number in them. */
import { afterEach, expect, test } from 'vitest'
import { type EconomicOptions, type EconomicSim, startEconomic } from '../../sim/economic/economic.ts'
import type { ErpDocument, OutgoingOrder, Remote, RemoteEvent, Tools } from '../../src/connectors/contract.ts'
import { economic } from '../../src/connectors/economic/economic.ts'
import { translateHook, verifyHook } from '../../src/connectors/economic/hooks.ts'
import { pacing, readBudget } from '../../src/connectors/economic/pacing.ts'
import { countsFrom, type EconomicSettings, settingsForm } from '../../src/connectors/economic/settings.ts'
import { type FakeClock, fakeClock } from '../../src/kit/clock.ts'
import { openHttp } from '../../src/kit/http.ts'

let sim: EconomicSim
let clock: FakeClock
afterEach(() => sim?.close())

const settings = (more: Record<string, string> = {}): EconomicSettings =>
  settingsForm.parse({ appSecretToken: sim.credentials.appSecret, agreementGrantToken: sim.credentials.grant, address: sim.address, ...more })
async function start(options: EconomicOptions = {}): Promise<void> {
  clock = fakeClock()
  sim = await startEconomic({ clock, hookBudgetMs: 50, ...options })
  sim.office.addProducts([{ productNumber: '0571527051', name: 'Krus', inStock: 12.5, orderedByCustomers: 9.5 }])
  sim.office.addCustomer({ name: 'Webshop', customerNumber: 1000 })
}
function open(more: Record<string, string> = {}): Remote {
  const http = openHttp({ allowLoopback: true })
  const tools: Tools = {
    http: (url, { label: _label, ...init }) => http(url, init),
    clock: { now: clock.now, sleep: async (ms) => clock.advance(ms) },
    log: { info: () => undefined, warn: () => undefined },
    keep: { get: async () => null, set: async () => undefined },
  }
  return economic.open(settings(more), tools)
}
const order = (more: Partial<OutgoingOrder> = {}): OutgoingOrder => ({
  name: '10023',
  ref: `${more.name ?? '10023'} 2026-11-02T08:00:00.000Z`,
  placedAt: '2026-11-02T08:00:00.000Z',
  placedOn: '2026-11-02',
  cancelled: false,
  paid: true,
  currency: 'DKK',
  country: 'DK',
  customer: { name: 'Anna Ø', email: 'anna@butik.example', phone: '+45 12345678' },
  lines: [{ articleNumber: '0571527051', title: 'Krus, blåt', quantity: 2, unitPriceMinor: 12_500, vatBasisPoints: 2500 }],
  ...more,
})
const ORDERS = { orders: 'draft-invoice', customerNumber: '1000' }
const hand = (remote: Remote, what: OutgoingOrder, documentRef: string | null = null, key = `key-${what.name}`) =>
  remote.handOver?.({ kind: 'order', order: what, documentRef }, key)
const documentsOf = (events: RemoteEvent[]): ErpDocument[] => events.flatMap((event) => (event.kind === 'erp-document' ? [event.document] : []))
async function read(remote: Remote, from: { cursor: string | null; since?: string }): Promise<{ documents: ErpDocument[]; cursor: string }> {
  const documents: ErpDocument[] = []
  let at = from
  for (;;) {
    const page = await remote.pull('invoices', at)
    documents.push(...documentsOf(page.events))
    at = { cursor: page.cursor }
    if (!page.more) return { documents, cursor: page.cursor }
  }
}
const value = async (remote: Remote, number: string) => {
  const [event] = (await remote.pull('stock', { keys: [number] })).events
  return event?.kind === 'listing-seen' ? event.listing.levels[0]?.value : event?.kind
}

test('L7: På lager or Tilgængelig, rounded down; below zero too; no module, no group, no product: no number and never 0', async () => {
  await start()
  expect([await value(open(), '0571527051'), await value(open({ number: 'available' }), '0571527051')]).toEqual([12, 3])
  sim.office.count({ productNumber: '0571527051', inStock: -0.5 })
  expect([await value(open(), '0571527051'), await value(open({ number: 'available' }), '0571527051')]).toEqual([-1, -10])
  sim.office.addProducts([
    { productNumber: 'Y', group: 2 },
    { productNumber: 'B', inStock: 4, barred: true },
  ])
  sim.turn({ uncounted: 'zeros' })
  expect([await value(open(), 'Y'), await value(open(), 'B'), await value(open(), 'gone')]).toEqual([null, 4, 'listing-gone'])
  expect(await value(open({ stock: 'no' }), 'B')).toBeNull()
  sim.office.modules({ names: [] })
  expect(await value(open(), 'B')).toBeNull()
})
test('Rackbeat: said by a person or seen among the modules, the numbers are locked with the reason; orders go on', async () => {
  await start()
  const rights = async (more: Record<string, string> = {}) => (await open(more).check()).rights.find((right) => right.feature === 'stock')
  expect(await rights()).toMatchObject({ granted: true, needed: true, stops: ['articles'] })
  expect(await rights({ rackbeat: 'yes' })).toMatchObject({ granted: false, needed: false, scope: 'Lager (Rackbeat)' })
  expect(await rights({ rackbeat: 'yes', stock: 'no' })).toMatchObject({ needed: false })
  expect(await value(open({ rackbeat: 'yes' }), '0571527051')).toBeNull()
  sim.office.modules({ names: ['Lager', 'Rackbeat'] })
  expect(await rights()).toMatchObject({ granted: false, scope: 'Lager (Rackbeat)' })
  expect(await hand(open({ ...ORDERS, rackbeat: 'yes' }), order())).toEqual({ kind: 'done', documentRef: 'draft/31' })
})
test('numbers with every kind of sign are found, by look and by match', async () => {
  await start()
  const all = ['A_B', 'A/B', 'A.B', 'A&B', 'A+B', 'A#B', 'A B', 'æøå-Å', '007', '7', '50%', '$100', '(1),2', '[a]', '*', 'a$or:b']
  sim.office.addProducts(all.map((productNumber, n) => ({ productNumber, inStock: n })))
  const { events } = await open().pull('stock', { keys: all })
  expect(events.map((event) => (event.kind === 'listing-seen' ? [event.listing.itemRef, event.listing.levels[0]?.value] : event.kind))).toEqual(all.map((number, n) => [number, n]))
  expect((await open().match([...all, 'a_b'])).map((match) => match.itemRefs)).toEqual([...all.map((number) => [number]), []])
})
test('what changed since a cursor: by stamp, not all of it again, also where stamps go to the minute; a page that moved up is read again', async () => {
  await start({ knobs: { lastUpdatedTo: 'minute' } })
  sim.office.addProducts(Array.from({ length: 1200 }, (_, n) => ({ productNumber: `P${String(n).padStart(4, '0')}`, inStock: 1 })))
  const remote = open()
  const first = await remote.pull('stock', { cursor: null })
  expect([first.events.length, first.more]).toEqual([1000, true])
  sim.office.remove({ productNumber: 'P0000' })
  const again = await remote.pull('stock', { cursor: first.cursor })
  const rest = await remote.pull('stock', { cursor: again.cursor })
  const seen = new Set([first, again, rest].flatMap((page) => page.events.map((event) => (event.kind === 'listing-seen' ? event.listing.itemRef : ''))))
  expect(seen.size).toBe(1201)
  let page = rest
  while (page.more) page = await remote.pull('stock', { cursor: page.cursor })
  clock.advance(3_600_000)
  page = await remote.pull('stock', { cursor: page.cursor })
  while (page.more) page = await remote.pull('stock', { cursor: page.cursor })
  sim.office.count({ productNumber: 'P0700', inStock: 9 })
  page = await remote.pull('stock', { cursor: page.cursor })
  expect(page.events.map((event) => (event.kind === 'listing-seen' ? event.listing.itemRef : ''))).toEqual(['P0700'])
  const since = await remote.pull('stock', { cursor: null, since: clock.now().toISOString() })
  expect(since.events).toHaveLength(1)
})
test('R39: På lager contains what is booked, Tilgængelig what is registered; a person may know better', async () => {
  await start()
  const counts = (more: Record<string, string>) => countsFrom(settings(more))
  expect([
    counts({}),
    counts({ number: 'available' }),
    counts({ number: 'available', ...ORDERS }),
    counts({ number: 'available', ...ORDERS, counted: 'draft' }),
    counts({ counted: 'never' }),
  ]).toEqual(['booked', 'order', 'booked', 'draft', 'never'])
})
test('documents through their stages: an order, its draft, its invoice; each is told once, and what left its list is gone', async () => {
  await start()
  const remote = open({ number: 'available' })
  let at = await read(remote, { cursor: null, since: clock.now().toISOString() })
  const { number } = sim.office.makeOrder({ lines: [{ productNumber: '0571527051', quantity: 2 }], other: '10023', heading: 'Ordre 10023' })
  const steps: string[][] = []
  const step = async () => {
    at = await read(remote, { cursor: at.cursor })
    steps.push(at.documents.map((each) => `${each.stage} ${each.documentRef}`))
  }
  await step()
  await step()
  sim.office.send({ order: number })
  await step()
  const draft = sim.office.upgrade({ order: number })
  await step()
  sim.office.book({ draft: draft.number })
  await step()
  sim.office.credit({ lines: [{ productNumber: '0571527051', quantity: 1 }], other: '10023' })
  await step()
  await step()
  expect(steps).toEqual([['order order/401'], [], [], ['draft draft/31', 'gone order/401'], ['booked booked/300', 'gone draft/31'], ['booked booked/301'], []])
  const [invoice, credit] = documentsOf((await remote.pull('invoices', { keys: ['booked/300', 'booked/301'] })).events)
  expect(invoice).toMatchObject({
    credit: false,
    invoiceNumber: '300',
    currency: 'DKK',
    netMinor: 20_000,
    grossMinor: 25_000,
    lines: [{ articleNumber: '0571527051', quantity: 2 }],
    names: [
      { from: 'reference', text: '10023' },
      { from: 'heading', text: 'Ordre 10023' },
    ],
  })
  expect(credit).toMatchObject({ credit: true, grossMinor: -12_500, lines: [{ quantity: -1 }] })
  expect(documentsOf((await remote.pull('invoices', { keys: ['booked/999', 'draft/999', 'order/401'] })).events).map((each) => `${each.stage} ${each.documentRef}`)).toEqual([
    'gone draft/999',
    'gone order/401',
  ])
})
test('a draft that is edited is news; only invoices are read where nothing else counts', async () => {
  await start()
  const remote = open({ counted: 'draft' })
  const { cursor } = await read(remote, { cursor: null })
  await hand(open(ORDERS), order())
  const first = await read(remote, { cursor })
  await hand(open(ORDERS), order({ lines: [{ articleNumber: '0571527051', title: 'Krus', quantity: 5, unitPriceMinor: 12_500, vatBasisPoints: 2500 }] }), 'draft/31', 'key-2')
  const second = await read(remote, { cursor: first.cursor })
  expect([first.documents.map((each) => each.documentRef), second.documents.map((each) => each.grossMinor)]).toEqual([['draft/31'], [62_500]])
  const asked = sim.log.length
  await read(open(), { cursor: null })
  expect(sim.log.slice(asked).map((line) => line.note)).toEqual(['GET invoices/booked'])
})
test('an invoice from before the set-up is no news', async () => {
  await start()
  sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: '0571527051', quantity: 1 }] }).number })
  clock.advance(86_400_000 * 2)
  const { documents, cursor } = await read(open(), { cursor: null, since: clock.now().toISOString() })
  sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: '0571527051', quantity: 1 }] }).number })
  expect([documents, (await read(open(), { cursor })).documents.map((each) => each.invoiceNumber)]).toEqual([[], ['301']])
})
test("an invoice's PDF is the bytes as they came; late is not there yet; a page of HTML is none", async () => {
  await start()
  const { number } = sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: '0571527051', quantity: 1 }], other: 'æøå' }).number })
  const remote = open()
  const theirs = await fetch(`${sim.address}/invoices/booked/${number}/pdf`, {
    headers: { 'x-appsecrettoken': sim.credentials.appSecret, 'x-agreementgranttoken': sim.credentials.grant },
  })
  const bytes = await remote.pdf?.(`booked/${number}`)
  expect(Buffer.compare(Buffer.from(bytes ?? []), Buffer.from(await theirs.arrayBuffer()))).toBe(0)
  sim.fault({ arm: { kind: 'pdf-late', ms: 5000 } })
  expect([await remote.pdf?.(`booked/${number}`), await remote.pdf?.('draft/31'), await remote.pdf?.('booked/999')]).toEqual([null, null, null])
  clock.advance(5000)
  sim.advance(5000)
  sim.fault({ arm: { kind: 'pdf-broken' } })
  await expect(remote.pdf?.(`booked/${number}`)).rejects.toMatchObject({ kind: 'strange', code: 'pdf-unreadable' })
})
test('an order goes over as a draft invoice with net prices and the order number; edited it is replaced, cancelled it is taken away by its number', async () => {
  await start()
  const remote = open(ORDERS)
  sim.office.makeInvoice({ lines: [{ productNumber: '0571527051', quantity: 1 }] })
  expect(await hand(remote, order())).toEqual({ kind: 'done', documentRef: 'draft/32' })
  expect(sim.office.document({ stage: 'draft-invoice', number: 32 })).toMatchObject({
    other: '10023',
    net: 200,
    gross: 250,
    customer: 1000,
    lines: [{ quantity: 2, unitNetPrice: 100 }],
  })
  await hand(remote, order({ lines: [{ articleNumber: '0571527051', title: 'Krus', quantity: 1, unitPriceMinor: 9995, vatBasisPoints: null }] }), 'draft/32', 'key-b')
  expect(sim.office.document({ stage: 'draft-invoice', number: 32 }).lines).toMatchObject([{ quantity: 1, unitNetPrice: 79.96 }])
  expect(await hand(remote, order({ cancelled: true }), 'draft/32', 'key-c')).toEqual({ kind: 'done', documentRef: null })
  expect(sim.office.documents({ stage: 'draft-invoice' }).map((each) => each.number)).toEqual([31])
  expect(await hand(remote, order(), 'draft/32', 'key-d')).toMatchObject({ kind: 'refused', code: 'document-gone' })
  expect(await hand(remote, order(), 'booked/300', 'key-e')).toMatchObject({ kind: 'refused', code: 'booked-already' })
  expect(await hand(open(), order())).toMatchObject({ kind: 'refused', code: 'orders-off' })
})
test('S4: an order whose answer was lost is made once, within the hour by its key and after it by what the draft carries', async () => {
  await start()
  const remote = open(ORDERS)
  for (const wait of [0, 2 * 3_600_000]) {
    sim.fault({ arm: { kind: 'reset-after', on: 'POST invoices/drafts' } })
    const name = `1002${wait}`
    await expect(hand(remote, order({ name }))).rejects.toMatchObject({ kind: 'busy', executed: 'unknown' })
    clock.advance(wait)
    expect(await hand(remote, order({ name }))).toMatchObject({ kind: 'done' })
  }
  expect(sim.office.documents({ stage: 'draft-invoice' })).toHaveLength(2)
})
test('booked only where a person asked for it; as an order where they want one, and the reason where e-conomic takes none', async () => {
  await start()
  expect(await hand(open({ ...ORDERS, book: 'yes' }), order())).toEqual({ kind: 'done', documentRef: 'booked/300' })
  expect(await hand(open({ ...ORDERS, orders: 'draft-order' }), order({ name: '10024' }))).toEqual({ kind: 'done', documentRef: 'order/401' })
  sim.turn({ ordersWithInventory: 'refused' })
  expect(await hand(open({ ...ORDERS, orders: 'draft-order' }), order({ name: '10025' }))).toMatchObject({ kind: 'refused', code: 'orders-closed' })
})
test('the customer: one for all, the one with the same e-mail address, a new one, and never one of two', async () => {
  await start()
  const remote = open({ orders: 'draft-invoice', customers: 'email' })
  const buyer = (email: string | null) => order({ name: `${email}`, customer: { name: 'Bo', email, phone: null } })
  await hand(remote, buyer('bo@butik.example'))
  await hand(remote, buyer('BO@butik.example'))
  expect(sim.office.documents({ stage: 'draft-invoice' }).map((each) => each.customer)).toEqual([1001, 1001])
  expect(await hand(remote, buyer(null))).toMatchObject({ kind: 'refused', code: 'customer-unknown' })
  sim.office.addCustomer({ name: 'Bo igen', email: 'bo@butik.example' })
  expect(await hand(remote, { ...buyer('bo@butik.example'), name: 'x' })).toMatchObject({ kind: 'refused', code: 'customer-doubled' })
  const firm = open({ ...ORDERS, customers: 'vat-number' })
  for (const name of ['firm 1', 'firm 2']) await hand(firm, order({ name, customer: { name: 'Bo ApS', email: null, phone: null, vatNumber: '12345678' } }))
  await hand(firm, order({ name: 'private', customer: { name: 'Bo', email: null, phone: null, vatNumber: null } }))
  expect(
    sim.office
      .documents({ stage: 'draft-invoice' })
      .slice(-3)
      .map((each) => each.name),
  ).toEqual(['Bo ApS', 'Bo ApS', 'Bo'])
  expect(sim.state().customers.filter((each) => each.name === 'Bo ApS')).toHaveLength(1)
  expect(await hand(open({ ...ORDERS, customerNumber: '77' }), order({ name: 'y' }))).toMatchObject({ kind: 'refused', code: 'customer-gone' })
})
test('what is wrong with one order is that order’s: a product that is not there, a price nobody knows; abroad there is no VAT', async () => {
  await start()
  for (const errorArrays of ['items', 'bare'] as const) {
    sim.turn({ errorArrays })
    expect(await hand(open(ORDERS), order({ lines: [{ articleNumber: 'gone', title: 'x', quantity: 1, unitPriceMinor: 100, vatBasisPoints: 0 }] }))).toMatchObject({
      kind: 'refused',
      code: 'product-missing',
      said: expect.stringContaining('gone'),
    })
  }
  const line = { articleNumber: '0571527051', title: 'x', quantity: 1, unitPriceMinor: 12_500, vatBasisPoints: null }
  expect(await hand(open(ORDERS), order({ country: 'SE', lines: [line] }))).toMatchObject({ kind: 'refused', code: 'vat-unknown' })
  for (const country of ['SE', 'NO']) await hand(open(ORDERS), order({ name: country, country, lines: [{ ...line, vatBasisPoints: 2500 }] }))
  expect(sim.office.documents({ stage: 'draft-invoice' }).map((each) => [each.net, each.gross])).toEqual([
    [100, 100],
    [100, 100],
  ])
})

const bytes = (text: string) => Buffer.from(text)
const hook = (body: string, query = '') => ({ address: 'h', tail: null, headers: {}, query: new URLSearchParams(query), body: bytes(body) })
const told = (topic: string, body: string, more: Record<string, string> = {}) => {
  const all = settingsForm.parse({ appSecretToken: 'secret-a', agreementGrantToken: 'grant-b', ...more })
  return translateHook({ topic, headers: {}, body: bytes(body), receivedAt: '2026-11-02T08:00:00.000Z' }, all).map((event) =>
    event.kind === 'look' ? `${event.feed} ${event.key}` : event.kind,
  )
}
const CALL = 'type=stockUpdate&username=shop1&password=x&number='
test('a call names a number and nothing more: as a form, as JSON, behind the address; the number stands last and is all its own', () => {
  const all = settingsForm.parse({ appSecretToken: 'secret-a', agreementGrantToken: 'grant-b' })
  expect(verifyHook(hook(`${CALL}0571527051`), all)).toMatchObject({ kind: 'verified', topic: 'stockUpdate', deliveryKey: null })
  expect(verifyHook(hook('', `${CALL}0571527051`), all)).toMatchObject({ kind: 'verified', topic: 'stockUpdate' })
  expect(verifyHook(hook('{"type":"orderPdf","number":300}'), all)).toMatchObject({ kind: 'verified', topic: 'orderPdf' })
  for (const wrong of ['', 'moon=full', 'type=stockUpdate&number=', 'type=stockupdate&number=1', '[]'])
    expect(verifyHook(hook(wrong), all), wrong).toEqual({ kind: 'forged', why: 'nothing-named' })
  for (const left of ['[NUMBER]', '[INVOICENO]', '%5BNUMBER%5D']) expect(verifyHook(hook(CALL + left), all)).toEqual({ kind: 'forged', why: 'placeholder-left' })
  expect(told('stockUpdate', `${CALL}0571527051\r\n`)).toEqual(['stock 0571527051'])
  expect(told('stockUpdate', `${CALL}A&B=C#1`)).toEqual(['stock A&B=C#1'])
  expect(told('stockUpdate', `${CALL}A%26B`)).toEqual(['stock A&B'])
  expect(told('stockUpdate', `${CALL}A+B`)).toEqual(['stock A B', 'stock A+B'])
  expect(told('stockUpdate', `${CALL}50%`)).toEqual(['stock 50%'])
  expect(told('stockUpdate', `${CALL}æøå`)).toEqual(['stock æøå'])
  expect(told('stockUpdate', '{"type":"stockUpdate","number":"A+B"}')).toEqual(['stock A+B'])
  expect(told('orderPdf', 'type=orderPdf&number=300')).toEqual(['invoices booked/300'])
  expect(told('orderPdf', 'type=orderPdf&number=x')).toEqual([])
  expect(told('moon', `${CALL}1`)).toEqual([])
})
test('with the stock switch off, without webhooks, or with Rackbeat, a stock call says nothing; an invoice does', () => {
  for (const more of [{ stock: 'no' }, { stock: 'yes' }, { rackbeat: 'yes' }]) {
    expect(told('stockUpdate', `${CALL}1`, more)).toEqual([])
    expect(told('orderPdf', 'type=orderPdf&number=300', more)).toEqual(['invoices booked/300'])
  }
})
test('the budget is what the answers say; bulk work leaves a fifth for live', async () => {
  expect(readBudget('token-limit-10000-per-60-seconds: 147/10000')).toEqual({ used: 147, most: 10_000, seconds: 60 })
  expect([readBudget(undefined), readBudget('soon')]).toEqual([null, null])
  const now = new Date('2026-11-02T08:00:00.000Z')
  const pace = pacing()
  expect(pace.take(false, now)).toBe(0)
  pace.learn({ 'x-callcost': '3', 'x-ratelimiting': 'token-limit-100-per-10-seconds: 85/100' }, now)
  expect([pace.take(true, now), pace.take(false, now)]).toEqual([0, 1100])
  expect(pace.take(false, new Date(now.getTime() + 1100))).toBe(0)
  await start()
  sim.fault({ budget: 30 })
  const remote = open()
  for (let n = 0; n < 10; n += 1) await remote.match(['0571527051'])
  const asked = sim.log.length
  await expect(remote.match(['0571527051'])).rejects.toMatchObject({ kind: 'busy', code: 'throttled', executed: 'no' })
  expect(sim.log.length).toBe(asked)
})
test('knobs retryAfter and turnedAwayBody: a full budget says how long, whatever its body', async () => {
  await start()
  sim.fault({ budget: 0 })
  for (const [retryAfter, ms] of [
    ['seconds', 60_000],
    ['date', 60_000],
    ['absent', 10_000],
  ] as const)
    for (const turnedAwayBody of ['json', 'empty', 'html'] as const) {
      sim.turn({ retryAfter, turnedAwayBody })
      await expect(open().match(['1'])).rejects.toMatchObject({ kind: 'busy', code: 'throttled', executed: 'no', retryAfterMs: ms })
    }
})
