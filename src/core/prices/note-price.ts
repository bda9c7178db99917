/** A regular price became another: kept for ever, with who did it (P4). Whoever writes the price calls it, in the same transaction. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { insertChanges } from './prices.sql.ts'

export async function notePrice(tx: Tx, articleId: number, price: { locationId: number | null; oldMinor: number | null; newMinor: number | null }, by: By): Promise<void> {
  if (price.oldMinor === price.newMinor) return
  await insertChanges(tx, [{ articleId, kind: 'regular', ...price, offerId: null, validFrom: null, validTo: null, at: by.now, actor: by.actor }])
}
