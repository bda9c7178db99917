/** Joins links with listings, and passes on what that changes: other items are looked at anew, and rows the shop can't take say so. */
import type { By } from '../core/by.ts'
import { listenerById } from '../core/listeners/listeners.sql.ts'
import type { IdRule } from '../core/listings/listing.ts'
import { matchByNumber } from '../core/listings/listings.sql.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { restateUnrouted } from '../core/orders/post-orders.ts'
import { relink } from '../core/told/ask-looks.ts'
import { judgeByListing } from '../core/told/refusals.ts'
import { planForMany } from '../db/for-many.ts'
import type { Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'

/** `articleIds` null = every ticked article; `news` = items the shop has just shown otherwise than before; `asked` = it was asked for these very numbers; `ids` = what may become of an id that was saved. Returns how many links changed. The orders' lock comes first: an ingest writes links too. */
export async function rematch(tx: Tx, listenerId: number, articleIds: number[] | null, by: By, how: { news?: string[]; asked?: boolean; ids?: IdRule } = {}): Promise<number> {
  if (articleIds?.length === 0) return 0
  await lockOrders(tx, listenerId)
  await planForMany(tx, articleIds?.length ?? null)
  const changed = await matchByNumber(tx, listenerId, articleIds, { asked: how.asked ?? false, ids: how.ids ?? 'keep' }, by.now)
  const matched = changed.filter((row) => row.state === 'matched').map((row) => row.articleId)
  if (matched.length > 0) {
    await relink(tx, listenerId, matched, by)
    await restateUnrouted(tx, must(await listenerById(tx, listenerId), 'the listener'), matched, by)
  }
  await judgeByListing(tx, listenerId, articleIds ?? matched, { relinked: matched, news: how.news ?? [] }, by)
  return changed.length
}
