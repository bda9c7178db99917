/** SQL of restores: what is forgotten when a database turns out to be an older copy, and who has handed in again what it lacks. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'

/** The longest a request of any connection may be on its way. */
export const longestFlightMs = async (tx: Tx): Promise<number> =>
  (await tx.one<{ ms: number }>(sql`select coalesce(max(max_flight_ms), 0) as ms from listener where company_id = ${tx.companyId} and kind = 'connection'`)).ms

/** Who is told from now on speaks of the new epoch (R37), only lowers numbers (R36), and asks for orders and the shop's list first. */
export const beginEpochs = (tx: Tx, epoch: number) =>
  tx.run(sql`
    update listener set epoch = greatest(epoch + 1, ${epoch}), resend_pending = kind = 'connection', polled_at = null, quiet_until = null, listings_at = null, listings_cursor = null
    where company_id = ${tx.companyId}`)

/** What a master shows is older than what it is: everything is read anew, from the documents the backup knew (sync/master-walk). */
export const walkMastersAgain = (tx: Tx, now: Date) =>
  tx.run(sql`update feed_cursor set cursor = null, began_at = ${now}, ended_at = null, found = 0 where company_id = ${tx.companyId} and feed = 'articles'`)

/** Turns taken after the backup had tokens this database would give again. Two to the thirtieth is more turns than anybody took meanwhile. */
export const raiseTurns = (tx: Tx) => tx.run(sql`update turn set token = token + 1073741824, holder = null, expires_at = null where company_id = ${tx.companyId}`)

/**
 * Of every cell: nothing is believed, no send is open, and whatever was sent since the backup (nobody knows what) may land until `landsUntil`: only a look
 * that begins after it says anything (R22). Locked in the order in which postings lock them.
 */
export const forgetCells = async (tx: Tx, now: Date, landsUntil: Date): Promise<void> => {
  await tx.run(sql`select 1 from told where company_id = ${tx.companyId} order by listener_id, entity_id, location_id for update`)
  await tx.run(sql`
    update told set wanted = wanted + 1, doubt = doubt + 1, touch = touch + 1, flight = null, anchor_value = null, anchor_seen = null, drift = null, held = null, hold_until = null, hold_why = null,
      looks = looks || jsonb_build_array(jsonb_build_object('id', gen_random_uuid()::text, 'why', 'unknown-send', 'notBefore', ${landsUntil.toISOString()}::text)),
      lane = case when wanted > told and lane = 'live' then 'live' else 'backfill' end, dirty_since = coalesce(case when wanted > told then dirty_since end, ${now}::timestamptz)
    where company_id = ${tx.companyId} and kind = 'stock'`)
  await tx.run(sql`update told set flight = null where company_id = ${tx.companyId} and kind = 'stocking' and flight is not null`)
  await tx.run(sql`delete from push_batch where company_id = ${tx.companyId}`)
}

/** Every thing of every view goes out again in the slow lane: a reader may hold a newer one, or none. What waits in a live lane stays there (R31). */
export const resendViews = (tx: Tx, now: Date) =>
  tx.run(sql`
    update view_row r set wanted = r.wanted + 1, told = case when r.entity = any (v.entities) then r.told else r.wanted + 1 end, seq = null, waits = false, echo = null, corrected = false,
      lane = case when r.wanted > r.told and r.refusal is null then r.lane else 'backfill' end, refusal = null, refused_at = null, retry_at = null,
      dirty_since = case when r.wanted > r.told then r.dirty_since else ${now}::timestamptz end
    from view v where r.company_id = ${tx.companyId} and v.company_id = r.company_id and v.listener_id = r.listener_id`)

export interface Restore {
  dataUntil: Date
  restoredAt: Date
}
export const insertRestore = (tx: Tx, r: Restore & { epoch: number }) =>
  tx.run(sql`
    insert into restore (company_id, epoch, data_until, restored_at) values (${tx.companyId}, ${r.epoch}, ${r.dataUntil}, ${r.restoredAt})
    on conflict (company_id) do update set epoch = excluded.epoch, restored_at = excluded.restored_at, ended_at = null, ended_by = null,
      data_until = case when restore.ended_at is null then least(restore.data_until, excluded.data_until) else excluded.data_until end`)

/** Keys under which stock or orders were handed in since then. */
export const insertRestoreKeys = async (tx: Tx, since: Date): Promise<void> => {
  await tx.run(sql`delete from restore_key where company_id = ${tx.companyId}`)
  await tx.run(sql`
    insert into restore_key (company_id, api_key_id)
    select k.company_id, k.id from api_key k
    where k.company_id = ${tx.companyId} and k.revoked_at is null and k.last_used_at >= ${since}
      and (exists (select from document d where d.company_id = k.company_id and d.actor = 'key:' || k.id and d.posted_at >= ${since})
        or exists (select from web_order o where o.company_id = k.company_id and o.listener_id = k.view_id and o.taken_at >= ${since}))`)
}

/** The restore that hasn't ended, or null. */
export const openRestore = (tx: Tx) =>
  tx.maybe<Restore>(sql`select data_until as "dataUntil", restored_at as "restoredAt" from restore where company_id = ${tx.companyId} and ended_at is null`)
export const lockRestore = (tx: Tx) => tx.maybe(sql`select 1 from restore where company_id = ${tx.companyId} and ended_at is null for update`)

export interface RestoreKey {
  id: number
  name: string
  resentAt: Date | null
}
/** Who has to hand in again; a key that was revoked since hands in nothing. */
export const restoreKeys = (tx: Tx) =>
  tx.rows<RestoreKey>(sql`
    select k.id, k.name, r.resent_at as "resentAt" from restore_key r join api_key k on k.company_id = r.company_id and k.id = r.api_key_id
    where r.company_id = ${tx.companyId} and k.revoked_at is null order by k.id`)

export const noteResent = (tx: Tx, keyId: number, now: Date) =>
  tx.run(sql`
    insert into restore_key as r (company_id, api_key_id, resent_at) values (${tx.companyId}, ${keyId}, ${now})
    on conflict (company_id, api_key_id) do update set resent_at = coalesce(r.resent_at, excluded.resent_at)`)

export const endRestore = (tx: Tx, actor: string, now: Date) =>
  tx.run(sql`update restore set ended_at = ${now}, ended_by = ${actor} where company_id = ${tx.companyId} and ended_at is null`)

/** Numbers may be raised again; what waited for that waits no longer. Returns the connections that have something to do. */
export const liftCutOnly = async (tx: Tx): Promise<number[]> => {
  await tx.run(sql`update told set hold_until = null, hold_why = null where company_id = ${tx.companyId} and kind = 'stock' and hold_why = 'waits-for-facts'`)
  return (await tx.rows<{ id: number }>(sql`update listener set resend_pending = false where company_id = ${tx.companyId} and resend_pending returning id`)).map((row) => row.id)
}

/** Connections stand still until a person sets them going. */
export const pauseConnections = (tx: Tx, now: Date) =>
  tx.run(sql`
    update listener set state = 'paused', state_why = jsonb_build_object('code', 'person', 'facts', '{}'::jsonb, 'at', ${now.toISOString()}::text)
    where company_id = ${tx.companyId} and kind = 'connection' and state = 'active'`)
