/** What was said between us and a webshop, over HTTP: the journal of calls, and the inbox with what a person can do about a message nobody could apply. */
import { dismissRow, retryRow } from '../../sync/inbox.sql.ts'
import { redactBody } from '../../sync/redact.ts'
import { cursorOf, idAfter, pageOf } from '../cursors.ts'
import { found, type Handlers, inCompany } from '../handlers.ts'
import { thisConnection } from './connection-page.ts'
import { curlOf } from './curl.ts'
import { callById, callPage, type MessageRow, messageById, messagePage } from './messages.sql.ts'

const shown = ({ problem, ...row }: MessageRow) => ({
  ...row,
  problem: problem === null ? null : { code: problem.code, facts: problem.facts ?? {}, numbers: problem.numbers ?? null },
})

export type MessageRoute = 'connections.calls' | 'connections.call' | 'connections.inbox' | 'connections.message' | 'connections.retry-message' | 'connections.dismiss-message'
export const messages: Pick<Handlers, MessageRoute> = {
  'connections.calls': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const rows = await callPage(tx, {
      listenerId: id,
      failed: query.failed === true,
      q: query.q ?? null,
      until: query.until ?? null,
      beforeId: idAfter(query.cursor),
      limit: query.limit + 1,
    })
    return pageOf(
      rows,
      query.limit,
      (row) => cursorOf(row.id),
      (row) => row,
    )
  }),
  'connections.call': inCompany(async (tx, { params, deps }) => {
    const { id, code } = await thisConnection(tx, params.connectionId)
    const call = found(await callById(tx, id, params.callId))
    return { ...call, curl: call.direction === 'out' ? curlOf(call.label, call.request, deps.sync.connectors[code]?.byHand ?? null) : null }
  }),
  'connections.inbox': inCompany(async (tx, { params, query }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const rows = await messagePage(tx, { listenerId: id, state: query.state ?? null, beforeId: idAfter(query.cursor), limit: query.limit + 1 })
    return pageOf(rows, query.limit, (row) => cursorOf(row.id), shown)
  }),
  'connections.message': inCompany(async (tx, { params }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    const { headers, body, ...row } = found(await messageById(tx, id, params.messageId))
    return { ...shown(row), headers, body: redactBody(body.toString('utf8')) }
  }),
  'connections.retry-message': inCompany(async (tx, { params }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    if ((await retryRow(tx, id, params.messageId)) > 0) tx.ring(id)
    return shown(found(await messageById(tx, id, params.messageId)))
  }),
  'connections.dismiss-message': inCompany(async (tx, { params, by }) => {
    const { id } = await thisConnection(tx, params.connectionId)
    if ((await dismissRow(tx, id, params.messageId, by)) > 0) tx.ring(id)
    return shown(found(await messageById(tx, id, params.messageId)))
  }),
}
