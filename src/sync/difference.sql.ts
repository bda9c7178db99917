/** SQL of differences: theirs is not ours, from being found until something settled it (R20, R24). */
import type { Cell } from '../core/told/row.ts'
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export type DifferenceReason = 'unseen-order' | 'edited-in-shop' | 'failed-push' | 'number-twice' | 'passed'
export type SettledHow = 'sent' | 'order' | 'passed' | 'taken-over' | 'corrected' | 'not-told'

export interface Found extends Cell {
  theirs: number
  ours: number
  believed: number | null
  /** The row's `seen` now: what an order taken in later moves. */
  seen: number
  /** What the ledger would have to move for the shop's number to be right. */
  gap: number
  /** Null = not known yet. */
  reason: DifferenceReason | null
}

/** One open difference per cell. A look knows more than a comparison, but the numbers a person reads stay those it was found with. */
export const recordDifferences = (tx: Tx, listenerId: number, foundBy: 'compare' | 'look', found: Found[], now: Date) =>
  tx.run(sql`
    insert into difference as d (company_id, listener_id, article_id, location_id, theirs, ours, believed, seen, gap, reason, found_by, looked, seen_at, state)
    select ${tx.companyId}, ${listenerId}, f.article, f.location, f.theirs, f.ours, f.believed, f.seen, f.gap, f.reason, ${foundBy}, ${foundBy === 'look'}, ${now}, 'open'
    from jsonb_to_recordset(${JSON.stringify(found.map((f) => ({ ...f, article: f.articleId, location: f.locationId })))})
      as f(article bigint, location bigint, theirs integer, ours integer, believed integer, seen bigint, gap integer, reason text)
    on conflict (company_id, listener_id, article_id, location_id) where state = 'open' do update
      set reason = coalesce(excluded.reason, d.reason), looked = d.looked or excluded.looked,
          theirs = case when excluded.found_by = 'compare' then excluded.theirs else d.theirs end, ours = case when excluded.found_by = 'compare' then excluded.ours else d.ours end,
          gap = case when excluded.found_by = 'compare' then excluded.gap else d.gap end`)

/**
 * Open differences whose cell came to rest are settled, with what explains them: an order that was placed before it was found and taken in
 * after; else a person's edit, when a look saw it too or the shop's own rule can't be reckoned with; else it passed by itself.
 */
export const settleRested = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`
    with rested as (
      select d.id, d.seen_at, d.article_id, d.reason, d.looked, d.asked_by, not k.boxed as untold, t.seen is distinct from d.seen as moved, c.rule_known,
             c.compares and c.rule_known as certain, coalesce(greatest(0, t.told_value) <> greatest(0, d.theirs), true) as told_another
      from difference d
      join listener c on c.company_id = d.company_id and c.id = d.listener_id
      join link k on k.company_id = d.company_id and k.listener_id = d.listener_id and k.article_id = d.article_id
      left join told t on t.company_id = d.company_id and t.listener_id = d.listener_id and t.kind = 'stock' and t.entity_id = d.article_id and t.location_id = d.location_id
      where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.state = 'open'
        and (not k.boxed or (k.state = 'matched' and t.wanted <= t.told and t.refusal is null))
    ), explained as (
      select r.*, case when r.reason is null and not r.untold and (r.moved or not r.rule_known) then (
               select max(o.id) from web_order_line l join web_order o on o.company_id = l.company_id and o.id = l.order_id
               where l.company_id = ${tx.companyId} and l.article_id = r.article_id and o.listener_id = ${listenerId} and o.placed_at <= r.seen_at and o.taken_at >= r.seen_at) end as by_order
      from rested r
    ), named as (
      select *, case when reason is not null or untold then reason when by_order is not null then 'unseen-order'
                     when looked or (not certain and told_another) then 'edited-in-shop' else 'passed' end as named from explained)
    update difference d set state = 'settled', settled_at = ${now}, reason = n.named, order_id = n.by_order, settled_by = coalesce(n.asked_by, 'system'),
      settled_how = case when n.untold then 'not-told' when n.named = 'unseen-order' then 'order' when n.named = 'passed' then 'passed' else 'sent' end
    from named n where d.company_id = ${tx.companyId} and d.id = n.id`)

/** A cell that was refused, or whose number stands twice, can't be told: that is why the shop shows another number. */
export const nameStuck = (tx: Tx, listenerId: number) =>
  tx.run(sql`
    update difference d set reason = case when k.state = 'ambiguous' then 'number-twice' else 'failed-push' end
    from link k
    left join told t on t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id
    where d.company_id = ${tx.companyId} and d.listener_id = ${listenerId} and d.state = 'open' and d.reason is null
      and k.company_id = d.company_id and k.listener_id = d.listener_id and k.article_id = d.article_id and (t.location_id is null or t.location_id = d.location_id)
      and (k.state = 'ambiguous' or t.refusal is not null)`)

export interface DifferenceRow extends Cell {
  id: number
  state: 'open' | 'settled'
  reason: DifferenceReason | null
  settledHow: SettledHow | null
  gap: number | null
  seenAt: Date
}
/** Locked, so that two presses of a button are one after the other. */
export const lockDifference = (tx: Tx, listenerId: number, id: number) =>
  tx.maybe<DifferenceRow>(sql`
    select id, article_id as "articleId", location_id as "locationId", state, reason, settled_how as "settledHow", gap, seen_at as "seenAt"
    from difference where company_id = ${tx.companyId} and listener_id = ${listenerId} and id = ${id} for update`)

export const noteAsked = (tx: Tx, id: number, actor: string) => tx.run(sql`update difference set asked_by = ${actor} where company_id = ${tx.companyId} and id = ${id}`)

/** What a person (or a run they confirmed) decided. Also of one that the ledger had won already. */
export const settleDifference = (tx: Tx, id: number, how: SettledHow, actor: string, now: Date) =>
  tx.run(sql`
    update difference set state = 'settled', settled_at = coalesce(settled_at, ${now}), settled_how = ${how}, settled_by = ${actor} where company_id = ${tx.companyId} and id = ${id}`)

/** The shop's number became ours in these cells: whatever was open there is settled. */
export const settleTakenOver = (tx: Tx, listenerId: number, cells: Cell[], actor: string, now: Date) =>
  tx.run(sql`
    update difference set state = 'settled', settled_at = ${now}, settled_how = 'taken-over', settled_by = ${actor}
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'open'
      and (article_id, location_id) in (select * from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]))`)
