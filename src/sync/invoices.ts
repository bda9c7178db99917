/** What a person says of invoices: which order one is for, and that an order's are to be fetched. */
import type { By } from '../core/by.ts'
import { askRow, invoicesOfOrder, lockInvoice, saveLink } from '../core/invoices/links.sql.ts'
import { wantAgain } from '../core/invoices/pdfs.sql.ts'
import { wantPdfs } from '../core/invoices/want-pdfs.ts'
import { allListeners, listenerById } from '../core/listeners/listeners.sql.ts'
import { listenersOfOrders } from '../core/master/documents.sql.ts'
import { recount } from '../core/master/take-documents.ts'
import { lockOrders, ordersById } from '../core/orders/orders.sql.ts'
import { Refusal } from '../core/refusal.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'
import { tellShops } from './hand-invoices.ts'
import { askKeys } from './inbox.sql.ts'
import { lineOfRow } from './line.ts'
import { masterOf, namedKey } from './master-of.ts'

/**
 * `orderId` null = it is for none. What the ERP's number had of the order before is ours to count again at once; what it has of the other one is read in the ERP's next turn,
 * together with the numbers (R38).
 * @throws {Refusal} not-found
 */
export async function linkInvoice(tx: Tx, deps: SyncDeps, input: { invoiceId: number; orderId: number | null }, by: By): Promise<void> {
  const invoice = await lockInvoice(tx, input.invoiceId)
  if (invoice === null) throw new Refusal('not-found')
  const [order] = await ordersById(tx, input.orderId === null ? [] : [input.orderId])
  if (input.orderId !== null && (order === undefined || order.goneAt !== null)) throw new Refusal('not-found')
  await saveLink(tx, invoice.id, input.orderId)
  if (invoice.orderId === input.orderId) return
  const line = lineOfRow(deps, tx.companyId, await listenerById(tx, invoice.listenerId))
  const of = line === null ? null : await masterOf(tx, line, by.now)
  if (invoice.orderId !== null && of !== null && of.locationId !== null) {
    for (const { listenerId } of await listenersOfOrders(tx, [invoice.orderId])) await lockOrders(tx, listenerId)
    await recount(tx, { ...of.master, locationId: of.locationId }, [invoice.orderId], by)
  }
  if (input.orderId === null) return
  await wantPdfs(tx, { listenerId: invoice.listenerId, since: of?.since ?? by.now }, [input.orderId], by)
  await tellShops(tx, deps, [input.orderId], by)
  await askKeys(tx, invoice.listenerId, 'invoices', [invoice.documentRef], by.now)
  tx.ring(invoice.listenerId)
}

/** Asked for now if it isn't there; and the shop that didn't take it is to have it after all. @throws {Refusal} not-found */
export async function fetchInvoice(tx: Tx, deps: SyncDeps, invoiceId: number, by: By): Promise<void> {
  const invoice = await lockInvoice(tx, invoiceId)
  if (invoice === null) throw new Refusal('not-found')
  await wantAgain(tx, [invoice.id], by.now)
  if (invoice.orderId !== null) await tellShops(tx, deps, [invoice.orderId], by)
  tx.ring(invoice.listenerId)
}

/**
 * *Hent faktura*: also for an order from before the ERP was connected. What is known of it is fetched, and each ERP is asked for what names it. Returns how many ERPs are asked.
 * @throws {Refusal} not-found, not-connected
 */
export async function fetchInvoicesOf(tx: Tx, deps: SyncDeps, orderId: number, by: By): Promise<number> {
  const [order] = await ordersById(tx, [orderId])
  if (order === undefined) throw new Refusal('not-found')
  const erps = await invoiceSources(tx, deps)
  if (erps.length === 0) throw new Refusal('not-connected')
  await askRow(tx, orderId, by)
  const known = await invoicesOfOrder(tx, orderId)
  await wantAgain(
    tx,
    known.map((invoice) => invoice.id),
    by.now,
  )
  const { name } = order.snapshot
  const names = [...new Set([name, name.replace(/^#/, ''), order.orderRef])].filter((each) => each !== '')
  for (const { id } of erps) {
    await askKeys(tx, id, 'invoices', names.map(namedKey), by.now)
    tx.ring(id)
  }
  await tellShops(tx, deps, [orderId], by)
  return erps.length
}

/** The connections that invoices come from. */
export async function invoiceSources(tx: Tx, deps: SyncDeps): Promise<{ id: number; name: string }[]> {
  const carries = ({ code }: { code: string }) => deps.connectors[code]?.carries.in.includes('invoices') === true
  return (await allListeners(tx)).filter((listener) => (listener.state === 'active' || listener.state === 'paused') && carries(listener)).map(({ id, name }) => ({ id, name }))
}
