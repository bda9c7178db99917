/** Hands letters to the company's mail server, one after the other. One that isn't taken is tried again for a day; what then lies there is said on the page. */
import { companyById } from '../core/companies/companies.sql.ts'
import { type Reader, write } from '../core/notices/letter.ts'
import { claimLetter, type LetterRow, mailOf, noteTaken, settleLetter } from '../core/notices/mail.sql.ts'
import { openPassword } from '../core/notices/mail.ts'
import type { MailSettings } from '../core/notices/mail-settings.ts'
import { noteBreaks } from '../core/notices/note-breaks.ts'
import { writeDigest } from '../core/notices/write-digest.ts'
import { Refusal } from '../core/refusal.ts'
import { must } from '../kit/assert.ts'
import { fingerprint } from '../kit/id.ts'
import { MailFailed, type MailServer } from '../kit/mail.ts'
import type { SyncDeps } from './deps.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** After each try that failed; then it is left. */
const AGAIN_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 14 * HOUR_MS]
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
  await must(deps.post, 'a way to send mail')(desk.server, { from, to, ...words, messageId: messageId(companyId, `test ${deps.clock.now().getTime()}`, from) }).catch(
    (error: unknown) => {
      if (!(error instanceof MailFailed)) throw error
      throw new Refusal('mail-failed', { reason: `mail-${error.code}`, said: error.said })
    },
  )
  await deps.db.inCompany(companyId, (tx) => noteTaken(tx, deps.clock.now()))
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
  const problem = await must(deps.post, 'a way to send mail')(server, {
    ...{ from: settings.sender, to: settings.recipients, messageId: messageId(companyId, String(letter.id), settings.sender) },
    ...write(letter, reader),
  }).then(
    () => null,
    (error: unknown) => {
      if (error instanceof MailFailed) return error.code
      throw error
    },
  )
  const now = deps.clock.now()
  const again = AGAIN_MS[letter.tries - 1]
  const nextTryAt = problem === null || again === undefined ? null : new Date(now.getTime() + again)
  await deps.db.inCompany(companyId, async (tx) => {
    await settleLetter(tx, letter.id, { sentAt: problem === null ? now : null, problem, nextTryAt })
    if (problem === null) await noteTaken(tx, now)
  })
  if (problem !== null) deps.log.warn({ company: companyId, letter: letter.id, problem }, 'a letter was not taken')
}

const messageId = (companyId: number, which: string, sender: string): string =>
  `<${fingerprint(`${companyId} ${which}`).toString('hex').slice(0, 32)}@${sender.split('@')[1]?.replace('>', '') ?? 'lagerbro'}>`
