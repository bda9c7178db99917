/** A person says that the shop's number knows by now what was sold here without it: counted there, or typed in. From here on its number alone is what there is. */
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { masteredLocations } from '../locations/locations.sql.ts'
import { lockOrders } from '../orders/orders.sql.ts'
import { Refusal } from '../refusal.ts'
import { lockLevels } from '../stock/levels.sql.ts'
import { postMovements } from '../stock/post-movements.ts'
import { numbersTaken } from './numbers.sql.ts'
import { shopBases } from './shop-numbers.sql.ts'

/** `articleIds` null = all of the location. Returns of how many something was apart. */
export async function shopKnows(tx: Tx, { listenerId, locationId }: { listenerId: number; locationId: number }, articleIds: number[] | null, by: By): Promise<number> {
  const mastered = (await masteredLocations(tx)).find((location) => location.id === locationId && location.masterId === listenerId)
  if (mastered === undefined) throw new Refusal('not-ready', { field: 'locationId', missing: 'master' })
  await lockOrders(tx, listenerId)
  const taken = (await numbersTaken(tx, locationId, articleIds)).map((row) => row.articleId)
  await lockLevels(tx, locationId, taken, by.now)
  const apart = (await shopBases(tx, { listenerId, locationId }, taken)).filter((cell) => cell.onHand !== cell.base)
  const movements = apart.map(({ articleId, onHand, base }) => ({
    key: `known:${locationId}:${articleId}:${listenerId}:${by.now.getTime()}`,
    articleId,
    locationId,
    kind: 'master-set' as const,
    onHand: base - onHand,
    at: by.now,
    source: { type: 'master', listener: listenerId, known: base - onHand },
    actor: by.actor,
  }))
  await postMovements(tx, movements, by.now)
  return apart.length
}
