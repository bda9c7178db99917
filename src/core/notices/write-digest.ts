/** Once a morning, where the company is: what waits for somebody. Nothing waits = no letter. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import type { By } from '../by.ts'
import { companyById } from '../companies/companies.sql.ts'
import { pausedByAnswer } from '../listeners/listener.ts'
import { livingListeners } from '../listeners/listeners.sql.ts'
import { ordersOverview, shopsWaiting, stockOverview } from './attention.sql.ts'
import type { DigestFacts } from './letter.ts'
import { beginDigest, insertLetter, mailOf } from './mail.sql.ts'

/** Before the shop opens. */
const FROM_HOUR = 7

export async function writeDigest(tx: Tx, by: By): Promise<void> {
  const mail = await mailOf(tx)
  if (mail?.digest !== true) return
  const { timeZone } = must(await companyById(tx, tx.companyId), 'the company')
  const { day, hour } = dayAndHour(by.now, timeZone)
  if (hour < FROM_HOUR || mail.digestOn === day || !(await beginDigest(tx, day))) return
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

function dayAndHour(now: Date, timeZone: string): { day: string; hour: number } {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23', timeZone }).formatToParts(now)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) }
}
