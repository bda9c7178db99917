/**
 * The invoice's PDF onto the shop's order, once for each content. Nothing in the service tells a repeat from a second invoice, so one that may have arrived is
 * remembered, and the order is read before it is sent again.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Document, type HandedOver, RemoteError, type Tools } from '../contract.ts'
import { yes } from './answers.ts'
import type { Client } from './client.ts'
import { readOrder } from './orders.ts'
import type { DandomainSettings } from './settings.ts'

type Invoice = Extract<Document, { kind: 'invoice-pdf' }>
const KEPT_AS = 'invoices-under-way'
const MOST_BYTES = 8_000_000
const PDF = '%PDF-'
const keptShape = z.record(z.string(), z.string())

export async function handOver(client: Client, settings: DandomainSettings, tools: Tools, document: Document): Promise<HandedOver> {
  if (document.kind !== 'invoice-pdf') throw new RemoteError('refused', 'not-carried', 'the shop takes invoices only', { executed: 'no' })
  const content = contentOf(document, settings)
  if (typeof content !== 'string') return content
  const [order] = await readOrder({ client, priority: 'live' }, document.orderRef)
  if (order === undefined) return { kind: 'refused', code: 'order-not-there', said: document.orderRef }
  const underWay = await kept(tools)
  const isRepeat = underWay[document.orderRef] === document.sha256
  if (isRepeat && order.InvoiceNumber === document.invoiceNumber) return finished(tools, document)
  await keep(tools, { ...underWay, [document.orderRef]: document.sha256 })
  try {
    const taken = await client.ask(yes, { name: 'Order_UploadInvoice', args: { OrderId: document.orderRef, InvoiceNumber: document.invoiceNumber, FileContent: content } }, 'live')
    if (!taken) throw new RemoteError('strange', 'answer-unreadable', 'the shop did not take the invoice', { executed: 'unknown' })
  } catch (error) {
    if (!(error instanceof RemoteError) || error.executed === 'unknown') throw error
    // A shop that takes one invoice only has the one that was sent before its answer was lost.
    if (error.kind === 'refused' && isRepeat) return finished(tools, document)
    await forget(tools, document.orderRef)
    if (error.kind !== 'refused') throw error
    return { kind: 'refused', code: 'invoice-refused', said: error.facts.said ?? '' }
  }
  return finished(tools, document)
}

/** As the service wants it. Characters XML can't carry don't travel as they are. */
function contentOf({ bytes, sha256 }: Invoice, { invoiceEncoding }: DandomainSettings): string | HandedOver {
  const pdf = Buffer.from(bytes)
  if (pdf.subarray(0, PDF.length).toString('latin1') !== PDF || createHash('sha256').update(pdf).digest('hex') !== sha256) return { kind: 'refused', code: 'not-a-pdf', said: '' }
  if (pdf.length > MOST_BYTES) return { kind: 'refused', code: 'pdf-too-large', said: String(pdf.length) }
  if (invoiceEncoding === 'base64') return pdf.toString('base64')
  const plain = pdf.toString('latin1')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are what XML can't carry
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(plain) ? { kind: 'refused', code: 'pdf-not-text', said: '' } : plain
}

async function kept(tools: Tools): Promise<Record<string, string>> {
  try {
    return keptShape.parse(JSON.parse((await tools.keep.get(KEPT_AS)) ?? '{}'))
  } catch {
    return {}
  }
}
const keep = (tools: Tools, underWay: Record<string, string>): Promise<void> => tools.keep.set(KEPT_AS, JSON.stringify(underWay))
async function forget(tools: Tools, orderRef: string): Promise<void> {
  const { [orderRef]: _gone, ...rest } = await kept(tools)
  await keep(tools, rest)
}
async function finished(tools: Tools, { orderRef }: Invoice): Promise<HandedOver> {
  await forget(tools, orderRef)
  return { kind: 'done', documentRef: null }
}
