/** An order's invoice: booked in the ERP, its PDF fetched, kept and shown here, and handed to the shop's order once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { type InvoiceStand, invoiceStand, MINUTE_MS, NUMBER } from './invoice-stand.ts'

let s: Awaited<ReturnType<typeof invoiceStand>>
beforeAll(async () => {
  s = await invoiceStand()
})
afterAll(() => s.close())

const line = { productNumber: NUMBER, quantity: 1, unitNetPrice: 100 }
/** Somebody buys one piece; our order of it. */
async function bought(amount = 1): Promise<{ name: string; id: number }> {
  const { id } = s.shop.shop.placeOrder({ lines: [{ itemNumber: NUMBER, amount }] })
  await s.pass(2 * MINUTE_MS)
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

test('I2 I3: the PDF of a booked invoice for an order of ours is kept as it came; not one for an order from before', async () => {
  const order = await bought()
  const [number, early] = [booked({ other: order.name }), booked({ other: String(s.before.id) })]
  s.erp.fault({ arm: { kind: 'pdf-late', ms: 90_000 } })
  s.erp.fault({ arm: { kind: 'pdf-broken', pass: 1 } })
  await s.pass(10 * MINUTE_MS)
  const kept = await s.web.data.owner.rows<{ number: string; bytes: Buffer | null }>(
    sql`select d.invoice_number as number, f.bytes from invoice_pdf p join erp_document d on d.id = p.document_id left join invoice_file f on f.document_id = p.document_id`,
  )
  expect(kept).toEqual([{ number: String(number), bytes: await pdfThere(number) }])
  expect(early).toBeGreaterThan(0)
})
