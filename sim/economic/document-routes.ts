/** /orders and /invoices as they are called. */
import { json, type SimAnswer, type SimRequest } from '../kit.ts'
import { collection, type Listed } from './collections.ts'
import { documentView, totalsOf, writtenDocument } from './document-body.ts'
import type { Documents } from './documents.ts'
import { notFound, Refused } from './errors.ts'
import { pdfOf } from './pdf.ts'
import type { Document, Stage, World } from './world.ts'
import { isBody, reading } from './writing.ts'

const STAGES: Record<string, Stage> = {
  'orders/drafts': 'draft-order',
  'orders/sent': 'sent-order',
  'orders/archived': 'archived-order',
  'invoices/drafts': 'draft-invoice',
  'invoices/booked': 'booked',
}
const addressOf = (stage: Stage): string => Object.keys(STAGES).find((each) => STAGES[each] === stage) ?? ''
const NUMBERS: Record<Stage, string> = {
  'draft-order': 'orderNumber',
  'sent-order': 'orderNumber',
  'archived-order': 'orderNumber',
  'draft-invoice': 'draftInvoiceNumber',
  booked: 'bookedInvoiceNumber',
}

/** Null when the address is none of theirs. `pdfIsThere` = not while one is being made. */
export function documentRoutes(world: World, desk: Documents, base: string, request: SimRequest, parts: string[], pdfIsThere: () => boolean): SimAnswer | null {
  const [one = '', two = '', key, what, ...rest] = parts
  const stage = STAGES[`${one}/${two}`]
  if (stage === undefined) return null
  const view = (document: Document, inList = false) => documentWhole(world, base, document, inList)
  if (key === undefined) return wholeList(world, desk, base, request, stage, view)
  if (!/^\d{1,9}$/.test(key)) throw notFound(`'${key}'`)
  if (request.method === 'PUT' && stage === 'booked') return json(201, view(booking(world, desk, request, Number(key))), { location: `${base}/invoices/booked/${key}` })
  const document = desk.get(stage, Number(key))
  if (what === 'pdf') return pdf(world, document, pdfIsThere)
  if (what === 'templates') return json(200, template(base, document, view, rest))
  if (what !== undefined) throw notFound(`'${what}'`)
  switch (request.method) {
    case 'GET':
      return json(200, view(document))
    case 'PUT':
      if (stage === 'archived-order') throw new Refused(405, 'The method is not allowed here.')
      return json(200, view(desk.replace(document, writtenDocument(world, request.body))))
    case 'DELETE':
      return deleted(desk, [document], stage)
    default:
      throw new Refused(405, 'The method is not allowed here.')
  }
}

function wholeList(world: World, desk: Documents, base: string, request: SimRequest, stage: Stage, view: (document: Document, inList?: boolean) => unknown): SimAnswer {
  const made = (document: Document) => json(201, view(document), { location: selfOf(base, document) })
  switch (request.method) {
    case 'GET':
      return json(
        200,
        collection(
          world,
          request,
          base,
          listed(world, stage, (row) => view(row, true)),
        ),
      )
    case 'POST':
      if (stage === 'booked') return made(booking(world, desk, request))
      if (stage === 'draft-order' || stage === 'sent-order') return made(order(world, desk, request, stage))
      if (stage === 'draft-invoice') return made(draftInvoice(world, desk, request))
      throw new Refused(405, 'The method is not allowed here.')
    case 'DELETE':
      // No number: every one of them.
      if (stage === 'draft-invoice') return deleted(desk, [...world.documents[stage].values()], stage)
      throw new Refused(405, 'The method is not allowed here.')
    default:
      throw new Refused(405, 'The method is not allowed here.')
  }
}

/** A new draft; or, with the whole document of one that is there, the order passes between draft and sent. */
function order(world: World, desk: Documents, request: SimRequest, stage: 'draft-order' | 'sent-order'): Document {
  const written = writtenDocument(world, request.body)
  const number = isBody(request.body) ? request.body.orderNumber : undefined
  const other = stage === 'draft-order' ? 'sent-order' : 'draft-order'
  const there = typeof number === 'number' ? world.documents[other].get(number) : undefined
  if (there !== undefined) return desk.pass(desk.replace(there, written), stage)
  if (stage === 'sent-order') throw notFound(`Order '${String(number)}'`)
  return desk.create('draft-order', written)
}

/** The body of an order's upgrade names the order. */
function draftInvoice(world: World, desk: Documents, request: SimRequest): Document {
  const written = writtenDocument(world, request.body)
  const number = isBody(request.body) ? request.body.orderNumber : undefined
  const from = typeof number === 'number' ? (world.documents['draft-order'].get(number) ?? world.documents['sent-order'].get(number)) : undefined
  const document = desk.create('draft-invoice', written, from?.number ?? null)
  if (from !== undefined) desk.upgraded(from)
  return document
}

function booking(world: World, desk: Documents, request: SimRequest, number?: number): Document {
  const read = reading(world, request.body)
  const draft = read.ref(['draftInvoice'], 'draftInvoiceNumber', (each) => world.documents['draft-invoice'].has(each), true)
  const wanted = number ?? read.at(['bookWithNumber'])
  if (wanted !== undefined && (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 1))
    read.wrong(['bookWithNumber'], null, 'Must be a whole number greater than 0.', wanted)
  const sendBy = read.at(['sendBy'])
  if (sendBy !== undefined && !['none', 'EAN', 'Email'].includes(sendBy as string)) read.wrong(['sendBy'], null, "Expected one of 'none', 'EAN', 'Email'.", sendBy)
  read.done()
  return desk.book(desk.get('draft-invoice', draft ?? 0), typeof wanted === 'number' ? wanted : undefined)
}

function deleted(desk: Documents, all: Document[], stage: Stage): SimAnswer {
  if (stage !== 'draft-order' && stage !== 'draft-invoice') throw new Refused(405, 'The method is not allowed here.')
  for (const each of all) desk.remove(each)
  return json(200, {
    message: `Deleted ${all.length} ${all.length === 1 ? 'item' : 'items'}.`,
    deletedCount: all.length,
    deletedItems: all.map((each) => ({ [NUMBERS[stage]]: each.number })),
  })
}

function template(base: string, document: Document, view: (document: Document) => unknown, rest: string[]): unknown {
  const path = rest.join('/')
  if (document.stage === 'draft-invoice' && path === 'booking-instructions')
    return { draftInvoice: { draftInvoiceNumber: document.number, self: selfOf(base, document) }, self: `${selfOf(base, document)}/templates/booking-instructions` }
  if ((document.stage === 'draft-order' || document.stage === 'sent-order') && path === 'upgrade-instructions/draftInvoice') return view(document)
  throw notFound(`'${path}'`)
}

function pdf(world: World, document: Document, isThere: () => boolean): SimAnswer {
  if (!isThere()) throw notFound('PDF')
  const { net, vat, gross } = totalsOf(world, document)
  const money = (amount: number) => `${(amount / 100).toFixed(2)} ${document.currency}`
  const isCredit = gross < 0
  const body = pdfOf([
    `${world.company.name}  CVR ${world.company.cvr}`,
    `${isCredit ? 'Kreditnota' : 'Faktura'} ${document.number}   ${document.date}`,
    `Kunde ${document.customer}: ${document.recipient.name}`,
    ...(document.references.other === null ? [] : [`Øvrig ref.: ${document.references.other}`]),
    ...document.lines.map((line) => `${line.quantity / 100} x ${line.productNumber ?? ''} ${line.description}  ${money(line.unitNetPrice)}`),
    `Netto ${money(net)}  Moms ${money(vat)}  Total ${money(gross)}`,
  ])
  return { status: 200, headers: { 'content-type': 'application/pdf' }, body }
}

const selfOf = (base: string, { stage, number }: Document): string => `${base}/${addressOf(stage)}/${number}`

function documentWhole(world: World, base: string, document: Document, inList: boolean): Record<string, unknown> {
  const self = selfOf(base, document)
  const { bookedOrderNumber } = world.knobs
  const fromOrder = bookedOrderNumber === 'order' ? document.fromOrder : document.fromDraft
  const isOrder = document.stage.endsWith('order')
  return {
    [NUMBERS[document.stage]]: document.number,
    ...(document.stage === 'booked' && bookedOrderNumber !== 'absent' && fromOrder !== null ? { orderNumber: fromOrder } : {}),
    ...documentView(world, base, document, inList),
    ...(document.stage === 'booked'
      ? { remainder: totalsOf(world, document).gross / 100, remainderInBaseCurrency: totalsOf(world, document).gross / 100, sent: `${self}/sent` }
      : {}),
    ...(document.stage === 'draft-invoice'
      ? { soap: { currentInvoiceHandle: { id: document.number } }, templates: { bookingInstructions: `${self}/templates/booking-instructions`, self: `${self}/templates` } }
      : {}),
    ...(isOrder
      ? { templates: { upgradeToInvoice: `${self}/templates/upgrade-instructions/draftInvoice`, self: `${self}/templates` } }
      : { pdf: { [world.knobs.pdfLink]: `${self}/pdf` } }),
    self,
  }
}

function listed(world: World, stage: Stage, view: (row: Document) => unknown): Listed<Document> {
  return {
    rows: [...world.documents[stage].values()].sort((a, b) => a.number - b.number),
    fields: {
      [NUMBERS[stage]]: (row) => row.number,
      date: (row) => row.date,
      currency: (row) => row.currency,
      'customer.customerNumber': (row) => row.customer,
      'references.other': (row) => row.references.other ?? undefined,
      'notes.heading': (row) => row.notes.heading ?? undefined,
      'notes.textLine1': (row) => row.notes.textLine1 ?? undefined,
      'notes.textLine2': (row) => row.notes.textLine2 ?? undefined,
      ...(stage === 'draft-invoice' ? { externalId: (row: Document) => row.externalId ?? undefined } : {}),
      netAmount: (row) => totalsOf(world, row).net / 100,
      grossAmount: (row) => totalsOf(world, row).gross / 100,
    },
    breaks: stage.endsWith('order') ? ['paymentTerms.paymentTermsNumber'] : [],
    view,
  }
}
