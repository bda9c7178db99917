/** Makes a company with the currency, time zone and VAT classes of its country, and hands out a transaction inside it. */
import type { Queryable, Tx } from '../../db/open.ts'
import { enterWall, insertCompany, insertVatRate } from './companies.sql.ts'
import { type Country, countryFacts } from './country.ts'

/** In a transaction outside the wall. What else belongs to the beginning (a location) is made in the same one, through the Tx. */
export async function makeCompany(q: Queryable, { name, country, sandbox = false }: { name: string; country: Country; sandbox?: boolean }, now: Date): Promise<Tx> {
  const { currency, timeZone, rates } = countryFacts(country)
  const { id } = await insertCompany(q, { name, country, currency, timeZone, sandbox }, now)
  await enterWall(q, id)
  // Nobody listens in a company this new.
  const tx: Tx = { rows: q.rows, maybe: q.maybe, one: q.one, run: q.run, companyId: id, ring() {}, show() {}, giveWay: async () => {} }
  for (const rate of rates) await insertVatRate(tx, rate)
  return tx
}
