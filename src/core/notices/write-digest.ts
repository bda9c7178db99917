/** Once a morning, where the company is: what waits for somebody. Nothing waits = no letter. One that never got out is replaced: when the mail works again, one letter says what waits then. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { wallTime } from '../../kit/local-time.ts'
import type { By } from '../by.ts'
import { companyById } from '../companies/companies.sql.ts'
import { attention } from './attention.ts'
import { CALM, type Cause } from './causes.ts'
import type { DigestFacts } from './letter.ts'
import { beginDigest, deleteUnsentDigests, insertLetter, mailOf } from './mail.sql.ts'

/** Before the shop opens: minutes after midnight. */
const FROM_MINUTE = 7 * 60
/** A letter that arrives proves them wrong, and one that doesn't can't say them. */
const OF_THE_LETTERS: ReadonlySet<Cause> = new Set(['mail-unsent', 'mail-untried'])

export async function writeDigest(tx: Tx, by: By): Promise<void> {
  const mail = await mailOf(tx)
  if (mail?.digest !== true) return
  const { timeZone } = must(await companyById(tx, tx.companyId), 'the company')
  const { day, minute } = wallTime(by.now, timeZone)
  if (minute < FROM_MINUTE || mail.digestOn === day || !(await beginDigest(tx, day))) return
  await deleteUnsentDigests(tx)
  const groups = (await attention(tx, by.now)).filter(({ cause }) => !OF_THE_LETTERS.has(cause))
  // Nobody is written to about what can wait; where something can't, the whole list is told.
  if (groups.every(({ cause }) => CALM.has(cause))) return
  const lines = groups.map(({ cause, count, listener }) => ({ cause, count, at: listener?.name ?? null }))
  await insertLetter(tx, 'digest', { lines } satisfies DigestFacts, by.now)
}
