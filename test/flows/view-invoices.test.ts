/** Invoices through a sync view: after their order, with their PDF once it is there, and gone from it when the person it names is forgotten. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTry, endTry, wantPdfs } from '../../src/core/invoices/want-pdfs.ts'
import type { ErpDocument } from '../../src/core/master/document.ts'
import { saveDocuments } from '../../src/core/master/take-documents.ts'
import { sql } from '../../src/db/sql.ts'
import { must } from '../../src/kit/assert.ts'
import { type Owner, openWeb, type Someone, type Web } from './web.ts'

let web: Web
let owner: Owner
let reader: Someone
let at: { viewId: number }
/** Its connection: who books. */
let erp: { listenerId: number; since: Date; fields: ['reference'] }
beforeAll(async () => {
  web = await openWeb()
  owner = await web.owner('Uld & Lin')
  erp = { listenerId: (await owner.does('connections.make', { body: { code: 'toy', name: 'Regnskabet' } })).id, since: new Date('2026-11-01T00:00:00Z'), fields: ['reference'] }
  const made = await owner.does('views.make', { body: { name: 'Affärssystemet', entities: ['order', 'invoice'], writes: ['orders:write'] } })
  reader = web.withKey(made.key)
  at = { viewId: made.id }
  await owner.does('articles.make', { body: { number: 'V-1', name: 'Vante' } })
})
afterAll(() => web.close())

const by = () => ({ actor: 'system', now: web.clock.now() })
async function order(name: string, views = at, as = reader): Promise<number> {
  const body = {
    placedAt: '2026-11-02T07:00:00Z',
    locationId: owner.locationId,
    lines: [{ line: '1', articleNumber: 'V-1', quantity: 1 }],
    customer: { name: 'Anna', email: `${name}@example.com` },
  }
  return (await as.does('views.put-order', { params: { ...views, externalId: name }, body })).id
}
const document = (number: number, other: string, more: Partial<ErpDocument> = {}): ErpDocument => ({
  documentRef: `booked/${number}`,
  stage: 'booked',
  credit: false,
  invoiceNumber: String(number),
  madeFromRef: null,
  names: [{ from: 'reference', text: other }],
  currency: 'DKK',
  netMinor: 40_000,
  grossMinor: 50_000,
  bookedAt: '2026-11-02T00:00:00.000Z',
  stamp: `${number}`,
  lines: [],
  ...more,
})
const book = (...documents: ErpDocument[]) => web.data.db.inCompany(owner.companyId, async (tx) => wantPdfs(tx, erp, await saveDocuments(tx, erp, documents, by()), by()))
const fetched = (bytes: Uint8Array) =>
  web.data.db.inCompany(owner.companyId, async (tx) => endTry(tx, must(await beginTry(tx, erp.listenerId, by().now), 'a PDF that is wanted'), bytes, by()))
async function read(as = reader, params = at) {
  const page = await as.does('views.changes', { params, query: { limit: '500' } })
  return { items: page.items, ack: () => as.does('views.ack', { params, body: { cursor: page.nextCursor } }) }
}

test('V3: an invoice comes once it is booked for an order, after the order; its PDF follows, and a document of nobody’s never comes', async () => {
  const orderId = await order('10023')
  // The reader handed the order in, so it isn't told of it; the invoice has no reason to wait for it.
  await book(document(300, '10023'), document(301, 'nobody'), document(302, '10023', { stage: 'draft', documentRef: 'draft/9' }))
  const first = await read()
  const invoice = {
    ...{ id: expect.any(Number), orderId, number: '300', bookedAt: '2026-11-02T00:00:00+00:00', credit: false, currency: 'DKK', netMinor: 40_000, grossMinor: 50_000 },
    pdf: null,
  }
  expect(first.items.map(({ entity, op, data }) => ({ entity, op, data }))).toEqual([{ entity: 'invoice', op: 'upsert', data: invoice }])
  await first.ack()
  // Shown again as it was: nothing is said.
  await book(document(300, '10023'))
  expect((await read()).items).toEqual([])
  await fetched(Buffer.from('%PDF-1.4 en faktura'))
  const [whole] = (await read()).items
  expect(whole?.data).toMatchObject({
    number: '300',
    pdf: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), size: 19, href: `/v1/sync-views/${at.viewId}/invoices/${whole?.id}/pdf` },
  })
  const file = (invoiceId: number) => reader.call('views.invoice-pdf', { params: { ...at, invoiceId } })
  expect([(await file(whole?.id ?? 0)).status, (await file(999_999)).status]).toEqual([200, 404])
  expect((await reader.call('invoices.pdf', { params: { invoiceId: whole?.id ?? 0 } })).status).toBe(403)
  await (await read()).ack()
})

test('V3: where the order is new to the reader it comes first, and what isn’t acknowledged keeps its invoice waiting; a view that takes the order in later gets both', async () => {
  const other = await owner.does('views.make', { body: { name: 'Lagret', entities: ['order'], writes: ['orders:write'] } })
  await order('10024', { viewId: other.id }, web.withKey(other.key))
  await book(document(310, '10024'))
  const page = await read()
  expect(page.items.map((item) => item.entity)).toEqual(['order', 'invoice'])
  await page.ack()
  // Younger than both: it gets them with the order's next change.
  const late = await owner.does('views.make', { body: { name: 'Sent', entities: ['order', 'invoice'] } })
  const key = web.withKey(late.key)
  await web.data.owner.run(sql`update web_order set version = version + 1 where company_id = ${owner.companyId} and name = '10024'`)
  expect((await read(key, { viewId: late.id })).items.map((item) => item.entity)).toEqual(['order', 'invoice'])
  // What it never heard of is sent once it is to hear of it.
  await owner.does('views.change', { params: { viewId: other.id }, body: { entities: ['order', 'invoice'] } })
  expect((await read(web.withKey(other.key), { viewId: other.id })).items.map((item) => item.entity)).toEqual(['order', 'invoice'])
})

test('V3: when the person it names is forgotten, the reader is told that the PDF is gone', async () => {
  await (await read()).ack()
  await web.data.owner.run(
    sql`update invoice_pdf set found = 'erased', sha256 = null, size_bytes = null, fetched_at = null where company_id = ${owner.companyId} and found = 'there'`,
  )
  const { items } = await read()
  expect(items).toMatchObject([{ entity: 'invoice', data: { number: '300', pdf: null } }])
})
