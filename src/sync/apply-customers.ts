/** What a connection tells of customers becomes ours, and what they ask through it is done. Part of the transaction that applies its messages. */
import type { PrivacyRequest, RemoteEvent } from '../connectors/contract.ts'
import type { By } from '../core/by.ts'
import { markCustomersGone } from '../core/customers/customers.sql.ts'
import { insertRequest } from '../core/customers/privacy-requests.sql.ts'
import { takeCustomers } from '../core/customers/take-customers.ts'
import { eraseFiles } from '../core/invoices/pdfs.sql.ts'
import { customersMeant, eraseCustomersOf, eraseInLetters, eraseOrdersOf } from '../core/orders/order-customers.sql.ts'
import type { Tx } from '../db/open.ts'
import { forgetPerson } from './forget-person.ts'
import { blankAnswers, blankBodies, blankMessages } from './purge.sql.ts'

export type CustomerNews = Extract<RemoteEvent, { kind: 'customer' | 'customer-gone' }>
export interface Heard<Event> {
  event: Event
  /** The message it stood in; `read` = of a page we asked for. */
  rowId: number
  read: boolean
}

/** In the order it came. Returns the refs to be read by key. */
export async function applyCustomers(tx: Tx, listenerId: number, news: Heard<CustomerNews>[], by: By): Promise<string[]> {
  const seen = news.flatMap(({ event, read }) => {
    if (event.kind !== 'customer') return []
    const { customerRef: ref, createdAt, updatedAt, ...said } = event.customer
    return [{ ref, said, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt), read }]
  })
  const ask = seen.length === 0 ? [] : await takeCustomers(tx, listenerId, seen, by)
  const gone = news.flatMap(({ event }) => (event.kind === 'customer-gone' ? [event.customerRef] : []))
  if (gone.length > 0) await markCustomersGone(tx, listenerId, gone, by.now)
  return ask
}

/** After their messages are done: what was asked is blanked too. */
export async function applyPrivacy(tx: Tx, listenerId: number, asked: Heard<PrivacyRequest>[], by: By): Promise<void> {
  for (const { event: request } of asked) {
    if (request.ask === 'erase-all') await forgetEverybody(tx, listenerId, by)
    else await answer(tx, listenerId, request, by)
  }
  if (asked.length > 0)
    await blankBodies(
      tx,
      listenerId,
      asked.map(({ rowId }) => rowId),
    )
}

type Asked = Extract<PrivacyRequest, { ask: 'data' | 'erase' }>

/**
 * To be forgotten: whoever came through this connection is, at once. Others who have the same e-mail address (a customer added here, another shop's) are a person's
 * to decide, like everybody who wants to see what is kept of them.
 */
async function answer(tx: Tx, listenerId: number, { ask, requestRef, customerRef, email, orderRefs }: Asked, by: By): Promise<void> {
  const meant = await customersMeant(tx, listenerId, { customerRef, email, orderRefs })
  const line = { listenerId, ask, requestRef, customerRef }
  const forgotten = ask === 'erase' ? meant.filter(({ own }) => own) : []
  const left = meant.filter((each) => !forgotten.includes(each))
  if (ask === 'erase') {
    await forgetInOrders(tx, listenerId, orderRefs, by)
    for (const { id } of forgotten) await forgetPerson(tx, id, by)
    if (email !== null) await blankMessages(tx, [email])
  }
  if (ask === 'erase' || left.length === 0) await insertRequest(tx, { ...line, customerId: forgotten[0]?.id ?? null, forgotten: forgotten.length, doneAt: by.now }, by.now)
  for (const { id } of left) await insertRequest(tx, { ...line, customerId: id, forgotten: 0, doneAt: null }, by.now)
}

/** `refs` null = all orders of the shop. Their invoices and what is on its way to an ERP say nothing of a person either. */
async function forgetInOrders(tx: Tx, listenerId: number, refs: string[] | null, by: By): Promise<void> {
  await eraseOrdersOf(tx, listenerId, refs, by.now)
  await eraseInLetters(tx, by.now)
  await eraseFiles(tx, null, by.now)
}

async function forgetEverybody(tx: Tx, listenerId: number, by: By): Promise<void> {
  await forgetInOrders(tx, listenerId, null, by)
  const gone = await eraseCustomersOf(tx, listenerId, by.now)
  await blankBodies(tx, listenerId, null)
  await blankAnswers(tx, gone)
  await insertRequest(tx, { listenerId, ask: 'erase-all', requestRef: null, customerRef: null, customerId: null, forgotten: gone.length, doneAt: by.now }, by.now)
}
