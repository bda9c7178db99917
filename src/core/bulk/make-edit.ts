/** Begins an edit of many articles: they are judged one part at a time, and nothing is changed before a person has seen it. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { vatRates } from '../companies/companies.sql.ts'
import { Refusal } from '../refusal.ts'
import { insertBulk } from './bulk.sql.ts'
import type { Change } from './bulk.ts'
import { insertArticles } from './rows.sql.ts'

/** Throws {Refusal} bad-input: nothing to change, two prices at once, a class nobody has. The connection of a box is checked by the caller. */
export async function makeEdit(tx: Tx, articleIds: number[], change: Change, by: By): Promise<number> {
  await checked(tx, change)
  const ids = [...new Set(articleIds)]
  if (ids.length === 0) throw new Refusal('bad-input', { field: 'articleIds', reason: 'missing' })
  const { id } = await insertBulk(tx, { kind: 'edit', ofId: null, fileName: null, readAs: null, change, locationId: null, rows: ids.length }, by)
  await insertArticles(tx, id, ids)
  return id
}

async function checked(tx: Tx, { wholeUnits: _, ...change }: Change): Promise<void> {
  const said = Object.values(change).filter((value) => value !== undefined)
  if (said.length === 0) throw new Refusal('bad-input', { field: 'change', reason: 'missing' })
  if (change.priceMinor !== undefined && change.pricePercent !== undefined) throw new Refusal('bad-input', { field: 'change.pricePercent', reason: 'choose-one' })
  if (change.vatClass !== undefined && !(await vatRates(tx)).some((rate) => rate.class === change.vatClass))
    throw new Refusal('bad-input', { field: 'change.vatClass', reason: 'wrong-form' })
}
