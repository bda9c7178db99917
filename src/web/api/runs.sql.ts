/** SQL of the run pages: runs with how far they have come, and their cells. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export interface RunRow {
  id: number
  kind: 'match' | 'first-sync' | 'sync-all' | 'take-over' | 'compare' | 'undo'
  state: 'looking' | 'ready' | 'sending' | 'paused' | 'stopping' | 'done' | 'cancelled' | 'failed'
  total: number
  done: number
  failed: number
  same: number
  cursor: string | null
  why: { code?: string; facts?: Record<string, string | number> } | null
  startedAt: Date
  confirmedAt: Date | null
  goingSince: Date | null
  endedAt: Date | null
  ofId: number | null
  undoneById: number | null
}
export const runPage = (tx: Tx, asked: { listenerId: number; id: number | null; active: boolean; beforeId: number | null; limit: number }) =>
  tx.rows<RunRow>(sql`
    select id, kind, state, total, done, failed, same, cursor, why, started_at as "startedAt", confirmed_at as "confirmedAt", going_since as "goingSince", ended_at as "endedAt", of_id as "ofId",
           (select max(u.id) from run u where u.company_id = run.company_id and u.of_id = run.id and u.confirmed_at is not null) as "undoneById"
    from run where company_id = ${tx.companyId} and listener_id = ${asked.listenerId} and (${asked.id}::bigint is null or id = ${asked.id})
      and (not ${asked.active}::boolean or state in ('looking', 'ready', 'sending', 'paused', 'stopping')) and (${asked.beforeId}::bigint is null or id < ${asked.beforeId})
    order by id desc limit ${asked.limit}`)

/** Of what was marked: told but not counted yet, still to be told, and of those the ones on hold; and all that was told since `from`. */
export const runProgress = (tx: Tx, asked: { listenerId: number; runId: number; from: Date; now: Date }) =>
  tx.one<{ told: number; marked: number; held: number; lately: number }>(sql`
    with open as (
      select t.told >= i.wanted as told, t.told_at, t.hold_until from run_item i
      join told t on t.company_id = i.company_id and t.listener_id = ${asked.listenerId} and t.kind = 'stock' and t.entity_id = i.article_id and t.location_id = i.location_id
      where i.company_id = ${tx.companyId} and i.run_id = ${asked.runId} and i.state = 'send' and i.wanted is not null)
    select count(*) filter (where told) as told, count(*) filter (where not told) as marked, count(*) filter (where not told and hold_until > ${asked.now}) as held,
           count(*) filter (where told and told_at >= ${asked.from})
             + (select count(*) from run_item where company_id = ${tx.companyId} and run_id = ${asked.runId} and state = 'sent' and settled_at >= ${asked.from}) as lately
    from open`)

/** How many of the ticked and matched articles the looking has come past. */
export const runLooked = (tx: Tx, listenerId: number, cursor: number) =>
  tx.one<{ done: number; of: number }>(sql`
    select count(*) filter (where article_id <= ${cursor}) as done, count(*) as of from link
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and boxed and state = 'matched'`)

/** The same of an undo: of the articles that the run has sent. */
export const undoLooked = (tx: Tx, listenerId: number, ofId: number, cursor: number) =>
  tx.one<{ done: number; of: number }>(sql`
    select count(*) filter (where article_id <= ${cursor}) as done, count(*) as of from link k
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'matched'
      and exists (select from run_item i where i.company_id = k.company_id and i.run_id = ${ofId} and i.article_id = k.article_id and i.state = 'sent')`)

/** The turn's holder hasn't been heard of since: its process died, and another takes the turn over. */
export const turnExpired = async (tx: Tx, listenerId: number, now: Date): Promise<boolean> =>
  (await tx.maybe(sql`select 1 from turn where company_id = ${tx.companyId} and listener_id = ${listenerId} and holder is not null and expires_at <= ${now}`)) !== null

export interface RunCount {
  state: ItemState
  code: string | null
  flag: ItemFlag | null
  n: number
}
/** Cells by state, code and flag. */
export const runCounts = (tx: Tx, runId: number) =>
  tx.rows<RunCount>(sql`
    select state, code, flag, count(*) as n from run_item where company_id = ${tx.companyId} and run_id = ${runId} group by state, code, flag order by n desc, code`)

type ItemState = 'same' | 'send' | 'sent' | 'refused' | 'skipped'
type ItemFlag = 'unknown' | 'negative' | 'to-zero' | 'over-half'
export interface RunItemRow {
  rank: number
  articleId: number
  articleNumber: string
  articleName: string
  locationId: number
  was: number | null
  /** Of a take-over: what our own ledger said. */
  ours: number | null
  target: number | null
  state: ItemState
  code: string | null
  flag: ItemFlag | null
  settledAt: Date | null
}
/** What needs a person's eye first: refused, then flagged, then the rest. */
export const runItemPage = (
  tx: Tx,
  asked: { runId: number; state: string | null; flagged: boolean; flag: string | null; code: string | null; after: [number, number, number] | null; limit: number },
) =>
  tx.rows<RunItemRow>(sql`
    select i.rank, i.article_id as "articleId", a.number as "articleNumber", a.name as "articleName", i.location_id as "locationId", i.was, i.ours, i.target, i.state, i.code, i.flag, i.settled_at as "settledAt"
    from (select *, case when state = 'refused' then 0 when state = 'skipped' then 7 else case flag when 'unknown' then 1 when 'negative' then 2 when 'to-zero' then 3 when 'over-half' then 4
                         else case state when 'same' then 6 else 5 end end end as rank
          from run_item where company_id = ${tx.companyId} and run_id = ${asked.runId}) i
    join article a on a.company_id = i.company_id and a.id = i.article_id
    where (${asked.state}::text is null or i.state = ${asked.state}) and (not ${asked.flagged}::boolean or i.flag is not null) and (${asked.flag}::text is null or i.flag = ${asked.flag}) and (${asked.code}::text is null or i.code = ${asked.code})
      and (${asked.after?.[0] ?? null}::int is null or (i.rank, i.article_id, i.location_id) > (${asked.after?.[0] ?? null}::int, ${asked.after?.[1] ?? null}::bigint, ${asked.after?.[2] ?? null}::bigint))
    order by i.rank, i.article_id, i.location_id limit ${asked.limit}`)
