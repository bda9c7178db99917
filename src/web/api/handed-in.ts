/** What an outside system hands in through its view, over HTTP: each thing by the sender's own id, answered with the version it now has. */

import { holdOrders } from '../../core/orders/hold-orders.ts'
import { pushCustomer } from '../../core/views/push-customer.ts'
import { pushOrder } from '../../core/views/push-order.ts'
import { pushProduct } from '../../core/views/push-product.ts'
import { pushCount, pushMovement } from '../../core/views/push-stock.ts'
import type { ViewRow } from '../../core/views/view.ts'
import { viewById } from '../../core/views/views.sql.ts'
import type { Tx } from '../../db/open.ts'
import { viewCount, viewMovement } from '../contract/handed-in.ts'
import { byItself, found, type Handlers, inCompany } from '../handlers.ts'
import { eachLine } from './batch.ts'
import { afterRename } from './numbers.ts'
import { tagIn } from './tags.ts'

const theView = async (tx: Tx, id: number): Promise<ViewRow> => found(await viewById(tx, id))

/** What is no number names no version that ever was. */
function versionIn(header: string | undefined): number | null {
  const tag = tagIn(header)
  return tag === null ? null : /^[0-9]{1,9}$/.test(tag) ? Number(tag) : -1
}

export const handedIn: Pick<Handlers, 'views.put-order' | 'views.put-customer' | 'views.put-product' | 'views.move-stock' | 'views.count-stock'> = {
  'views.put-order': inCompany(async (tx, { params, body, by, request, reply }) => {
    const taken = await pushOrder(tx, await theView(tx, params.viewId), params.externalId, body, versionIn(request.headers['if-match']), by)
    reply.header('etag', `"${taken.version}"`)
    return taken
  }),
  'views.put-customer': inCompany(async (tx, { params, body, by, request, reply }) => {
    const taken = await pushCustomer(tx, await theView(tx, params.viewId), params.externalId, body, versionIn(request.headers['if-match']), by)
    reply.header('etag', `"${taken.version}"`)
    return taken
  }),
  'views.put-product': inCompany(async (tx, { params, body, by, request, reply }) => {
    const view = await theView(tx, params.viewId)
    const connections = await holdOrders(tx)
    const { taken, renamed } = await pushProduct(tx, view, params.externalId, body, tagIn(request.headers['if-match']), by)
    for (const articleId of renamed) await afterRename(tx, connections, articleId, by)
    reply.header('etag', `"${taken.version}"`)
    return taken
  }),
  'views.move-stock': byItself((companyId, ask) =>
    eachLine(ask, companyId, ask.body.items, viewMovement, async (tx, item) => pushMovement(tx, await theView(tx, ask.params.viewId), item, ask.by)),
  ),
  'views.count-stock': byItself((companyId, ask) =>
    eachLine(ask, companyId, ask.body.items, viewCount, async (tx, item) => pushCount(tx, await theView(tx, ask.params.viewId), item, ask.by)),
  ),
}
