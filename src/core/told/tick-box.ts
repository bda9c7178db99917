/** The Webshop box of articles at one connection. Ticking wants them matched and told; unticking stops pushes at once and leaves the shop's number. */
import { planForMany } from '../../db/for-many.ts'
import type { Tx } from '../../db/open.ts'
import type { By } from '../by.ts'
import { noteBoxes } from './events.sql.ts'
import { ensureTold, forgetUndo, requestLooks, tickLinks, untickLinks } from './told.sql.ts'

/** How many boxes changed. Already ticked ones stay as they are. */
export async function tickBox(tx: Tx, listenerId: number, articleIds: number[], by: By): Promise<number> {
  await forgetUndo(tx, listenerId, articleIds)
  const changed = await tickLinks(tx, listenerId, articleIds)
  await note(tx, listenerId, changed, 'ticked', by)
  await requestLooks(tx, listenerId, { articleIds, locationIds: null }, { why: 'relink', lane: 'backfill', forget: true }, by.now)
  await planForMany(tx, articleIds.length)
  await ensureTold(tx, listenerId, articleIds, 'backfill', by.now)
  tx.ring(listenerId)
  return changed.length
}

export async function untickBox(tx: Tx, listenerId: number, articleIds: number[], by: By): Promise<number> {
  const changed = await untickLinks(tx, listenerId, articleIds)
  await note(tx, listenerId, changed, 'unticked', by)
  return changed.length
}

async function note(tx: Tx, listenerId: number, changed: { id: number }[], what: 'ticked' | 'unticked', by: By): Promise<void> {
  const ids = changed.map((row) => row.id)
  if (ids.length > 0) await noteBoxes(tx, listenerId, ids, what, by)
}
