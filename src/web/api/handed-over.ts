/** Orders as documents of ERPs, and of their own shop, over HTTP: what each ERP has of an order, what was refused, and a person's press. */
import { ordersById } from '../../core/orders/orders.sql.ts'
import { Refusal } from '../../core/refusal.ts'
import { handOverAgain, handOverRefused } from '../../core/told/hand-over-again.ts'
import { wantHandedOver } from '../../core/told/want-handed-over.ts'
import type { Tx } from '../../db/open.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, momentAfter, pageOf } from '../cursors.ts'
import { type Handlers, inCompany } from '../handlers.ts'
import { thisConnection } from './connection-page.ts'
import { type HandedRow, handedOverRows, refusedOrderRows, whatItTakes } from './handed-over.sql.ts'

type HandedOver = Answered<'orders.show'>['handedOver'][number]
const NO_FAULT = ['booked-already', 'document-gone']

/** What each ERP has of an order. */
export async function handedOverOf(tx: Tx, orderId: number): Promise<HandedOver[]> {
  return (await handedOverRows(tx, orderId)).map(shown)
}

function shown(row: HandedRow): HandedOver {
  const { connectionId, connection, at } = row
  const booked = row.documents.find((document) => document.stage === 'booked')
  const open = row.documents.find((document) => document.stage !== 'gone' && document.stage !== 'booked')
  const documentRef = booked?.documentRef ?? open?.documentRef ?? row.documentRef
  const changedSince = row.refusal === 'booked-already'
  const failed = row.refusal !== null && !NO_FAULT.includes(row.refusal)
  return {
    ...{ connectionId, connection, documentRef, at, changedSince },
    state: stateOf(row, { booked: booked !== undefined, open: open !== undefined, failed }),
    stage: booked?.stage === 'booked' ? 'booked' : open === undefined || open.stage === 'booked' || open.stage === 'gone' ? null : open.stage,
    number: booked?.number ?? (documentRef === null ? null : documentRef.slice(documentRef.indexOf('/') + 1)),
    code: failed ? row.refusal : null,
    said: failed ? row.said : null,
  }
}

function stateOf(row: HandedRow, { booked, open, failed }: { booked: boolean; open: boolean; failed: boolean }): HandedOver['state'] {
  if (booked) return 'booked'
  if (failed) return 'refused'
  if (row.waiting && row.refusal === null) return 'waiting'
  const deleted = row.documents.some((document) => document.documentRef === row.documentRef && document.stage === 'gone')
  if (row.refusal === 'document-gone' || deleted) return 'gone'
  return open || row.documentRef !== null ? 'sent' : 'none'
}

type HandedOverRoute = 'orders.hand-over' | 'orders.refused' | 'orders.send-refused'
export const handedOver: Pick<Handlers, HandedOverRoute> = {
  'orders.hand-over': inCompany(async (tx, { params, body, by }) => {
    const [order] = await ordersById(tx, [params.orderId])
    if (order === undefined) throw new Refusal('not-found')
    const { id } = await thisConnection(tx, body.connectionId)
    const takes = await whatItTakes(tx, id)
    const isItsShop = id === order.listenerId
    if (!(isItsShop ? takes.statuses : takes.orders)) throw new Refusal('not-ready', { missing: 'orders' })
    const state = (await handedOverOf(tx, order.id)).find((each) => each.connectionId === id)?.state
    if (isItsShop) await wantHandedOver(tx, id, 'order-status', [order.id], by)
    else if (state !== 'booked') await handOverAgain(tx, id, 'order', order.id, state === 'gone', by)
    return { handedOver: await handedOverOf(tx, order.id) }
  }),
  'orders.refused': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const before = momentAfter(query.cursor)
    const rows = await refusedOrderRows(tx, id, { before: before === null ? null : { placedAt: before.at, id: before.id }, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.placedAt.toISOString(), row.orderId),
      (row) => row,
    )
  }),
  'orders.send-refused': inCompany(async (tx, { params, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    return { orders: (await handOverRefused(tx, id, 'order', by)) + (await handOverRefused(tx, id, 'order-status', by)) }
  }),
}
