/** Orders as the service tells them: dates, statuses, credit notes, the invoice's PDF, and who is mailed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stillTime } from '../shopify/asking.ts'
import { session } from './asking.ts'
import { type DandomainSim, startDandomain } from './dandomain.ts'

const ZERO = '0000-00-00 00:00:00'
const ALL = { Start: '2000-01-01 00:00:00', End: '2100-01-01 00:00:00', Status: '' }
let sim: DandomainSim
let open: Awaited<ReturnType<typeof session>>
beforeEach(async () => {
  sim = await startDandomain({ clock: stillTime() })
  sim.shop.addProducts([
    { itemNumber: 'A', title: 'Kop', stock: 50 },
    { itemNumber: 'T', title: 'Trøje', variants: [{ itemNumber: 'T-S', title: 'S', stock: 9 }] },
  ])
  open = await session(sim)
  await open.text('Order_SetFields', { Fields: 'Id,Status,Total,DateDelivered,DateSent,DateUpdated,Origin,ReferenceNumber,InvoiceNumber,OrderLines,Customer,Currency' })
  await open.text('Order_SetOrderLineFields', { Fields: 'ProductId,VariantId,ItemNumber,Amount,Price,ProductTitle' })
})
afterEach(() => sim.close())
const sell = (amount = 1, itemNumber = 'A') => sim.shop.placeOrder({ lines: [{ itemNumber, amount }], referenceNumber: 'R1' }).id
const read = async (id: number) => open.record('Order_GetById', { OrderId: id })

test('an order: local time, zero dates, net prices, its number is its id', async () => {
  const id = sell(2, 'T-S')
  const order = await read(id)
  expect(order).toMatchObject({ Id: String(id), Status: '1', Total: '160', DateSent: ZERO, DateUpdated: ZERO, ReferenceNumber: 'R1', Currency: { Iso: 'DKK' } })
  expect(order.DateDelivered).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  expect(order.OrderLines).toMatchObject([{ ItemNumber: 'T-S', Amount: '2', Price: '80' }])
  sim.turn({ lineItemNumber: 'parent', unknownOrder: 'PARAM', freshUpdated: 'placed' })
  expect((await read(sell(1, 'T-S'))).OrderLines).toMatchObject([{ ItemNumber: 'T' }])
  await expect(read(9_999)).rejects.toThrow('PARAM')
})
test('lists: by number, by date, by status, by date of change, page by page', async () => {
  const ids = [sell(), sell(), sell()]
  const found = async (operation: string, args: Parameters<typeof open.records>[1]) => (await open.records(operation, args)).map((each) => Number(each.Id))
  expect(await found('Order_GetByNumber', { Start: ids[1] ?? 0, End: ids[2] ?? 0 })).toEqual(ids.slice(1))
  expect(await found('Order_GetByDate', ALL)).toEqual(ids)
  expect(await found('Order_GetByDateUpdated', ALL), 'nobody has touched them').toEqual([])
  await open.text('Order_UpdateStatus', { OrderId: ids[0] ?? 0, Status: 3 })
  await open.text('Order_UpdateComment', { OrderId: ids[2] ?? 0, Comment: 'hej' })
  expect(await found('Order_GetByDateUpdatedWithPagination', { ...ALL, Page: 1, PageSize: 1 })).toEqual([ids[0]])
  expect(await found('Order_GetByDateUpdatedWithPagination', { ...ALL, Page: 2, PageSize: 1 })).toEqual([ids[2]])
  expect(await found('Order_GetByStatus', { Status: '3' })).toEqual([ids[0]])
  expect(await found('Order_GetByDateWithPagination', { ...ALL, Status: '1', Page: 1, PageSize: 5 })).toEqual(ids.slice(1))
  sim.turn({ statusBumpsUpdated: false, orderSort: 'newest-first', maxPageSize: 100 })
  await open.text('Order_UpdateStatus', { OrderId: ids[1] ?? 0, Status: 2 })
  expect(await found('Order_GetByDateUpdated', ALL)).toEqual([ids[2], ids[0]])
})
test('a credit note is an order of its own, with its origin, a negative total and the same reference', async () => {
  const id = sell(3)
  const { id: note } = sim.shop.creditNote({ order: id, lines: [{ itemNumber: 'A', amount: 1 }] })
  expect(note).toBe(id + 1)
  expect(await read(note)).toMatchObject({ Status: '100', Total: '-80', Origin: String(id), ReferenceNumber: 'R1', OrderLines: [{ Amount: '-1', Price: '80' }] })
  sim.turn({ creditNoteLines: 'negative-price', creditNoteStatus: 99 })
  expect(await read(sim.shop.creditNote({ order: id }).id)).toMatchObject({ Status: '99', Total: '-240', OrderLines: [{ Amount: '3', Price: '-80' }] })
})
test('status 1 mails the customer, and so may an upload; nothing else does', async () => {
  const id = sell()
  await open.text('Order_UpdateStatus', { OrderId: id, Status: 3 })
  expect(sim.state().mails).toEqual([])
  await open.text('Order_UpdateStatus', { OrderId: id, Status: 1 })
  sim.turn({ uploadMails: true })
  await open.text('Order_UploadInvoice', { OrderId: id, InvoiceNumber: '300', FileContent: 'JVBERi0=' })
  expect(sim.state().mails.map(({ order, why }) => [order, why])).toEqual([
    [id, 'status 1 by Order_UpdateStatus'],
    [id, 'Order_UploadInvoice'],
  ])
  await expect(open.text('Order_UpdateStatus', { OrderId: id, Status: 77 })).rejects.toThrow('PARAM')
})
test("the invoice's PDF: base64 or as it is, its number on the order or not, and what a second one does", async () => {
  const id = sell()
  const pdf = '%PDF-1.4\nå\n'
  const base64 = Buffer.from(pdf).toString('base64')
  const upload = (FileContent: string, InvoiceNumber = '300') => open.text('Order_UploadInvoice', { OrderId: id, InvoiceNumber, FileContent })
  const files = () => sim.shop.order({ order: id }).uploads.map(({ file }) => Buffer.from(file, 'base64').toString('utf8'))
  expect(await upload(base64)).toBe('true')
  expect([files(), (await read(id)).InvoiceNumber]).toEqual([[pdf], undefined])
  const shown = await fetch(`${sim.address}/admin/faktura/${id}/0.pdf`)
  expect([shown.headers.get('content-type'), Buffer.from(await shown.arrayBuffer()).toString('utf8')]).toEqual(['application/pdf', pdf])
  await expect(upload('%PDF not base64!')).rejects.toThrow('PARAM')
  sim.turn({ secondUpload: 'adds', uploadSetsInvoiceNumber: true })
  await upload(base64, '301')
  expect([files().length, (await read(id)).InvoiceNumber]).toEqual([2, '301'])
  sim.turn({ secondUpload: 'refused', uploadEncoding: 'plain' })
  await expect(upload(pdf)).rejects.toThrow('PARAM')
  sim.turn({ secondUpload: 'replaces' })
  await upload('%PDF-plain')
  expect(files()).toEqual(['%PDF-plain'])
})
