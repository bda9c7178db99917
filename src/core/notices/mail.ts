/** Says, and seals, through which server the company's e-mail goes. */
import type { Tx } from '../../db/open.ts'
import type { SecretBox } from '../../kit/secret-box.ts'
import type { By } from '../by.ts'
import { Refusal } from '../refusal.ts'
import { deleteMail, mailOf, saveMail, savePassword } from './mail.sql.ts'
import type { MailSettings } from './mail-settings.ts'

const context = (companyId: number): string => `company:${companyId}:mail`
export const sealPassword = (box: SecretBox, companyId: number, password: string): Buffer => box.seal(password, context(companyId))
export const openPassword = (box: SecretBox, companyId: number, sealed: Uint8Array): string => box.open(sealed, context(companyId))

/** `password` null = as it was; it belongs to the server and the user it was given for, and goes to no other. Throws {Refusal} bad-input. */
export async function setMail(tx: Tx, box: SecretBox, input: MailSettings & { password: string | null }, by: By): Promise<void> {
  const { password, ...settings } = input
  if (settings.security === 'none' && settings.user !== null) throw new Refusal('bad-input', { field: 'security', reason: 'wrong-form' })
  const before = await mailOf(tx)
  const same = before !== null && before.host === settings.host && before.port === settings.port && before.security === settings.security && before.user === settings.user
  const kept = same ? before.password : null
  const sealed = settings.user === null ? null : password === null ? kept : sealPassword(box, tx.companyId, password)
  if (settings.user !== null && sealed === null) throw new Refusal('bad-input', { field: 'password', reason: 'missing' })
  await saveMail(tx, settings, sealed, by.now)
}

/** Nothing is sent any more; what was on its way isn't either. */
export const unsetMail = (tx: Tx): Promise<unknown> => deleteMail(tx)

/** Exchanging the key: the password is sealed with the newest one. `fromCompany` = the company's id when it was sealed. */
export async function resealMail(tx: Tx, box: SecretBox, fromCompany: number = tx.companyId): Promise<void> {
  const sealed = (await mailOf(tx))?.password ?? null
  if (sealed !== null) await savePassword(tx, sealPassword(box, tx.companyId, openPassword(box, fromCompany, sealed)))
}
