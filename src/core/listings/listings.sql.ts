/** SQL of listings: what a listener has shown us, and which of our articles that is. Many rows per statement. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { IdRule, LinkState, Listing } from './listing.ts'

/** An item that is seen for the first time is a change of the shop only once its list has been read to its end. Latest sight wins. Returns the items whose number, state or existence is news: what the matcher has to look at. */
export const upsertListings = (tx: Tx, listenerId: number, listings: Listing[], seenAt: Date) =>
  tx.rows<{ itemRef: string }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(listings)}) as g("itemRef" text, "parentRef" text, "articleNumber" text, title text, tracked boolean, unwritable text)
    ), news as (
      select g."itemRef" from given g left join listing l on l.company_id = ${tx.companyId} and l.listener_id = ${listenerId} and l.item_ref = g."itemRef"
      where l.item_ref is null or l.gone_at is not null or (l.number, l.tracked, l.unwritable) is distinct from (g."articleNumber", g.tracked, g.unwritable)
    ), saved as (
      insert into listing as l (company_id, listener_id, item_ref, parent_ref, number, title, tracked, unwritable, seen_at, changed_at)
      select ${tx.companyId}, ${listenerId}, "itemRef", "parentRef", "articleNumber", title, tracked, unwritable, ${seenAt}, (select ${seenAt}::timestamptz from listener where company_id = ${tx.companyId} and id = ${listenerId} and listings_at is not null) from given order by "itemRef"
      on conflict (company_id, listener_id, item_ref) do update set parent_ref = excluded.parent_ref, number = excluded.number, title = excluded.title, tracked = excluded.tracked,
        unwritable = excluded.unwritable, seen_at = excluded.seen_at, gone_at = null,
        changed_at = case when l.gone_at is null and l.number is not distinct from excluded.number then l.changed_at else excluded.seen_at end where l.seen_at <= excluded.seen_at
      returning item_ref)
    select "itemRef" from news join saved on saved.item_ref = news."itemRef"`)

/** Places the listing doesn't name stay as they were: absent is unknown. Returns the items that became active or inactive somewhere. */
export const upsertLevels = (tx: Tx, listenerId: number, levels: { itemRef: string; placeRef: string; value: number | null; active: boolean }[], seenAt: Date) =>
  tx.rows<{ itemRef: string }>(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(levels)}) as g("itemRef" text, "placeRef" text, value integer, active boolean)
    ), news as (
      select g."itemRef" from given g
      left join listing_level v on v.company_id = ${tx.companyId} and v.listener_id = ${listenerId} and v.item_ref = g."itemRef" and v.place_ref = g."placeRef"
      where v.active is distinct from g.active
    ), saved as (
      insert into listing_level as v (company_id, listener_id, item_ref, place_ref, value, active, seen_at)
      select ${tx.companyId}, ${listenerId}, "itemRef", "placeRef", value, active, ${seenAt} from given order by "itemRef", "placeRef"
      on conflict (company_id, listener_id, item_ref, place_ref) do update set value = excluded.value, active = excluded.active, seen_at = excluded.seen_at where v.seen_at <= excluded.seen_at
      returning 1)
    select distinct "itemRef" from news where (select count(*) from saved) >= 0`)

export const markGone = (tx: Tx, listenerId: number, itemRefs: string[], now: Date) =>
  tx.run(
    sql`update listing set gone_at = ${now}, changed_at = ${now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and item_ref = any (${itemRefs}) and gone_at is null`,
  )

/** After a walk over everything: what it didn't show isn't there any more. */
export const markUnseenGone = (tx: Tx, listenerId: number, since: Date, now: Date) =>
  tx.run(
    sql`update listing set gone_at = ${now}, changed_at = ${now} where company_id = ${tx.companyId} and listener_id = ${listenerId} and seen_at < ${since} and gone_at is null`,
  )

/** The shop was asked for exactly these numbers: items of such a number that it didn't name have gone or have another number now. */
export const markOthersGone = (tx: Tx, listenerId: number, numbers: string[], itemRefs: string[], now: Date) =>
  tx.run(sql`
    update listing set gone_at = ${now}, changed_at = ${now}
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and number = any (${numbers}) and item_ref <> all (${itemRefs}) and gone_at is null and seen_at <= ${now}`)

/** What the shop has just done at our word is as good as seen. */
export const noteStocked = (tx: Tx, listenerId: number, items: { itemRef: string; placeRef: string; tracked?: true; active?: true }[], now: Date) =>
  tx.run(sql`
    with done as (select * from jsonb_to_recordset(${JSON.stringify(items)}) as d("itemRef" text, "placeRef" text, tracked boolean, active boolean)),
    counted as (
      update listing l set tracked = true, seen_at = greatest(l.seen_at, ${now}) from done d
      where l.company_id = ${tx.companyId} and l.listener_id = ${listenerId} and l.item_ref = d."itemRef" and d.tracked returning 1)
    update listing_level v set active = true, seen_at = greatest(v.seen_at, ${now}) from done d
    where v.company_id = ${tx.companyId} and v.listener_id = ${listenerId} and v.item_ref = d."itemRef" and v.place_ref = d."placeRef" and d.active`)

/** Seen by number only: what else was known of the item stays. */
export const upsertFound = (tx: Tx, listenerId: number, found: { itemRef: string; number: string }[], now: Date) =>
  tx.run(sql`
    insert into listing as l (company_id, listener_id, item_ref, number, seen_at, changed_at)
    select ${tx.companyId}, ${listenerId}, "itemRef", number, ${now}, (select ${now}::timestamptz from listener where company_id = ${tx.companyId} and id = ${listenerId} and listings_at is not null) from jsonb_to_recordset(${JSON.stringify(found)}) as f("itemRef" text, number text) order by "itemRef"
    on conflict (company_id, listener_id, item_ref) do update set number = excluded.number, seen_at = excluded.seen_at, gone_at = null,
      changed_at = case when l.gone_at is null and l.number is not distinct from excluded.number then l.changed_at else excluded.seen_at end where l.seen_at <= excluded.seen_at`)

/**
 * Joins ticked articles with what is listed, by the exact number (S10): one item = matched, none = missing, several = ambiguous; never a guess.
 * A product with choices is what a number means only where no choice bears it as well. An id that was saved stays where `ids` doesn't say that a person takes another: one whose number stands on another item is moved. `articleIds` null = all.
 * `asked` = the shop was asked for these very numbers; otherwise only a list that was read to its end can say "missing", and until then they are looked for.
 * Returns the articles whose link changed.
 */
export const matchByNumber = (tx: Tx, listenerId: number, articleIds: number[] | null, how: { asked: boolean; ids: IdRule }, now: Date) =>
  tx.rows<{ articleId: number; state: LinkState }>(sql`
    with found as (
      select k.article_id, a.number, k.item_ref as saved, count(l.item_ref) as n, min(l.item_ref) as item_ref
      from link k
      join article a on a.company_id = k.company_id and a.id = k.article_id
      left join listing l on l.company_id = k.company_id and l.listener_id = k.listener_id and l.number = a.number and l.number <> '' and l.gone_at is null
        and (l.unwritable is distinct from 'has-choices' or not exists (select from listing o where o.company_id = l.company_id and o.listener_id = l.listener_id and o.number = l.number and o.gone_at is null and o.unwritable is distinct from 'has-choices'))
      where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and (${articleIds}::bigint[] is null or k.article_id = any (${articleIds}::bigint[]))
        and (${how.ids} <> 'hold' or k.item_ref is not null or k.state = 'looking')
      group by k.article_id, a.number, k.item_ref
    ), verdict as (
      select article_id, number, case when n = 1 and (saved is null or ${how.ids} = 'take') then item_ref else saved end as item_ref,
             case when n = 1 and (saved is null or saved = item_ref or ${how.ids} = 'take') then 'matched' when n = 1 then 'moved' when n > 1 then 'ambiguous'
                  when ${how.asked} or s.listings_at is not null then 'missing' else 'looking' end as state
      from found join listener s on s.company_id = ${tx.companyId} and s.id = ${listenerId})
    update link k set state = v.state, item_ref = v.item_ref, number = v.number, matched_at = case when v.state = 'matched' then ${now}::timestamptz else k.matched_at end,
      state_since = case when v.state = k.state then k.state_since else ${now}::timestamptz end
    from verdict v
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.article_id = v.article_id
      and (k.state, k.item_ref, k.number) is distinct from (v.state, v.item_ref, v.number)
    returning k.article_id as "articleId", k.state`)

/** Ticked articles these items are, or whose number they carry. */
export const articlesOfItems = (tx: Tx, listenerId: number, itemRefs: string[]) =>
  tx.rows<{ articleId: number }>(sql`
    select k.article_id as "articleId" from link k where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.item_ref = any (${itemRefs})
    union
    select k.article_id from listing l
    join article a on a.company_id = l.company_id and a.number = l.number
    join link k on k.company_id = l.company_id and k.listener_id = l.listener_id and k.article_id = a.id
    where l.company_id = ${tx.companyId} and l.listener_id = ${listenerId} and l.item_ref = any (${itemRefs})`)

/** Ticked articles nobody has looked for yet. */
export const lookingArticles = (tx: Tx, listenerId: number, limit: number) =>
  tx.rows<{ articleId: number; number: string }>(sql`
    select k.article_id as "articleId", a.number from link k join article a on a.company_id = k.company_id and a.id = k.article_id
    where k.company_id = ${tx.companyId} and k.listener_id = ${listenerId} and k.boxed and k.state = 'looking' order by k.article_id limit ${limit}`)

export const numbersOf = (tx: Tx, articleIds: number[]) =>
  tx.rows<{ articleId: number; number: string }>(
    sql`select id as "articleId", number from article where company_id = ${tx.companyId} and id = any (${articleIds}::bigint[]) order by id`,
  )

export const boxedArticles = (tx: Tx, listenerId: number) =>
  tx.rows<{ articleId: number }>(sql`select article_id as "articleId" from link where company_id = ${tx.companyId} and listener_id = ${listenerId} and boxed order by article_id`)

/** The connection is over: nothing is told any more, the links stay to be seen. */
export const untickAll = (tx: Tx, listenerId: number) => tx.run(sql`update link set boxed = false where company_id = ${tx.companyId} and listener_id = ${listenerId} and boxed`)

/** "Every article whose number is found in the shop": not ticked yet, found exactly once. The preview and the deed ask the same. */
export const articlesFoundInShop = (tx: Tx, listenerId: number) =>
  tx.rows<{ articleId: number; number: string; name: string }>(sql`
    select a.id as "articleId", a.number, a.name from article a
    join listing l on l.company_id = a.company_id and l.listener_id = ${listenerId} and l.number = a.number and l.gone_at is null and l.unwritable is distinct from 'has-choices'
    left join link k on k.company_id = a.company_id and k.listener_id = ${listenerId} and k.article_id = a.id
    where a.company_id = ${tx.companyId} and a.archived_at is null and a.stock_tracked and k.boxed is distinct from true
    group by a.id, a.number, a.name having count(*) = 1 order by a.number`)

export interface Walk {
  at: Date | null
  cursor: string | null
  from: Date | null
}
export const walkOf = (tx: Tx, listenerId: number) =>
  tx.one<Walk>(sql`select listings_at as at, listings_cursor as cursor, listings_from as "from" from listener where company_id = ${tx.companyId} and id = ${listenerId}`)

export const updateWalk = (tx: Tx, listenerId: number, walk: Walk) =>
  tx.run(
    sql`update listener set listings_at = ${walk.at}, listings_cursor = ${walk.cursor}, listings_from = ${walk.from} where company_id = ${tx.companyId} and id = ${listenerId}`,
  )
