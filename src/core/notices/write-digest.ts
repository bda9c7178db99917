/** Once a morning, where the company is: what waits for somebody. Nothing waits = no letter. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { wallTime } from '../../kit/local-time.ts'
import type { By } from '../by.ts'
import { companyById } from '../companies/companies.sql.ts'
import { pausedByAnswer } from '../listeners/listener.ts'
import { livingListeners } from '../listeners/listeners.sql.ts'
import { ordersOverview, shopsWaiting, stockOverview } from './attention.sql.ts'
import type { DigestFacts } from './letter.ts'
import { beginDigest, insertLetter, mailOf } from './mail.sql.ts'

/** Before the shop opens: minutes after midnight. */
const FROM_MINUTE = 7 * 60

export async function writeDigest(tx: Tx, by: By): Promise<void> {
  const mail = await mailOf(tx)
  if (mail?.digest !== true) return
  const { timeZone } = must(await companyById(tx, tx.companyId), 'the company')
  const { day, minute } = wallTime(by.now, timeZone)
  if (minute < FROM_MINUTE || mail.digestOn === day || !(await beginDigest(tx, day))) return
  const lines = await linesOf(tx)
  if (lines.length > 0) await insertLetter(tx, 'digest', { lines } satisfies DigestFacts, by.now)
}

async function linesOf(tx: Tx): Promise<DigestFacts['lines']> {
  const waiting = new Map((await shopsWaiting(tx)).map((row) => [row.connectionId, row]))
  const ofShops = (await livingListeners(tx)).flatMap((listener): DigestFacts['lines'] => {
    const { differences = 0, unread = 0, turnedAway = 0 } = waiting.get(listener.id) ?? {}
    const { name } = listener
    return [
      { what: 'paused', count: Number(pausedByAnswer(listener)), name },
      { what: 'differences', count: differences, name },
      { what: 'unread', count: unread, name },
      { what: 'turned-away', count: turnedAway, name },
    ]
  })
  const { exceptions, unrouted } = await ordersOverview(tx)
  const { negative } = await stockOverview(tx)
  const all: DigestFacts['lines'] = [...ofShops, { what: 'exceptions', count: exceptions }, { what: 'unrouted', count: unrouted }, { what: 'negative', count: negative }]
  return all.filter(({ count }) => count > 0)
}
