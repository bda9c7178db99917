/** An order of ours as a document over there: made, replaced, taken away, and booked where the settings say so. Nothing is ever deleted without its number. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type HandedOver, type OutgoingOrder, RemoteError } from '../contract.ts'
import { document, layout, pageOf, terms, zone } from './answers.ts'
import type { Client } from './client.ts'
import { customerFor, refused } from './customers.ts'
import { equals, listPath } from './filters.ts'
import { type DocumentRef, documentRef, readDocumentRef } from './refs.ts'
import type { EconomicSettings } from './settings.ts'

const EU = 'AT BE BG CY CZ DE EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
/** Denmark has one rate. */
const DANISH_VAT = 2500
const anything = z.unknown()

export async function handOverOrder(client: Client, settings: EconomicSettings, order: OutgoingOrder, ref: string | null, key: string): Promise<HandedOver> {
  if (settings.orders === 'none') return refused('orders-off')
  try {
    if (ref === null) return order.cancelled ? { kind: 'done', documentRef: null } : await make(client, settings, order, key)
    const standing = readDocumentRef(ref)
    if (standing === null) return refused('document-gone', ref)
    if (standing.kind === 'booked') return refused('booked-already', String(standing.number))
    return order.cancelled ? await takeAway(client, standing, key) : await replace(client, settings, order, standing, key)
  } catch (error) {
    // What e-conomic finds wrong with this one document is this document's matter.
    if (error instanceof RemoteError && error.kind === 'refused') return refused(refusedBy(error), error.facts.said ?? '')
    if (error instanceof RemoteError && error.code === 'economic-closed' && settings.orders === 'draft-order') return refused('orders-closed')
    throw error
  }
}
function refusedBy({ facts }: RemoteError): string {
  if (/^lines \d+ product/.test(facts.where ?? '')) return 'product-missing'
  if (/^customer\b/.test(facts.where ?? '')) return 'customer-gone'
  return 'economic-refused'
}

const addressOf = ({ kind, number }: DocumentRef): string => (kind === 'order' ? `/orders/drafts/${number}` : `/invoices/drafts/${number}`)

async function make(client: Client, settings: EconomicSettings, order: OutgoingOrder, key: string): Promise<HandedOver> {
  const kind = settings.orders === 'draft-order' ? 'order' : 'draft'
  const written = await bodyOf(client, settings, order, key)
  if ('refused' in written) return written.refused
  const standing = await madeBefore(client, settings, order, kind, written.body)
  if (standing?.kind === 'booked') return { kind: 'done', documentRef: documentRef('booked', standing.number) }
  if (standing !== null) await client.write(anything, { method: 'PUT', path: addressOf(standing), body: written.body, key: `${key}-r` })
  const number = standing?.number ?? (await post(client, { ...written.body, externalId: externalIdOf(order) }, kind, key))
  if (!settings.book || kind === 'order') return { kind: 'done', documentRef: documentRef(kind, number) }
  return book(client, number, key)
}

/**
 * Keys are remembered for an hour; a draft and an order carry a name of ours for as long as they are one. Of what was booked nothing of ours may be left: it is the same that has the order's
 * name, its day and its sum.
 */
async function madeBefore(client: Client, settings: EconomicSettings, order: OutgoingOrder, kind: 'order' | 'draft', body: Body): Promise<DocumentRef | null> {
  const id = externalIdOf(order)
  const found = async (list: string, filter: string) => (await client.get(pageOf(document), listPath(list, { filter, size: 20 }), 'live'))?.collection ?? []
  if (kind === 'order') {
    const standing = (await found('orders/drafts', equals('references.other', body.references.other))).find((each) => each.externalId === id)
    return typeof standing?.orderNumber === 'number' ? { kind, number: standing.orderNumber } : null
  }
  const [standing] = await found('invoices/drafts', equals('externalId', id))
  if (typeof standing?.draftInvoiceNumber === 'number') return { kind, number: standing.draftInvoiceNumber }
  if (!settings.book) return null
  const net = netOfAll(body)
  const booked = (await found('invoices/booked', equals('references.other', body.references.other))).find(
    (each) => each.externalId === id || (each.date === body.date && each.currency === body.currency && (net === null || Math.abs((each.netAmount ?? 0) - net) < 0.01)),
  )
  return typeof booked?.bookedInvoiceNumber === 'number' ? { kind: 'booked', number: booked.bookedInvoiceNumber } : null
}
/** Null = a line takes the product's own price. */
function netOfAll({ lines }: Body): number | null {
  const sums = lines.map((line) => (line.unitNetPrice === undefined ? null : line.unitNetPrice * line.quantity))
  return sums.some((sum) => sum === null) ? null : sums.reduce<number>((all, sum) => all + (sum ?? 0), 0)
}
/** Fifty signs at most. */
const externalIdOf = ({ ref }: OutgoingOrder): string => createHash('sha256').update(ref).digest('base64url')

async function post(client: Client, body: Record<string, unknown>, kind: 'order' | 'draft', key: string): Promise<number> {
  const path = kind === 'order' ? '/orders/drafts' : '/invoices/drafts'
  const made = await client.write(document, { method: 'POST', path, body, key })
  const number = kind === 'order' ? made?.orderNumber : made?.draftInvoiceNumber
  if (typeof number === 'number') return number
  throw new RemoteError('strange', 'answer-unreadable', 'the document has no number', { executed: 'unknown', facts: { document: `POST ${path.slice(1)}`, where: 'number' } })
}

/** Irreversible, so it is done only where a person has asked for it; nobody is sent anything. */
async function book(client: Client, draft: number, key: string): Promise<HandedOver> {
  const booked = await client.write(document, { method: 'POST', path: '/invoices/booked', body: { draftInvoice: { draftInvoiceNumber: draft }, sendBy: 'none' }, key: `${key}-b` })
  return { kind: 'done', documentRef: typeof booked?.bookedInvoiceNumber === 'number' ? documentRef('booked', booked.bookedInvoiceNumber) : documentRef('draft', draft) }
}

async function replace(client: Client, settings: EconomicSettings, order: OutgoingOrder, standing: DocumentRef, key: string): Promise<HandedOver> {
  const written = await bodyOf(client, settings, order, key)
  if ('refused' in written) return written.refused
  const done = await client.write(anything, { method: 'PUT', path: addressOf(standing), body: written.body, key })
  return done === null ? refused('document-gone', String(standing.number)) : { kind: 'done', documentRef: documentRef(standing.kind, standing.number) }
}

async function takeAway(client: Client, standing: DocumentRef, key: string): Promise<HandedOver> {
  await client.write(anything, { method: 'DELETE', path: addressOf(standing), key })
  return { kind: 'done', documentRef: null }
}

interface Body extends Record<string, unknown> {
  date: string
  currency: string
  references: { other: string }
  lines: { product: { productNumber: string }; description: string; quantity: number; unitNetPrice?: number }[]
}
/** The least that is taken, prices net. What is refused here waits for a person. */
async function bodyOf(client: Client, settings: EconomicSettings, order: OutgoingOrder, key: string): Promise<{ body: Body } | { refused: HandedOver }> {
  const vatZone = await zoneFor(client, order.country)
  const layoutNumber =
    settings.layoutNumber ?? (await client.get(pageOf(layout), listPath('layouts', { size: 100 }), 'live'))?.collection.find((each) => !each.deleted)?.layoutNumber
  if (layoutNumber === undefined) return { refused: refused('layout-missing') }
  const usual = settings.paymentTermsNumber ?? (await firstTerms(client))
  if (usual === null) return { refused: refused('terms-missing') }
  const customer = await customerFor(client, settings, order, { zone: vatZone, terms: usual }, key)
  if ('kind' in customer) return { refused: customer }
  const lines: Body['lines'] = []
  for (const line of order.lines) {
    const price = netOf(line, order.country)
    if (price === 'unknown') return { refused: refused('vat-unknown', line.articleNumber) }
    lines.push({
      product: { productNumber: line.articleNumber },
      description: line.title.slice(0, 2500),
      quantity: line.quantity,
      ...(price === null ? {} : { unitNetPrice: price }),
    })
  }
  const body = {
    date: order.placedOn,
    currency: order.currency,
    layout: { layoutNumber },
    paymentTerms: { paymentTermsNumber: settings.paymentTermsNumber ?? customer.paymentTerms?.paymentTermsNumber ?? usual },
    customer: { customerNumber: customer.customerNumber },
    recipient: { name: (order.customer?.name ?? order.customer?.email ?? order.name).slice(0, 250), vatZone: { vatZoneNumber: vatZone } },
    references: { other: order.name.slice(0, 250) },
    lines,
  }
  return { body }
}

/** A piece without VAT, two decimals. Null = the product's own price; unknown = nobody has said the rate. */
function netOf({ unitPriceMinor, vatBasisPoints }: OutgoingOrder['lines'][number], country: string): number | null | 'unknown' {
  if (unitPriceMinor === null) return null
  const rate = vatBasisPoints ?? (country === 'DK' ? DANISH_VAT : null)
  return rate === null ? 'unknown' : Math.round((unitPriceMinor * 10_000) / (10_000 + rate)) / 100
}

/** Terms of the kind that ask for a due date are no default. */
async function firstTerms(client: Client): Promise<number | null> {
  const all = (await client.get(pageOf(terms), listPath('payment-terms', { size: 100 }), 'live'))?.collection ?? []
  return all.find((each) => each.paymentTermsType !== 'dueDate')?.paymentTermsNumber ?? null
}

/** At home, in the EU, or outside it: by the zone's name, else by the number every agreement begins with. */
async function zoneFor(client: Client, country: string): Promise<number> {
  const all = (await client.get(pageOf(zone), listPath('vat-zones', { size: 100 }), 'live'))?.collection ?? []
  const [named, usual] = country === 'DK' ? [/^(indenlandsk|domestic)$/i, 1] : EU.includes(country) ? [/^eu\b/i, 2] : [/^(uden ?for eu|udland|abroad|outside)/i, 3]
  return all.find((each) => named.test(each.name ?? ''))?.vatZoneNumber ?? usual
}
