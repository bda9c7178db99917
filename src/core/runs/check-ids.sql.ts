/** SQL of a check of the webshop article ids: what became of each ticked article's, seen by a person before it is saved. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Whether a person has asked for a check that is still reading the shop's list. */
export const isCheckingIds = async (tx: Tx, listenerId: number): Promise<boolean> =>
  (
    await tx.one<{ some: boolean }>(
      sql`select exists (select from run where company_id = ${tx.companyId} and listener_id = ${listenerId} and kind = 'match' and state = 'looking') as some`,
    )
  ).some

/** Every ticked article's saved id against the items that bear its number (S10). Ask once the list was read to its end. */
export const fillLinks = (tx: Tx, listenerId: number, runId: number) =>
  tx.run(sql`
    with found as (
      select k.article_id, k.item_ref as saved, count(l.item_ref)::integer as n, min(l.item_ref) as item_ref
      from link k
      join article a on a.company_id = k.company_id and a.id = k.article_id
      left join listing l on l.company_id = k.company_id and l.listener_id = k.listener_id and l.number = a.number and l.number <> '' and l.gone_at is null
        and (l.unwritable is distinct from 'has-choices' or not exists (select from listing o where o.company_id = l.company_id and o.listener_id = l.listener_id and o.number = l.number and o.gone_at is null and o.unwritable is distinct from 'has-choices'))
      where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed
      group by k.article_id, k.item_ref)
    insert into run_link (company_id, run_id, article_id, verdict, was_ref, now_ref, carriers, theirs)
    select ${tx.companyId}, ${runId}, f.article_id,
           case when f.n > 1 then 'ambiguous' when f.n = 0 then case when f.saved is null then 'missing' else 'gone' end
                when f.saved is null then 'found' when f.saved = f.item_ref then 'same' else 'changed' end,
           f.saved, case when f.n = 1 then f.item_ref end, f.n, o.number
    from found f left join listing o on o.company_id = ${tx.companyId} and o.listener_id = ${listenerId} and o.item_ref = f.saved and o.gone_at is null
    on conflict (company_id, run_id, article_id) do nothing`)

interface FoundLink {
  articleId: number
  /** False = the shop has changed since a person saw it. */
  still: boolean
}
/** What is to be saved and isn't yet. */
export const linksToSave = (tx: Tx, listenerId: number, runId: number, limit: number) =>
  tx.rows<FoundLink>(sql`
    select i.article_id as "articleId", coalesce((
             select count(*) = 1 and min(l.item_ref) = i.now_ref from article a
             join listing l on l.company_id = a.company_id and l.listener_id = ${listenerId} and l.number = a.number and l.gone_at is null
               and (l.unwritable is distinct from 'has-choices' or not exists (select from listing o where o.company_id = l.company_id and o.listener_id = l.listener_id and o.number = l.number and o.gone_at is null and o.unwritable is distinct from 'has-choices'))
             where a.company_id = i.company_id and a.id = i.article_id), false) as still
    from run_link i
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.verdict in ('changed', 'found') and i.saved_at is null order by i.article_id limit ${limit}`)

/** Links that are as they were found, whoever saved them. */
export const noteSaved = (tx: Tx, listenerId: number, runId: number, now: Date) =>
  tx.run(sql`
    update run_link i set saved_at = ${now}
    from link k
    where i.company_id = ${tx.companyId} and i.run_id = ${runId} and i.verdict in ('changed', 'found') and i.saved_at is null
      and k.company_id = i.company_id and k.listener_id = ${listenerId} and k.article_id = i.article_id and k.state = 'matched' and k.item_ref = i.now_ref`)

/** Of these, what wasn't saved: the shop has changed, or the box was taken away. */
export const notePassed = (tx: Tx, runId: number, articleIds: number[]) =>
  tx.run(sql`update run_link set verdict = 'passed' where company_id = ${tx.companyId} and run_id = ${runId} and article_id = any (${articleIds}::bigint[]) and saved_at is null`)

/** Total = ticked articles, same = right already, done = saved, failed = without a valid id. Answers what is still to be saved. */
export const recountLinks = async (tx: Tx, runId: number): Promise<number> =>
  (
    await tx.one<{ n: number }>(sql`
    with c as (
      select count(*) as total, count(*) filter (where verdict = 'same') as same, count(saved_at) as done,
             count(*) filter (where verdict in ('ambiguous', 'gone', 'missing', 'passed')) as failed
      from run_link where company_id = ${tx.companyId} and run_id = ${runId}
    ), counted as (
      update run r set total = c.total, same = c.same, done = c.done, failed = c.failed from c where r.company_id = ${tx.companyId} and r.id = ${runId} returning r.id)
    select (c.total - c.same - c.done - c.failed)::integer as n from c left join counted on true`)
  ).n

export const updateIdsChecked = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`update listener set ids_checked_at = ${now} where company_id = ${tx.companyId} and id = ${listenerId}`)

/** When the ids were last checked, and when the shop last showed that an article came, went or got another number. */
export const idsOf = (tx: Tx, listenerId: number) =>
  tx.one<{ checkedAt: Date | null; changedAt: Date | null }>(sql`
    select ids_checked_at as "checkedAt", (select max(changed_at) from listing where company_id = ${tx.companyId} and listener_id = ${listenerId}) as "changedAt"
    from listener where company_id = ${tx.companyId} and id = ${listenerId}`)
