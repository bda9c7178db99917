/** A new rate of a VAT class from a day on. Rates are never changed: the past keeps the rate it had. */
import type { Tx } from '../../db/open.ts'
import { Refusal } from '../refusal.ts'
import { insertVatRate } from './companies.sql.ts'

export async function addVatRate(tx: Tx, input: { class: string; validFrom: string; rateBp: number }): Promise<void> {
  if ((await insertVatRate(tx, input)) === 0) throw new Refusal('vat-rate-taken', { field: 'validFrom' })
}
