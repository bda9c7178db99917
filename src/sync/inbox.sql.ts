/** SQL of the inbox and of "look here". A message is stored before it is answered, and leaves 'waiting' in the transaction that applied it. */
import type { Tx } from '../db/open.ts'
import { sql } from '../db/sql.ts'

export interface InboxRow {
  id: number
  source: 'hook' | 'feed'
  topic: string
  headers: Record<string, string>
  body: Buffer
  receivedAt: Date
  tries: number
}

/** 0 when this delivery was stored before (S8). */
/** In the order given. Returns how many were new. */
export const insertHooks = (tx: Tx, listenerId: number, hooks: { deliveryKey: string; topic: string; headers: Record<string, string>; body: Uint8Array }[], now: Date) =>
  tx.run(sql`
    insert into inbox (company_id, listener_id, source, delivery_key, topic, headers, body, received_at)
    select ${tx.companyId}, ${listenerId}, 'hook', key, topic, headers::jsonb, body, ${now}
    from unnest(${hooks.map((h) => h.deliveryKey)}::text[], ${hooks.map((h) => h.topic)}::text[], ${hooks.map((h) => JSON.stringify(h.headers))}::text[], ${hooks.map((h) => Buffer.from(h.body))}::bytea[])
      with ordinality as h(key, topic, headers, body, n) order by n
    on conflict (company_id, listener_id, delivery_key) do nothing`)

export const insertEvents = (tx: Tx, listenerId: number, events: { key: string; topic: string; body: string }[], now: Date) =>
  tx.run(sql`
    insert into inbox (company_id, listener_id, source, delivery_key, topic, body, received_at)
    select ${tx.companyId}, ${listenerId}, 'feed', key, topic, convert_to(body, 'UTF8'), ${now}
    from unnest(${events.map((e) => e.key)}::text[], ${events.map((e) => e.topic)}::text[], ${events.map((e) => e.body)}::text[]) with ordinality as e(key, topic, body, n) order by n`)

/** The next messages in the order they came, those that failed before only when their time has come. */
export const waitingRows = (tx: Tx, listenerId: number, now: Date, limit: number, onlyId: number | null) =>
  tx.rows<InboxRow>(sql`
    select id, source, topic, headers, body, received_at as "receivedAt", tries from inbox
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'waiting' and (next_try_at is null or next_try_at <= ${now}) and (${onlyId}::bigint is null or id = ${onlyId})
    order by id limit ${limit}`)

export const finishRows = (tx: Tx, ids: number[], now: Date) =>
  tx.run(sql`update inbox set state = 'done', done_at = ${now}, problem = null, next_try_at = null where company_id = ${tx.companyId} and id = any (${ids}::bigint[])`)

/** A later read of the same order says everything the message could have said. */
export const settleListed = (tx: Tx, listenerId: number, orderRefs: string[], beforeId: number, now: Date) =>
  tx.run(sql`
    update inbox set state = 'done', done_at = ${now}
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and state = 'listed' and id < ${beforeId} and problem -> 'orders' ?| ${orderRefs}`)

export interface Problem {
  code: string
  facts: Record<string, string | number>
  /** Numbers of the articles it may name; null = it can't be read, so it may name any. */
  numbers: string[] | null
  /** Refs of the orders in it. */
  orders: string[]
}
export const failRow = (tx: Tx, id: number, fail: { state: 'waiting' | 'listed'; tries: number; nextTryAt: Date | null; problem: Problem }) =>
  tx.run(sql`
    update inbox set state = ${fail.state}, tries = ${fail.tries}, next_try_at = ${fail.nextTryAt}, problem = ${JSON.stringify(fail.problem)}
    where company_id = ${tx.companyId} and id = ${id} and state = 'waiting'`)

/** A person pressed retry. What it held back stays held back until it is applied. */
export const retryRow = (tx: Tx, listenerId: number, id: number) =>
  tx.run(sql`
    update inbox set state = 'waiting', tries = 1, next_try_at = null, done_at = null, dismissed_by = null
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and id = ${id} and state in ('listed', 'dismissed')`)

/** A person says that it is of no account: kept, and nothing waits for it any more (R26). */
export const dismissRow = (tx: Tx, listenerId: number, id: number, by: { actor: string; now: Date }) =>
  tx.run(sql`
    update inbox set state = 'dismissed', done_at = ${by.now}, dismissed_by = ${by.actor}
    where company_id = ${tx.companyId} and listener_id = ${listenerId} and id = ${id} and state = 'listed'`)

/** What stands in messages that can't be applied (yet): null numbers = unreadable. */
export const unappliedNumbers = (tx: Tx, listenerId: number) =>
  tx.rows<{ numbers: string[] | null }>(sql`
    select case when jsonb_typeof(problem -> 'numbers') = 'array' then array(select jsonb_array_elements_text(problem -> 'numbers')) end as numbers
    from inbox where company_id = ${tx.companyId} and listener_id = ${listenerId} and problem is not null and (state = 'listed' or (state = 'waiting' and tries > 0))`)

export const countHooks = (tx: Tx, listenerId: number, day: Date, counts: { verified: number; forged: number; doubled: number }) =>
  tx.run(sql`
    insert into hook_counter as c (company_id, listener_id, day, verified, forged, doubled) values (${tx.companyId}, ${listenerId}, ${day.toISOString().slice(0, 10)}, ${counts.verified}, ${counts.forged}, ${counts.doubled})
    on conflict (company_id, listener_id, day) do update set verified = c.verified + excluded.verified, forged = c.forged + excluded.forged, doubled = c.doubled + excluded.doubled`)

/** One row per key, however often it is asked; a new question makes an old one fresh. */
export const askKeys = (tx: Tx, listenerId: number, feed: string, keys: string[], now: Date) =>
  tx.run(sql`
    insert into look_request (company_id, listener_id, feed, key, asked_at, due_at)
    select ${tx.companyId}, ${listenerId}, ${feed}, key, ${now}, ${now} from unnest(${[...new Set(keys)].sort()}::text[]) as k(key) order by key
    on conflict (company_id, listener_id, feed, key) do update set asked_at = excluded.asked_at, due_at = excluded.due_at, tries = 0`)

export const dueKeys = (tx: Tx, listenerId: number, now: Date, withoutFeeds: string[] = []) =>
  tx.rows<{ feed: string; key: string; tries: number }>(sql`
    select feed, key, tries from look_request where company_id = ${tx.companyId} and listener_id = ${listenerId} and due_at <= ${now} and feed <> all (${withoutFeeds}) order by due_at, feed, key limit 2000`)

/** Which of these somebody asked for, and nobody has answered. */
export const keysAsked = (tx: Tx, listenerId: number, feed: string, keys: string[]) =>
  tx.rows<{ key: string }>(sql`select key from look_request where company_id = ${tx.companyId} and listener_id = ${listenerId} and feed = ${feed} and key = any (${keys})`)

/** Answered: unless it was asked again since the question went out. */
export const dropKeys = (tx: Tx, listenerId: number, feed: string, keys: string[], askedBefore: Date) =>
  tx.run(sql`delete from look_request where company_id = ${tx.companyId} and listener_id = ${listenerId} and feed = ${feed} and key = any (${keys}) and asked_at <= ${askedBefore}`)

export const keysLater = (tx: Tx, listenerId: number, feed: string, keys: string[], at: Date) =>
  tx.run(
    sql`update look_request set tries = tries + 1, due_at = ${at} where company_id = ${tx.companyId} and listener_id = ${listenerId} and feed = ${feed} and key = any (${keys})`,
  )

/** Everything that was put off is asked now: what stood in the way is gone. */
export const keysNow = (tx: Tx, listenerId: number, now: Date) =>
  tx.run(sql`update look_request set due_at = ${now}, tries = 0 where company_id = ${tx.companyId} and listener_id = ${listenerId} and due_at > ${now}`)

/** Asked by itself later, unless somebody asks before. */
export const askKeyLater = (tx: Tx, listenerId: number, feed: string, key: string, { now, at }: { now: Date; at: Date }) =>
  tx.run(sql`
    insert into look_request (company_id, listener_id, feed, key, asked_at, due_at) values (${tx.companyId}, ${listenerId}, ${feed}, ${key}, ${now}, ${at})
    on conflict (company_id, listener_id, feed, key) do nothing`)
