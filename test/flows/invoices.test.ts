/** An order's invoice: booked in the ERP, its PDF fetched, kept and shown here, and handed to the shop's order once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/web/contract/routes.ts'
import { type InvoiceStand, invoiceStand, MINUTE_MS, NUMBER } from './invoice-stand.ts'

let s: Awaited<ReturnType<typeof invoiceStand>>
beforeAll(async () => {
  s = await invoiceStand()
})
afterAll(() => s.close())

const line = { productNumber: NUMBER, quantity: 1, unitNetPrice: 100 }
/** Somebody buys one piece; our order of it. */
async function bought(): Promise<{ name: string; id: number }> {
  const { id } = s.shop.shop.placeOrder({ lines: [{ itemNumber: NUMBER, amount: 1 }] })
  await s.pass(MINUTE_MS + 1_000)
  return ours(id)
}
async function ours(id: number): Promise<{ name: string; id: number }> {
  const { items } = await s.owner.does('orders.list', { query: { orderRef: String(id) } })
  return { name: String(id), id: items[0]?.id ?? expect.fail('no order') }
}
const booked = (texts: Partial<Parameters<InvoiceStand['erp']['office']['makeInvoice']>[0]>): number =>
  s.erp.office.book({ draft: s.erp.office.makeInvoice({ lines: [line], ...texts }).number }).number
/** As e-conomic gives it. */
async function pdfThere(number: number): Promise<Buffer> {
  const { appSecret, grant } = s.erp.credentials
  const answer = await fetch(`${s.erp.address}/invoices/booked/${number}/pdf`, { headers: { 'x-appsecrettoken': appSecret, 'x-agreementgranttoken': grant } })
  return Buffer.from(await answer.arrayBuffer())
}
const read = (id: number) => s.web.app.inject({ method: 'GET', url: `/v1/invoices/${id}/pdf`, headers: { authorization: `Bearer ${s.key}` } })
const invoicesOf = async ({ id }: { id: number }): Promise<Answer<'orders.show'>['invoices']> => (await s.owner.does('orders.show', { params: { orderId: id } })).invoices
const known = async (number: number): Promise<Answer<'invoices.show'>> =>
  (await s.owner.does('invoices.list', { query: { q: String(number) } })).items[0] ?? expect.fail(`no ${number}`)
const uploads = ({ name }: { name: string }) => s.shop.shop.order({ order: name }).uploads.map(({ invoiceNumber, file }) => ({ number: invoiceNumber, file }))
const sent = () => s.shop.log.filter((each) => each.note === 'Order_UploadInvoice').length

test.each(['base64', 'plain'] as const)(
  'I2 I3 I5: the bytes of a booked invoice are those at the shop and those shown here (%s), once; nobody is mailed and no status set',
  async (encoding) => {
    s.shop.turn({ uploadEncoding: encoding })
    await s.set(s.shopId, { invoiceEncoding: encoding })
    const order = await bought()
    const number = booked({ other: order.name })
    await s.pass(MINUTE_MS)
    const file = await pdfThere(number)
    const [invoice] = await invoicesOf(order)
    expect(invoice).toMatchObject({ number: String(number), credit: false, linkedBy: 'reference', pdf: 'there', shop: 'sent', grossMinor: 12_500, refusal: null })
    const answer = await read(invoice?.id ?? 0)
    expect(answer.rawPayload).toEqual(file)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="faktura-${number}.pdf"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-security-policy': expect.stringContaining('sandbox'),
    })
    expect(uploads(order)).toEqual([{ number: String(number), file: file.toString('base64') }])
    expect([s.shop.state().mails, s.shop.log.filter((each) => each.note === 'Order_UpdateStatus')], 'status 1 mails the customer').toEqual([[], []])
  },
)

test('I3: a PDF that isn’t there yet, and a page of HTML in its place, are asked for again', async () => {
  const order = await bought()
  s.erp.fault({ arm: { kind: 'pdf-late', ms: 30_000 } })
  s.erp.fault({ arm: { kind: 'pdf-broken', pass: 1 } })
  const number = booked({ other: order.name })
  await s.pass(MINUTE_MS)
  expect(await known(number)).toMatchObject({ pdf: 'waiting', shop: 'none' })
  expect((await read((await known(number)).id)).statusCode).toBe(404)
  await s.pass(3 * MINUTE_MS)
  expect(await known(number)).toMatchObject({ pdf: 'there', shop: 'sent' })
})

test('I2: an order from before the ERP was connected is left alone until a person asks; what was booked then is found by its name', async () => {
  const order = await ours(s.before.id)
  expect(await invoicesOf(order)).toEqual([])
  const number = booked({ other: order.name })
  await s.pass(2 * MINUTE_MS)
  expect(await invoicesOf(order)).toMatchObject([{ number: String(number), pdf: 'none', shop: 'none' }])
  expect(await s.owner.does('orders.fetch-invoices', { params: { orderId: order.id }, body: {} })).toEqual({ asked: 1 })
  await s.pass(2 * MINUTE_MS)
  expect((await invoicesOf(order)).map(({ number: each, pdf, shop }) => [each, pdf, shop])).toEqual([
    [String(number), 'there', 'sent'],
    [String(s.bookedBefore), 'there', 'none'],
  ])
})

test('I1 I5: where two orders are named a person is asked; the PDF goes to the one chosen, and never twice to the same, however it is linked', async () => {
  await s.set(s.erpId, { named: 'heading' })
  const [one, two] = [await bought(), await bought()]
  const number = booked({ heading: `Ordre ${one.name} og ${two.name}` })
  await s.pass(MINUTE_MS)
  await s.set(s.erpId, { named: 'reference' })
  const asks = (await s.owner.does('invoices.list', { query: { state: 'asks' } })).items
  expect(asks).toMatchObject([
    {
      number: String(number),
      order: null,
      candidates: [
        { id: two.id, name: two.name },
        { id: one.id, currency: 'DKK', goodsMinor: expect.any(Number) },
      ],
    },
  ])
  const params = { invoiceId: asks[0]?.id ?? 0 }
  const choose = async (orderId: number) => {
    await s.owner.does('invoices.link', { params, body: { orderId } })
    await s.pass(5_000)
    return [uploads(one).length, uploads(two).length, (await reserved()) - before]
  }
  const reserved = async () => (await s.owner.does('levels.list', { query: { number: NUMBER } })).items[0]?.reserved ?? 0
  const before = await reserved()
  expect(await choose(one.id)).toEqual([1, 0, -1])
  expect(await s.owner.does('invoices.show', { params })).toMatchObject({ linkedBy: 'person', shop: 'sent', candidates: [] })
  expect(await choose(two.id)).toEqual([1, 1, -1])
  expect(await s.owner.does('invoices.unlink', { params })).toMatchObject({ order: null, linkedBy: 'person', candidates: [] })
  await s.pass(MINUTE_MS)
  expect((await s.owner.does('invoices.list', { query: { state: 'unlinked', q: String(number) } })).items).toHaveLength(1)
  expect(await reserved()).toBe(before)
  const calls = sent()
  expect([await choose(one.id), sent()]).toEqual([[1, 1, -1], calls])
})

test('I4: a credit note is shown and never handed over; of two invoices the shop has the latest, and both can be read here', async () => {
  const order = await bought()
  const first = booked({ other: order.name })
  await s.pass(MINUTE_MS)
  const credit = s.erp.office.credit({ lines: [line], other: order.name }).number
  await s.pass(MINUTE_MS)
  expect(uploads(order).map((each) => each.number)).toEqual([String(first)])
  const second = booked({ other: order.name })
  await s.pass(MINUTE_MS)
  expect(uploads(order).map((each) => each.number)).toEqual([String(second)])
  const all = await invoicesOf(order)
  expect(all.map(({ number, credit: gives, shop }) => [number, gives, shop])).toEqual([
    [String(second), false, 'sent'],
    [String(credit), true, 'none'],
    [String(first), false, 'sent'],
  ])
  for (const each of all) expect((await read(each.id)).rawPayload).toEqual(await pdfThere(Number(each.number)))
})

test('I5: handed over once though the answer is lost; what the shop refuses is listed, and goes when a person says so', async () => {
  s.shop.turn({ uploadSetsInvoiceNumber: true, secondUpload: 'adds' })
  const order = await bought()
  s.shop.fault({ arm: { kind: 'reset-after', on: 'Order_UploadInvoice' } })
  booked({ other: order.name })
  await s.pass(2 * MINUTE_MS)
  expect([uploads(order).length, (await invoicesOf(order))[0]?.shop]).toEqual([1, 'sent'])
  s.shop.turn({ uploadSetsInvoiceNumber: false, secondUpload: 'refused' })
  const number = booked({ other: order.name, textLine1: 'Rest' })
  await s.pass(2 * MINUTE_MS)
  const { items } = await s.owner.does('invoices.list', { query: { state: 'failed' } })
  expect(items).toMatchObject([{ number: String(number), shop: 'refused', refusal: { code: 'invoice-refused' } }])
  s.shop.turn({ secondUpload: 'replaces' })
  await s.owner.does('invoices.fetch', { params: { invoiceId: items[0]?.id ?? 0 }, body: {} })
  await s.pass(5_000)
  expect(uploads(order).map((each) => each.number)).toEqual([String(number)])
})

test('an invoice that isn’t from the shop is listed and asks for nothing; a draft is no invoice', async () => {
  const number = booked({ other: 'PO-77' })
  const { number: draft } = s.erp.office.makeInvoice({ lines: [line] })
  await s.pass(MINUTE_MS)
  expect((await s.owner.does('invoices.list', { query: { state: 'unlinked' } })).items[0]).toMatchObject({ number: String(number), order: null, linkedBy: null, pdf: 'none' })
  expect((await s.owner.does('invoices.list', { query: { q: String(draft) } })).items).toEqual([])
})

test('whoever is forgotten is in no PDF kept here', async () => {
  const order = await bought()
  const number = booked({ other: order.name })
  await s.pass(MINUTE_MS)
  const { customerId } = await s.owner.does('orders.show', { params: { orderId: order.id } })
  await s.owner.does('customers.erase', { params: { customerId: customerId ?? 0 }, body: {} })
  const { id, pdf } = await known(number)
  expect([pdf, (await read(id)).statusCode]).toEqual(['erased', 404])
})
