/** E-mail over HTTP: its settings, and a letter to try them. */

import { latestLetters, mailOf } from '../../core/notices/mail.sql.ts'
import { setMail, unsetMail } from '../../core/notices/mail.ts'
import type { Tx } from '../../db/open.ts'
import { sendTest } from '../../sync/send-letters.ts'
import type { Answered } from '../contract/routes.ts'
import type { Locale } from '../contract/shared.ts'
import { byItself, type Handlers, inCompany } from '../handlers.ts'

const MOST_SHOWN = 10

/** In the language of whoever presses the button. */
const TEST: Record<Locale, { subject: string; text: string }> = {
  sv: { subject: 'Testmejl från Lagerbro', text: 'Det fungerar. Hit skickar Lagerbro mejl när något behöver åtgärdas.\n' },
  nb: { subject: 'Test-e-post fra Lagerbro', text: 'Det virker. Hit sender Lagerbro e-post når noe må gjøres.\n' },
  da: { subject: 'Testmail fra Lagerbro', text: 'Det virker. Hertil sender Lagerbro mail, når noget kræver handling.\n' },
  en: { subject: 'Test e-mail from Lagerbro', text: 'It works. This is where Lagerbro sends e-mail when something needs attention.\n' },
}

export const mail: Pick<Handlers, Extract<keyof Handlers, `mail.${string}`>> = {
  'mail.show': inCompany((tx) => shown(tx)),
  'mail.set': inCompany(async (tx, { body, deps, by }) => {
    await setMail(tx, deps.sync.box, body, by)
    return await shown(tx)
  }),
  'mail.unset': inCompany(async (tx) => {
    await unsetMail(tx)
    return await shown(tx)
  }),
  'mail.test': byItself(async (companyId, { deps, locale }) => {
    await sendTest(deps.sync, companyId, TEST[locale])
    return {}
  }),
}

async function shown(tx: Tx): Promise<Answered<'mail.show'>> {
  const found = await mailOf(tx)
  if (found === null) return { settings: null, letters: [] }
  const { password: _, digestOn: __, ...settings } = found
  return { settings, letters: await latestLetters(tx, MOST_SHOWN) }
}
