/**
 * The undo of a first sync or of everything sent (R49-R52, docs/decisions/0019): a run as any other, with a preview of its own. It is told
 * by the rules every number is told by, and takes the Webshop boxes away behind it.
 */
import { type ItemCell, type RunRow, recount, runById, updateRunState } from '../core/runs/runs.sql.ts'
import { fillUndoItems, nextToUndo, noteReplaced, putBack, stillToSend, takeBoxesOfSame, takeBoxesOfTold, untickedOf } from '../core/runs/undo.sql.ts'
import { relink } from '../core/told/ask-looks.ts'
import { noteBoxes } from '../core/told/events.sql.ts'
import type { CellNow } from '../core/told/row.ts'
import { lockCells } from '../core/told/told.sql.ts'
import { planForMany } from '../db/for-many.ts'
import type { Tx } from '../db/open.ts'
import { must } from '../kit/assert.ts'

const undoOf = (run: RunRow) => ({ id: run.id, ofId: must(run.ofId, 'the run that is undone') })

/** Cells with the flight that was answered. Only what was composed after the orders had been read says what was available (R49); a cut didn't wait for them. */
export async function noteWritten(tx: Tx, listenerId: number, cells: CellNow[], now: Date): Promise<void> {
  const written = cells.flatMap(({ articleId, locationId, flight }) =>
    flight?.replaces === undefined || flight.available === undefined
      ? []
      : [{ articleId, locationId, replaced: flight.replaces, sent: flight.value, available: flight.kind === 'confirm' ? flight.available : null }],
  )
  if (written.length > 0) await noteReplaced(tx, listenerId, written, now)
}

/** The shop shows what it should already: nothing was replaced, or a cut before had replaced it. */
export async function noteShown(tx: Tx, listenerId: number, cells: { cell: CellNow; shows: number }[], now: Date): Promise<void> {
  const shown = cells.map(({ cell, shows }) => ({ articleId: cell.articleId, locationId: cell.locationId, replaced: shows, sent: shows, available: cell.available }))
  if (shown.length > 0) await noteReplaced(tx, listenerId, shown, now)
}

export const nextUndone = (tx: Tx, run: RunRow, after: number, limit: number) => nextToUndo(tx, run.listenerId, undoOf(run).ofId, after, limit)

/** A page of the shop was read: what its cells show, and what they are to show again. */
export const fillUndo = (tx: Tx, run: RunRow, articleIds: number[]) => fillUndoItems(tx, run.listenerId, undoOf(run), articleIds)

/** What couldn't be looked at says why. Nothing that can be undone: the preview is the end of it. */
export async function endUndoPreview(tx: Tx, run: RunRow, now: Date): Promise<boolean> {
  await planForMany(tx, null)
  await fillUndoItems(tx, run.listenerId, undoOf(run), null)
  await recount(tx, run.id)
  const { total } = must(await runById(tx, run.id), 'the run')
  await updateRunState(tx, run.id, total === 0 ? 'done' : 'ready', now)
  return true
}

/** Confirmed: what the shop shows already is left alone from this moment on. */
export async function beginUndo(tx: Tx, run: RunRow, now: Date): Promise<void> {
  await planForMany(tx, null)
  await noteTaken(tx, run, await takeBoxesOfSame(tx, run.listenerId, run.id, null), now)
}

/** Of the next cells, those that can still be put back: a count or another run since the preview is not written over. */
export async function stillToPutBack(tx: Tx, run: RunRow, cells: ItemCell[], now: Date): Promise<ItemCell[]> {
  const articleIds = [...new Set(cells.map((cell) => cell.articleId))]
  await fillUndo(tx, run, articleIds)
  await noteTaken(tx, run, await takeBoxesOfSame(tx, run.listenerId, run.id, articleIds), now)
  return stillToSend(tx, run.id, cells)
}

export async function putBackCells(tx: Tx, run: RunRow, cells: ItemCell[], now: Date): Promise<void> {
  if (cells.length === 0) return
  await lockCells(tx, run.listenerId, cells)
  const unticked = await untickedOf(tx, run.listenerId, [...new Set(cells.map((cell) => cell.articleId))])
  await putBack(tx, run.listenerId, undoOf(run), cells, now)
  if (unticked.length > 0) await relink(tx, run.listenerId, unticked, { actor: `listener:${run.listenerId}`, now })
  tx.ring(run.listenerId)
}

/** What was told loses its box. */
export const takeBoxes = async (tx: Tx, run: RunRow, now: Date): Promise<void> => noteTaken(tx, run, await takeBoxesOfTold(tx, run.listenerId, run.id), now)

/** Whoever reads an article's story sees who had it undone. */
async function noteTaken(tx: Tx, { listenerId, startedBy }: RunRow, taken: { id: number }[], now: Date): Promise<void> {
  const ids = taken.map((row) => row.id)
  if (ids.length > 0) await noteBoxes(tx, listenerId, ids, 'unticked', { actor: startedBy, now })
}
