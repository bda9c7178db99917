/** SQL of turns. The table stands outside the wall: a turn is taken before any company is entered. */
import type { Queryable } from '../db/open.ts'
import { sql } from '../db/sql.ts'

/** Takes a free or expired turn; the token rises for ever (R10). No lease reaches beyond `never`: one that does was written by a clock that was wrong. Null when somebody holds it. */
export const takeTurn = (q: Queryable, companyId: number, listenerId: number, holder: string, at: { now: Date; until: Date; never: Date }) =>
  q.maybe<{ token: number }>(sql`
    insert into turn as t (company_id, listener_id, token, holder, expires_at) values (${companyId}, ${listenerId}, 1, ${holder}, ${at.until})
    on conflict (company_id, listener_id) do update set token = t.token + 1, holder = excluded.holder, expires_at = excluded.expires_at
      where t.holder is null or t.expires_at <= ${at.now} or t.expires_at > ${at.never}
    returning token`)

/** Until when the standing turn is held; null = free. */
export const heldUntil = async (q: Queryable, companyId: number, listenerId: number): Promise<Date | null> =>
  (await q.maybe<{ expires_at: Date | null }>(sql`select expires_at from turn where company_id = ${companyId} and listener_id = ${listenerId} and holder is not null`))
    ?.expires_at ?? null

/** Share-locked, so that nobody takes the turn over while the holder's transaction runs. */
export const standingTurn = (q: Queryable, companyId: number, listenerId: number, token: number, holder: string) =>
  q.maybe<{ expires_at: Date }>(
    sql`select expires_at from turn where company_id = ${companyId} and listener_id = ${listenerId} and token = ${token} and holder = ${holder} for share`,
  )

export const renewTurn = (q: Queryable, companyId: number, listenerId: number, token: number, holder: string, until: Date) =>
  q.run(sql`update turn set expires_at = ${until} where company_id = ${companyId} and listener_id = ${listenerId} and token = ${token} and holder = ${holder}`)

export const giveBackTurn = (q: Queryable, companyId: number, listenerId: number, token: number, holder: string) =>
  q.run(sql`update turn set holder = null, expires_at = null where company_id = ${companyId} and listener_id = ${listenerId} and token = ${token} and holder = ${holder}`)

/** Every connection that ever took a turn, for the worker's rounds; and those whose holder is late. */
export const allTurns = (q: Queryable) =>
  q.rows<{ company_id: number; listener_id: number; expires_at: Date | null }>(sql`select company_id, listener_id, expires_at from turn order by company_id, listener_id`)

/** A connection is worked on from now on. */
export const registerTurn = (q: Queryable, companyId: number, listenerId: number) =>
  q.run(sql`insert into turn (company_id, listener_id) values (${companyId}, ${listenerId}) on conflict do nothing`)
