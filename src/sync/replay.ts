/**
 * Sends whose outcome nobody knows: a crash, a timeout or a takeover left them (R15, R16). With a young key the same batch is sent again
 * with the same key: that closes it, the first send can do nothing more. Without, nothing is believed until it can't land any more.
 */
import { RemoteError } from '../connectors/contract.ts'
import { freeFlights } from '../core/told/stocking.sql.ts'
import { lockCells, readCells, saveCells } from '../core/told/told.sql.ts'
import { released, unknowable } from '../core/told/transitions.ts'
import { deleteBatch, forgetFlights, openBatches, type StoredBatch } from './batch.sql.ts'
import { lookAfter, sendBatch } from './batch.ts'
import { isStocking } from './settle-stocking.ts'
import { noteWritten } from './undo-run.ts'
import type { Work } from './work.ts'

/** True when there was something to close. */
export async function closeOpenBatches(work: Work): Promise<boolean> {
  const open = await work.turn.inTurn((tx) => openBatches(tx, work.line.listenerId))
  for (const batch of open) {
    const age = work.deps.clock.now().getTime() - batch.sentAt.getTime()
    // Sent later than now: the clock was wrong, and how old the key is nobody knows.
    if (age < 0 || work.rules.keyMs <= age || !(await replays(work, batch))) await giveUp(work, batch)
  }
  return open.length > 0
}

/** False when the remote says that this request will never work: then it can't be closed by repeating it. */
async function replays(work: Work, batch: StoredBatch): Promise<boolean> {
  try {
    await sendBatch(work, batch, true)
    return true
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'refused') return false
    throw error
  }
}

async function giveUp(work: Work, batch: StoredBatch): Promise<void> {
  await work.turn.inTurn(async (tx) => {
    await lockCells(tx, work.line.listenerId, batch.cells)
    const cells = (await readCells(tx, work.line.listenerId, batch.cells)).filter((c) => c.flight?.batch === batch.id)
    if (cells.length > 0)
      await saveCells(
        tx,
        work.line.listenerId,
        cells.map((c) => released(unknowable(c, lookAfter(c, work.rules.maxFlightMs, work.deps.clock.now())))),
      )
    // Landed or not: the shop showed what it was to replace, and that is what an undo gives back.
    await noteWritten(
      tx,
      work.line.listenerId,
      cells.filter((c) => c.flight?.kind === 'confirm'),
      work.deps.clock.now(),
    )
    if (isStocking(batch)) await freeFlights(tx, work.line.listenerId, batch.id)
    await forgetFlights(tx, work.line.listenerId, batch, new Date(batch.sentAt.getTime() + work.rules.maxFlightMs))
    await deleteBatch(tx, batch.id)
  })
}
