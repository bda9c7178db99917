/** SQL of the pages of a check of the webshop article ids. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

export type IdVerdict = 'changed' | 'found' | 'ambiguous' | 'gone' | 'passed' | 'missing' | 'same'
export interface FoundLinkRow {
  rank: number
  articleId: number
  articleNumber: string
  articleName: string
  verdict: IdVerdict
  wasRef: string | null
  nowRef: string | null
  carriers: number
  theirs: string | null
  savedAt: Date | null
}
/** What changes first, then what needs a person, then what is right. */
export const foundLinkPage = (tx: Tx, asked: { runId: number; verdict: IdVerdict | null; after: [number, number] | null; limit: number }) =>
  tx.rows<FoundLinkRow>(sql`
    select i.rank, i.article_id as "articleId", a.number as "articleNumber", a.name as "articleName", i.verdict, i.was_ref as "wasRef", i.now_ref as "nowRef", i.carriers, i.theirs, i.saved_at as "savedAt"
    from (select *, array_position(array['changed', 'found', 'ambiguous', 'gone', 'passed', 'missing', 'same'], verdict) as rank
          from run_link where company_id = ${tx.companyId} and run_id = ${asked.runId}) i
    join article a on a.company_id = i.company_id and a.id = i.article_id
    where (${asked.verdict}::text is null or i.verdict = ${asked.verdict})
      and (${asked.after?.[0] ?? null}::int is null or (i.rank, i.article_id) > (${asked.after?.[0] ?? null}::int, ${asked.after?.[1] ?? null}::bigint))
    order by i.rank, i.article_id limit ${asked.limit}`)

export const foundLinkCounts = (tx: Tx, runId: number) =>
  tx.rows<{ verdict: IdVerdict; n: number }>(sql`select verdict, count(*)::integer as n from run_link where company_id = ${tx.companyId} and run_id = ${runId} group by verdict`)

/** How far the shop's list has been read anew, of what it had last time; null = it was never read to its end, so nobody knows how long it is. */
export const listRead = (tx: Tx, listenerId: number) =>
  tx.maybe<{ done: number; of: number }>(sql`
    select count(*) filter (where l.seen_at >= s.listings_from)::integer as done, count(*)::integer as of
    from listener s join listing l on l.company_id = s.company_id and l.listener_id = s.id and l.gone_at is null
    where s.company_id = ${tx.companyId} and s.id = ${listenerId} and s.listings_at is not null and s.listings_from is not null
    having count(*) > 0`)
