/** Takes the shop's numbers over into our ledger, for cells nobody of ours has ever counted: one import movement each. */

import { lockOrders } from '../core/orders/orders.sql.ts'
import { articlesLeft, type ItemCell, type RunRow, recount, settleItem, skipRest, takeOverItems, updateConfirmed, updateRunState } from '../core/runs/runs.sql.ts'
import { type Movement, postMovements } from '../core/stock/post-movements.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'
import { drain } from './drain.ts'
import type { Line } from './line.ts'
import { takeIn } from './matcher.ts'
import type { Fence } from './turn.ts'

/**
 * The number seen in the dry run must still stand after a drain that began a feed's lag later: then every order behind it is in our ledger, and
 * none is counted twice. A cell whose number moved meanwhile waits for the next round, with what was seen now.
 */
export async function takeOverNext(deps: SyncDeps, line: Line, fence: Fence, run: RunRow): Promise<boolean> {
  const now = deps.clock.now()
  if (run.confirmedAt !== null && now.getTime() - run.confirmedAt.getTime() < line.manners.feedLagMs) return false
  const articles = await fence.inTurn((tx) => articlesLeft(tx, line.listenerId, run.id, line.connector.limits.look))
  if (articles.length === 0) {
    await fence.inTurn(async (tx) => {
      await skipRest(tx, run.id, 'not-boxed')
      await recount(tx, run.id)
      await updateRunState(tx, run.id, 'done', now)
    })
    return true
  }
  await drain(deps, line, fence, 'look')
  await fence.ensure()
  const askedAt = deps.clock.now()
  const page = await line.remote.pull('stock', { keys: articles.map((row) => row.itemRef) }, 'backfill')
  await fence.inTurn(async (tx) => {
    // No order may slip in between reading the level and posting against it.
    await lockOrders(tx, line.listenerId)
    await takeIn(tx, line.listenerId, page.events, askedAt)
    await takeOver(
      tx,
      line.listenerId,
      run.id,
      articles.map((row) => row.articleId),
      askedAt,
    )
    await recount(tx, run.id)
  })
  return true
}

async function takeOver(tx: Tx, listenerId: number, runId: number, articleIds: number[], at: Date): Promise<void> {
  const movements: Movement[] = []
  let moved = false
  for (const item of await takeOverItems(tx, listenerId, runId, articleIds)) {
    if (item.shows === null) await settleItem(tx, runId, item, { state: 'skipped', was: item.was, target: null, code: 'not-shown' })
    else if (item.shows !== item.was) {
      moved = true
      await settleItem(tx, runId, item, { state: 'send', was: item.shows, target: item.shows, code: null })
    } else {
      movements.push(importOf(listenerId, item, item.shows - item.available, at))
      await settleItem(tx, runId, item, { state: 'sent', was: item.was, target: item.shows, code: null })
    }
  }
  if (movements.length > 0) await postMovements(tx, movements, at)
  if (moved) await updateConfirmed(tx, runId, at)
}

/** What the shop shows is what is free: pieces its open orders hold are on our shelf as well. */
const importOf = (listenerId: number, cell: ItemCell, onHand: number, at: Date): Movement => ({
  key: `import:${listenerId}:${cell.articleId}:${cell.locationId}`,
  articleId: cell.articleId,
  locationId: cell.locationId,
  kind: 'import',
  onHand,
  at,
  source: { type: 'take-over', listener: listenerId },
  actor: `listener:${listenerId}`,
})
