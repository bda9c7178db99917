/** Hands letters to the company's mail server, one after the other. One that isn't taken is tried again as long as it is kept, and at once when a test has arrived. */
import { companyById } from '../core/companies/companies.sql.ts'
import { type Reader, write } from '../core/notices/letter.ts'
import { claimLetter, type LetterRow, mailOf, noteTaken, settleLetter, tryLettersNow } from '../core/notices/mail.sql.ts'
import { openPassword } from '../core/notices/mail.ts'
import type { MailSettings } from '../core/notices/mail-settings.ts'
import { noteBreaks } from '../core/notices/note-breaks.ts'
import { writeDigest } from '../core/notices/write-digest.ts'
import { Refusal } from '../core/refusal.ts'
import { must } from '../kit/assert.ts'
import { fingerprint } from '../kit/id.ts'
import { type Mail, MailFailed, type MailServer } from '../kit/mail.ts'
import type { SyncDeps } from './deps.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** After each try that failed; the last over and over. */
const AGAIN_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS] as const
/** Longer than a try may take. */
const HELD_MS = 3 * MINUTE_MS

interface Desk {
  settings: MailSettings
  server: MailServer
  reader: Reader
}

/** What is to be told is noted, and what was noted is sent. */
export async function tellByMail(deps: SyncDeps, companyId: number): Promise<void> {
  const by = { actor: 'system', now: deps.clock.now() }
  const desk = await deps.db.inCompany(companyId, async (tx) => {
    await noteBreaks(tx, by)
    await writeDigest(tx, by)
    return deskOf(deps, companyId, await mailOf(tx), must(await companyById(tx, companyId), 'the company'))
  })
  if (desk === null) return
  for (;;) {
    const now = deps.clock.now()
    const letter = await deps.db.inCompany(companyId, (tx) => claimLetter(tx, now, new Date(now.getTime() + HELD_MS)))
    if (letter === null) return
    await sendOne(deps, companyId, desk, letter)
  }
}

/** A letter that only says that it came. Throws {Refusal} not-ready: no server is set · mail-failed, with the reason. */
export async function sendTest(deps: SyncDeps, companyId: number, words: { subject: string; text: string }): Promise<void> {
  const desk = await deps.db.inCompany(companyId, async (tx) => deskOf(deps, companyId, await mailOf(tx), must(await companyById(tx, companyId), 'the company')))
  if (desk === null) throw new Refusal('not-ready', { missing: 'mail' })
  const { sender: from, recipients: to } = desk.settings
  const failed = await handed(deps, desk.server, { from, to, ...words, messageId: messageId(companyId, `test ${deps.clock.now().getTime()}`, from) })
  if (failed !== null) throw new Refusal('mail-failed', { reason: `mail-${failed.code}`, said: failed.said })
  await deps.db.inCompany(companyId, async (tx) => {
    const now = deps.clock.now()
    await noteTaken(tx, now)
    await tryLettersNow(tx, new Date(now.getTime() + HELD_MS), now)
  })
}

function deskOf(deps: SyncDeps, companyId: number, mail: Awaited<ReturnType<typeof mailOf>>, company: { name: string; timeZone: string }): Desk | null {
  if (mail === null || deps.post === undefined) return null
  const { password, digestOn: _, ...settings } = mail
  const signIn = settings.user === null || password === null ? null : { user: settings.user, password: openPassword(deps.box, companyId, password) }
  return {
    settings,
    server: { host: settings.host, port: settings.port, security: settings.security, signIn },
    reader: {
      ...{ locale: settings.locale, timeZone: company.timeZone, company: company.name, address: deps.publicAddress },
      wordsOf: (connector, code) => deps.connectors[connector]?.words?.[code]?.[settings.locale] ?? null,
    },
  }
}

async function sendOne(deps: SyncDeps, companyId: number, { settings, server, reader }: Desk, letter: LetterRow): Promise<void> {
  const to = settings.recipients.filter((each) => !letter.takenFor.includes(each))
  const failed =
    to.length === 0
      ? null
      : await handed(deps, server, { from: settings.sender, to, messageId: messageId(companyId, String(letter.id), settings.sender), ...write(letter, reader) })
  const now = deps.clock.now()
  const problem = failed?.code ?? null
  await deps.db.inCompany(companyId, async (tx) => {
    const takenFor = [...letter.takenFor, ...(failed?.takenFor ?? to)]
    const nextTryAt = failed === null ? null : new Date(now.getTime() + (AGAIN_MS[letter.tries - 1] ?? AGAIN_MS[4]))
    await settleLetter(tx, letter.id, { sentAt: failed === null ? now : null, problem, nextTryAt, takenFor })
    if (failed === null) await noteTaken(tx, now)
  })
  if (problem !== null) deps.log.warn({ company: companyId, letter: letter.id, problem }, 'a letter was not taken')
}

/** Null = it was taken. */
async function handed(deps: SyncDeps, server: MailServer, mail: Mail): Promise<MailFailed | null> {
  try {
    await must(deps.post, 'a way to send mail')(server, mail)
    return null
  } catch (error) {
    if (error instanceof MailFailed) return error
    throw error
  }
}

const messageId = (companyId: number, which: string, sender: string): string =>
  `<${fingerprint(`${companyId} ${which}`).toString('hex').slice(0, 32)}@${sender.split('@')[1]?.replace('>', '') ?? 'lagerbro'}>`
