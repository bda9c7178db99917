/** SQL of how a company is told by e-mail. */
import type { Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { MailFailed } from '../../kit/mail.ts'
import type { MailSettings } from './mail-settings.ts'

export const mailOf = (tx: Tx) =>
  tx.maybe<MailSettings & { password: Buffer | null; digestOn: string | null }>(sql`
    select host, port, security, user_name as "user", password, sender, recipients, locale, digest, digest_on::text as "digestOn" from mail where company_id = ${tx.companyId}`)

export const saveMail = (tx: Tx, m: MailSettings, password: Buffer | null, now: Date) =>
  tx.run(sql`
    insert into mail (company_id, host, port, security, user_name, password, sender, recipients, locale, digest, changed_at)
    values (${tx.companyId}, ${m.host}, ${m.port}, ${m.security}, ${m.user}, ${password}, ${m.sender}, ${m.recipients}, ${m.locale}, ${m.digest}, ${now})
    on conflict (company_id) do update set host = excluded.host, port = excluded.port, security = excluded.security, user_name = excluded.user_name, password = excluded.password,
      sender = excluded.sender, recipients = excluded.recipients, locale = excluded.locale, digest = excluded.digest, changed_at = excluded.changed_at,
      taken_at = case when (mail.host, mail.port, mail.security, mail.user_name, mail.sender) is not distinct from (excluded.host, excluded.port, excluded.security, excluded.user_name, excluded.sender)
                      then mail.taken_at end`)
/** The server took a letter, or a test. */
export const noteTaken = (tx: Tx, now: Date) => tx.run(sql`update mail set taken_at = ${now} where company_id = ${tx.companyId}`)

export const savePassword = (tx: Tx, password: Buffer) => tx.run(sql`update mail set password = ${password} where company_id = ${tx.companyId}`)

export const deleteMail = async (tx: Tx): Promise<void> => {
  await tx.run(sql`delete from letter where company_id = ${tx.companyId} and sent_at is null`)
  await tx.run(sql`delete from told_break where company_id = ${tx.companyId}`)
  await tx.run(sql`delete from mail where company_id = ${tx.companyId}`)
}

/** Of two processes one writes a morning's letter: true for that one. */
export const beginDigest = async (tx: Tx, day: string): Promise<boolean> =>
  (await tx.maybe(sql`update mail set digest_on = ${day}::date where company_id = ${tx.companyId} and digest and digest_on is distinct from ${day}::date returning 1`)) !== null

// ---- links that broke

export const toldBreaks = (tx: Tx) =>
  tx.rows<{ listenerId: number; since: Date }>(sql`select listener_id as "listenerId", since from told_break where company_id = ${tx.companyId}`)
/** False = another process said it. */
export const insertBreak = async (tx: Tx, listenerId: number, since: Date): Promise<boolean> =>
  (await tx.maybe(sql`insert into told_break (company_id, listener_id, since) values (${tx.companyId}, ${listenerId}, ${since}) on conflict do nothing returning 1`)) !== null
export const deleteBreak = async (tx: Tx, listenerId: number): Promise<boolean> =>
  (await tx.maybe(sql`delete from told_break where company_id = ${tx.companyId} and listener_id = ${listenerId} returning 1`)) !== null

// ---- letters

export interface LetterRow {
  id: number
  kind: 'broken' | 'recovered' | 'digest'
  facts: Record<string, unknown>
  madeAt: Date
  tries: number
  /** Who have it already. */
  takenFor: string[]
}
export const insertLetter = (tx: Tx, kind: LetterRow['kind'], facts: object, now: Date) =>
  tx.run(sql`insert into letter (company_id, kind, facts, made_at, next_try_at) values (${tx.companyId}, ${kind}, ${JSON.stringify(facts)}, ${now}, ${now})`)

/** Taken for a while: another process leaves it alone meanwhile. */
export const claimLetter = (tx: Tx, now: Date, until: Date) =>
  tx.maybe<LetterRow>(sql`
    update letter set tries = tries + 1, next_try_at = ${until} where company_id = ${tx.companyId} and id =
      (select id from letter where company_id = ${tx.companyId} and next_try_at <= ${now} order by next_try_at, id limit 1 for update skip locked)
    returning id, kind, facts, made_at as "madeAt", tries, taken_for as "takenFor"`)
/** `nextTryAt` null = it isn't tried again. */
export const settleLetter = (tx: Tx, id: number, said: { sentAt: Date | null; problem: MailFailed['code'] | null; nextTryAt: Date | null; takenFor: readonly string[] }) =>
  tx.run(sql`
    update letter set sent_at = ${said.sentAt}, problem = ${said.problem}, next_try_at = ${said.nextTryAt}, taken_for = ${said.takenFor} where company_id = ${tx.companyId} and id = ${id}`)
/** What failed before and was to wait longer than `after` is tried now; sooner it comes by itself, or another process has it. */
export const tryLettersNow = (tx: Tx, after: Date, now: Date) =>
  tx.run(sql`update letter set next_try_at = ${now} where company_id = ${tx.companyId} and sent_at is null and problem is not null and next_try_at > ${after}`)
/** True = that the link broke has reached nobody yet, and needn't any more. */
export const deleteUnsentBreak = async (tx: Tx, listenerId: number): Promise<boolean> =>
  (await tx.maybe(sql`
    delete from letter where company_id = ${tx.companyId} and kind = 'broken' and sent_at is null and problem is not null and taken_for = '{}' and (facts ->> 'listenerId')::bigint = ${listenerId}
    returning 1`)) !== null
/** A later morning's letter says all that still waits. */
export const deleteUnsentDigests = (tx: Tx) => tx.run(sql`delete from letter where company_id = ${tx.companyId} and kind = 'digest' and sent_at is null`)

/** The latest first. */
export const latestLetters = (tx: Tx, most: number) =>
  tx.rows<{ kind: LetterRow['kind']; madeAt: Date; sentAt: Date | null; problem: MailFailed['code'] | null; nextTryAt: Date | null }>(sql`
    select kind, made_at as "madeAt", sent_at as "sentAt", problem, next_try_at as "nextTryAt" from letter where company_id = ${tx.companyId} order by id desc limit ${most}`)
export const deleteOldLetters = (tx: Tx, before: Date) => tx.run(sql`delete from letter where company_id = ${tx.companyId} and made_at < ${before}`)
