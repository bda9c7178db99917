/** Orders, draft invoices and booked invoices as documents: what is there since a cursor, these very ones, and the PDF of one. */
import { z } from 'zod'
import { parseJson } from '../../kit/json.ts'
import { type ErpDocument, type Page, type Priority, RemoteError, type RemoteEvent } from '../contract.ts'
import { type Document, document, pageOf } from './answers.ts'
import type { Client } from './client.ts'
import { equals, listPath } from './filters.ts'
import { type DocumentKind, type DocumentRef, documentRef, readDocumentRef, readNamed } from './refs.ts'
import { countsFrom, type EconomicSettings } from './settings.ts'

const PAGE = 1000
const MOST_OF_AN_ORDER = 20
const COLLECTIONS = { 'orders/drafts': 'order', 'orders/sent': 'order', 'invoices/drafts': 'draft', 'invoices/booked': 'booked' } as const
type Collection = keyof typeof COLLECTIONS

const documents = pageOf(document)
/** `booked` = the highest number seen. `open` = what stood in the other lists, and what could be seen of it there. */
const cursorShape = z.object({
  v: z.literal(1),
  booked: z.number(),
  open: z.record(z.string(), z.string()),
  walk: z.object({ at: z.number(), page: z.number(), seen: z.record(z.string(), z.string()) }),
})
type Cursor = z.infer<typeof cursorShape>

/** Only what the number may contain is worth reading: drafts and orders only where they count. */
function listsOf(settings: EconomicSettings): Collection[] {
  switch (countsFrom(settings)) {
    case 'order':
      return ['orders/drafts', 'orders/sent', 'invoices/drafts', 'invoices/booked']
    case 'draft':
      return ['invoices/drafts', 'invoices/booked']
    case 'booked':
    case 'never':
      return ['invoices/booked']
  }
}

/**
 * Booked invoices by their number, which only rises; the open lists whole, each time, for nothing there says when it was changed. What left an open list is gone: deleted,
 * or a document of its own somewhere else.
 */
export async function pullDocuments(client: Client, settings: EconomicSettings, from: { cursor: string | null; since?: string }, priority: Priority): Promise<Page> {
  const lists = listsOf(settings)
  const at: Cursor =
    from.cursor === null
      ? { v: 1, booked: await lastBookedBefore(client, from.since, priority), open: {}, walk: { at: 0, page: 0, seen: {} } }
      : cursorShape.parse(parseJson(from.cursor))
  const collection = lists[at.walk.at] ?? 'invoices/booked'
  const kind = COLLECTIONS[collection]
  const isBooked = collection === 'invoices/booked'
  const asked = isBooked ? { filter: `bookedInvoiceNumber$gt:${at.booked}`, sort: 'bookedInvoiceNumber' } : { page: at.walk.page }
  const answer = await client.get(documents, listPath(collection, { ...asked, size: PAGE }), priority)
  const rows = (answer?.collection ?? []).map((row) => ({ row, ref: refOf(kind, row) }))
  const isLast = answer === null || answer.pagination.nextPage === null
  if (!isBooked) {
    const seen = { ...at.walk.seen, ...Object.fromEntries(rows.map(({ row, ref }) => [ref, printOf(row)])) }
    const news = rows.filter(({ row, ref }) => at.open[ref] !== printOf(row))
    const walk = isLast ? { at: at.walk.at + 1, page: 0, seen } : { ...at.walk, page: at.walk.page + 1, seen }
    return { events: news.map(({ row }) => seenDocument(kind, row)), cursor: JSON.stringify({ ...at, walk }), more: true }
  }
  const booked = Math.max(at.booked, ...rows.map(({ row }) => row.bookedInvoiceNumber ?? 0))
  const events = rows.map(({ row }) => seenDocument(kind, row))
  if (!isLast) return { events, cursor: JSON.stringify({ ...at, booked }), more: true }
  const gone = Object.keys(at.open).filter((ref) => at.walk.seen[ref] === undefined)
  const next: Cursor = { v: 1, booked, open: at.walk.seen, walk: { at: 0, page: 0, seen: {} } }
  return { events: [...events, ...gone.map(goneDocument)], cursor: JSON.stringify(next), more: false }
}

/** Where the booked ones begin: after the last one that is older than `since`; without it from the very first. */
async function lastBookedBefore(client: Client, since: string | undefined, priority: Priority): Promise<number> {
  if (since === undefined) return 0
  const answer = await client.get(documents, listPath('invoices/booked', { filter: `date$lt:${since.slice(0, 10)}`, sort: '-bookedInvoiceNumber', size: 1 }), priority)
  return answer?.collection[0]?.bookedInvoiceNumber ?? 0
}

/** With their lines. A booked one that isn't there may be shown in a moment, so nothing is said of it. */
export async function pullDocumentsByRef(client: Client, refs: string[], priority: Priority): Promise<Page> {
  const events: RemoteEvent[] = []
  const named = await Promise.all(refs.map((ref) => bookedFor(client, readNamed(ref), priority)))
  for (const text of [...refs.filter((ref) => readNamed(ref) === null), ...named.flat()]) {
    const ref = readDocumentRef(text)
    const found = ref === null ? null : await readDocument(client, ref, priority)
    if (ref !== null && found !== null) events.push(seenDocument(ref.kind, found))
    else if (ref?.kind !== 'booked') events.push(goneDocument(text))
  }
  return { events, cursor: '', more: false }
}

/** Refs of the booked documents that name this order in the field made for it: an order has one, seldom a few. */
async function bookedFor(client: Client, order: string | null, priority: Priority): Promise<string[]> {
  if (order === null) return []
  const answer = await client.get(
    documents,
    listPath('invoices/booked', { filter: equals('references.other', order), sort: '-bookedInvoiceNumber', size: MOST_OF_AN_ORDER }),
    priority,
  )
  return (answer?.collection ?? []).map((row) => refOf('booked', row))
}

export async function readDocument(client: Client, { kind, number }: DocumentRef, priority: Priority): Promise<Document | null> {
  for (const collection of Object.keys(COLLECTIONS) as Collection[]) {
    const found = COLLECTIONS[collection] === kind ? await client.get(document, `/${collection}/${number}`, priority) : null
    if (found !== null) return found
  }
  return null
}

/** The PDF of a booked invoice as it came; null = there is none (yet). A page of HTML is none. */
export async function readPdf(client: Client, text: string): Promise<Uint8Array | null> {
  const ref = readDocumentRef(text)
  if (ref?.kind !== 'booked') return null
  const bytes = await client.bytes(`/invoices/booked/${ref.number}/pdf`, 'live')
  if (bytes !== null && Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw new RemoteError('strange', 'pdf-unreadable', 'what came is not a PDF', { executed: 'no', facts: { number: String(ref.number) } })
  return bytes
}

const numberOf = (kind: DocumentKind, row: Document): number => (kind === 'order' ? row.orderNumber : kind === 'draft' ? row.draftInvoiceNumber : row.bookedInvoiceNumber) ?? 0
const refOf = (kind: DocumentKind, row: Document): string => documentRef(kind, numberOf(kind, row))

/** What a list shows of a document; where it differs the document was changed. */
const printOf = ({ date, netAmount, grossAmount, references }: Document): string => `${date} ${netAmount ?? ''} ${grossAmount ?? ''} ${references?.other ?? ''}`

const seenDocument = (kind: DocumentKind, row: Document): RemoteEvent => ({ kind: 'erp-document', document: erpDocument(kind, row) })

function erpDocument(kind: DocumentKind, row: Document): ErpDocument {
  const number = numberOf(kind, row)
  const gross = row.grossAmount ?? null
  const notes = [row.notes?.textLine1, row.notes?.textLine2].flatMap((text) => (text ? [{ from: 'text' as const, text }] : []))
  return {
    documentRef: documentRef(kind, number),
    stage: kind,
    credit: gross !== null && gross < 0,
    invoiceNumber: kind === 'booked' ? String(number) : null,
    // `orderNumber` of a booked invoice is the draft's in one record and may be the order's: it names nothing for certain.
    madeFromRef: null,
    names: [
      ...(row.references?.other ? [{ from: 'reference' as const, text: row.references.other }] : []),
      ...(row.notes?.heading ? [{ from: 'heading' as const, text: row.notes.heading }] : []),
      ...notes,
    ],
    currency: row.currency,
    netMinor: minor(row.netAmount),
    grossMinor: minor(gross),
    // The day is all that is said.
    bookedAt: kind === 'booked' ? `${row.date}T00:00:00.000Z` : null,
    stamp: printOf(row),
    lines: row.lines?.flatMap((line) => (line.product ? [{ articleNumber: line.product.productNumber, quantity: Math.trunc(line.quantity ?? 0) }] : [])) ?? null,
  }
}
const minor = (amount: number | null | undefined): number | null => (typeof amount === 'number' ? Math.round(amount * 100) : null)

const goneDocument = (ref: string): RemoteEvent => ({
  kind: 'erp-document',
  document: {
    documentRef: ref,
    stage: 'gone',
    credit: false,
    invoiceNumber: null,
    madeFromRef: null,
    names: [],
    currency: '',
    netMinor: null,
    grossMinor: null,
    bookedAt: null,
    stamp: 'gone',
    lines: [],
  },
})
