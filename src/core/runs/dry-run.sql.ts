/** SQL of the dry run: what each cell shows, what it is to show, what is unusual about that, and what is left out and why. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Refusals the shop's listing can't explain: sending everything tries them once more. */
export const TRIED_AGAIN = ['value-refused', 'too-hot', 'remote-strange']

/**
 * What the shop shows now against what it is to show, per cell. Ask after the look was taken in: a cell that can't be told says why and is left out.
 * The flag is what a person should see before anything is sent.
 */
export const fillSyncItems = (tx: Tx, listenerId: number, runId: number, articleIds: number[]) =>
  tx.run(sql`
    with cell as (
      select t.entity_id, t.location_id, s.value as was, v.on_hand - v.reserved as available, stock_target(number_told(c.lowers_itself, v.on_hand, v.reserved), k.buffer) as target,
             case when t.refusal <> all (${TRIED_AGAIN}::text[]) then t.refusal end as code
      from told t
      join link k on k.company_id = t.company_id and k.listener_id = t.listener_id and k.article_id = t.entity_id and k.boxed and k.state = 'matched'
      join place p on p.company_id = t.company_id and p.listener_id = t.listener_id and p.location_id = t.location_id
      join level v on v.company_id = t.company_id and v.article_id = t.entity_id and v.location_id = t.location_id and v.known
      join listener c on c.company_id = t.company_id and c.id = t.listener_id
      left join listing_level s on s.company_id = t.company_id and s.listener_id = t.listener_id and s.item_ref = k.item_ref and s.place_ref = p.place_ref and s.active
      where t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = any (${articleIds}::bigint[])
        and not listener_is_master(t.company_id, t.listener_id, t.location_id)
    ), judged as (
      select *, case when code is not null then 'skipped' when greatest(0, was) = target then 'same' else 'send' end as state from cell
    )
    insert into run_item (company_id, run_id, article_id, location_id, was, target, state, code, flag)
    select ${tx.companyId}, ${runId}, entity_id, location_id, was, target, state, code,
           case when state <> 'send' then null when was is null then 'unknown' when was < 0 or available < 0 then 'negative' when was > 0 and target = 0 then 'to-zero'
                when was > 0 and abs(target - was) * 2 > was then 'over-half' end
    from judged
    on conflict (company_id, run_id, article_id, location_id) do update set was = excluded.was, target = excluded.target, state = excluded.state, code = excluded.code, flag = excluded.flag`)

/** Ticked articles nothing can be sent for: no item in the shop, never counted here, or on the shelf of a store the shop doesn't know. */
export const fillLeftOut = (tx: Tx, listenerId: number, runId: number) =>
  tx.run(sql`
    insert into run_item (company_id, run_id, article_id, location_id, was, state, code)
    select k.company_id, ${runId}::bigint, k.article_id, p.location_id, s.value, 'skipped', case k.state when 'matched' then 'no-stock-yet' when 'moved' then 'link-moved' else k.state end
    from link k
    join place p on p.company_id = k.company_id and p.listener_id = k.listener_id
    left join level v on v.company_id = k.company_id and v.article_id = k.article_id and v.location_id = p.location_id and v.known
    left join listing_level s on s.company_id = k.company_id and s.listener_id = k.listener_id and s.item_ref = k.item_ref and s.place_ref = p.place_ref and s.active
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and (k.state <> 'matched' or v.article_id is null) and not listener_is_master(k.company_id, k.listener_id, p.location_id)
    union all
    select k.company_id, ${runId}::bigint, k.article_id, v.location_id, null, 'skipped', 'store-not-mapped'
    from link k
    join level v on v.company_id = k.company_id and v.article_id = k.article_id and v.known
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed
      and not exists (select from place p where p.company_id = k.company_id and p.listener_id = k.listener_id and p.location_id = v.location_id)
    on conflict do nothing`)

/** Whether it left out cells that one press at the shop puts right. */
export const canBeMended = async (tx: Tx, runId: number): Promise<boolean> =>
  (
    await tx.one<{ some: boolean }>(
      sql`select exists (select from run_item where company_id = ${tx.companyId} and run_id = ${runId} and code in ('not-tracked', 'not-stocked')) as some`,
    )
  ).some

/** Of these cells, those that are tried again although the shop once said no. */
export const refusedOnce = async (tx: Tx, listenerId: number, cells: { articleId: number; locationId: number }[]): Promise<{ articleId: number; locationId: number }[]> =>
  tx.rows<{ articleId: number; locationId: number }>(sql`
    select t.entity_id as "articleId", t.location_id as "locationId"
    from unnest(${cells.map((c) => c.articleId)}::bigint[], ${cells.map((c) => c.locationId)}::bigint[]) as c(article, location)
    join told t on t.company_id = ${tx.companyId} and t.listener_id = ${listenerId} and t.kind = 'stock' and t.entity_id = c.article and t.location_id = c.location
    where t.refusal = any (${TRIED_AGAIN}::text[]) order by 1, 2 for update of t`)
