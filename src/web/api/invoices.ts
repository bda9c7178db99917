/** Invoices over HTTP: which order each is for, whether its PDF is here and at the shop, and the PDF itself. */
import type { FastifyReply } from 'fastify'
import { fileOf } from '../../core/invoices/pdfs.sql.ts'
import { fileInView } from '../../core/views/contents.sql.ts'
import type { Tx } from '../../db/open.ts'
import { fetchInvoice, fetchInvoicesOf, linkInvoice } from '../../sync/invoices.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, momentAfter, pageOf } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { type InvoiceRow, type InvoicesAsked, invoicePage, type OrderNamed, ordersByName } from './invoices.sql.ts'

type Invoice = Answered<'invoices.show'>
type InvoiceRoute = Extract<keyof Handlers, `invoices.${string}`> | 'orders.fetch-invoices'
const all: InvoicesAsked = { id: null, orderId: null, connectionId: null, state: null, q: null, before: null, limit: 200 }

/** A PDF is never a page of ours: it may run nothing, in an origin of its own, and stands in no cache. */
const PDF_HEADERS = {
  'content-type': 'application/pdf',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'; sandbox allow-scripts allow-downloads",
  'cache-control': 'private, no-store',
}

async function shown(tx: Tx, rows: InvoiceRow[]): Promise<Invoice[]> {
  const orders = new Map(
    (await ordersByName(tx, [...new Set(rows.flatMap((row) => [...(row.orderId === null ? [] : [row.orderId]), ...row.candidateIds]))])).map((each) => [each.id, each]),
  )
  return rows.map(({ orderId, candidateIds, wanted, found, triesAgain, handed, waits, refusal, said, ...row }) => {
    const order = orders.get(orderId ?? 0) ?? null
    return {
      ...row,
      order,
      differs: order !== null && differs(row, order),
      candidates: candidateIds.flatMap((id) => orders.get(id) ?? []),
      pdf: pdfOf({ wanted, found, triesAgain }),
      shop: row.credit ? 'none' : handed ? 'sent' : refusal !== null ? 'refused' : waits ? 'waiting' : 'none',
      refusal: refusal === null ? null : { code: refusal, said: said ?? '' },
    }
  })
}

const differs = (row: Pick<InvoiceRow, 'credit' | 'currency' | 'grossMinor'>, order: OrderNamed): boolean =>
  !row.credit && (row.currency !== order.currency || (row.grossMinor !== null && order.goodsMinor !== null && row.grossMinor !== order.goodsMinor))

function pdfOf({ wanted, found, triesAgain }: Pick<InvoiceRow, 'wanted' | 'found' | 'triesAgain'>): Invoice['pdf'] {
  if (!wanted) return 'none'
  return found === null || triesAgain ? 'waiting' : found
}

/** The newest first. */
export const invoicesOf = async (tx: Tx, orderId: number): Promise<Invoice[]> => shown(tx, await invoicePage(tx, { ...all, orderId }))

async function one(tx: Tx, id: number): Promise<Invoice> {
  const [invoice] = await shown(tx, await invoicePage(tx, { ...all, id }))
  return found(invoice)
}

async function pdf(tx: Tx, invoiceId: number, reply: FastifyReply): Promise<Uint8Array> {
  const { credit, number, id } = await one(tx, invoiceId)
  const { bytes } = found(await fileOf(tx, id))
  const name = `${credit ? 'kreditnota' : 'faktura'}-${(number ?? String(id)).replace(/[^\w-]+/g, '_')}.pdf`
  reply.headers({ ...PDF_HEADERS, 'content-disposition': `inline; filename="${name}"` })
  return bytes
}

export const viewInvoices: Pick<Handlers, 'views.invoice-pdf'> = {
  'views.invoice-pdf': inCompany(async (tx, { params, reply }) => {
    found(await fileInView(tx, params.viewId, 'invoice', params.invoiceId))
    return pdf(tx, params.invoiceId, reply)
  }),
}

export const invoices: Pick<Handlers, InvoiceRoute> = {
  'invoices.list': inCompany(async (tx, { query }) => {
    const { state = null, connectionId = null, orderId = null, q = null, limit } = query
    const rows = await invoicePage(tx, { ...all, state, connectionId, orderId, q, before: momentAfter(query.cursor), limit: limit + 1 })
    const { items, next } = pageOf(
      rows,
      limit,
      (row) => cursorOf((row.bookedAt ?? new Date(0)).toISOString(), row.id),
      (row) => row,
    )
    return { items: await shown(tx, items), next }
  }),
  'invoices.show': inCompany(async (tx, { params }) => await one(tx, params.invoiceId)),
  'invoices.pdf': inCompany(async (tx, { params, reply }) => pdf(tx, params.invoiceId, reply)),
  'invoices.link': inCompany(async (tx, { params, body, by, deps }) => {
    await linkInvoice(tx, deps.sync, { invoiceId: params.invoiceId, orderId: body.orderId }, by)
    return await one(tx, params.invoiceId)
  }),
  'invoices.unlink': inCompany(async (tx, { params, by, deps }) => {
    await linkInvoice(tx, deps.sync, { invoiceId: params.invoiceId, orderId: null }, by)
    return await one(tx, params.invoiceId)
  }),
  'invoices.fetch': inCompany(async (tx, { params, by, deps }) => {
    await fetchInvoice(tx, deps.sync, params.invoiceId, by)
    return await one(tx, params.invoiceId)
  }),
  'orders.fetch-invoices': inCompany(async (tx, { params, by, deps }) => ({ asked: await fetchInvoicesOf(tx, deps.sync, params.orderId, by) })),
}
