/** What each VAT class is today, where the company is. */
import type { Tx } from '../../db/open.ts'
import { must } from '../../kit/assert.ts'
import { wallTime } from '../../kit/local-time.ts'
import { companyById, vatRates } from './companies.sql.ts'

export async function ratesToday(tx: Tx, now: Date): Promise<{ class: string; rateBp: number }[]> {
  const { day } = wallTime(now, must(await companyById(tx, tx.companyId), 'the company').timeZone)
  const today = new Map<string, number>()
  for (const rate of await vatRates(tx)) if (rate.validFrom <= day) today.set(rate.class, rate.rateBp)
  return [...today].map(([name, rateBp]) => ({ class: name, rateBp }))
}
