/** Cells of a place whose numbers the shop keeps: what was looked at is taken over, and nothing is ever written there (R47, docs/decisions/0018). */
import { takeShown } from '../core/master/take-shown.ts'
import { lockOrders } from '../core/orders/orders.sql.ts'
import { lockLevels } from '../core/stock/levels.sql.ts'
import { hasFutureLook } from '../core/told/belief.ts'
import type { CellNow } from '../core/told/row.ts'
import { lockCells, readCells, saveCells } from '../core/told/told.sql.ts'
import { confirmed, cutUpTo, held } from '../core/told/transitions.ts'
import { sizeOf } from '../db/courtesy.ts'
import type { Tx } from '../db/open.ts'
import { GRACE_MS, partialHoldMs } from './batch.ts'
import { grouped, parts } from './parts.ts'
import type { Looking, Rounds } from './rounds.ts'
import type { Work } from './work.ts'

/** After the look, its lag and the drain: every order that is off the number looked at has been taken in, and none since it was asked for. */
export async function takeShownCells(work: Work, round: Rounds, cells: CellNow[]): Promise<void> {
  for (const [locationId, group] of grouped(cells, (cell) => cell.locationId))
    for (const part of parts(group, work.line.connector.limits.batch)) await work.turn.inTurn((tx) => takePart(tx, work, round, locationId, part), sizeOf(part.length))
}

async function takePart(tx: Tx, work: Work, round: Rounds, locationId: number, cells: CellNow[]): Promise<void> {
  const { line, deps } = work
  const { listenerId, listener } = line
  const by = { actor: `listener:${listenerId}`, now: deps.clock.now() }
  // The order of everybody's locks: orders, then levels, then what is told.
  await lockOrders(tx, listenerId)
  const articleIds = cells.map((cell) => cell.articleId).sort((a, b) => a - b)
  await lockLevels(tx, locationId, articleIds, by.now)
  const shows = new Map<number, number>()
  for (const cell of await readCells(tx, listenerId, cells)) {
    const l = round.of(cell)
    if (l !== undefined && l.base !== null && stands(cell, l, work, by.now)) shows.set(cell.articleId, l.base)
  }
  await takeShown(tx, { listenerId, locationId, lowersItself: listener.lowersItself }, shows, by)
  await lockCells(tx, listenerId, cells)
  const saved: CellNow[] = []
  for (const row of await readCells(tx, listenerId, cells)) {
    const l = round.of(row)
    if (l === undefined) continue
    const value = shows.get(row.articleId)
    if (value !== undefined) {
      round.cool(row)
      round.drop(row)
      saved.push(taken(row, l, value, by.now))
    } else if (row.refusal !== null || row.held !== work.turn.token || !row.takes) round.drop(row)
    else if (hasFutureLook(row, by.now)) {
      round.drop(row)
      saved.push(held(cutUpTo(row, row.wanted), by.now, partialHoldMs(row, by.now, work.rules), 'waits-for-facts'))
    } else round.roundAgain(l, row, work, { saved, letters: [] })
  }
  if (saved.length > 0) await saveCells(tx, listenerId, saved)
  tx.show(listenerId)
}

/** Nothing that names the article came in since the look was asked for, and nothing sent before can land in it any more (R17, R22). */
const stands = (cell: CellNow, l: Looking, { turn }: Work, now: Date): boolean =>
  cell.takes && cell.refusal === null && cell.held === turn.token && cell.touch === l.touch && !hasFutureLook(cell, now)

/** It is known. While an order has no place it is looked at again: the number may have been another place's. */
function taken(row: CellNow, l: Looking, value: number, now: Date): CellNow {
  const known = confirmed(row, { version: row.wanted, anchor: { value, seen: row.seen }, doubt: row.doubt, answers: l.answers, value, now })
  return row.unrouted === 0 ? known : held(cutUpTo(known, known.wanted), now, GRACE_MS, 'waits-for-facts')
}
