/** SQL of stored sends: the same key always travels with the same rows (R12, R15). */
import type { Change } from '../connectors/contract.ts'
import type { Cell } from '../core/told/row.ts'
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export interface StoredBatch {
  id: number
  key: string
  rows: Change[]
  /** cells[n] is what row n is about. */
  cells: Cell[]
  lane: 'live' | 'backfill'
  sentAt: Date
}

export const insertBatch = async (tx: Tx, listenerId: number, b: Omit<StoredBatch, 'id'>, token: number): Promise<StoredBatch> => {
  const { id } = await tx.one<{ id: number }>(sql`
    insert into push_batch (company_id, listener_id, key, rows, cells, lane, token, sent_at)
    values (${tx.companyId}, ${listenerId}, ${b.key}, ${JSON.stringify(b.rows)}, ${JSON.stringify(b.cells)}, ${b.lane}, ${token}, ${b.sentAt}) returning id`)
  return { ...b, id }
}

/** Sends whose outcome isn't known, oldest first: a crash, a timeout or a takeover left them. */
export const openBatches = (tx: Tx, listenerId: number) =>
  tx.rows<StoredBatch>(sql`
    select id, key, rows, cells, lane, sent_at as "sentAt" from push_batch
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and settled_at is null order by id limit 20`)

/** Every row's outcome is known: the batch has done its service. */
export const deleteBatch = (tx: Tx, id: number) => tx.run(sql`delete from push_batch where company_id = ${tx.companyId} and id = ${id}`)

/** Rows of this batch whose box, match or place went away meanwhile: nothing is believed of them. `landsUntil`: the send may still land until then. */
export const forgetFlights = (tx: Tx, listenerId: number, batch: Pick<StoredBatch, 'id' | 'cells'>, landsUntil: Date | null) =>
  tx.run(sql`
    update told set flight = null, anchor_value = null, anchor_seen = null, held = null,
      looks = case when ${landsUntil}::timestamptz is null then looks else looks || jsonb_build_array(jsonb_build_object('id', gen_random_uuid()::text, 'why', 'unknown-send', 'notBefore', ${landsUntil?.toISOString() ?? null}::text)) end
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'stock' and (flight ->> 'batch')::bigint = ${batch.id}
      and (entity_id, location_id) in (select * from unnest(${batch.cells.map((c) => c.articleId)}::bigint[], ${batch.cells.map((c) => c.locationId)}::bigint[]))`)
