/** SQL of what a listener was told and answered, one row per send of a number: what "Why is it 5?" shows beside the movements. Nothing decides by it. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Cell } from './row.ts'

export interface SendEvent extends Cell {
  what: 'sent' | 'stale' | 'refused' | 'unanswered'
  /** What the shop was to show. */
  value: number
  expected: number | null
  delta: number | null
  /** What it showed when it said stale. */
  shows: number | null
  code: string | null
  said: string | null
  sentAt: Date
}

/** All of one answer in one statement: it stands on the way of every sale to the shop. */
export const noteSends = (tx: Tx, listenerId: number, events: SendEvent[], now: Date) =>
  tx.run(sql`
    insert into told_event (company_id, listener_id, article_id, location_id, what, value, expected, delta, shows, code, said, sent_at, at, actor)
    select ${tx.companyId}, ${listenerId}, "articleId", "locationId", what, value, expected, delta, shows, code, said, "sentAt", ${now}, 'system'
    from jsonb_to_recordset(${JSON.stringify(events)}) as e("articleId" bigint, "locationId" bigint, what text, value integer, expected integer, delta integer, shows integer, code text, said text, "sentAt" timestamptz)`)

export const noteBoxes = (tx: Tx, listenerId: number, articleIds: number[], what: 'ticked' | 'unticked', by: { actor: string; now: Date }) =>
  tx.run(sql`
    insert into told_event (company_id, listener_id, article_id, what, at, actor)
    select ${tx.companyId}, ${listenerId}, id, ${what}, ${by.now}, ${by.actor} from unnest(${articleIds}::bigint[]) as id order by id`)

/** The oldest of them; how many went. They are numbered as they come, so that nothing younger is looked at. */
export const deleteOldToldEvents = (tx: Tx, before: Date, most: number) =>
  tx.run(sql`
    delete from told_event where company_id = ${tx.companyId} and at < ${before}
      and id in (select id from told_event where company_id = ${tx.companyId} order by id limit ${most})`)
