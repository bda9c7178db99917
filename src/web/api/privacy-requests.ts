/** Privacy requests over HTTP. */
import { settleRequests } from '../../core/customers/privacy-requests.sql.ts'
import { cursorOf, pageOf, rankedAfter } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { requestPage } from './privacy-requests.sql.ts'

export const privacyRequests: Pick<Handlers, Extract<keyof Handlers, `privacy-requests.${string}`>> = {
  'privacy-requests.list': inCompany(async (tx, { query }) => {
    const position = rankedAfter(query.cursor)
    const after = position === null ? null : { rank: position[0], id: position[1] }
    const rows = await requestPage(tx, { id: null, open: query.open ?? null, customerId: query.customerId ?? null, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.doneAt === null ? 0 : 1, row.id),
      (row) => row,
    )
  }),
  'privacy-requests.done': inCompany(async (tx, { params, by }) => {
    await settleRequests(tx, { id: params.requestId }, by)
    return found((await requestPage(tx, { id: params.requestId, open: null, customerId: null, after: null, limit: 1 }))[0])
  }),
}
