/** Orders, draft invoices, booking and PDFs: what each refuses and what each does to the numbers in every position. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { ask, filtered, get, line, minimal } from './asking.ts'
import { type EconomicSim, startEconomic } from './economic.ts'

let sim: EconomicSim
beforeAll(async () => {
  sim = await startEconomic({ clock: stillTime() })
})
afterAll(() => sim.close())
beforeEach(() => {
  sim.reset()
  sim.office.addProducts([
    { productNumber: 'K', name: 'Krus', inStock: 10 },
    { productNumber: 'Y', name: 'Ydelse', group: 2 },
  ])
  sim.office.addCustomer({ name: 'Anna' })
})
const shelf = (productNumber = 'K') => {
  const { inStock, available } = sim.office.product({ productNumber })
  return [inStock, available]
}
const post = (path: string, body: unknown) => ask(sim, 'POST', path, body)
const errors = async (more: Record<string, unknown>, path = '/invoices/drafts') => (await post(path, minimal(more))).body

test('a draft invoice: what must be there, its totals by the server, and where it is', async () => {
  const { status, headers, body } = await post('/invoices/drafts', minimal({ lines: [line('K', 2)], references: { other: '10023' } }))
  expect([status, headers.get('location')]).toEqual([201, `${sim.address}/invoices/drafts/31`])
  expect(body).toMatchObject({
    draftInvoiceNumber: 31,
    netAmount: 200,
    vatAmount: 50,
    grossAmount: 250,
    dueDate: '2026-11-29',
    references: { other: '10023' },
    soap: { currentInvoiceHandle: { id: 31 } },
  })
  expect((await get(sim, '/invoices/drafts/31')).body.lines).toMatchObject([
    { lineNumber: 1, product: { productNumber: 'K' }, quantity: 2, unitNetPrice: 100, totalNetAmount: 200 },
  ])
  expect((await get(sim, '/invoices/drafts')).body.collection[0].lines).toBeUndefined()
  const { body: missing } = await post('/invoices/drafts', { recipient: {} })
  expect(missing).toMatchObject({ errorCode: 'E04300', logId: expect.stringMatching(/-CPH$/) })
  expect(Object.keys(missing.errors)).toEqual(['date', 'currency', 'layout', 'paymentTerms', 'customer', 'recipient'])
  expect(Object.keys(missing.errors.recipient)).toEqual(['vatZone', 'name'])
})
test('knob errorArrays: what is wrong hangs in a tree like the request, lines by arrayIndex', async () => {
  const lines = [line('K'), { product: { productNumber: 'K' } }, line('K', 1.005), line('gone'), { quantity: 1 }, { ...line('K'), lineNumber: 0 }]
  const { errors: tree } = await errors({ lines })
  expect(tree.lines.items).toMatchObject([
    { arrayIndex: 1, quantity: { errors: [{ errorCode: 'E04730' }] } },
    { arrayIndex: 2, quantity: { errors: [{ errorCode: 'E04740', value: 1.005 }] } },
    { arrayIndex: 3, product: { errors: [{ errorCode: 'E06000', value: 'gone' }] } },
    { arrayIndex: 4, product: { errors: [{ developerHint: expect.any(String) }] } },
    { arrayIndex: 5, lineNumber: { errors: [{ value: 0 }] } },
  ])
  sim.turn({ errorArrays: 'bare' })
  expect((await errors({ lines })).errors.lines[0].arrayIndex).toBe(1)
})
test('dates: the due date follows from the terms, unless they ask for one', async () => {
  expect(JSON.stringify(await errors({ date: '21/11' }))).toContain('Expected a date')
  expect(JSON.stringify(await errors({ paymentTerms: { paymentTermsNumber: 3 } }))).toContain('E04042')
  expect(JSON.stringify(await errors({ paymentTerms: { paymentTermsNumber: 3 }, dueDate: '2026-01-01' }))).toContain('E04760')
  expect((await errors({ paymentTerms: { paymentTermsNumber: 3 }, dueDate: '2026-12-01' })).dueDate).toBe('2026-12-01')
})
test('prices are net; a zone without VAT adds none', async () => {
  expect(await errors({ recipient: { name: 'Sven', vatZone: { vatZoneNumber: 2 } }, lines: [line('K', 3, 33.33)] })).toMatchObject({
    netAmount: 99.99,
    vatAmount: 0,
    grossAmount: 99.99,
  })
})
test('booking: the draft is gone, the number is the next or the one asked for, nothing goes back', async () => {
  await post('/invoices/drafts', minimal({ lines: [line('K')], references: { other: '10023' }, externalId: 'e1' }))
  const { body: instructions } = await get(sim, '/invoices/drafts/31/templates/booking-instructions')
  const booked = await post('/invoices/booked', { draftInvoice: instructions.draftInvoice, sendBy: 'none' })
  expect([booked.status, booked.body.bookedInvoiceNumber, booked.body.orderNumber, booked.body.externalId]).toEqual([201, 300, 31, undefined])
  expect(booked.body.lines[0]).toMatchObject({ vatRate: 25, vatAmount: 25 })
  expect((await get(sim, '/invoices/drafts/31')).status).toBe(404)
  expect((await filtered(sim, 'invoices/booked', 'references.other$eq:10023$and:bookedInvoiceNumber$gt:299')).body.collection).toMatchObject([{ bookedInvoiceNumber: 300 }])
  await post('/invoices/drafts', minimal({ lines: [line('K')] }))
  expect(JSON.stringify((await post('/invoices/booked', { draftInvoice: { draftInvoiceNumber: 32 }, sendBy: 'email' })).body.errors)).toContain("'Email'")
  expect((await ask(sim, 'PUT', '/invoices/booked/300', { draftInvoice: { draftInvoiceNumber: 32 } })).status).toBe(400)
  expect((await ask(sim, 'PUT', '/invoices/booked/400', { draftInvoice: { draftInvoiceNumber: 32 } })).body.bookedInvoiceNumber).toBe(400)
  expect((await ask(sim, 'DELETE', '/invoices/booked/400')).status).toBe(405)
  expect(sim.office.credit({ lines: [{ productNumber: 'K', quantity: 1 }] })).toMatchObject({ number: 401, gross: -125 })
})
test('knobs bookedOrderNumber and externalIdSurvives: what is left of where it came from', async () => {
  const seen = []
  for (const bookedOrderNumber of ['draft', 'order', 'absent'] as const) {
    sim.turn({ bookedOrderNumber, externalIdSurvives: true })
    const { body: order } = await post('/orders/drafts', minimal({ lines: [line('K')], externalId: 'e1' }))
    const { body: upgrade } = await get(sim, `/orders/drafts/${order.orderNumber}/templates/upgrade-instructions/draftInvoice`)
    const { body: draft } = await post('/invoices/drafts', upgrade)
    const { body } = await post('/invoices/booked', { draftInvoice: { draftInvoiceNumber: draft.draftInvoiceNumber } })
    seen.push([body.orderNumber, order.orderNumber, draft.draftInvoiceNumber, body.externalId])
  }
  expect(seen).toEqual([
    [31, 401, 31, 'e1'],
    [402, 402, 32, 'e1'],
    [undefined, 403, 33, 'e1'],
  ])
})
test('an order passes to sent and back with its whole document, and is archived when it is upgraded; knob upgradedDraft: a draft may stay', async () => {
  const { body } = await post('/orders/drafts', minimal({ lines: [line('K')] }))
  const sent = await post('/orders/sent', body)
  expect([sent.status, sent.headers.get('location')]).toEqual([201, `${sim.address}/orders/sent/401`])
  expect((await get(sim, '/orders/drafts/401')).status).toBe(404)
  await post('/orders/drafts', sent.body)
  expect((await get(sim, '/orders/drafts/401')).status).toBe(200)
  const upgrade = async () => post('/invoices/drafts', (await get(sim, '/orders/drafts/401/templates/upgrade-instructions/draftInvoice')).body)
  sim.turn({ upgradedDraft: 'kept' })
  expect((await upgrade()).status).toBe(201)
  expect((await get(sim, '/orders/drafts/401')).status).toBe(200)
  sim.turn({ upgradedDraft: 'archived' })
  await upgrade()
  expect((await get(sim, '/orders/archived')).body.collection).toHaveLength(1)
  expect((await post('/orders/sent', minimal({ orderNumber: 999 }))).status).toBe(404)
})
test('knob ordersWithInventory: /orders takes documents, or refuses them where stock is kept', async () => {
  sim.turn({ ordersWithInventory: 'refused' })
  expect((await post('/orders/drafts', minimal())).status).toBe(403)
  sim.office.modules({ names: ['Ordre'] })
  expect((await post('/orders/drafts', minimal())).status).toBe(201)
})
test('a delete answers 200 with a body; without a number it takes every draft there is', async () => {
  for (let n = 0; n < 3; n += 1) await post('/invoices/drafts', minimal())
  const one = await ask(sim, 'DELETE', '/invoices/drafts/31')
  expect([one.status, one.body.deletedCount]).toEqual([200, 1])
  expect((await ask(sim, 'DELETE', '/invoices/drafts')).body.deletedCount).toBe(2)
  expect((await ask(sim, 'DELETE', '/orders/drafts')).status).toBe(405)
})
test('knob pdfLink: a PDF stands where its link says', async () => {
  const { number } = sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: 'K', quantity: 1 }], other: '10023' }).number })
  const { body } = await get(sim, `/invoices/booked/${number}`)
  const pdf = await get(sim, body.pdf.download.slice(sim.address.length))
  expect([pdf.headers.get('content-type'), pdf.body.slice(0, 5), pdf.body.includes('10023')]).toEqual(['application/pdf', '%PDF-', true])
  sim.turn({ pdfLink: 'self' })
  expect((await get(sim, `/invoices/booked/${number}`)).body.pdf.self).toContain('/pdf')
})

test('stock as far as it is documented: on the shelf, ordered, available; what keeps none has no object', async () => {
  sim.office.order({ productNumber: 'K', orderedByCustomers: 9.5 })
  sim.office.count({ productNumber: 'K', inStock: 12.5 })
  expect((await get(sim, '/products/K')).body.inventory).toEqual({ inStock: 12.5, orderedByCustomers: 9.5, available: 3, orderedFromSuppliers: 0, recommendedCostPrice: 50 })
  expect((await get(sim, '/products')).body.collection[0].inventory.inventoryLastUpdated).toBe('2026-11-02T08:00:00Z')
  sim.office.modules({ names: [] })
  expect((await get(sim, '/products/K')).body.inventory).toBeUndefined()
})
test('knobs uncounted and inventoryOff: a group without stock shows no object or zeros, and says so or leaves it out', async () => {
  const seen = async () => {
    const { inventory, productGroup } = (await get(sim, '/products/Y')).body
    return [inventory?.inStock, productGroup.inventoryEnabled]
  }
  expect(await seen()).toEqual([undefined, undefined])
  sim.turn({ uncounted: 'zeros', inventoryOff: 'false' })
  expect(await seen()).toEqual([0, false])
})
test('knobs orderCounts, draftReserves and bookingLowersInStock: what each step of an order does to the numbers', async () => {
  const walk = () => {
    const seen = []
    const { number: order } = sim.office.makeOrder({ lines: [{ productNumber: 'K', quantity: 2 }] })
    seen.push(shelf())
    sim.office.send({ order })
    seen.push(shelf())
    const { number: draft } = sim.office.upgrade({ order })
    seen.push(shelf())
    sim.office.book({ draft })
    return [...seen, shelf()]
  }
  expect(walk()).toEqual([
    [10, 8],
    [10, 8],
    [10, 10],
    [8, 8],
  ])
  sim.turn({ orderCounts: 'sent', draftReserves: true })
  expect(walk()).toEqual([
    [8, 8],
    [8, 6],
    [8, 6],
    [6, 6],
  ])
  sim.turn({ orderCounts: 'never', draftReserves: false, bookingLowersInStock: false })
  expect(walk()).toEqual(Array(4).fill([6, 6]))
})
test('a draft that is changed or deleted gives back what waited for it', async () => {
  sim.turn({ draftReserves: true })
  await post('/invoices/drafts', minimal({ lines: [line('K', 3)] }))
  expect(shelf()).toEqual([10, 7])
  await ask(sim, 'PUT', '/invoices/drafts/31', minimal({ lines: [line('K', 1)] }))
  expect(shelf()).toEqual([10, 9])
  await ask(sim, 'DELETE', '/invoices/drafts/31')
  expect(shelf()).toEqual([10, 10])
  sim.office.book({ draft: sim.office.makeInvoice({ lines: [{ productNumber: 'K', quantity: 12 }] }).number })
  expect(shelf()).toEqual([-2, -2])
})
test('knobs stockMovesLastUpdated and lastUpdatedTo: a change of the numbers is found by lastUpdated, or not; in seconds or minutes', async () => {
  sim.advance(90_000)
  const changed = async () => (await filtered(sim, 'products', 'lastUpdated$gte:2026-11-02T08:01:00Z')).body.collection.map((each: { lastUpdated: string }) => each.lastUpdated)
  sim.turn({ stockMovesLastUpdated: false })
  sim.office.count({ productNumber: 'K', inStock: 4 })
  expect(await changed()).toEqual([])
  sim.turn({ stockMovesLastUpdated: true, lastUpdatedTo: 'minute' })
  sim.office.count({ productNumber: 'K', inStock: 5 })
  expect(await changed()).toEqual(['2026-11-02T08:01:00Z'])
})
