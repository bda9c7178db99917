/** Rows the shop's listing says can't be written (untracked, bundle, not stocked at the place), and their way back when it says they can. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { explainedAway, refuseByListing } from './refusals.sql.ts'
import { clearRefusals } from './told.sql.ts'

/**
 * Ask after a listing of these articles changed, or after they were matched. Rows whose item was gone or another come back only for
 * `relinked` articles and items that are `news`: a look-up that lags behind the shop would else send them round for ever.
 */
export async function judgeByListing(tx: Tx, listenerId: number, articleIds: number[], back: { relinked: number[]; news: string[] }, by: By): Promise<void> {
  if (articleIds.length === 0) return
  const lifted = await explainedAway(tx, listenerId, articleIds, back)
  if (lifted.length > 0) {
    await clearRefusals(tx, listenerId, lifted, by.now)
    tx.ring(listenerId)
  }
  await refuseByListing(tx, listenerId, articleIds)
}
