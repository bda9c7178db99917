/** SQL of what was said: the journal of calls, and the inbox. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface CallRow {
  id: number
  direction: 'in' | 'out'
  label: string
  at: Date
  durationMs: number
  status: number | null
  problem: string | null
}
export const callPage = (tx: Tx, asked: { listenerId: number; failed: boolean; q: string | null; until: Date | null; beforeId: number | null; limit: number }) =>
  tx.rows<CallRow>(sql`
    select id, direction, label, at, duration_ms as "durationMs", status, problem
    from call where company_id = ${tx.companyId} and listener_id = ${asked.listenerId} and (${asked.q}::text is null or position(lower(${asked.q}) in lower(label)) > 0)
      and (not ${asked.failed}::boolean or problem is not null or status >= 400) and (${asked.until}::timestamptz is null or at <= ${asked.until}) and (${asked.beforeId}::bigint is null or id < ${asked.beforeId})
    order by id desc limit ${asked.limit}`)

export const callById = (tx: Tx, listenerId: number, id: number) =>
  tx.maybe<CallRow & { request: unknown; response: unknown }>(sql`
    select id, direction, label, at, duration_ms as "durationMs", status, problem, request, response from call where company_id = ${tx.companyId} and listener_id = ${listenerId} and id = ${id}`)

export interface MessageRow {
  id: number
  source: 'hook' | 'feed'
  topic: string
  receivedAt: Date
  state: 'waiting' | 'done' | 'listed' | 'dismissed'
  tries: number
  problem: { code: string; facts?: Record<string, string | number>; numbers?: string[] | null } | null
  doneAt: Date | null
}
export const messagePage = (tx: Tx, asked: { listenerId: number; state: string | null; beforeId: number | null; limit: number }) =>
  tx.rows<MessageRow>(sql`
    select id, source, topic, received_at as "receivedAt", state, tries, problem, done_at as "doneAt"
    from inbox where company_id = ${tx.companyId} and listener_id = ${asked.listenerId} and (${asked.state}::text is null or state = ${asked.state})
      and (${asked.beforeId}::bigint is null or id < ${asked.beforeId})
    order by id desc limit ${asked.limit}`)

export const messageById = (tx: Tx, listenerId: number, id: number) =>
  tx.maybe<MessageRow & { headers: Record<string, string>; body: Buffer }>(sql`
    select id, source, topic, received_at as "receivedAt", state, tries, problem, done_at as "doneAt", headers, body
    from inbox where company_id = ${tx.companyId} and listener_id = ${listenerId} and id = ${id}`)
