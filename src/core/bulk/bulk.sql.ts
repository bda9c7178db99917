/** SQL of bulk changes themselves: what stands, how far each has come, and the file while it is needed. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { BulkKind, BulkState, Change } from './bulk.ts'
import type { FileLook } from './file/read-as.ts'
import type { Tallies } from './tallies.sql.ts'

export interface BulkChangeRow {
  id: number
  kind: BulkKind
  state: BulkState
  ofId: number | null
  fileName: string | null
  readAs: FileLook | null
  change: Change | null
  locationId: number | null
  /** Rows there are. */
  rows: number | null
  /** The row read or judged last. */
  cursor: number
  code: string | null
  /** As they stood when it last came to rest; null = it never did. */
  tallies: Tallies | null
  /** Its rows are still kept. */
  hasRows: boolean
  startedBy: string
  startedAt: Date
  confirmedBy: string | null
  confirmedAt: Date | null
  endedAt: Date | null
}

/** By id, or (null) those before one, newest first. */
const bulkChanges = (tx: Tx, ask: { id: number | null; kind: string | null; beforeId: number | null; limit: number }) =>
  tx.rows<BulkChangeRow>(sql`
    select id, kind, state, of_id as "ofId", file_name as "fileName", read_as as "readAs", change, location_id as "locationId", rows, cursor, code, tallies,
      exists (select from bulk_row r where r.company_id = bulk_change.company_id and r.bulk_id = bulk_change.id) as "hasRows", started_by as "startedBy", started_at as "startedAt",
      confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", ended_at as "endedAt"
    from bulk_change where company_id = ${tx.companyId} and (${ask.id}::bigint is null or id = ${ask.id}) and (${ask.kind}::text is null or kind = ${ask.kind})
      and (${ask.beforeId}::bigint is null or id < ${ask.beforeId})
    order by id desc limit ${ask.limit}`)

export const bulkById = async (tx: Tx, id: number): Promise<BulkChangeRow | null> => (await bulkChanges(tx, { id, kind: null, beforeId: null, limit: 1 }))[0] ?? null
export const bulkPage = (tx: Tx, asked: { kind: string | null; beforeId: number | null; limit: number }) => bulkChanges(tx, { id: null, ...asked })
/** Whoever goes on with it holds it: one hand at a time. */
export const bulkForUpdate = async (tx: Tx, id: number): Promise<BulkChangeRow | null> => {
  await tx.run(sql`select from bulk_change where company_id = ${tx.companyId} and id = ${id} for update`)
  return bulkById(tx, id)
}

/** The next that has something to do: what was confirmed first, and reading before carrying out, so that nobody's preview waits for another's import. */
export const nextWaiting = (tx: Tx) =>
  tx.maybe<{ id: number; isFile: boolean }>(sql`
    select id, state = 'reading' and kind = 'import' as "isFile" from bulk_change
    where company_id = ${tx.companyId} and state in ('reading', 'working') order by state = 'working', confirmed_at, id limit 1`)

export const insertBulk = (
  tx: Tx,
  b: Pick<BulkChangeRow, 'kind' | 'ofId' | 'fileName' | 'readAs' | 'change' | 'locationId' | 'rows'>,
  by: { actor: string; now: Date },
): Promise<{ id: number }> =>
  tx.one<{ id: number }>(sql`
    insert into bulk_change (company_id, kind, state, of_id, file_name, read_as, change, location_id, rows, started_by, started_at)
    values (${tx.companyId}, ${b.kind}, 'reading', ${b.ofId}, ${b.fileName}, ${json(b.readAs)}, ${json(b.change)}, ${b.locationId}, ${b.rows}, ${by.actor}, ${by.now}) returning id`)
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

/** It is read from its beginning again. */
export const saveReadAs = (tx: Tx, id: number, readAs: FileLook, locationId: number | null) =>
  tx.run(sql`
    update bulk_change set state = 'reading', cursor = 0, read_as = ${JSON.stringify(readAs)}, location_id = ${locationId}, rows = ${readAs.rows} where company_id = ${tx.companyId} and id = ${id}`)
export const saveCursor = (tx: Tx, id: number, cursor: number) => tx.run(sql`update bulk_change set cursor = ${cursor} where company_id = ${tx.companyId} and id = ${id}`)
export const saveState = (tx: Tx, id: number, state: BulkState, now: Date) =>
  tx.run(sql`
    update bulk_change set state = ${state}, ended_at = case when ${state} in ('done', 'cancelled', 'failed') then ${now}::timestamptz end where company_id = ${tx.companyId} and id = ${id}`)
export const saveFailed = (tx: Tx, id: number, code: string, now: Date) =>
  tx.run(sql`update bulk_change set state = 'failed', code = ${code}, ended_at = ${now} where company_id = ${tx.companyId} and id = ${id}`)
/** What failed goes on: judged where nobody had said yes yet, else carried out. */
export async function saveAgain(tx: Tx, id: number): Promise<void> {
  await tx.run(sql`
    update bulk_change set state = case when confirmed_at is null then 'reading' else 'working' end, code = null, ended_at = null where company_id = ${tx.companyId} and id = ${id} and state = 'failed'`)
}
export const saveConfirmed = (tx: Tx, id: number, actor: string, now: Date) =>
  tx.run(sql`update bulk_change set state = 'working', cursor = 0, confirmed_by = ${actor}, confirmed_at = ${now} where company_id = ${tx.companyId} and id = ${id}`)

/** The undo of it that isn't thrown away; one that was stopped in the middle did something, and stands. */
export const undoOf = (tx: Tx, id: number) =>
  tx.maybe<{ id: number; state: BulkState }>(sql`
    select id, state from bulk_change where company_id = ${tx.companyId} and of_id = ${id} and (state not in ('cancelled', 'failed') or confirmed_at is not null) order by id desc limit 1`)
