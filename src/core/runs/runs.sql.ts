/** SQL of runs: long jobs over many cells, with what stood before in every cell. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export type RunKind = 'match' | 'first-sync' | 'sync-all' | 'take-over' | 'compare' | 'undo'
export type RunState = 'looking' | 'ready' | 'sending' | 'paused' | 'stopping' | 'done' | 'cancelled' | 'failed'
export interface RunRow {
  id: number
  listenerId: number
  kind: RunKind
  state: RunState
  total: number
  done: number
  failed: number
  same: number
  /** How far the looking has come. */
  cursor: string | null
  why: { code: string; facts: Record<string, string | number> } | null
  startedAt: Date
  confirmedAt: Date | null
  endedAt: Date | null
  /** Only these; null = all of the connection. */
  articles: number[] | null
  startedBy: string
  /** Of an undo: the run that is undone. */
  ofId: number | null
}

/** By id, or (null) those of a listener in these states, oldest first. */
const runs = (tx: Tx, ask: { id: number | null; listenerId: number | null; states: RunState[] | null }) =>
  tx.rows<RunRow>(sql`
    select id, listener_id as "listenerId", kind, state, total, done, failed, same, cursor, why, started_at as "startedAt", confirmed_at as "confirmedAt", ended_at as "endedAt",
           to_jsonb(articles) as articles, started_by as "startedBy", of_id as "ofId"
    from run
    where company_id = ${tx.companyId} and (${ask.id}::bigint is null or id = ${ask.id}) and (${ask.listenerId}::bigint is null or listener_id = ${ask.listenerId})
      and (${ask.states}::text[] is null or state = any (${ask.states}::text[])) order by id`)

export const runById = async (tx: Tx, id: number): Promise<RunRow | null> => (await runs(tx, { id, listenerId: null, states: null }))[0] ?? null
export const runsGoingOn = (tx: Tx, listenerId: number) => runs(tx, { id: null, listenerId, states: ['looking', 'ready', 'sending', 'paused'] })
/** A paused or cancelled one still sees to what it had marked. */
export const runsToWorkOn = (tx: Tx, listenerId: number) => runs(tx, { id: null, listenerId, states: ['looking', 'sending', 'paused', 'stopping'] })

export const insertRun = (tx: Tx, listenerId: number, run: { kind: RunKind; articles: number[] | null; ofId?: number }, actor: string, now: Date) =>
  tx.one<{ id: number }>(sql`
    insert into run (company_id, listener_id, kind, of_id, articles, state, started_by, started_at, going_since)
    values (${tx.companyId}, ${listenerId}, ${run.kind}, ${run.ofId ?? null}, ${run.articles}::bigint[], 'looking', ${actor}, ${now}, ${now}) returning id`)

export const lockRun = (tx: Tx, id: number) => tx.maybe<{ state: RunState }>(sql`select state from run where company_id = ${tx.companyId} and id = ${id} for update`)

export const updateCursor = (tx: Tx, id: number, cursor: string) => tx.run(sql`update run set cursor = ${cursor} where company_id = ${tx.companyId} and id = ${id}`)

export const updateRunState = (tx: Tx, id: number, state: RunState, now: Date) =>
  tx.run(sql`
    update run set state = ${state}, confirmed_at = case when ${state} = 'sending' then coalesce(confirmed_at, ${now}::timestamptz) else confirmed_at end,
      going_since = case when ${state} in ('looking', 'sending') then ${now}::timestamptz end,
      ended_at = case when ${state} in ('done', 'cancelled', 'failed') then ${now}::timestamptz end
    where company_id = ${tx.companyId} and id = ${id}`)

/** Looked at anew: what is to wait counts from here. */
export const updateConfirmed = (tx: Tx, id: number, now: Date) => tx.run(sql`update run set confirmed_at = ${now} where company_id = ${tx.companyId} and id = ${id}`)

export const cancelRuns = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(
    sql`update run set state = 'cancelled', ended_at = ${now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and state in ('looking', 'ready', 'sending', 'paused', 'stopping')`,
  )

/** The counts a page shows, from the items themselves. Total leaves out what was skipped. */
export const recount = (tx: Tx, id: number) =>
  tx.run(sql`
    update run r set total = c.total, done = c.done, failed = c.failed, same = c.same
    from (select count(*) filter (where state <> 'skipped') as total, count(*) filter (where state = 'sent') as done, count(*) filter (where state = 'refused') as failed, count(*) filter (where state = 'same') as same
          from run_item where company_id = ${tx.companyId} and run_id = ${id}) c
    where r.company_id = ${tx.companyId} and r.id = ${id}`)

/** The next articles to look at: ticked and matched, in the order of their ids. `only` null = all of them. */
export const nextArticles = (tx: Tx, listenerId: number, after: number, limit: number, only: number[] | null = null) =>
  tx.rows<{ articleId: number; itemRef: string }>(sql`
    select article_id as "articleId", item_ref as "itemRef" from link
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and boxed and state = 'matched' and article_id > ${after}
      and (${only}::bigint[] is null or article_id = any (${only}::bigint[])) order by article_id limit ${limit}`)

/**
 * The preview of a take-over: what the shop shows, what ours says, and what ours becomes (the pieces never told to this shop are on the shelf as
 * well). Of a whole connection only cells whose goods nobody of ours has ever counted or received; of articles a person chose, those too (`known`).
 */
export const fillTakeOverItems = (tx: Tx, listenerId: number, runId: number, articleIds: number[], known: boolean) =>
  tx.run(sql`
    insert into run_item (company_id, run_id, article_id, location_id, was, ours, target, state, code)
    select k.company_id, ${runId}, k.article_id, p.location_id, s.value, case when v.known then number_told(c.lowers_itself, v.on_hand, v.reserved) end, s.value + k.buffer,
           case when s.value is null then 'skipped' when v.known and number_told(c.lowers_itself, v.on_hand, v.reserved) = s.value + k.buffer then 'same' else 'send' end,
           case when s.value is null then 'not-shown' end
    from link k
    join listener c on c.company_id = k.company_id and c.id = k.listener_id
    join place p on p.company_id = k.company_id and p.listener_id = k.listener_id
    join location o on o.company_id = p.company_id and o.id = p.location_id and o.master_id is null
    left join level v on v.company_id = k.company_id and v.article_id = k.article_id and v.location_id = p.location_id
    left join listing_level s on s.company_id = k.company_id and s.listener_id = k.listener_id and s.item_ref = k.item_ref and s.place_ref = p.place_ref and s.active
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and k.state = 'matched' and k.article_id = any (${articleIds}::bigint[])
      and (${known} or not coalesce(v.known, false))
    on conflict (company_id, run_id, article_id, location_id) do update set was = excluded.was, ours = excluded.ours, target = excluded.target, state = excluded.state, code = excluded.code`)

export interface ItemCell {
  articleId: number
  locationId: number
}
/** Cells to send that nobody asked to look yet, one location after the other. */
export const unaskedItems = (tx: Tx, runId: number, limit: number) =>
  tx.rows<ItemCell>(sql`
    select article_id as "articleId", location_id as "locationId" from run_item
    where company_id = ${tx.companyId} and run_id = ${runId} and state = 'send' and wanted is null order by location_id, article_id limit ${limit}`)

/** They are sent once the row was told at this version or a later one. A cell that has no row any more is skipped. */
export const noteWanted = (tx: Tx, listenerId: number, runId: number, cells: ItemCell[]) =>
  tx.run(sql`
    update run_item i set wanted = t.wanted, state = case when t.entity_id is null then 'skipped' else i.state end, code = case when t.entity_id is null then 'not-boxed' else i.code end
    from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]) as c(article, location)
    left join told t on t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = c.article and t.location_id = c.location
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.article_id = c.article and i.location_id = c.location`)

/**
 * Cells to send that wait for their first look anyway, and nobody has begun on: they are told without being marked, and the run needn't have them looked at a second time.
 * One that is believed to be known could be told without a look.
 */
export const noteWaiting = (tx: Tx, listenerId: number, runId: number) =>
  tx.run(sql`
    update run_item i set wanted = t.wanted from told t
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.state = 'send' and i.wanted is null
      and t.company_id = i.company_id and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = i.article_id and t.location_id = i.location_id
      and t.wanted > t.told and t.anchor_value is null and t.held is null and t.flight is null and t.refusal is null`)

/** Items whose row was told what was marked (or, when clean, all that came since as well), was refused, or isn't to be told any more. */
export const settleItems = (tx: Tx, listenerId: number, runId: number, now: Date, whenClean = false) =>
  tx.run(sql`
    update run_item i set settled_at = case when t.refusal is null then coalesce(i.settled_at, t.told_at, ${now}) else ${now} end, state = case when k.state is null or p.place_ref is null then 'skipped' when t.refusal is not null then 'refused' else 'sent' end,
      code = case when k.state is null then 'not-boxed' when p.place_ref is null then 'place-gone' else t.refusal end
    from told t
    left join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
    left join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.state = 'send' and i.wanted is not null
      and t.company_id = i.company_id and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = i.article_id and t.location_id = i.location_id
      and (k.state is null or p.place_ref is null or t.refusal is not null or t.told >= case when ${whenClean} then t.wanted else i.wanted end)`)

export const itemsLeft = (tx: Tx, runId: number) =>
  tx.one<{ n: number }>(sql`select count(*) as n from run_item where company_id = ${tx.companyId} and run_id = ${runId} and state = 'send'`)

/** Take-over items with what the shop has just been seen to show, and the level as it is. */
export const takeOverItems = (tx: Tx, listenerId: number, runId: number, articleIds: number[]) =>
  tx.rows<ItemCell & { was: number; shows: number | null; available: number; buffer: number; known: boolean }>(sql`
    select i.article_id as "articleId", i.location_id as "locationId", i.was, s.value as shows, coalesce(number_told(c.lowers_itself, v.on_hand, v.reserved), 0) as available,
           k.buffer, coalesce(v.known, false) as known
    from run_item i
    join listener c on c.company_id = i.company_id and c.id = ${listenerId}
    join link k on k.company_id = i.company_id and k.listener_id = ${listenerId} and k.article_id = i.article_id
    join place p on p.company_id = i.company_id and p.listener_id = ${listenerId} and p.location_id = i.location_id
    left join listing_level s on s.company_id = i.company_id and s.listener_id = ${listenerId} and s.item_ref = k.item_ref and s.place_ref = p.place_ref and s.active
    left join level v on v.company_id = i.company_id and v.article_id = i.article_id and v.location_id = i.location_id
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.state = 'send' and i.article_id = any (${articleIds}::bigint[]) order by i.article_id, i.location_id`)

/** Articles with cells still to take over. */
export const articlesLeft = (tx: Tx, listenerId: number, runId: number, limit: number) =>
  tx.rows<{ articleId: number; itemRef: string }>(sql`
    select distinct i.article_id as "articleId", k.item_ref as "itemRef" from run_item i
    join link k on k.company_id = i.company_id and k.listener_id = ${listenerId} and k.article_id = i.article_id and k.boxed and k.state = 'matched'
    join place p on p.company_id = i.company_id and p.listener_id = ${listenerId} and p.location_id = i.location_id
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.state = 'send' order by i.article_id limit ${limit}`)

export const settleItem = (tx: Tx, runId: number, cell: ItemCell, to: { state: 'send' | 'sent' | 'skipped'; was: number | null; target: number | null; code: string | null }) =>
  tx.run(sql`
    update run_item set state = ${to.state}, was = ${to.was}, target = ${to.target}, code = ${to.code}
    where company_id = ${tx.companyId} and run_id = ${runId} and article_id = ${cell.articleId} and location_id = ${cell.locationId}`)

/** A person cancelled: what nobody marked yet is not sent. */
export const skipUnmarked = (tx: Tx, runId: number) =>
  tx.run(sql`update run_item set state = 'skipped', code = 'cancelled' where company_id = ${tx.companyId} and run_id = ${runId} and state = 'send' and wanted is null`)

export const skipRest = (tx: Tx, runId: number, code: string) =>
  tx.run(sql`update run_item set state = 'skipped', code = ${code} where company_id = ${tx.companyId} and run_id = ${runId} and state = 'send'`)
