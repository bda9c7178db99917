/** SQL of the numbers taken over from a master. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** Articles kept in stock by number, to the letter. Of an article that was renamed and is there under both, the number it has now. */
export const stockArticles = (tx: Tx, numbers: string[]) =>
  tx.rows<{ number: string; articleId: number }>(sql`
    select distinct on (n.article_id) n.number, n.article_id as "articleId"
    from article_number n join article a on a.company_id = n.company_id and a.id = n.article_id
    where n.company_id = ${tx.companyId} and n.number = any (${numbers}) and a.stock_tracked and a.archived_at is null order by n.article_id, a.number = n.number desc`)

/**
 * What on hand here owes to the master: its last number. Never taken over: what stood here when it became master, which is on hand less what happened since.
 * `version` 0 = never taken over.
 */
export const basesOf = (tx: Tx, locationId: number, articleIds: number[]) =>
  tx.rows<{ articleId: number; base: number; version: number }>(sql`
    select a.id as "articleId", coalesce(n.version, 0) as version,
           coalesce(n.value, coalesce(v.on_hand, 0) - coalesce((
             select sum(m.on_hand_delta) from movement m
             where m.company_id = l.company_id and m.article_id = a.id and m.location_id = l.id and m.posted_at >= l.master_since), 0))::integer as base
    from unnest(${articleIds}::bigint[]) as a(id)
    join location l on l.company_id = ${tx.companyId} and l.id = ${locationId}
    left join level v on v.company_id = l.company_id and v.article_id = a.id and v.location_id = l.id
    left join master_number n on n.company_id = l.company_id and n.article_id = a.id and n.location_id = l.id
    order by a.id`)

export interface NumberRead {
  articleId: number
  /** Whole pieces. */
  value: number
  readAt: Date
}
export const saveNumbers = (tx: Tx, locationId: number, numbers: (NumberRead & { version: number })[]) =>
  tx.run(sql`
    insert into master_number (company_id, article_id, location_id, value, version, read_at)
    select ${tx.companyId}, "articleId", ${locationId}, value, version, "readAt"
    from jsonb_to_recordset(${JSON.stringify(numbers)}) as n("articleId" bigint, value integer, version integer, "readAt" timestamptz) order by "articleId"
    on conflict (company_id, article_id, location_id) do update set value = excluded.value, version = excluded.version, read_at = excluded.read_at`)

/** Articles whose number the master has told at least once. */
export const numbersKnown = (tx: Tx, locationId: number, articleIds: number[]) =>
  tx.rows<{ articleId: number }>(
    sql`select article_id as "articleId" from master_number where company_id = ${tx.companyId} and location_id = ${locationId} and article_id = any (${articleIds}::bigint[])`,
  )

/** Another master begins with its own numbers. */
export const forgetNumbers = (tx: Tx, locationId: number) => tx.run(sql`delete from master_number where company_id = ${tx.companyId} and location_id = ${locationId}`)

/** Taken over in all, or read since an instant. */
export const numbersCount = (tx: Tx, locationId: number, since: Date | null) =>
  tx.one<{ n: number }>(
    sql`select count(*) as n from master_number where company_id = ${tx.companyId} and location_id = ${locationId} and (${since}::timestamptz is null or read_at >= ${since})`,
  )
