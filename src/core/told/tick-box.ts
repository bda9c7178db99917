/** The Webshop box of articles at one connection. Ticking wants them matched and told; unticking stops pushes at once and leaves the shop's number. */
import { planForMany } from '../../db/for-many.ts'
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { ensureTold, requestLooks, tickLinks, untickLinks } from './told.sql.ts'

/** How many boxes changed. Already ticked ones stay as they are. */
export async function tickBox(tx: Tx, listenerId: number, articleIds: number[], by: By): Promise<number> {
  const changed = await tickLinks(tx, listenerId, articleIds)
  await requestLooks(tx, listenerId, { articleIds, locationIds: null }, { why: 'relink', lane: 'backfill', forget: true }, by.now)
  await planForMany(tx, articleIds.length)
  await ensureTold(tx, listenerId, articleIds, 'backfill', by.now)
  tx.ring(listenerId)
  return changed
}

export async function untickBox(tx: Tx, listenerId: number, articleIds: number[]): Promise<number> {
  return untickLinks(tx, listenerId, articleIds)
}
