/** SQL of companies. The table is outside the wall: a company is made before anybody can be inside it. */
import type { Queryable, Tx } from '../../db/open.ts'
import { sql } from '../../db/sql.ts'
import type { Country } from './country.ts'

export interface CompanyRow {
  id: number
  name: string
  country: Country
  currency: string
  timeZone: string
  /** To try things in: its data can be put back, and no real webshop is connected to it. */
  sandbox: boolean
}

/** Whoever makes the first company holds this until the end, so that two first runs can't both find none. */
export const lockFirstRun = (q: Queryable) => q.run(sql`select pg_advisory_xact_lock(hashtextextended('lagerbro first run', 0))`)
export const anyCompany = async (q: Queryable): Promise<boolean> => (await q.one<{ some: boolean }>(sql`select exists (select from company) as some`)).some

export const insertCompany = (q: Queryable, company: Omit<CompanyRow, 'id'>, now: Date) =>
  q.one<{ id: number }>(
    sql`insert into company (name, country, currency, time_zone, sandbox, created_at) values (${company.name}, ${company.country}, ${company.currency}, ${company.timeZone}, ${company.sandbox}, ${now}) returning id`,
  )

export const companyById = (q: Queryable, id: number) =>
  q.maybe<CompanyRow>(sql`select id, name, country, currency, time_zone as "timeZone", sandbox from company where id = ${id}`)

export const renameCompany = (tx: Tx, name: string) => tx.run(sql`update company set name = ${name} where id = ${tx.companyId}`)

/** Puts the rest of this transaction inside the wall of a company that was just made in it. */
export const enterWall = (q: Queryable, companyId: number) => q.run(sql`select set_config('app.company', ${String(companyId)}, true)`)

export const insertVatRate = (tx: Tx, rate: { class: string; validFrom: string; rateBp: number }) =>
  tx.run(sql`insert into vat_rate (company_id, class, valid_from, rate_bp) values (${tx.companyId}, ${rate.class}, ${rate.validFrom}::date, ${rate.rateBp}) on conflict do nothing`)

export const vatRates = (tx: Tx) =>
  tx.rows<{ class: string; validFrom: string; rateBp: number }>(
    sql`select class, valid_from::text as "validFrom", rate_bp as "rateBp" from vat_rate where company_id = ${tx.companyId} order by class, valid_from`,
  )
