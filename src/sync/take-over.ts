/**
 * Takes the shop's numbers over into our ledger: one import movement per cell, and not a write to the shop. For all cells nobody of ours has
 * ever counted, or for the articles a person chose, counted or not.
 */

import type { By } from '../core/by.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { articlesLeft, type ItemCell, type RunRow, recount, settleItem, skipRest, takeOverItems, updateConfirmed, updateRunState } from '../core/runs/runs.sql.ts'
import { type Movement, postMovements } from '../core/stock/post-movements.ts'
import { lookAnew } from '../core/told/ask-looks.ts'
import type { Tx } from '../db/open.ts'
import type { SyncDeps } from './deps.ts'
import { settleTakenOver } from './difference.sql.ts'
import { drain } from './drain.ts'
import type { Line } from './line.ts'
import { takeIn } from './matcher.ts'
import { grouped } from './parts.ts'
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
    const articleIds = articles.map((row) => row.articleId)
    await takeOver(tx, line.listenerId, run, articleIds, askedAt)
    await recount(tx, run.id)
  })
  return true
}

async function takeOver(tx: Tx, listenerId: number, run: RunRow, articleIds: number[], at: Date): Promise<void> {
  const movements: Movement[] = []
  const taken: (ItemCell & { known: boolean })[] = []
  let moved = false
  for (const item of await takeOverItems(tx, listenerId, run.id, articleIds)) {
    if (item.shows === null) await settleItem(tx, run.id, item, { state: 'skipped', was: item.was, target: null, code: 'not-shown' })
    else if (item.shows !== item.was) {
      moved = true
      await settleItem(tx, run.id, item, { state: 'send', was: item.shows, target: item.shows + item.buffer, code: null })
    } else {
      movements.push(importOf(listenerId, run, item, item.shows + item.buffer - item.available, at))
      taken.push(item)
      await settleItem(tx, run.id, item, { state: 'sent', was: item.was, target: item.shows + item.buffer, code: null })
    }
  }
  if (movements.length > 0) await postMovements(tx, movements, at)
  await believeNothing(
    tx,
    listenerId,
    taken.filter((cell) => cell.known),
    { actor: run.startedBy, now: at },
  )
  await settleTakenOver(tx, listenerId, taken, run.startedBy, at)
  if (moved) await updateConfirmed(tx, run.id, at)
}

/** What was believed of these cells is about a number that isn't ours any more: the shop shows the new one already, a look will say so. */
export async function believeNothing(tx: Tx, listenerId: number, cells: ItemCell[], by: By): Promise<void> {
  for (const [locationId, group] of grouped(cells, (cell) => cell.locationId))
    await lookAnew(tx, listenerId, { articleIds: group.map((cell) => cell.articleId), locationIds: [locationId] }, by)
}

/** What the shop shows is what is free: pieces its open orders hold are on our shelf as well. */
const importOf = (listenerId: number, run: RunRow, cell: ItemCell, onHand: number, at: Date): Movement => ({
  key: `import:${run.id}:${cell.articleId}:${cell.locationId}`,
  articleId: cell.articleId,
  locationId: cell.locationId,
  kind: 'import',
  onHand,
  at,
  source: { type: 'take-over', listener: listenerId, run: run.id },
  actor: run.startedBy,
})
