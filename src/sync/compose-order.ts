/** An order as a document of an ERP that is master: made while it has the ERP's goods, the same one replaced when it changes, and nothing is written once it is booked. */
import type { By } from '../core/by.ts'
import { locationMasteredBy } from '../core/locations/locations.sql.ts'
import { documentsOfOrder, linkMade } from '../core/master/documents.sql.ts'
import { type OutgoingOrder, outgoingOrder } from '../core/orders/outgoing-order.ts'
import type { Tx } from '../db/open.ts'
import type { Composer } from './composer.ts'
import { hashOf } from './hash-of.ts'
import { askKeys } from './inbox.sql.ts'

export const orderComposer: Composer = {
  async compose(tx, line, row) {
    const location = await locationMasteredBy(tx, line.listenerId)
    const outgoing = location === null ? null : await outgoingOrder(tx, row.entityId, location.id)
    if (outgoing === null) return null
    const { order, ours, unsaid } = outgoing
    const documents = (await documentsOfOrder(tx, line.listenerId, row.entityId)).filter((document) => !document.credit)
    const standing = documents.filter((document) => document.stage !== 'gone')
    // Somebody made one there by hand: theirs is left alone, and a second one would be sold twice.
    if (row.documentRef === null && (!ours || order.cancelled || standing.length > 0)) return null
    const hash = printOf(order)
    if (row.documentHash === hash) return null
    const booked = standing.find((document) => document.stage === 'booked')
    // That it was paid since changes nothing of what was booked.
    if (booked !== undefined && row.documentHash !== null && withoutPayment(row.documentHash) === withoutPayment(hash)) return null
    if (booked !== undefined) return { refused: 'booked-already', said: booked.invoiceNumber ?? '' }
    const isGone = documents.some((document) => document.documentRef === row.documentRef && document.stage === 'gone')
    // What an order was turned into there is the order's document from then on.
    const documentRef = isGone ? (standing[0]?.documentRef ?? null) : row.documentRef
    if (isGone && documentRef === null) return order.cancelled ? null : { refused: 'document-gone', said: row.documentRef ?? '' }
    if (unsaid !== null && !order.cancelled) return { refused: unsaid.code, said: unsaid.title }
    return { letter: order, documentRef, hash }
  },
  whole: async (_tx, flight) => ({ kind: 'order', order: flight.letter as OutgoingOrder, documentRef: flight.documentRef }),
  async found(tx, line, row) {
    if (row.flight?.documentRef !== null) return null
    return (await documentsOfOrder(tx, line.listenerId, row.entityId)).find((document) => !document.credit && document.stage !== 'gone')?.documentRef ?? null
  },
  async done(tx, line, row, documentRef, by) {
    const asked = documentRef ?? row.documentRef
    if (documentRef !== null) await linkMade(tx, line.listenerId, { documentRef, orderId: row.entityId, currency: currencyOf(row.flight?.letter) }, by.now)
    // Read as it stands there now, with the numbers it moved.
    if (asked !== null) await look(tx, line.listenerId, asked, by)
  },
}

/** Whether it is paid stands by itself. */
const printOf = ({ paid, ...order }: OutgoingOrder): string => `${hashOf(order)}${paid ? '+paid' : ''}`
const withoutPayment = (print: string): string => print.replace('+paid', '')

const currencyOf = (letter: unknown): string => (letter as OutgoingOrder).currency
const look = (tx: Tx, listenerId: number, documentRef: string, by: By): Promise<unknown> => askKeys(tx, listenerId, 'invoices', [documentRef], by.now)
