/** SQL of the call journal. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export interface CallRow {
  listenerId: number
  direction: 'out' | 'in'
  label: string
  at: Date
  durationMs: number
  status: number | null
  problem: string | null
  /** JSON text, redacted. */
  request: string | null
  response: string | null
}

export const insertCalls = (tx: Tx, rows: CallRow[]) =>
  tx.run(sql`
    insert into call (company_id, listener_id, direction, label, at, duration_ms, status, problem, request, response)
    select ${tx.companyId}, "listenerId", direction, label, at, "durationMs", status, problem, request::jsonb, response::jsonb
    from jsonb_to_recordset(${JSON.stringify(rows)}) as r("listenerId" bigint, direction text, label text, at timestamptz, "durationMs" integer, status integer, problem text, request text, response text)`)
