/** The database as a whole: which installation it is, and how far it has come. The one row stands outside the wall. */
import type { Queryable } from './open.ts'
import { sql } from './sql.ts'

export interface Installation {
  id: string
  epoch: number
  beat: number
  beatAt: Date | null
  /** Put back from a backup and no new epoch begun yet: what happened after this may be missing. */
  restoredTo: Date | null
}

/** Locked: of two processes that start at once the second finds what the first has done. */
export const lockInstallation = (q: Queryable) => q.one<Installation>(sql`select id, epoch, beat, beat_at as "beatAt", restored_to as "restoredTo" from installation for update`)

/** One more beat; says how far it has come now. */
export const beatOnce = (q: Queryable, now: Date) => q.one<Installation>(sql`update installation set beat = beat + 1, beat_at = ${now} returning id, epoch, beat`)

export const raiseInstallation = (q: Queryable, to: { epoch: number; beat: number }) =>
  q.run(sql`update installation set epoch = ${to.epoch}, beat = ${to.beat}, restored_to = null`)

export const markRestored = (q: Queryable, dataUntil: Date) => q.run(sql`update installation set restored_to = ${dataUntil}`)

/** Room for the ids of one epoch: ids of epoch 325 begin at 325,000,000, unless there are more already. */
const IDS_OF_AN_EPOCH = 1_000_000
/** Ids given out after the backup stand in tills and outside systems: none of them is ever given to something else. Only the owner of the tables may. */
export const jumpIds = (q: Queryable, epoch: number) =>
  q.rows(sql`
    select setval(format('%I.%I', schemaname, sequencename)::regclass, greatest(coalesce(last_value, 0) + ${IDS_OF_AN_EPOCH}::bigint, ${epoch * IDS_OF_AN_EPOCH}::bigint))
    from pg_sequences where schemaname = current_schema()`)
