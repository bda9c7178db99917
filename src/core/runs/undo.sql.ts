/** SQL of an undo: what each cell showed before a run wrote to it, what it is to show again, and what can't be put back and why (R49-R52). */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { TRIED_AGAIN } from './dry-run.sql.ts'
import type { ItemCell } from './runs.sql.ts'

export interface Replaced extends ItemCell {
  /** What the shop showed when we wrote, and what we wrote: the same number where it showed it already. */
  replaced: number
  sent: number
  /** What was available here at that moment. Null = the orders hadn't been read to their end yet: the next write says it. */
  available: number | null
}
/**
 * What a run takes from the shop, kept with its item as it is written (R49). The first certain pair stays. After a cut the pieces that were
 * sold since it are taken off what stood there before it, and nothing else is.
 */
export const noteReplaced = (tx: Tx, listenerId: number, cells: Replaced[], now: Date) =>
  tx.run(sql`
    update run_item i set replaced = case when i.sent is null then c.replaced else i.replaced + c.replaced - i.sent end, sent = c.sent, available = c.available,
      settled_at = case when c.available is not null then ${now}::timestamptz end
    from run r, jsonb_to_recordset(${JSON.stringify(cells)}) as c("articleId" bigint, "locationId" bigint, replaced integer, sent integer, available integer)
    where r.company_id = ${tx.companyId} and r.listener_id = ${listenerId} and r.state in ('sending', 'paused', 'stopping') and r.kind in ('first-sync', 'sync-all')
      and i.company_id = r.company_id and i.run_id = r.id and i.article_id = c."articleId" and i.location_id = c."locationId" and i.state = 'send' and i.available is null`)

/** The next articles of the run to look at, in the order of their ids. Whether its box is ticked still doesn't matter: the shop keeps what it was told. */
export const nextToUndo = (tx: Tx, listenerId: number, ofId: number, after: number, limit: number) =>
  tx.rows<{ articleId: number; itemRef: string }>(sql`
    select k.article_id as "articleId", k.item_ref as "itemRef" from link k
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.state = 'matched' and k.article_id > ${after}
      and exists (select from run_item i join run r on r.company_id = i.company_id and r.id = i.run_id
                  where i.company_id = k.company_id and i.run_id = ${ofId} and i.article_id = k.article_id and (i.state = 'sent' or (i.state = 'same' and r.kind = 'first-sync')))
    order by k.article_id limit ${limit}`)

/**
 * What each cell shows and what it is to show: what it showed before, less what has left since (what was available then against what is now; of
 * a sale that only one of the two has heard of yet, the lower). The writing itself waits for both (R50).
 * Of a first sync also what agreed already: nothing is written there, and its box goes. Null articles = those that couldn't be looked at.
 * Asked again for what nobody has marked yet, it says what has changed meanwhile.
 */
export const fillUndoItems = (tx: Tx, listenerId: number, run: { id: number; ofId: number }, articleIds: number[] | null) =>
  tx.run(sql`
    with cell as (
      select i.article_id, i.location_id, s.value as was,
             case when i.available is null or i.replaced = i.sent then s.value 
                  else greatest(0, i.replaced - i.available + least(number_told(c.lowers_itself, v.on_hand, v.reserved), s.value + k.buffer)) end as target,
             case when exists (select from run_item u join run o on o.company_id = u.company_id and o.id = u.run_id
                               where u.company_id = i.company_id and o.of_id = i.run_id and u.run_id <> ${run.id} and u.article_id = i.article_id and u.location_id = i.location_id and u.state = 'sent') then 'undone-already'
                  when exists (select from run_item u join run o on o.company_id = u.company_id and o.id = u.run_id
                               where u.company_id = i.company_id and o.listener_id = r.listener_id and o.kind in ('first-sync', 'sync-all') and o.id > i.run_id
                                 and u.article_id = i.article_id and u.location_id = i.location_id and u.state = 'sent') then 'sent-again'
                  when k.article_id is null then 'not-boxed'
                  when k.state = 'moved' or (k.state = 'matched' and k.matched_at > coalesce(i.settled_at, r.ended_at)) then 'link-moved'
                  when k.state <> 'matched' then k.state
                  when not k.boxed and exists (select from told o where o.company_id = i.company_id and o.listener_id = r.listener_id and o.kind = 'stock' and o.entity_id = i.article_id and o.location_id <> i.location_id) then 'not-boxed'
                  when p.place_ref is null then 'place-gone'
                  when listener_is_master(i.company_id, r.listener_id, i.location_id) then 'shop-is-master'
                  when exists (select from movement m where m.company_id = i.company_id and m.article_id = i.article_id and m.location_id = i.location_id
                                 and m.kind in ('count', 'count-undone', 'import', 'master-set') and m.posted_at >= coalesce(i.settled_at, r.confirmed_at)) then 'counted-since'
                  when exists (select from difference d where d.company_id = i.company_id and d.listener_id = r.listener_id and d.article_id = i.article_id and d.location_id = i.location_id
                                 and d.state = 'open' and d.reason = 'edited-in-shop') then 'edited-in-shop'
                  when t.refusal <> all (${TRIED_AGAIN}::text[]) then t.refusal
                  when s.value is null then 'shows-nothing'
             end as code
      from run_item i
      join run r on r.company_id = i.company_id and r.id = i.run_id
      join listener c on c.company_id = r.company_id and c.id = r.listener_id
      left join link k on k.company_id = i.company_id and k.listener_id = r.listener_id and k.article_id = i.article_id
      left join place p on p.company_id = i.company_id and p.listener_id = r.listener_id and p.location_id = i.location_id
      left join level v on v.company_id = i.company_id and v.article_id = i.article_id and v.location_id = i.location_id
      left join told t on t.company_id = i.company_id and t.listener_id = r.listener_id and t.kind = 'stock' and t.entity_id = i.article_id and t.location_id = i.location_id
      left join listing_level s on s.company_id = i.company_id and s.listener_id = r.listener_id and s.item_ref = k.item_ref and s.place_ref = p.place_ref and s.active
      where i.company_id = ${tx.companyId} and i.run_id = ${run.ofId} and r.listener_id = ${listenerId} and (i.state = 'sent' or (i.state = 'same' and r.kind = 'first-sync'))
        and (case when ${articleIds === null} then not exists (select from run_item u where u.company_id = i.company_id and u.run_id = ${run.id} and u.article_id = i.article_id and u.location_id = i.location_id)
                  else i.article_id = any (${articleIds ?? []}::bigint[]) end)
    ), judged as (
      select *, case when code is not null then 'skipped' when greatest(0, was) = target then 'same' else 'send' end as state from cell
    )
    insert into run_item as i (company_id, run_id, article_id, location_id, was, target, state, code, flag)
    select ${tx.companyId}, ${run.id}, article_id, location_id, was, case when code is null then target end, state, code,
           case when state <> 'send' then null when was < 0 then 'negative' when was > 0 and target = 0 then 'to-zero' when was > 0 and abs(target - was) * 2 > was then 'over-half' end
    from judged
    on conflict (company_id, run_id, article_id, location_id) do update set was = excluded.was, target = excluded.target, state = excluded.state, code = excluded.code, flag = excluded.flag
      where i.state = 'send' and i.wanted is null`)

/** Of these cells, those that are to be sent still. */
export const stillToSend = (tx: Tx, runId: number, cells: ItemCell[]) =>
  tx.rows<ItemCell>(sql`
    select i.article_id as "articleId", i.location_id as "locationId" from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]) as c(article, location)
    join run_item i on i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.article_id = c.article and i.location_id = c.location
    where i.state = 'send' and i.wanted is null order by i.location_id, i.article_id`)

/** Of these articles, those whose box somebody has unticked since: nothing that is believed of them is to be trusted. */
export const untickedOf = async (tx: Tx, listenerId: number, articleIds: number[]): Promise<number[]> =>
  (
    await tx.rows<{ articleId: number }>(
      sql`select article_id as "articleId" from link where company_id = ${tx.companyId} and listener_id = ${listenerId} and article_id = any (${articleIds}::bigint[]) and not boxed order by article_id for update`,
    )
  ).map((row) => row.articleId)

/**
 * From here on these cells are told what they showed before (R50): the pieces that are never told are as many, or as few, as make it so. It is
 * a change of the buffer like any other, and every rule of telling holds. A box that was unticked is ticked until they are told.
 */
export const putBack = (tx: Tx, listenerId: number, run: { id: number; ofId: number }, cells: ItemCell[], now: Date) =>
  tx.run(sql`
    with these as (
      select i.article_id, i.location_id, i.available - i.replaced as buffer from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]) as c(article, location)
      join run_item i on i.company_id = ${tx.companyId} and i.run_id = ${run.ofId} and i.article_id = c.article and i.location_id = c.location
    ), boxes as (
      update link k set boxed = true, undone_by = ${run.id} from (select distinct article_id from these) a
      where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = a.article_id)
    update told t set buffer = n.buffer, wanted = t.wanted + 1, lane = case when t.wanted > t.told and t.lane = 'live' then 'live' else 'backfill' end,
      dirty_since = case when t.wanted > t.told and t.dirty_since is not null then t.dirty_since else ${now} end
    from these n
    where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = n.article_id and t.location_id = n.location_id`)

/** What the shop shows already is told no more, from this moment on. Null = all articles of the undo. */
export const takeBoxesOfSame = (tx: Tx, listenerId: number, runId: number, articleIds: number[] | null) =>
  tx.rows<{ id: number }>(sql`
    update link k set boxed = false, undone_by = ${runId} from (
      select article_id from run_item where company_id = ${tx.companyId} and run_id = ${runId} and (${articleIds}::bigint[] is null or article_id = any (${articleIds}::bigint[]))
      group by article_id having bool_or(state = 'same') and not bool_or(state = 'send')) a
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = a.article_id
    returning k.article_id as id`)

/** Articles of which nothing is on its way any more lose the box they were told by (R51). Whoever ticks it again has it back for good. */
export const takeBoxesOfTold = (tx: Tx, listenerId: number, runId: number) =>
  tx.rows<{ id: number }>(sql`
    update link k set boxed = false
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.undone_by = ${runId} and k.boxed
      and not exists (select from run_item i where i.company_id = k.company_id and i.run_id = ${runId} and i.article_id = k.article_id and i.state = 'send')
    returning k.article_id as id`)
