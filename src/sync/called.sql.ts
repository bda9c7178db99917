/** SQL of calls that came with a code: what was asked for, and what came of it. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export type CallResult = 'waiting' | 'ignored' | 'same' | 'changed' | 'linked' | 'unlinked' | 'not-there' | 'no-number' | 'unknown-article'
export interface CalledRow {
  id: number
  at: Date
  feed: 'stock' | 'invoices'
  key: string
  result: CallResult
  said: string | null
  before: number | null
  after: number | null
  doneAt: Date | null
  articleId: number | null
  orderId: number | null
  orderName: string | null
}
export interface NewCall {
  feed: string
  key: string
  also: string[]
  /** Why nothing is done; null = it is looked at. */
  ignored: string | null
}

export const insertCalls = (tx: Tx, listenerId: number, calls: NewCall[], now: Date) =>
  tx.run(sql`
    insert into called (company_id, listener_id, at, feed, key, also, result, said, done_at)
    select ${tx.companyId}, ${listenerId}, ${now}, feed, key, also, case when ignored is null then 'waiting' else 'ignored' end, ignored, case when ignored is null then null else ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(calls)}) as c(feed text, key text, also text[], ignored text)`)

export interface CallSaid {
  key: string
  result: CallResult
  before: number | null
  after: number | null
}
/** What came of them. Of a text that can be read in several ways, what was found under any: so what isn't there is said first. */
export async function settleCalls(tx: Tx, listenerId: number, feed: string, said: CallSaid[], askedBefore: Date, now: Date): Promise<void> {
  for (const isThere of [false, true]) {
    const part = said.filter((each) => (each.result !== 'not-there') === isThere)
    if (part.length > 0)
      await tx.run(sql`
        update called c set result = s.result, before = s.before, after = s.after, done_at = ${now}
        from jsonb_to_recordset(${JSON.stringify(part)}) as s(key text, result text, before integer, after integer)
        where c.company_id = ${tx.companyId} and c.listener_id = ${listenerId} and c.feed = ${feed} and c.at <= ${askedBefore}
          and (c.result = 'waiting' or c.result = 'not-there' and c.done_at > ${new Date(now.getTime() - 3_600_000)})
          and (c.key = s.key or ${isThere} and s.key = any (c.also))`)
  }
}

/** Newest first. `key` null = of any; an invoice also by its number, without its kind before it. */
export const calledPage = (tx: Tx, listenerId: number, ask: { key: string | null; beforeId: number | null; limit: number }) =>
  tx.rows<CalledRow>(sql`
    select c.id, c.at, c.feed, c.key, c.result, c.said, c.before, c.after, c.done_at as "doneAt", n.article_id as "articleId", o.id as "orderId", o.name as "orderName"
    from (select * from called
          where company_id = ${tx.companyId} and listener_id = ${listenerId} and (${ask.key}::text is null or key = ${ask.key} or ${ask.key} = any (also) or feed = 'invoices' and substr(key, strpos(key, '/') + 1) = ${ask.key})
            and (${ask.beforeId}::bigint is null or id < ${ask.beforeId})
          order by id desc limit ${ask.limit}) c
    left join lateral (select article_id from article_number n where n.company_id = c.company_id and c.feed = 'stock' and n.number = any (array_prepend(c.key, c.also)) limit 1) n on true
    left join erp_document d on d.company_id = c.company_id and d.listener_id = c.listener_id and c.feed = 'invoices' and d.document_ref = c.key
    left join web_order o on o.company_id = d.company_id and o.id = d.order_id
    order by c.id desc`)

/** Those of this connection, as they asked. */
export const callsByIds = (tx: Tx, listenerId: number, ids: number[]) =>
  tx.rows<{ feed: string; key: string; also: string[] }>(
    sql`select feed, key, also from called where company_id = ${tx.companyId} and listener_id = ${listenerId} and id = any (${ids}::bigint[]) order by id`,
  )

/** When it last called, by feed; of a feed it never called for there is no row. */
export const lastCalled = (tx: Tx, listenerId: number) =>
  tx.rows<{ feed: 'stock' | 'invoices'; at: Date }>(sql`
    select f.feed, c.at from unnest(array['stock', 'invoices']) as f(feed)
    cross join lateral (select at from called where company_id = ${tx.companyId} and listener_id = ${listenerId} and feed = f.feed order by id desc limit 1) c`)

export const purgeCalled = (tx: Tx, before: Date) => tx.run(sql`delete from called where company_id = ${tx.companyId} and at < ${before} and result <> 'waiting'`)
