/** Orders from webshops over HTTP. */
import { putBackLosses } from '../../core/orders/put-back.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Answered } from '../contract/routes.ts'
import { cursorOf, momentAfter, pageOf } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { linesOf, lossesOf, type OrderHead, type OrdersAsked, orderPage } from './orders.sql.ts'

/** Any of it may be missing, all of it too. */
const head = (row: OrderHead): Answered<'orders.list'>['items'][number] => ({
  ...row,
  customer: row.customer === null ? null : { name: row.customer.name ?? null, email: row.customer.email ?? null, phone: row.customer.phone ?? null },
})
const all: OrdersAsked = { id: null, connectionId: null, state: null, orderRef: null, articleNumber: null, before: null, limit: 1 }

export const orders: Pick<Handlers, Extract<keyof Handlers, `orders.${string}`>> = {
  'orders.list': inCompany(async (tx, { query }) => {
    const before = momentAfter(query.cursor)
    const { connectionId = null, state = null, orderRef = null, articleNumber = null, limit } = query
    const rows = await orderPage(tx, {
      ...all,
      connectionId,
      state,
      orderRef,
      articleNumber,
      before: before === null ? null : { placedAt: before.at, id: before.id },
      limit: limit + 1,
    })
    return pageOf(rows, limit, (row) => cursorOf(row.placedAt.toISOString(), row.id), head)
  }),
  'orders.show': inCompany(async (tx, { params }) => {
    const [row] = await orderPage(tx, { ...all, id: params.orderId })
    return { ...head(found(row)), lines: await linesOf(tx, params.orderId), losses: await lossesOf(tx, params.orderId) }
  }),
  'orders.put-back': inCompany(async (tx, { params, body, by }) => {
    if (body.lossIds !== undefined && new Set(body.lossIds).size !== body.lossIds.length) throw new Refusal('bad-input', { field: 'lossIds', reason: 'twice' })
    return { putBack: await putBackLosses(tx, { orderId: params.orderId, lossIds: body.lossIds ?? null }, by) }
  }),
}
