/** SQL of what is measured of a connection. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export interface TallyRow {
  listenerId: number
  what: 'told' | 'hook'
  slot: Date
  size: number
  n: number
}
/** Points the remote lets us use: left when it last answered, at most, and how many come back a second. */
export interface Pace {
  left: number
  most: number
  perSecond: number
  at: string
}
/** Absent = as it was. */
export interface PulseRow {
  listenerId: number
  pace?: Pace
  hookVersion?: string
  lastOrder?: { name: string; at: string }
}

export const addTallies = (tx: Tx, rows: TallyRow[]) =>
  tx.run(sql`
    insert into tally as t (company_id, listener_id, what, slot, size, n)
    select ${tx.companyId}, "listenerId", what, slot, size, sum(n) from jsonb_to_recordset(${JSON.stringify(rows)}) as r("listenerId" bigint, what text, slot timestamptz, size smallint, n integer)
    group by "listenerId", what, slot, size order by "listenerId", what, slot, size
    on conflict (company_id, listener_id, what, slot, size) do update set n = t.n + excluded.n`)

export const savePulse = (tx: Tx, row: PulseRow) =>
  tx.run(sql`
    insert into pulse as p (company_id, listener_id, pace, hook_version, last_order)
    values (${tx.companyId}, ${row.listenerId}, ${row.pace === undefined ? null : JSON.stringify(row.pace)}, ${row.hookVersion ?? null}, ${row.lastOrder === undefined ? null : JSON.stringify(row.lastOrder)})
    on conflict (company_id, listener_id) do update
      set pace = coalesce(excluded.pace, p.pace), hook_version = coalesce(excluded.hook_version, p.hook_version), last_order = coalesce(excluded.last_order, p.last_order)`)

export const talliesSince = (tx: Tx, listenerId: number, what: TallyRow['what'], since: Date) =>
  tx.rows<{ size: number; n: number }>(
    sql`select size, sum(n) as n from tally where company_id = ${tx.companyId} and listener_id = ${listenerId} and what = ${what} and slot >= ${since} group by size order by size`,
  )

export const pulseOf = (tx: Tx, listenerId: number) =>
  tx.maybe<{ pace: Pace | null; hookVersion: string | null; lastOrder: { name: string; at: string } | null }>(
    sql`select pace, hook_version as "hookVersion", last_order as "lastOrder" from pulse where company_id = ${tx.companyId} and listener_id = ${listenerId}`,
  )

export const deleteOldTallies = (tx: Tx, before: Date) => tx.run(sql`delete from tally where company_id = ${tx.companyId} and slot < ${before}`)
