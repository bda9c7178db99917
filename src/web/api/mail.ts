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
  sv: { subject: 'Testmejl från Lagerbro', text: 'Det fungerar: härifrån hör du av Lagerbro när något behöver dig.\n' },
  nb: { subject: 'Test fra Lagerbro', text: 'Det virker: herfra hører du fra Lagerbro når noe trenger deg.\n' },
  da: { subject: 'Testmail fra Lagerbro', text: 'Det virker: herfra hører du fra Lagerbro, når noget har brug for dig.\n' },
  en: { subject: 'Test e-mail from Lagerbro', text: 'It works: this is where Lagerbro tells you when something needs you.\n' },
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
