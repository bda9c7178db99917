/** SQL of a view's webhook: what there is to announce, who sends it now, and how it went. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import { LANES } from './view.ts'

export interface WebhookRow {
  viewId: number
  state: 'active' | 'paused'
  announcedAt: Date | null
  failures: number
  failingSince: Date | null
  nextTryAt: Date | null
  lastStatus: number | null
  lastError: string | null
}
/** A message that only this sender sends: `token` is its right to record how it went. */
export interface Claimed {
  viewId: number
  token: number
  messageId: string
  head: number
  failures: number
  failingSince: Date | null
}
export interface Times {
  now: Date
  /** Until when the sender has it. */
  until: Date
  /** No claim reaches beyond this: one that does was written by a clock that was ahead. */
  never: Date
}

export const webhookOf = (tx: Tx, viewId: number) =>
  tx.maybe<WebhookRow>(sql`
    select listener_id as "viewId", state, announced_at as "announcedAt", failures, failing_since as "failingSince", next_try_at as "nextTryAt", last_status as "lastStatus", last_error as "lastError"
    from view_webhook where company_id = ${tx.companyId} and listener_id = ${viewId}`)

/** Set anew it begins anew, whatever happened before; what is announced stays announced. */
export const putWebhook = (tx: Tx, viewId: number) =>
  tx.run(sql`
    insert into view_webhook (company_id, listener_id) values (${tx.companyId}, ${viewId})
    on conflict (company_id, listener_id) do update set state = 'active', failures = 0, failing_since = null, next_try_at = null, last_status = null, last_error = null`)

export const deleteWebhook = (tx: Tx, viewId: number) => tx.run(sql`delete from view_webhook where company_id = ${tx.companyId} and listener_id = ${viewId}`)

/** Locked: two who set it at once come one after the other. */
export const settingsForUpdate = (tx: Tx, viewId: number) =>
  tx.one<{ settings: Buffer }>(sql`select settings from listener where company_id = ${tx.companyId} and id = ${viewId} for no key update`)

export const viewSettings = (tx: Tx, viewId: number) => tx.one<{ settings: Buffer }>(sql`select settings from listener where company_id = ${tx.companyId} and id = ${viewId}`)

export const updateViewSettings = (tx: Tx, viewId: number, settings: Buffer) =>
  tx.run(sql`update listener set settings = ${settings} where company_id = ${tx.companyId} and id = ${viewId}`)

/**
 * Webhooks with something to announce: a row that can be served and came after the last message, a resend that has begun since, or one rejected whose
 * time has come since. At most one message in `quiet`; a wait that ends beyond `never` was written by a clock that was ahead.
 */
export const claimDue = (tx: Tx, t: Times & { quiet: Date; longest: Date }, newId: string) =>
  tx.rows<Claimed>(sql`
    with due as (
      select w.listener_id from view_webhook w join listener l on l.company_id = w.company_id and l.id = w.listener_id
      where w.company_id = ${tx.companyId} and w.state = 'active' and l.state = 'active'
        and (w.held_until is null or w.held_until <= ${t.now} or w.held_until > ${t.never})
        and (w.next_try_at is null or w.next_try_at <= ${t.now} or w.next_try_at > ${t.longest})
        and (w.announced_at is null or w.announced_at <= ${t.quiet} or w.announced_at > ${t.now})
        and (exists (select from view_row r where r.company_id = w.company_id and r.listener_id = w.listener_id and r.lane = any (${[...LANES]}::text[]) and r.seq > w.announced and r.wanted > r.told and r.refusal is null and not r.waits)
          or exists (select from view_run u where u.company_id = w.company_id and u.listener_id = w.listener_id and u.state = 'filling' and u.mode <> 'from_now'
                       and (w.announced_at is null or u.started_at > w.announced_at))
          or exists (select from view_row r where r.company_id = w.company_id and r.listener_id = w.listener_id and r.refusal is not null and r.retry_at <= ${t.now}
                       and (w.announced_at is null or r.retry_at > w.announced_at)))
      for update of w skip locked)
    update view_webhook w set token = w.token + 1, held_until = ${t.until}, message_id = coalesce(w.message_id, ${newId} || w.listener_id),
      message_head = coalesce(w.message_head, c.head), message_at = coalesce(w.message_at, ${t.now})
    from due d, view_clock c
    where w.company_id = ${tx.companyId} and w.listener_id = d.listener_id and c.company_id = w.company_id
    returning w.listener_id as "viewId", w.token, w.message_id as "messageId", w.message_head as head, w.failures, w.failing_since as "failingSince"`)

/** It arrived: what came before the message was made is announced, and whatever was wrong is over. */
export const saveArrived = (tx: Tx, claimed: Pick<Claimed, 'viewId' | 'token'>, status: number) =>
  tx.run(sql`
    update view_webhook set state = 'active', announced = greatest(announced, message_head), announced_at = message_at, message_id = null, message_head = null, message_at = null,
      failures = 0, failing_since = null, next_try_at = null, last_status = ${status}, last_error = null, held_until = null
    where company_id = ${tx.companyId} and listener_id = ${claimed.viewId} and token = ${claimed.token}`)

export const saveFailed = (
  tx: Tx,
  claimed: Pick<Claimed, 'viewId' | 'token'>,
  v: { paused: boolean; since: Date; nextTryAt: Date | null; status: number | null; error: string | null },
) =>
  tx.run(sql`
    update view_webhook set state = case when ${v.paused} then 'paused' else state end, failures = failures + 1, failing_since = ${v.since}, next_try_at = ${v.nextTryAt},
      last_status = ${v.status}, last_error = ${v.error}, held_until = null
    where company_id = ${tx.companyId} and listener_id = ${claimed.viewId} and token = ${claimed.token}`)

/** A person's message arrived, so the address works: what was wrong is over, and what waits is tried at once. */
export const endTrouble = (tx: Tx, viewId: number, status: number) =>
  tx.run(sql`
    update view_webhook set state = 'active', failures = 0, failing_since = null, next_try_at = null, last_status = ${status}, last_error = null
    where company_id = ${tx.companyId} and listener_id = ${viewId}`)
